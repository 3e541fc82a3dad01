"""Nothing is told in a programme that is just being ended: who ends it waits for the acts that are under way, and those that
come meanwhile wait for it, and are refused.

Each event takes a shared advisory lock of its programme; the ending takes it alone (`ENDING` in grants/actions/programme_endings.py).
SQLite has one writer.
"""

from django.db import migrations

POSTGRESQL = """
CREATE OR REPLACE FUNCTION grants_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked integer;
BEGIN
  SELECT id INTO asked FROM grants_programme WHERE code = NEW.programme;
  IF asked IS NULL THEN RETURN NEW; END IF;
  PERFORM pg_advisory_xact_lock_shared(5003, asked);
  -- Asked anew: a statement sees what was committed before it
  IF EXISTS (SELECT 1 FROM grants_programme WHERE id = asked AND ended_on IS NOT NULL)
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    PERFORM grants_refuse('the programme has ended');
  END IF;
  RETURN NEW;
END $$;
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)


class Migration(migrations.Migration):

    dependencies = [("grants", "0062_rooms"), ("programmes", "0001_rooms")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
