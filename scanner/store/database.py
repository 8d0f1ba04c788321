"""The door to the database: one engine per process, reading and writing transactions."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, make_url

WRITES = "scanner_writes"


class HasDatabase(Protocol):
    """The settings that a database needs."""

    @property
    def database_address(self) -> str:
        """SQLAlchemy address."""

    @property
    def busy_timeout(self) -> float:
        """Seconds that a write waits for another."""


class Database:
    """Connections to one database.

    The engine is made at first use and again in a forked child: connections that are shared by
    two processes break both.
    """

    def __init__(self, address: str, *, busy_timeout: float = 30.0) -> None:
        self.address = address
        self._busy_timeout = busy_timeout
        self._engine: Engine | None = None
        self._process = 0
        self._lock = threading.Lock()

    @classmethod
    def of(cls, settings: HasDatabase) -> "Database":
        """The database that the settings name."""
        return cls(settings.database_address, busy_timeout=settings.busy_timeout)

    @property
    def engine(self) -> Engine:
        """This process's engine."""
        with self._lock:
            if self._engine is None or self._process != os.getpid():
                if self._engine is not None:
                    self._engine.dispose(close=False)
                self._engine = _engine(self.address, self._busy_timeout)
                self._process = os.getpid()
            return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database from its first query on."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that changes everything or, when an exception leaves it, nothing."""
        with self.engine.connect() as connection:
            writer = connection.execution_options(**{WRITES: True})
            with writer.begin():
                yield writer

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that may rebuild tables: SQLite then checks foreign keys at its end."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name != "sqlite":
                with connection.begin():
                    yield connection
                return
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
            try:
                writer = connection.execution_options(**{WRITES: True})
                with writer.begin():
                    yield writer
                    broken = writer.exec_driver_sql("PRAGMA foreign_key_check").all()
                    if broken:
                        raise RuntimeError(f"the migration leaves rows without owner: {broken}")
            finally:
                driver.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        """Close all connections; the next use opens new ones."""
        with self._lock:
            if self._engine is not None and self._process == os.getpid():
                self._engine.dispose()
            self._engine = None


def _engine(address: str, busy_timeout: float) -> Engine:
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, json_serializer=_json, json_deserializer=orjson.loads)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(
        url,
        json_serializer=_json,
        json_deserializer=orjson.loads,
        connect_args={"timeout": busy_timeout},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


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


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where we mean to write.

    A deferred transaction that reads first and then writes fails with "database is locked" when
    another one wrote in between, whatever the timeout.
    """
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
