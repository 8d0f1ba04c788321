"""The door to the database: one engine per process, reading and writing transactions.

SQLite and PostgreSQL keep the same promises here; each is asked for them in its own way. What
cannot be kept for want of a database or of room leaves as `StorageUnavailable` or `StorageFull`.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, event, func, select

from scanner import metrics
from scanner.store.engines import POSTGRESQL, SQLITE, WRITES, backend_of, new_engine
from scanner.store.trouble import told

ONE_STATE = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""PostgreSQL's way to see one state in a whole transaction, not one per query."""

MIGRATION_LOCK = 0x5CA77E2
"""PostgreSQL's advisory lock of those who migrate: any number will do that stays the same."""

FIRST_LOCK = 0x5CA77E3
"""PostgreSQL's advisory lock of those who make the first company."""


class HasDatabase(Protocol):
    """The settings that a database needs."""

    @property
    def database_address(self) -> str:
        """SQLAlchemy address."""

    @property
    def busy_timeout(self) -> float:
        """Seconds that a write waits for another."""

    @property
    def database_connections(self) -> int:
        """Connections that one process keeps to PostgreSQL."""


@dataclass
class Whole:
    """What becomes one transaction: its connection is None until something is written."""

    end: ExitStack
    first: Callable[[Connection], None]
    connection: Connection | None = None


class Database:
    """Connections to one database.

    The engine is made at first use and again in a forked child: connections that are shared by
    two processes break both. `backend` is ``sqlite`` or ``postgresql``; any other address raises
    `InvalidInput`.
    """

    def __init__(self, address: str, *, busy_timeout: float = 30.0, connections: int = 5) -> None:
        self.address = address
        self.backend = backend_of(address)
        self._busy_timeout = busy_timeout
        self._connections = connections
        self._engine: Engine | None = None
        self._process = 0
        self._lock = threading.Lock()
        self._writers = threading.Lock()
        self._whole: ContextVar[Whole | None] = ContextVar("whole", default=None)

    @classmethod
    def of(cls, settings: HasDatabase) -> "Database":
        """The database that the settings name."""
        return cls(
            settings.database_address,
            busy_timeout=settings.busy_timeout,
            connections=settings.database_connections,
        )

    @property
    def engine(self) -> Engine:
        """This process's engine."""
        with self._lock:
            if self._engine is None or self._process != os.getpid():
                if self._engine is not None:
                    self._engine.dispose(close=False)
                self._engine = self._new_engine()
                self._writers = threading.Lock()
                self._process = os.getpid()
            return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database from its first query on."""
        whole = self._whole.get()
        if whole is not None and whole.connection is not None:
            with told():
                yield whole.connection
            return
        with told(), self.engine.connect() as connection:
            if self.backend == POSTGRESQL:
                connection.execution_options(**ONE_STATE)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that changes everything or, when an exception leaves it, nothing."""
        whole = self._whole.get()
        if whole is None:
            with self._written() as writer:
                yield writer
            return
        if whole.connection is None:
            whole.connection = whole.end.enter_context(self._written())
            whole.first(whole.connection)
        with told(), whole.connection.begin_nested():
            yield whole.connection

    @contextmanager
    def as_one(self, first: Callable[[Connection], None]) -> Iterator[Whole]:
        """Make one transaction of all that this thread reads and writes within, from a write on.

        It begins with the first write, before which `first` is called, and changes everything or,
        when an exception leaves it, nothing.
        """
        with ExitStack() as end:
            whole = Whole(end, first)
            before = self._whole.set(whole)
            end.callback(self._whole.reset, before)
            yield whole

    @contextmanager
    def _written(self) -> Iterator[Connection]:
        with told(), self._turn(self.engine) as engine, engine.connect() as connection:
            writer = connection.execution_options(**{WRITES: True})
            with writer.begin():
                yield writer

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that may rebuild tables, one at a time.

        SQLite checks foreign keys at its end; on PostgreSQL other machines wait for it.
        """
        with told(), self.engine.connect() as connection:
            if self.backend == POSTGRESQL:
                with connection.begin():
                    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
                    connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
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

    def alone(self, connection: Connection, lock: int) -> None:
        """Have other transactions that ask for the lock wait for the end of this one.

        A transaction that writes to SQLite is alone already.
        """
        if self.backend == POSTGRESQL:
            connection.execute(select(func.pg_advisory_xact_lock(lock)))

    def close(self) -> None:
        """Close all connections; the next use opens new ones."""
        with self._lock:
            if self._engine is not None and self._process == os.getpid():
                self._engine.dispose()
            self._engine = None

    @contextmanager
    def _turn(self, engine: Engine) -> Iterator[Engine]:
        """Have threads that write to SQLite wait in line for each other.

        Of each process one thread asks SQLite for its turn: asking wakes nobody and costs time.
        Who waits too long in line asks SQLite.
        """
        line = self._writers
        came = self.backend == SQLITE and line.acquire(timeout=self._busy_timeout)
        try:
            yield engine
        finally:
            if came:
                line.release()

    def _new_engine(self) -> Engine:
        engine = new_engine(self.address, self._busy_timeout, self._connections)
        event.listen(engine, "checkout", lambda *_: metrics.connections_in_use.inc())
        event.listen(engine, "checkin", lambda *_: metrics.connections_in_use.dec())
        return engine
