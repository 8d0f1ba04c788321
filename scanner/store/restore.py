"""Restoring a backup: all of it or nothing, and only after every check.

On SQLite the database is checked and brought up to date in a folder beside its place, and then
takes that place by one rename. On PostgreSQL everything happens in one transaction.
"""

import fcntl
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, inspect

from scanner.core.errors import Conflict, InvalidInput
from scanner.settings import KEY_PEPPER_FILE, SECRET_KEY_FILE, Settings, write_private
from scanner.store import postgresql_tools
from scanner.store.archive import BROKEN, Manifest, Reader, opened, sync_folder
from scanner.store.backup import (
    POSTGRESQL_PART,
    SECRETS,
    SQLITE_PART,
    row_counts,
    sqlite_file,
)
from scanner.store.database import Database
from scanner.store.engines import SQLITE
from scanner.store.migrate import alone, check_answers, knows, upgrade, upgrade_on

FOLDER = "restore"
"""Beside the database: holds what is being restored; the next restore clears it."""

GOODBYE = 2.0
"""Seconds in which PostgreSQL notices that a process has gone."""

OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND starts_with(application_name, 'scanner') AND pid <> pg_backend_pid()
"""

STOP_FIRST = "Stop all processes of the service first."
REPLACE = "Restore into an empty place, or give --replace to lose what is there now."


def restore(
    settings: Settings, file: Path, *, replacing: bool = False, with_secrets: bool = True
) -> Manifest:
    """Put the database and secrets of a backup in place, brought up to date; what it held.

    Raises `InvalidInput` for a backup that is damaged, of another kind of database or of a later
    version; `Conflict` when the place is not empty and nothing may be replaced, or when a service
    runs on it. The place is then as it was.
    """
    database = Database.of(settings)
    try:
        with opened(file) as backup:
            _check_kind(backup.manifest, database)
            kept = {
                name: backup.text(name) for name in SECRETS if with_secrets and backup.has(name)
            }
            check_answers(database)
            with alone(settings.data):
                _check_secrets(settings, kept, replacing=replacing)
                if database.backend == SQLITE:
                    target = sqlite_file(database)
                    _restore_sqlite(settings, target, backup, kept, replacing=replacing)
                else:
                    _restore_postgresql(settings, database, backup, kept, replacing=replacing)
            return backup.manifest
    finally:
        database.close()


def _check_kind(manifest: Manifest, database: Database) -> None:
    if manifest.backend != database.backend:
        raise InvalidInput(
            f"This is a backup of {manifest.backend}, and the settings name {database.backend}.",
            advice="A backup goes back into the kind of database that it came from.",
        )
    if not knows(manifest.revision):
        raise InvalidInput(
            f"The backup has tables of revision {manifest.revision}, which this version of the"
            " scanner does not know.",
            advice=f"Install version {manifest.scanner} or newer, and restore it with that.",
        )


def _check_secrets(settings: Settings, kept: dict[str, str], *, replacing: bool) -> None:
    """Refuse a restored service that would not know its own keys."""
    given = {SECRET_KEY_FILE: settings.given_secret_key, KEY_PEPPER_FILE: settings.given_key_pepper}
    for name, secret in kept.items():
        variable = f"SCANNER_{name.upper().replace('-', '_')}"
        if given[name] and given[name] != secret:
            raise Conflict(
                f"The environment gives another {variable} than the one in the backup.",
                advice=f"Take {variable} away or correct it, or restore --without-secrets.",
            )
    if _differing(settings, kept) and not replacing:
        raise Conflict("The data folder holds secrets of another service.", advice=REPLACE)


def _differing(settings: Settings, kept: dict[str, str]) -> dict[str, str]:
    """The secrets of the backup beside which this service has others."""
    there = settings.secrets_there()
    return {name: kept[name] for name in kept if there.get(name, kept[name]) != kept[name]}


def _restore_sqlite(
    settings: Settings, target: Path, backup: Reader, kept: dict[str, str], *, replacing: bool
) -> None:
    with _no_worker(settings), _empty_folder(target.parent / FOLDER) as folder:
        if target.exists() and not replacing:
            raise Conflict(f"There is a database {target} already.", advice=REPLACE)
        fresh = folder / SQLITE_PART
        backup.extract(SQLITE_PART, fresh)
        _check_sqlite(fresh, backup.manifest)
        upgrade(replace(settings, data=folder, database_url=f"sqlite:///{fresh.absolute()}"))
        _to_one_file(fresh)
        with _in_place(settings, kept):
            _let_go_of(target)
            fresh.replace(target)
            sync_folder(target.parent)


@contextmanager
def _no_worker(settings: Settings) -> Iterator[None]:
    """Keep workers away; `Conflict` when one is at work."""
    with settings.worker_lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(
                f"A worker of the service uses the data in {settings.data}.", advice=STOP_FIRST
            ) from error
        yield


def _check_sqlite(path: Path, manifest: Manifest) -> None:
    """Refuse a database that is damaged, or not the one of the manifest."""
    database = Database(f"sqlite:///{path.absolute()}")
    try:
        with database.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            if found != "ok":
                raise InvalidInput(f"The database in the backup is damaged: {found}", advice=BROKEN)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise InvalidInput(
                    "The database in the backup has rows without owner.", advice=BROKEN
                )
            _check_rows(connection, manifest)
    finally:
        database.close()


def _check_rows(connection: Connection, manifest: Manifest) -> None:
    found = row_counts(connection)
    if found != manifest.rows:
        differ = sorted(dict(found.items() ^ manifest.rows.items()))
        raise InvalidInput(
            f"The backup does not hold the rows that its manifest names: {', '.join(differ)}.",
            advice=BROKEN,
        )


def _to_one_file(path: Path) -> None:
    """Bring everything out of the log into the database, and to the disk."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _let_go_of(target: Path) -> None:
    """Take the log of the database that is replaced away; `Conflict` when somebody reads it.

    A log that stayed behind would be played into the new database.
    """
    if not target.exists():
        return
    connection = sqlite3.connect(target, timeout=1)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Conflict(f"A process has {target} open.", advice=STOP_FIRST) from error
    except sqlite3.DatabaseError:
        pass  # it is damaged, which is a reason to replace it
    finally:
        connection.close()
    for log in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + log).unlink(missing_ok=True)


def _restore_postgresql(
    settings: Settings,
    database: Database,
    backup: Reader,
    kept: dict[str, str],
    *,
    replacing: bool,
) -> None:
    with (
        _empty_folder(settings.data / FOLDER) as folder,
        _in_place(settings, kept),
        database.migrating() as connection,
    ):
        _check_place(connection, replacing=replacing)
        dumped = folder / POSTGRESQL_PART
        backup.extract(POSTGRESQL_PART, dumped)
        script = postgresql_tools.script(connection, dumped)
        connection.exec_driver_sql(postgresql_tools.REMOVE_ALL)
        with script.output() as lines:
            postgresql_tools.run_script(connection, lines)
        _check_rows(connection, backup.manifest)
        upgrade_on(connection)


def _check_place(connection: Connection, *, replacing: bool) -> None:
    """Refuse a database that holds something, or that a service uses."""
    tables = inspect(connection).get_table_names()
    if tables and not replacing:
        raise Conflict("The database is not empty.", advice=REPLACE)
    if tables and "alembic_version" not in tables:
        raise Conflict(
            "The database holds tables of something else than the scanner.",
            advice="Make an empty database for the scanner and name it in SCANNER_DATABASE_URL.",
        )
    deadline = time.monotonic() + GOODBYE
    while users := connection.exec_driver_sql(OTHERS).scalar_one():
        if time.monotonic() > deadline:
            raise Conflict(
                f"The service uses the database: {users} of its connections are open.",
                advice=STOP_FIRST,
            )
        time.sleep(0.1)
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")


@contextmanager
def _empty_folder(folder: Path) -> Iterator[Path]:
    """A private folder that is removed at the end, as what an earlier one left there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _in_place(settings: Settings, kept: dict[str, str]) -> Iterator[None]:
    """Put the secrets into the data folder before the database; back again if that fails."""
    before = settings.secrets_there()
    new = {name: secret for name, secret in kept.items() if before.get(name) != secret}
    try:
        for name, secret in new.items():
            _write(settings.data / name, secret)
        yield
    except BaseException:
        for name in new:
            if name in before:
                _write(settings.data / name, before[name])
            else:
                (settings.data / name).unlink(missing_ok=True)
        raise


def _write(path: Path, secret: str) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    write_private(draft, secret)
    draft.replace(path)
    sync_folder(path.parent)
