"""What comes in and goes out gets a number in its programme's register, and keeps it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import atomic
from django.urls import reverse

from grants.actions import requisitions
from grants.models import Requisition
from records.actions import registrations
from records.models import Direction, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
@atomic
def letter(cast):
    """A text of ours, sent to one actor."""
    row = cast.tranche("14", 2018)
    return registrations.register(
        row,
        by=cast.decider(),
        direction=Direction.OUT,
        party=row.holder,
        title="Ett brev om medel",
        body="<p>Ni beviljas medel.</p>",
    )


def listed(client, cast, **query):
    return client.get(reverse("overview:registration_list", args=[cast.programme.code]), query)


def test_the_numbers_of_a_programme_have_no_gaps(cast, letter):
    numbers = sorted(Registration.objects.filter(programme=cast.programme).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert letter.number == numbers[-1]


def test_what_is_submitted_is_registered_with_sender_and_case_number(cast):
    row = cast.tranche("04", 2019)
    made = requisitions.write(row, by=cast.writer(row.holder), amount=1000)
    assert not Registration.objects.filter(key=made.subject().key).exists(), "a draft is not received"
    requisitions.submit(made, by=cast.signatory(row.holder))
    entry = Registration.objects.get(key=made.subject().key)
    assert (entry.direction, entry.party, entry.place) == ("in", row.holder, "04")
    assert entry.case_number == row.assignment.decision.case_number


def test_the_dispatched_decision_and_each_letter_are_registered(cast):
    first = cast.programme.decisions.earliest("pk")
    assert Registration.objects.filter(key=first.subject().key, direction="drawn_up").count() == 1
    for row in first.assignments.all():
        assert Registration.objects.filter(key=row.subject().key, direction="out").count() == 1


def test_a_registered_document_is_never_changed_or_deleted(letter):
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=letter.pk).update(title="Något annat")
    with pytest.raises(IntegrityError), transaction.atomic():
        letter.delete()


def test_an_actor_meets_its_own_documents_only(cast, letter, client):
    client.force_login(cast.writer(cast.assignment("12").holder))
    assert "Ett brev om medel" not in listed(client, cast).content.decode()
    assert client.get(letter.get_absolute_url()).status_code == 404
    assert client.get(reverse("overview:registration_file", args=[letter.pk])).status_code == 404
    client.force_login(cast.writer(letter.party))
    assert "Ett brev om medel" in listed(client, cast).content.decode()


def test_the_letter_is_read_on_screen_and_is_the_same_bytes_every_time(cast, letter, client):
    client.force_login(cast.writer(letter.party))
    assert "Ni beviljas medel." in client.get(letter.get_absolute_url()).content.decode()
    files = {client.get(reverse("overview:registration_file", args=[letter.pk])).content for _ in range(2)}
    assert len(files) == 1
    assert files.pop().startswith(b"%PDF")


def test_the_register_is_searched_and_exported_as_it_is_shown(cast, letter, client):
    client.force_login(cast.official())
    assert len(listed(client, cast, text="brev medel", place="14").context["page"].object_list) == 1
    assert not listed(client, cast, text="brev medel", place="12").context["page"].object_list
    rows = listed(client, cast, direction="out", text="brev medel", format="csv").content.decode("utf-8-sig")
    assert "Ett brev om medel" in rows
    assert "Rekvisition" not in rows


def test_a_place_shows_its_latest_documents(cast, letter, client):
    client.force_login(cast.official())
    page = client.get(reverse("overview:place_detail", args=[cast.programme.code, "14"])).content.decode()
    assert "Ett brev om medel" in page


def test_a_requisition_of_the_story_is_registered_once(cast):
    row = Requisition.objects.filter(status="approved").first()
    assert Registration.objects.filter(key=row.subject().key, direction="in").count() == 1
