"""Whoever is met on the login page can carry what they meet to its end, and bears the register's name."""

import pytest
from django.core.mail import EmailMessage, get_connection

from actors.models import User
from actors.roles import Role
from digikoord.rehearsal.people import on_stage
from digikoord.views import rehearsal
from duties.models import Obligation
from grants.models import Coordinator

pytestmark = pytest.mark.django_db


def test_every_task_of_the_login_pages_roles_is_somebodys_there(cast):
    people = User.objects.filter(email__in=[row.key for row in on_stage(cast.programme)])
    parties = {row.actor for person in people for row in person.memberships_now}
    met = Obligation.objects.open().filter(debtor__in=parties)
    assert met.count() > 10
    for duty in met:
        assert any(duty.is_for(person) for person in people), duty
    for party in {cast.assignment("19").holder, cast.assignment("01").holder}:
        for role in (Role.WRITER, Role.SIGNATORY):
            assert any(person.has(role, party.pk) for person in people), (party, role)


def test_the_register_names_whom_one_logs_in_as(cast):
    serving = Coordinator.objects.filter(ends__isnull=True).select_related("assignment__holder")
    for row in serving:
        assert cast.writer(row.assignment.holder).name == row.name
        assert cast.writer(row.assignment.holder).email == row.email
    assert serving.count() > 15


def test_a_letter_is_read_as_it_was_sent(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(tmp_path))
    for body in ("Anstånd är beviljat för Örebro.", "Å" * 500 + "\n" + "ä" * 500):
        EmailMessage(
            "ÖVNING: Anstånd", body, "digikoord@exempel.se", ["a@b.example"], connection=backend
        ).send()
    letters = rehearsal._letters()
    assert len(letters) == 2
    assert {row["subject"] for row in letters} == {"ÖVNING: Anstånd"}
    assert any("Anstånd är beviljat för Örebro." in row["body"] for row in letters)
    assert not any("\ufffd" in row["body"] + row["subject"] for row in letters)
