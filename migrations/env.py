"""Run migrations on the connection that `scanner.store.migrate` opened.

Called by the `alembic` command (to write a new migration, say), it opens the database of the
environment's settings.
"""

from alembic import context

from scanner.settings import Settings
from scanner.store import Database
from scanner.store.tables import Table
from scanner.store.types import Exact, Id, Moment, Text

WRITTEN_OUT = {
    Id: 'sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")',
    Moment: "sa.DateTime(timezone=True)",
    Exact: "sa.String()",
    Text: "sa.String()",
}


def written_out(kind, item, _):
    """How a new migration names our types: by what they are, for the code may change."""
    return WRITTEN_OUT.get(type(item), False) if kind == "type" else False


def is_ours(name, kind, _):
    """Whether a migration is to look at it: procrastinate's tables are not described by ours."""
    return kind != "table" or not name.startswith("procrastinate_")


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=written_out,
        include_name=is_ours,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with Database.of(Settings.from_environment()).migrating() as opened:
        run(opened)
