"""What a database or a disk says when it cannot go on, as the errors of the field."""

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from scanner.core.errors import ScannerError, StorageFull, StorageUnavailable

_WAIT: Final = "Try again in a moment; if it stays, tell the operator."
_MAKE_ROOM: Final = "The operator has to make room on the disk; then send it again."
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_BROKEN_DISK: Final = (errno.EROFS, errno.EIO)

_SQLITE: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_BUSY: "The database is busy with other changes.",
    sqlite3.SQLITE_LOCKED: "The database is busy with other changes.",
    sqlite3.SQLITE_READONLY: "The database takes no changes.",
    sqlite3.SQLITE_IOERR: "The disk of the database does not work as it should.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened.",
}
"""By the lower eight bits of SQLite's result code: https://www.sqlite.org/rescode.html."""

_POSTGRESQL: Final[Mapping[str, str]] = {
    "08": "The connection to the database broke.",
    "25006": "The database takes no changes.",
    "40001": "The database is busy with other changes.",
    "40P01": "The database is busy with other changes.",
    "53": "The database has no means left.",
    "55P03": "The database is busy with other changes.",
    "57P": "The database is stopping or starting.",
    "58": "The disk of the database does not work as it should.",
}
"""By the beginning of the SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html."""

_DISK_FULL: Final = "53100"


@contextmanager
def told() -> Iterator[None]:
    """Let an error of the storage leave as `StorageUnavailable` or `StorageFull`, others as is."""
    try:
        yield
    except ScannerError:
        raise
    except Exception as error:
        known = trouble_of(error)
        if known is None:
            raise
        raise known from error


def trouble_of(error: BaseException | None) -> StorageUnavailable | None:
    """What an error, or the one behind it, says of the storage; None when it says nothing."""
    broke = isinstance(error, DBAPIError) and error.connection_invalidated
    while error is not None:
        found = _of(error)
        if found is not None:
            return found
        error = error.orig if isinstance(error, DBAPIError) else error.__cause__
    return StorageUnavailable(_POSTGRESQL["08"], advice=_WAIT) if broke else None


def reason_of(trouble: StorageUnavailable) -> str:
    """What the database itself said, for the operator: it may name addresses and people."""
    error = trouble.__cause__
    return str(error.orig if isinstance(error, DBAPIError) else error)


def _of(error: BaseException) -> StorageUnavailable | None:
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, NoConnectionFree):
        return StorageUnavailable("All connections to the database are in use.", advice=_WAIT)
    if isinstance(error, OSError):
        return _of_disk(error)
    if type(error).__module__.startswith("psycopg"):
        return _of_postgresql(error)
    return None


def _of_sqlite(error: sqlite3.Error) -> StorageUnavailable | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StorageFull("The disk of the database is full.", advice=_MAKE_ROOM)
    sentence = _SQLITE.get(code)
    return None if sentence is None else StorageUnavailable(sentence, advice=_WAIT)


def _of_postgresql(error: BaseException) -> StorageUnavailable | None:
    """An `OperationalError` of psycopg without SQLSTATE is a connection that was not made."""
    state = getattr(error, "sqlstate", None)
    if state == _DISK_FULL:
        return StorageFull("The disk of the database is full.", advice=_MAKE_ROOM)
    if state is None:
        lost = any(kind.__name__ == "OperationalError" for kind in type(error).__mro__)
        return StorageUnavailable("The database does not answer.", advice=_WAIT) if lost else None
    sentence = next((said for start, said in _POSTGRESQL.items() if state.startswith(start)), None)
    return None if sentence is None else StorageUnavailable(sentence, advice=_WAIT)


def _of_disk(error: OSError) -> StorageUnavailable | None:
    if error.errno in _FULL:
        return StorageFull("The disk of the service is full.", advice=_MAKE_ROOM)
    if error.errno in _BROKEN_DISK:
        return StorageUnavailable("The disk of the service takes no changes.", advice=_WAIT)
    return None
