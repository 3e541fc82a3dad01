"""The database's two roles: what the application's may not do, however it is written, and who must not be the application."""

import contextlib

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from digikoord.database import rights, roles
from tests import databases

REFUSED = [
    ("TRUNCATE actors_event", "permission denied"),
    ("TRUNCATE grants_payment CASCADE", "permission denied"),
    ("DELETE FROM actors_event", "permission denied"),
    ("UPDATE actors_event SET verb = 'x'", "permission denied"),
    ("ALTER TABLE grants_payment DISABLE TRIGGER ALL", "must be owner"),
    ("ALTER TABLE actors_event DISABLE TRIGGER USER", "must be owner"),
    ("DROP TRIGGER grants_payment_within ON grants_payment", "must be owner"),
    (
        "CREATE OR REPLACE FUNCTION grants_refuse(what text) RETURNS void LANGUAGE sql AS ''",
        "permission denied",
    ),
    ("SET session_replication_role = replica", "permission denied"),
    ("SET ROLE digikoord_owner", "permission denied"),
    ("SET SESSION AUTHORIZATION digikoord_owner", "permission denied"),
    ("CREATE TABLE mine (id int)", "permission denied"),
    ("CREATE TEMPORARY TABLE grants_budgetdecision (id int)", "permission denied"),
    ("CREATE SCHEMA mine", "permission denied"),
    ("INSERT INTO django_migrations (app, name, applied) VALUES ('grants', 'x', now())", "permission denied"),
    ("ALTER ROLE digikoord_app SUPERUSER", "must be superuser"),
    ("GRANT digikoord_owner TO digikoord_app", "must have admin option"),
    ("COPY actors_user TO PROGRAM 'cat'", "must be superuser"),
]


@contextlib.contextmanager
def logged_in(role=roles.APPLICATION):
    with contextlib.closing(psycopg2.connect(databases.login(role))) as there:
        there.autocommit = True
        with there.cursor() as cursor:
            yield cursor


@pytest.mark.parametrize(("statement", "said"), REFUSED)
def test_the_application_may_not(postgresql, statement, said):
    with logged_in() as cursor, pytest.raises(psycopg2.Error, match=said):
        cursor.execute(statement)


def test_no_table_may_be_emptied_or_taken_from(postgresql):
    with logged_in() as cursor:
        for table in sorted(roles.tables(cursor)):
            cursor.execute("SELECT has_table_privilege(%s, 'TRUNCATE, TRIGGER, REFERENCES')", [table])
            assert cursor.fetchone() == (False,), table
            cursor.execute(
                "SELECT has_table_privilege(%s, 'UPDATE'), has_table_privilege(%s, 'DELETE')", [table, table]
            )
            assert cursor.fetchone() == (table in rights.UPDATES, table in rights.DELETES), table


def test_every_right_names_a_table(postgresql):
    with logged_in() as cursor:
        there = roles.tables(cursor)
    assert there >= (rights.UPDATES | rights.DELETES | rights.READ_ONLY)


def test_only_the_application_has_no_fault(postgresql, settings, monkeypatch):
    settings.PRODUCTION = True
    with logged_in() as cursor:
        assert roles.faults(cursor) == []
    with logged_in(roles.OWNER) as cursor:
        assert "äger tabeller" in "; ".join(roles.faults(cursor))
    databases.work_as_the_superuser()
    try:
        with pytest.raises(ImproperlyConfigured, match=r"är superanvändare.*digikoord_app"):
            roles.require_weak()
    finally:
        databases.work_as_the_application()


@pytest.mark.parametrize(
    ("grant", "back", "said"),
    [
        (
            "GRANT digikoord_owner TO digikoord_app",
            "REVOKE digikoord_owner FROM digikoord_app",
            "SET ROLE",
        ),
        (
            "GRANT TRUNCATE ON actors_event TO digikoord_app",
            "REVOKE TRUNCATE ON actors_event FROM digikoord_app",
            "tömma tabeller",
        ),
        (
            "GRANT CREATE ON SCHEMA public TO digikoord_app",
            "REVOKE CREATE ON SCHEMA public FROM digikoord_app",
            "skapa egna tabeller",
        ),
        ("ALTER ROLE digikoord_app CREATEROLE", "ALTER ROLE digikoord_app NOCREATEROLE", "skapa roller"),
    ],
)
def test_what_would_make_it_strong_is_found(postgresql, grant, back, said):
    with databases.as_superuser(), connection.cursor() as cursor:
        cursor.execute(grant)
        try:
            with logged_in() as strong:
                assert said in "; ".join(roles.faults(strong))
        finally:
            cursor.execute(back)


def test_laying_up_again_changes_nothing_and_takes_an_older_installation_over(postgresql, monkeypatch):
    """Everything owned by one role, as before the roles: object by object it becomes the owner's, and nothing stays."""
    monkeypatch.setenv("DIGIKOORD_OWNER_PASSWORD", databases.PASSWORD)
    monkeypatch.setenv("DIGIKOORD_APP_PASSWORD", f"{databases.PASSWORD}-2")
    with databases.as_superuser(), connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (superuser,) = cursor.fetchone()
        cursor.execute(f'REASSIGN OWNED BY {roles.OWNER} TO "{superuser}"')
        for _ in range(2):
            call_command("database_roles")
        cursor.execute(
            "SELECT count(*) FILTER (WHERE relowner <> 'digikoord_owner'::regrole), count(*) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')"
        )
        foreign, whole = cursor.fetchone()
        assert foreign == 0
        assert whole > 100
        cursor.execute(
            "SELECT count(*) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace "
            "AND proowner <> 'digikoord_owner'::regrole AND proname LIKE ANY (ARRAY['grants%', 'actors%', 'reporting%'])"
        )
        assert cursor.fetchone() == (0,)
        roles.lay_up(cursor, owner_password=databases.PASSWORD, application_password=databases.PASSWORD)
    with logged_in() as cursor:
        assert roles.faults(cursor) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "två olika lösenord"),
        ({"DIGIKOORD_OWNER_PASSWORD": "a", "DIGIKOORD_APP_PASSWORD": "a"}, "två olika"),
    ],
)
def test_the_command_says_what_is_missing(postgresql, monkeypatch, given, said):
    for name in ("DIGIKOORD_OWNER_PASSWORD", "DIGIKOORD_APP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CommandError, match=said):
        call_command("database_roles")
