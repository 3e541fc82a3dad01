"""A programme ends once, and nothing is told in its trail afterwards: no act is done without being told, on either engine.

Only who owns the table, who restores it, lays in the trail of an ended programme.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

POSTGRESQL = """
CREATE FUNCTION grants_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM grants_programme WHERE code = NEW.programme AND ended_on IS NOT NULL)
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    PERFORM grants_refuse('the programme has ended');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_ended BEFORE INSERT ON actors_event FOR EACH ROW
WHEN (NEW.programme <> '') EXECUTE FUNCTION grants_ended();
CREATE TRIGGER grants_programme_ended BEFORE UPDATE ON grants_programme FOR EACH ROW
WHEN (OLD.ended_on IS NOT NULL) EXECUTE FUNCTION actors_facts('ended_on', 'ended_by_id', 'code', 'sha256');
"""
SQLITE = """
CREATE TRIGGER grants_ended BEFORE INSERT ON actors_event
WHEN EXISTS (SELECT 1 FROM grants_programme WHERE code = NEW.programme AND ended_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the programme has ended'); END;
"""


def install(apps, schema_editor):
    told = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    schema_editor.execute(told, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0051_obligation_ground'),
        ('grants', '0051_year_charge'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='ended_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='programme',
            name='ended_on',
            field=models.DateField(editable=False, null=True, verbose_name='avslutat'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
