"""What the database itself says of statuses and of facts, whatever writes to it.

A status begins and moves as the lifecycle table says: PostgreSQL's own copy, and a test compares it with the code's. Only who owns
the table, who restores it, lays in rows that have come further. A membership is never deleted, and only its last day changes. Later
migrations of any app call `lifecycles` and `facts` for their own tables.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION actors_lifecycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (OLD.status || '>' || NEW.status) = ANY (TG_ARGV) THEN
    RAISE EXCEPTION '% cannot go from % to %', TG_TABLE_NAME, OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION actors_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT NEW.status = ANY (TG_ARGV)
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    RAISE EXCEPTION '% cannot begin as %', TG_TABLE_NAME, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION actors_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE name text; was jsonb := to_jsonb(OLD); now jsonb := to_jsonb(NEW);
BEGIN
  FOREACH name IN ARRAY TG_ARGV LOOP
    IF was->name IS DISTINCT FROM now->name THEN
      RAISE EXCEPTION '% of % is never changed', name, TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE FUNCTION actors_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is never deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
LIFECYCLE = """
DROP TRIGGER IF EXISTS {table}_lifecycle ON {table};
CREATE TRIGGER {table}_lifecycle BEFORE UPDATE ON {table} FOR EACH ROW
WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION actors_lifecycle({arguments});
"""
BORN = """
DROP TRIGGER IF EXISTS {table}_born ON {table};
CREATE TRIGGER {table}_born BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION actors_born({arguments});
"""
FACTS = """
DROP TRIGGER IF EXISTS {table}_{name} ON {table};
CREATE TRIGGER {table}_{name} BEFORE UPDATE ON {table} FOR EACH ROW
WHEN ({when}) EXECUTE FUNCTION actors_facts({arguments});
"""
KEPT = {
    "postgresql": """
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION actors_keep();
""",
    "sqlite": """
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is never deleted'); END;
""",
}
# A table's moves, "from>to", and the statuses that a row may begin with.
MOVES = {
    "actors_letter": "bounced>queued failed>queued queued>bounced queued>dropped queued>failed queued>sent sent>bounced",
    "actors_succession": "planned>registered registered>planned",
}
BORN_AS = {"actors_letter": "queued", "actors_succession": "planned"}
MEMBERSHIP = ("user_id", "actor_id", "role", "valid_from", "granted_by_id")


def lifecycles(schema_editor, moves, born):
    """Let the tables' statuses begin and move only as told."""
    for table, statuses in born.items():
        arguments = ", ".join(f"'{status}'" for status in statuses.split())
        schema_editor.execute(BORN.format(table=table, arguments=arguments), params=None)
    for table, pairs in moves.items():
        arguments = ", ".join(f"'{pair}'" for pair in pairs.split())
        schema_editor.execute(LIFECYCLE.format(table=table, arguments=arguments), params=None)


def facts(schema_editor, table, name, columns, when="true"):
    """Let the columns of the table's rows stay as they were written, where `when` holds."""
    arguments = ", ".join(f"'{column}'" for column in columns)
    schema_editor.execute(FACTS.format(table=table, name=name, when=when, arguments=arguments), params=None)


def keep(schema_editor, *tables):
    """Let no row of the tables be deleted, on either engine."""
    for table in tables:
        schema_editor.execute(KEPT[schema_editor.connection.vendor].format(table=table), params=None)


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTIONS, params=None)
        lifecycles(schema_editor, MOVES, BORN_AS)
        facts(schema_editor, "actors_membership", "facts", MEMBERSHIP)
    keep(schema_editor, "actors_membership")


class Migration(migrations.Migration):
    dependencies = [("actors", "0030_conflict_steps")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
