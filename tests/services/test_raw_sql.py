"""Raw SQL as the application's own role: what an act would never do is refused by the database, in a story under way."""

import psycopg2
from django.apps import apps
from django.db import connection

from actors.models import User
from records.models import Document
from tests.factories import played

from .test_roles import logged_in

# What was seen to pass on the landed version, and its siblings. Each changes at least one row of the story, or is refused.
STATEMENTS = {
    "a verified account's number": "UPDATE grants_paymentaccount SET number = '5050-1055' WHERE status = 'verified'",
    "an account's owner": "UPDATE grants_paymentaccount SET actor_id = (SELECT max(id) FROM actors_actor)",
    "who verified it": "UPDATE grants_paymentaccount SET verified_by_id = (SELECT max(id) FROM actors_user) "
    "WHERE status = 'verified'",
    "its evidence": "UPDATE grants_paymentaccount SET evidence = 'annat' WHERE status = 'verified'",
    "an account un-verified": "UPDATE grants_paymentaccount SET status = 'unverified' WHERE status = 'verified'",
    "a replaced account back": "UPDATE grants_paymentaccount SET status = 'verified' WHERE status = 'replaced'",
    "an approver as releaser": "UPDATE grants_payment p SET released_by_id = r.approved_by_id, status = 'released', "
    "released_on = '2019-03-20', account_id = (SELECT min(id) FROM grants_paymentaccount) "
    "FROM grants_requisition r WHERE r.id = p.requisition_id AND p.status = 'prepared'",
    "who approved": "UPDATE grants_requisition SET approved_by_id = (SELECT max(id) FROM actors_user) "
    "WHERE status = 'approved'",
    "a conditional year granted": "UPDATE grants_tranche SET status = 'granted', amount = ceiling, "
    "prepared_by_id = (SELECT min(id) FROM actors_user), prepared_on = '2019-03-20', "
    "granted_by_id = (SELECT max(id) FROM actors_user), granted_on = '2019-03-20' WHERE status = 'conditional'",
    "an amount granted without being prepared": "UPDATE grants_tranche SET status = 'settled' WHERE status = 'granted'",
    "a dispatched decision's text": "UPDATE grants_governmentdecision SET text = 'annat' WHERE status = 'dispatched'",
    "its day": "UPDATE grants_governmentdecision SET decided_on = '2018-07-11' WHERE status = 'dispatched'",
    "its case number": "UPDATE grants_governmentdecision SET case_number = 'N1' WHERE case_number <> ''",
    "a dispatched decision made a draft": "UPDATE grants_governmentdecision SET status = 'draft', "
    "dispatched_by_id = NULL, dispatched_on = NULL WHERE status = 'dispatched'",
    "a dispatched decision deleted": "DELETE FROM grants_governmentdecision WHERE status = 'dispatched'",
    "a signature's text": "UPDATE grants_signature SET text = 'annat'",
    "a signature's hash": "UPDATE grants_signature SET sha256 = repeat('0', 64)",
    "a signature's person": "UPDATE grants_signature SET person_id = (SELECT max(id) FROM actors_user)",
    "a signature's answer": "UPDATE grants_signature SET answer = 'no'",
    "a signature's row": "DELETE FROM grants_signature",
    "a membership deleted": "DELETE FROM actors_membership",
    "a membership's role": "UPDATE actors_membership SET role = 'payer'",
    "a membership's person": "UPDATE actors_membership SET user_id = (SELECT max(id) FROM actors_user)",
    "a paid payment unpaid": "UPDATE grants_payment SET status = 'cancelled' WHERE status = 'paid'",
    "a payment paid at once": "UPDATE grants_payment SET status = 'paid', value_date = '2019-03-20' "
    "WHERE status = 'prepared'",
    "a claim lessened": "UPDATE grants_claimentry SET amount = 1",
    "a register row": "UPDATE grants_registration SET title = 'annat'",
    "a paper": "UPDATE grants_document SET content = ''",
    "an approved report back to draft": "UPDATE reporting_activityreport SET status = 'draft' WHERE status = 'approved'",
    "an offer taken for granted": "UPDATE grants_assignment SET status = 'concluded' WHERE status = 'offered'",
    "a budget decision unconfirmed": "UPDATE grants_budgetdecision SET status = 'registered' WHERE status = 'confirmed'",
    "a letter unsent": "UPDATE actors_letter SET status = 'queued' WHERE status = 'sent'",
    "to whom a letter went": "UPDATE actors_letter SET recipient_id = (SELECT max(id) FROM actors_user)",
    "what a letter was for": "UPDATE actors_letter SET purpose = 'matter' WHERE status = 'sent'",
    "the address of a payer": "UPDATE actors_user SET email = 'x' || email",
    "a submitted version": "UPDATE reporting_reportversion SET content = '{}'",
    "the bank's file": "UPDATE grants_bankfile SET content = ''",
    "the trail": "UPDATE actors_event SET by_name = 'någon'",
    "the trail's rows": "DELETE FROM actors_event",
    "money's rows": "DELETE FROM grants_payment",
}


def test_what_no_act_does_no_statement_does(postgresql, played_file):
    played.lay_in(played_file)
    paper = {"name": "a.pdf", "content_type": "application/pdf", "content": b"%PDF", "sha256": "0" * 64}
    Document.objects.create(**paper, added_by=User.objects.first(), added_on="2019-03-20")
    passed = []
    with logged_in() as cursor:
        for what, statement in STATEMENTS.items():
            touched = f"SELECT EXISTS ({_selected(statement)})"
            cursor.execute(touched)
            assert cursor.fetchone() == (True,), f"{what}: the story has no such row"
            if not _refused(cursor, statement):
                passed.append(what)
    assert not passed


def test_nothing_begins_further_on(postgresql, played_file):
    """A copy of any row of the story, under every status: one of those it may begin with, or refused."""
    played.lay_in(played_file)
    with logged_in() as cursor:
        for model in _with_a_lifecycle():
            for status in model.LIFECYCLE.statuses.values:
                cursor.execute("BEGIN")
                said = _laid_in(cursor, model._meta.db_table, status)
                cursor.execute("ROLLBACK")
                begins = status in model.LIFECYCLE.begins()
                assert ("cannot begin as" in said) != begins, f"{model.__name__} {status}: {said}"


def _laid_in(cursor, table, status):
    copied = (
        f'SELECT to_jsonb(t) || \'{{"id": 999999999, "status": "{status}"}}\' AS j FROM {table} t LIMIT 1'
    )
    row = f'jsonb_populate_record(NULL::{table}, COALESCE((SELECT j FROM ({copied}) c), \'{{"status": "{status}"}}\'))'
    try:
        cursor.execute(f"INSERT INTO {table} SELECT ({row}).*")
    except psycopg2.Error as refusal:
        return str(refusal)
    return ""


def _with_a_lifecycle():
    return [model for model in apps.get_models() if hasattr(model, "LIFECYCLE")]


def _refused(cursor, statement):
    """Whether the database refused it, and not for how it was written. It is undone either way."""
    cursor.execute("BEGIN")
    try:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except (psycopg2.errors.SyntaxError, psycopg2.errors.UndefinedColumn):
        raise
    except psycopg2.Error:
        return True
    finally:
        cursor.execute("ROLLBACK")
    return False


def _selected(statement):
    """A question for the rows that the statement is about."""
    table = statement.split()[2] if statement.startswith("DELETE") else statement.split()[1]
    _, found, where = statement.rpartition(" WHERE ")
    simple = found and "r.id" not in where
    return f"SELECT 1 FROM {table}" + (f" WHERE {where}" if simple else "")


def test_the_database_knows_each_lifecycle_as_the_code_does(postgresql):
    """A move that is added or taken away in a table of the code needs a migration that tells PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname LIKE '%%\\_lifecycle'"
        )
        told = {
            table: {pair.decode() for pair in bytes(arguments).split(b"\0") if pair}
            for table, arguments in cursor.fetchall()
        }
    assert told == {
        model._meta.db_table: {
            f"{source}>{move.target}"
            for move in model.LIFECYCLE.moves.values()
            for source in move.sources
            if source != move.target
        }
        for model in _with_a_lifecycle()
    }
