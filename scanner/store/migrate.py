"""Migrations: bring the tables to the state that this version needs, one process at a time.

On SQLite every start does it. On PostgreSQL an operator does, by ``scanner db upgrade``: the
database belongs to many machines, and the first new one may not change it under the others.
"""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from scanner.core.errors import InvalidInput, StorageUnavailable
from scanner.store.database import Database, HasDatabase
from scanner.store.engines import SQLITE
from scanner.store.trouble import reason_of

PACKAGE = Path(__file__).parents[1]
SHIPPED = PACKAGE / "_shipped" / "migrations"
SOURCE = PACKAGE.parent / "migrations"
LOCK = "migrations.lock"
EMPTY = "empty"
"""The state of a database without tables."""

log = logging.getLogger(__name__)


class HasData(HasDatabase, Protocol):
    """The settings that migrations need."""

    @property
    def data(self) -> Path:
        """The data folder, in which the lock lies."""


def upgrade(settings: HasData, revision: str = "head") -> None:
    """Bring the database up to a revision; waits for another process that does the same."""
    _run(settings, lambda config: command.upgrade(config, revision))


def upgrade_on(connection: Connection, revision: str = "head") -> None:
    """The same in a transaction of `Database.migrating` that somebody else began."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def downgrade(settings: HasData, revision: str) -> None:
    """Bring the database back to a revision; ``base`` removes all tables and what is in them."""
    _run(settings, lambda config: command.downgrade(config, revision))


def prepare(settings: HasData) -> None:
    """Have the tables that this version needs when the service starts.

    Raises `InvalidInput` when PostgreSQL has others, or does not answer.
    """
    database = Database.of(settings)
    if database.backend == SQLITE:
        upgrade(settings)
        return
    try:
        check_answers(database)
        current = is_current(database)
    finally:
        database.close()
    if not current:
        raise InvalidInput(
            "The database does not have the tables of this version of the scanner.",
            advice="Make a backup, then run: scanner db upgrade",
        )


def check_answers(database: Database) -> None:
    """Raise `InvalidInput` when a PostgreSQL database does not answer."""
    if database.backend == SQLITE:
        return
    try:
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
    except StorageUnavailable as error:
        raise InvalidInput(
            f"The database does not answer: {reason_of(error)}.",
            advice="Start it, or correct SCANNER_DATABASE_URL.",
        ) from error


def is_current(database: Database) -> bool:
    """Whether the database has the tables that this version needs."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def knows(revision: str) -> bool:
    """Whether this version has a migration of that name."""
    try:
        return ScriptDirectory.from_config(configuration()).get_revision(revision) is not None
    except CommandError:
        return False


def configuration() -> Config:
    """Alembic's configuration: where the migrations lie, from source or from a wheel."""
    config = Config()
    config.set_main_option("script_location", str(SHIPPED if SHIPPED.is_dir() else SOURCE))
    return config


def _run(settings: HasData, change: Callable[[Config], None]) -> None:
    database = Database.of(settings)
    try:
        with alone(settings.data), database.migrating() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            before = _revision(connection)
            _refuse_later(before)
            change(config)
            after = _revision(connection)
        if after != before:
            log.info("database brought up to date: %s -> %s", before, after)
    finally:
        database.close()


def _revision(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or EMPTY


def _refuse_later(revision: str) -> None:
    """Raise `InvalidInput` when a version after this one made the tables."""
    if revision != EMPTY and not knows(revision):
        raise InvalidInput(
            f"The tables were made by a later version of the scanner (migration {revision}).",
            advice="Install that version, or restore a backup that this version made.",
        )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of the data folder; the system lets go of it when the process ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
