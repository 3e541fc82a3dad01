"""Whom the letters of before were sent for; and what the database says of letters, links, offered roles and addresses.

A letter of before is its recipient's only party's, or nobody's to see. PostgreSQL lets the address of somebody who decides or
pays change only as two persons have confirmed it, whatever writes.
"""

from importlib import import_module

from django.db import migrations

append_only = import_module("actors.migrations.0002_kept").append_only
guards = import_module("actors.migrations.0050_guards")

ONLY_PARTY = """
UPDATE {table} SET party_id = (SELECT min(m.actor_id) FROM actors_membership m WHERE m.user_id = {table}.recipient_id)
WHERE party_id IS NULL
  AND (SELECT count(DISTINCT m.actor_id) FROM actors_membership m WHERE m.user_id = {table}.recipient_id) = 1
"""
DEBTOR = """
UPDATE actors_notice SET party_id = (SELECT o.debtor_id FROM actors_obligation o WHERE o.id = obligation_id)
WHERE party_id IS NULL AND EXISTS (
  SELECT 1 FROM actors_obligation o JOIN actors_membership m ON m.actor_id = o.debtor_id
  WHERE o.id = actors_notice.obligation_id AND m.user_id = actors_notice.recipient_id)
"""
MOVES = {
    "actors_membershipoffer": "offered>accepted offered>declined offered>withdrawn",
    "actors_addresschange": "proposed>confirmed proposed>rejected",
}
BORN_AS = {"actors_membershipoffer": "offered", "actors_addresschange": "proposed"}
LETTER = ("purpose", "recipient_id", "title", "text", "url", "day")
LINK = ("person_id", "letter_id", "digest", "made_at", "good_until")
OFFER = ("person_id", "actor_id", "role", "name", "email", "offered_by_id", "offered_on")
CHANGE = ("person_id", "before", "after", "proposed_by_id", "proposed_on")
# Who decides, pays or sees to people: actors/roles.py, ADDRESS_BY_TWO
BY_TWO = """
CREATE FUNCTION actors_address_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM actors_membership WHERE user_id = NEW.id AND valid_to IS NULL
      AND role IN ('official', 'decision_maker', 'payer', 'head', 'administrator'))
    AND NOT EXISTS (SELECT 1 FROM actors_addresschange WHERE person_id = NEW.id AND status = 'confirmed'
      AND lower(before) = lower(OLD.email) AND lower(after) = lower(NEW.email)) THEN
    RAISE EXCEPTION 'the address of % is changed by two', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER actors_user_address BEFORE UPDATE ON actors_user FOR EACH ROW
WHEN (lower(OLD.email) <> lower(NEW.email)) EXECUTE FUNCTION actors_address_by_two();
"""


def install(apps, schema_editor):
    for table in ("actors_notice", "actors_letter"):
        schema_editor.execute(ONLY_PARTY.format(table=table), params=None)
    schema_editor.execute(DEBTOR, params=None)
    append_only(schema_editor, "actors_attachment")
    guards.keep(schema_editor, "actors_membershipoffer", "actors_addresschange", "actors_link")
    if schema_editor.connection.vendor == "postgresql":
        guards.lifecycles(schema_editor, MOVES, BORN_AS)
        guards.facts(schema_editor, "actors_letter", "facts", LETTER)
        guards.facts(schema_editor, "actors_link", "facts", LINK)
        guards.facts(schema_editor, "actors_membershipoffer", "facts", OFFER)
        guards.facts(schema_editor, "actors_addresschange", "facts", CHANGE)
        schema_editor.execute(BY_TWO, params=None)


class Migration(migrations.Migration):
    dependencies = [("actors", "0070_letters_of_two_kinds")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
