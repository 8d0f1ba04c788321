"""The tables of procrastinate, which hands jobs to workers on many machines: PostgreSQL only.

Revision 0002; 2026-11-25. They are procrastinate's own, as the installed version makes them; the
comment on its first table names that version, for a later step that brings them up to date.
"""

from importlib.metadata import version

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REMOVE = """
DO $$ DECLARE thing text; BEGIN
  FOR thing IN SELECT format('TABLE %I', tablename) FROM pg_tables
    WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate\\_%'
  LOOP EXECUTE 'DROP ' || thing || ' CASCADE'; END LOOP;
  FOR thing IN SELECT format('FUNCTION %s', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'procrastinate\\_%'
  LOOP EXECUTE 'DROP ' || thing || ' CASCADE'; END LOOP;
  FOR thing IN SELECT format('TYPE %I', typname) FROM pg_type
    WHERE typnamespace = current_schema()::regnamespace AND typname LIKE 'procrastinate\\_%'
  LOOP EXECUTE 'DROP ' || thing || ' CASCADE'; END LOOP;
END $$
"""


def upgrade():
    if op.get_bind().dialect.name != "postgresql":
        return
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - SQLite does without

    execute(SchemaManager.get_schema())
    execute(f"COMMENT ON TABLE procrastinate_jobs IS 'procrastinate {version('procrastinate')}'")


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        execute(REMOVE)


def execute(statements):
    """Run several statements in the transaction of the migration, per cent signs and all."""
    op.get_bind().connection.driver_connection.execute(statements)
