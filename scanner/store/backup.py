"""Backups: one file with one state of the whole database, made while the service runs.

SQLite is copied by its online backup in one step inside a read transaction, PostgreSQL by pg_dump
on an exported snapshot. In both cases writers go on, and the counts of rows are those of the same
state. The secrets go along, because without them no key and no session would be known any more.
"""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, make_url

from scanner import __version__
from scanner.core.errors import InvalidInput
from scanner.settings import KEY_PEPPER_FILE, SECRET_KEY_FILE, Settings
from scanner.store import postgresql_tools
from scanner.store.archive import Manifest, Writer, new_backup
from scanner.store.database import Database
from scanner.store.engines import SQLITE
from scanner.store.migrate import check_answers
from scanner.store.stamps import now

SQLITE_PART, POSTGRESQL_PART = "database.sqlite3", "database.dump"
SECRETS = (SECRET_KEY_FILE, KEY_PEPPER_FILE)


def backup(settings: Settings, target: Path, *, with_secrets: bool = True) -> Manifest:
    """Write a backup into a new file; what it holds.

    Raises `Conflict` when the file exists, and `InvalidInput` when there is no database, no tool
    to dump it, or a secret that this process was not given.
    """
    kept = settings.secrets_there() if with_secrets else {}
    if with_secrets and len(kept) < len(SECRETS):
        raise InvalidInput(
            "The secrets of the service are not in the data folder, nor in the environment.",
            advice="Give SCANNER_SECRET_KEY and SCANNER_KEY_PEPPER, or back up --without-secrets.",
        )
    database = Database.of(settings)
    try:
        check_answers(database)
        with new_backup(target) as writer:
            for name, secret in kept.items():
                with writer.part(name) as sink:
                    sink.write(secret.encode("ascii"))
            manifest = _add_database(database, writer, target.parent)
            writer.close(manifest)
        return manifest
    finally:
        database.close()


def sqlite_file(database: Database) -> Path:
    """Where the database of an address of SQLite lies."""
    name = make_url(database.address).database
    if not name or name == ":memory:":
        raise InvalidInput("A database in memory cannot be backed up or restored.")
    return Path(name)


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, those of the queue included."""
    quote = connection.dialect.identifier_preparer.quote
    counted = "SELECT count(*) FROM "
    return {
        name: connection.exec_driver_sql(counted + quote(name)).scalar_one()
        for name in sorted(inspect(connection).get_table_names())
    }


def _add_database(database: Database, writer: Writer, folder: Path) -> Manifest:
    created_at = now().isoformat()
    if database.backend == SQLITE and not sqlite_file(database).is_file():
        raise InvalidInput(
            f"There is no database {sqlite_file(database)}.",
            advice="Set SCANNER_DATA to its folder.",
        )
    with database.reading() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise InvalidInput("The database has no tables of the scanner: nothing to back up.")
        rows = row_counts(connection)
        if database.backend == SQLITE:
            _add_sqlite(connection, writer, folder)
        else:
            _add_postgresql(connection, writer, database.address)
    return Manifest(__version__, revision, database.backend, created_at, rows, dict(writer.parts))


def _add_sqlite(connection: Connection, writer: Writer, folder: Path) -> None:
    driver: Any = connection.connection.driver_connection
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as beside:
        path = Path(beside) / SQLITE_PART
        copy = sqlite3.connect(path)
        driver.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a log
        copy.close()
        with path.open("rb") as file, writer.part(SQLITE_PART) as sink:
            sink.copy(file)


def _add_postgresql(connection: Connection, writer: Writer, address: str) -> None:
    snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    tool = postgresql_tools.dump(connection, address, snapshot=snapshot)
    with writer.part(POSTGRESQL_PART, packed=True) as sink, tool.output() as dumped:
        sink.copy(dumped)
