"""Migrations: bring the tables to the state that this version needs, one process at a time."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from scanner.store.database import Database, HasDatabase

PACKAGE = Path(__file__).parents[1]
SHIPPED = PACKAGE / "_shipped" / "migrations"
SOURCE = PACKAGE.parent / "migrations"
LOCK = "migrations.lock"


class HasData(HasDatabase, Protocol):
    """The settings that migrations need."""

    @property
    def data(self) -> Path:
        """The data folder, in which the lock lies."""


def upgrade(settings: HasData, revision: str = "head") -> None:
    """Bring the database up to a revision; waits for another process that does the same."""
    _run(settings, lambda config: command.upgrade(config, revision))


def downgrade(settings: HasData, revision: str) -> None:
    """Bring the database back to a revision; ``base`` removes all tables and what is in them."""
    _run(settings, lambda config: command.downgrade(config, revision))


def is_current(database: Database) -> bool:
    """Whether the database has the tables that this version needs."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def configuration() -> Config:
    """Alembic's configuration: where the migrations lie, from source or from a wheel."""
    config = Config()
    config.set_main_option("script_location", str(SHIPPED if SHIPPED.is_dir() else SOURCE))
    return config


def _run(settings: HasData, change: Callable[[Config], None]) -> None:
    database = Database.of(settings)
    try:
        with _alone(settings.data), database.migrating() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            change(config)
    finally:
        database.close()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of the data folder; the system lets go of it when the process ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
