"""How one connects to each database, and how a transaction begins there."""

import select
import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from scanner.core.errors import InvalidInput

SQLITE, POSTGRESQL = "sqlite", "postgresql"
WRITES = "scanner_writes"
CONNECT_SECONDS = 10
FRESH_SECONDS = 1.0
"""A connection that was used this long ago is taken to live."""

LAST_USED = "scanner_last_used"


def backend_of(address: str) -> str:
    """``sqlite`` or ``postgresql``; `InvalidInput` for an address of anything else."""
    try:
        backend = make_url(address).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend not in (SQLITE, POSTGRESQL):
        raise InvalidInput(
            "The address of the database names neither SQLite nor PostgreSQL.",
            advice="Set SCANNER_DATABASE_URL to postgresql+psycopg://user@host/name, or to nothing"
            " for the SQLite file in the data folder.",
        )
    return backend


def new_engine(address: str, busy_timeout: float, connections: int) -> Engine:
    """An engine for one process; `connections` is how many it keeps to PostgreSQL.

    A write waits `busy_timeout` seconds for others.
    """
    if backend_of(address) == SQLITE:
        return _sqlite_engine(address, busy_timeout)
    return _postgresql_engine(address, busy_timeout, connections)


def _sqlite_engine(address: str, busy_timeout: float) -> Engine:
    url = make_url(address)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(
        url,
        hide_parameters=True,  # errors and logs tell no values
        json_serializer=_json,
        json_deserializer=orjson.loads,
        connect_args={"timeout": busy_timeout},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", partial(_begin_sqlite, busy_timeout))
    return engine


def _postgresql_engine(address: str, busy_timeout: float, connections: int) -> Engine:
    """Writes see what is committed, times are in UTC, a connection that broke is replaced."""
    milliseconds = round(busy_timeout * 1000)
    try:
        engine = create_engine(
            make_url(address).set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            json_serializer=_json,
            json_deserializer=orjson.loads,
            isolation_level="READ COMMITTED",
            pool_size=connections,
            connect_args={
                "application_name": "scanner",
                "connect_timeout": CONNECT_SECONDS,
                "options": f"-c timezone=UTC -c lock_timeout={milliseconds}",
            },
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise InvalidInput(
            "The driver of PostgreSQL is not installed.",
            advice="Install it: pip install 'raw-materials-scanner[postgres]'",
        ) from error
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_replace_if_broken, engine.dialect))
    return engine


def _note_use(connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[LAST_USED] = time.monotonic()


def _replace_if_broken(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _: Any
) -> None:
    """Have the pool open a new connection in place of one that the server has closed.

    The server is asked only about a connection that idled for a while. Asking costs a journey,
    and of one in steady use the socket tells as much: there is nothing to read from it but its
    end.
    """
    used = record.info.get(LAST_USED)
    if used is None:
        return
    if time.monotonic() - used < FRESH_SECONDS:
        lives = not connection.closed and not _has_to_read(connection.fileno())
    else:
        lives = _answers(dialect, connection)
    if not lives:
        raise DisconnectionError


def _has_to_read(descriptor: int) -> bool:
    poll = select.poll()  # select() takes no descriptor above 1023
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


def _answers(dialect: Dialect, connection: Any) -> bool:
    try:
        return dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error:
        return False


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Durable at power loss, readers beside one writer, foreign keys kept."""
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(busy_timeout: float, connection: Connection) -> None:
    """Take the write lock at once where we mean to write.

    A deferred transaction that reads first and then writes fails with "database is locked" when
    another one wrote in between, whatever the timeout.
    """
    if connection.get_execution_options().get(WRITES, False):
        _take_write_lock(connection, busy_timeout)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_write_lock(connection: Connection, busy_timeout: float) -> None:
    """Begin to write, asking for the lock a thousand times a second.

    SQLite's own waiting sleeps longer each time, up to a tenth of a second: two processes that
    write much let the database idle, and one of them starves. Raises `OperationalError` after
    `busy_timeout` seconds.
    """
    deadline = time.monotonic() + busy_timeout
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout = 1")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if not _is_busy(error) or time.monotonic() > deadline:
                    raise
    finally:
        driver.execute(f"PRAGMA busy_timeout = {round(busy_timeout * 1000)}")


def _is_busy(error: OperationalError) -> bool:
    code: int = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF == sqlite3.SQLITE_BUSY
