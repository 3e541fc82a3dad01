"""The good examples that the actors mark, and those of them that are told of."""

import pytest
from django.test import Client
from django.urls import reverse

from reporting.documents.compilation import picked_in
from reporting.models import CompilationVersion
from reporting.selectors.compilation import compiled

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast):
    return CompilationVersion.objects.get()


@pytest.fixture
def officer(cast):
    client = Client()
    client.force_login(cast.case_officer())
    return client


def told_of(told):
    return [(row.code, row.number) for goal in told.goals for row in goal.examples]


def marked(told):
    return [(row.code, row.number) for goal in told.goals for row in goal.marked]


def test_all_are_told_of_until_somebody_picks(version):
    told = compiled(version.year)
    assert told_of(told) == marked(told)
    assert len(marked(told)) > 5
    told = compiled(version.year, picked_in(version))
    assert sorted(told_of(told)) == sorted(picked_in(version))
    assert len(told_of(told)) < len(marked(told))


def test_what_is_ticked_is_told_of_and_the_actors_own_marks_stand(officer, version):
    code, number = marked(compiled(version.year))[0]
    url = reverse("reporting:compilation_pick", args=[version.pk])
    assert officer.post(url, {"picked": [f"{code}-{number}"], "edition": 1}).status_code == 302
    version.refresh_from_db()
    told = compiled(version.year, picked_in(version))
    assert told_of(told) == [(code, number)]
    assert told.examples == len(marked(told))


def test_the_later_of_two_who_pick_meets_the_conflict(officer, version):
    url = reverse("reporting:compilation_pick", args=[version.pk])
    answer = officer.post(url, {"picked": [], "edition": 0})
    assert answer.status_code == 422
    version.refresh_from_db()
    assert version.picked, "nothing is overwritten"
