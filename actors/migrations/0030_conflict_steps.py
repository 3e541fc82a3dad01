"""A declared conflict of interest can be lifted for one step: by another person, on a ground, once.

The rows are never deleted, and nothing of them changes but that the step is taken: on both engines. PostgreSQL says too
that the conflict stands, that the row names its person and actor, and that whoever decides has no conflict of their own.
"""

import digikoord.lib.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


POSTGRESQL = """
CREATE FUNCTION actors_conflictstep_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'what was lifted is never deleted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.used_on IS NOT NULL OR to_jsonb(NEW) - 'used_on' - 'used_event' <> to_jsonb(OLD) - 'used_on' - 'used_event' THEN
      RAISE EXCEPTION 'a lift is used once and never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  PERFORM 1 FROM actors_conflictofinterest WHERE id = NEW.conflict_id AND person_id = NEW.person_id
    AND actor_id = NEW.actor_id AND lifted_on IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such conflict of interest' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM actors_conflictofinterest
      WHERE person_id = NEW.decided_by_id AND actor_id = NEW.actor_id AND lifted_on IS NULL) THEN
    RAISE EXCEPTION 'decided_by_id has a conflict of interest' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER actors_conflictstep_stands BEFORE INSERT OR UPDATE OR DELETE ON actors_conflictstep
FOR EACH ROW EXECUTE FUNCTION actors_conflictstep_stands();
"""
NEVER_CHANGED = (
    *("conflict_id", "person_id", "actor_id", "step", "key", "label", "place", "year"),
    *("ground", "reason", "decided_by_id", "decided_on"),
)
SQLITE = (
    """
CREATE TRIGGER actors_conflictstep_kept BEFORE DELETE ON actors_conflictstep
BEGIN SELECT RAISE(ABORT, 'what was lifted is never deleted'); END;
""",
    f"""
CREATE TRIGGER actors_conflictstep_once BEFORE UPDATE ON actors_conflictstep
WHEN OLD.used_on IS NOT NULL OR {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in NEVER_CHANGED)}
BEGIN SELECT RAISE(ABORT, 'a lift is used once and never changed'); END;
""",
)


def install(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for sql in (POSTGRESQL,) if postgresql else SQLITE:
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0002_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConflictStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=40, verbose_name='steg')),
                ('key', models.CharField(max_length=60, verbose_name='ärende, nyckel')),
                ('label', models.CharField(max_length=200, verbose_name='ärende')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='plats')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='programår')),
                ('ground', models.CharField(choices=[('16', '16 § andra stycket: det är uppenbart att frågan om opartiskhet saknar betydelse'), ('17', '17 §: ingen annan kan träda in utan att ärendet avsevärt försenas')], max_length=2, verbose_name='grund')),
                ('reason', models.TextField(verbose_name='skäl')),
                ('decided_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='hävt för steget')),
                ('used_on', models.DateField(null=True, verbose_name='steget taget')),
                ('used_event', models.BigIntegerField(null=True, verbose_name='händelse')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor')),
                ('conflict', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='actors.conflictofinterest')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lifted_steps', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('used_on'), descending=True, nulls_first=True), '-decided_on', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('used_on__isnull', True)), fields=('person', 'step', 'key'), name='conflict_step_open_once', violation_error_message='Jävet är redan hävt för det steget i ärendet.'), models.CheckConstraint(condition=models.Q(('step__in', ['ask_fact_check', 'assign_report', 'check_report', 'handle_fact_check', 'note_silence', 'prepare', 'register_answer', 'register_report', 'register_requisition', 'remind', 'return_report', 'return_requisition', 'review_report', 'set_answer_day'])), name='conflict_step_is_handling', violation_error_message='Jäv hävs aldrig för beslutet självt eller för pengar.'), models.CheckConstraint(condition=models.Q(('ground__in', ['16', '17'])), name='conflict_step_known_ground', violation_error_message='Okänd grund.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='conflict_step_has_reason', violation_error_message='Ange skälet.'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('person__isnull', True), models.Q(('decided_by', models.F('person')), _negated=True), _connector='OR'), name='conflict_step_by_another', violation_error_message='Den som anmält jäv kan inte själv häva det för ett steg.'), models.CheckConstraint(condition=models.Q(models.Q(('used_event__isnull', False), ('used_on__isnull', False)), models.Q(('used_event__isnull', True), ('used_on__isnull', True)), _connector='OR'), name='conflict_step_used', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(('used_on__isnull', True), ('used_on__gte', models.F('decided_on')), _connector='OR'), name='conflict_step_in_order', violation_error_message='Slutdagen kan inte ligga före startdagen.')],
            },
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
