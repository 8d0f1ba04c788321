"""Run migrations on the connection that `scanner.store.migrate` opened.

Called by the `alembic` command (to write a new migration, say), it opens the database of the
environment's settings.
"""

from alembic import context

from scanner.settings import Settings
from scanner.store import Database
from scanner.store.tables import Table


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        compare_type=True,
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
