"""Logs: one line per event on standard error, as text or as JSON, without a word of any BOM.

What is logged is what our own code says, and never what a caller sent: an exception is told by its
kind, its code and the way it took through the code, not by its message, which may quote a cell; a
warning of a library by its template, with the numbers filled in and the texts left out.

Fields that are bound (`bind`, `bound`) stand in every line until the request or job ends.
"""

import errno
import logging
import sqlite3
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.config import dictConfig
from os import getpid
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

import orjson

OURS: Final = "scanner"
LEFT_OUT: Final = "…"
HOME: Final = f"{Path(__file__).resolve().parents[1]}/"
PACKAGES: Final = "site-packages/"

log = logging.getLogger(__name__)
_bound: ContextVar[dict[str, Any] | None] = ContextVar("bound", default=None)


class LogSettings(Protocol):
    """The settings that logs need."""

    @property
    def log_format(self) -> str:
        """``text`` or ``json``."""

    @property
    def log_level(self) -> str:
        """The least weight of our own lines; of libraries, warnings are logged."""


def configure(settings: LogSettings, process: str) -> None:
    """Let this process log; `process` is its name in every line."""
    dictConfig(configuration(settings, process))
    sys.excepthook = _uncaught
    threading.excepthook = lambda seen: _uncaught(seen.exc_type, seen.exc_value, None)
    warnings.showwarning = _warned


def configuration(settings: LogSettings, process: str) -> dict[str, Any]:
    """The same in the form of `logging.config`, for gunicorn, which configures logs itself."""
    form = JsonLines if settings.log_format == "json" else TextLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": form, "process": process}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "lines",
            }
        },
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            OURS: {"level": settings.log_level},
            "gunicorn.error": {"level": settings.log_level, "handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": False},
        },
    }


def fields(**values: Any) -> dict[str, dict[str, Any]]:
    """Fields of one line: ``log.info("job ended", extra=fields(lines=3))``; None is left out."""
    return {"fields": {name: value for name, value in values.items() if value is not None}}


def begin() -> dict[str, Any]:
    """Bind no fields any more; what is bound from now on comes into this dict."""
    fresh: dict[str, Any] = {}
    _bound.set(fresh)
    return fresh


def bind(**values: Any) -> None:
    """Add fields to all further lines of this request or job."""
    found = _bound.get()
    if found is None:
        found = begin()
    found.update(values)


@contextmanager
def bound(**values: Any) -> Iterator[None]:
    """Add fields to all lines within."""
    before = _bound.set({**(_bound.get() or {}), **values})
    try:
        yield
    finally:
        _bound.reset(before)


class JsonLines(logging.Formatter):
    """A record as one JSON object on one line."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return orjson.dumps(_entry(record, self._process), default=str).decode()


class TextLines(logging.Formatter):
    """A record as a line for people; an exception takes more lines."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines."""
        entry = _entry(record, self._process)
        errors = entry.pop("errors", [])
        head = f"{entry.pop('time')} {entry.pop('level'):<8} {entry.pop('process')}"
        head += f"[{entry.pop('pid')}] {entry.pop('logger')}: {entry.pop('message')}"
        told = [f"{name}={value}" for name, value in entry.items()]
        lines = ["  ".join([head, *told])]
        for error in errors:
            code = f" ({error['code']})" if "code" in error else ""
            lines.append(f"    {error['kind']}{code}")
            lines.extend(f"        {place}" for place in error["trace"])
        return "\n".join(lines)


def _entry(record: logging.LogRecord, process: str) -> dict[str, Any]:
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    entry = {
        "time": f"{at[:-6]}Z",
        "level": record.levelname,
        "process": process,
        "pid": getpid(),
        "logger": record.name,
        "message": _message(record),
        **(_bound.get() or {}),
        **getattr(record, "fields", {}),
    }
    if record.exc_info and record.exc_info[1] is not None:
        entry["errors"] = list(_errors(record.exc_info[1]))
    return entry


def _message(record: logging.LogRecord) -> str:
    """What is said: all of it where we say it, or gunicorn of itself; else without its texts."""
    of_gunicorn = record.name == "gunicorn.error" and record.levelno == logging.INFO
    if of_gunicorn or record.name == OURS or record.name.startswith(f"{OURS}."):
        return record.getMessage()
    words = str(record.msg).partition("\n")[0]
    if not record.args:
        return words.partition(":")[0]
    try:
        return str(words % _without_texts(record.args))
    except (TypeError, ValueError, KeyError):
        return words


def _without_texts(given: tuple[Any, ...] | Mapping[str, Any]) -> Any:
    def harmless(value: Any) -> Any:
        return value if isinstance(value, int | float) else LEFT_OUT

    if isinstance(given, Mapping):
        return {name: harmless(value) for name, value in given.items()}
    return tuple(harmless(value) for value in given)


def _errors(error: BaseException) -> Iterator[dict[str, Any]]:
    """The exception and those that led to it, the last one first, without their messages."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        code = _code(one)
        yield {
            "kind": f"{type(one).__module__}.{type(one).__qualname__}".removeprefix("builtins."),
            **({} if code is None else {"code": code}),
            "trace": [_place(frame) for frame in traceback.extract_tb(one.__traceback__)],
        }
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(one.exceptions)
        if one.__cause__ is not None:
            waiting.append(one.__cause__)
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append(one.__context__)


def _code(error: BaseException) -> str | None:
    """What went wrong as a word: of the system, of a database, or of ours."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0)
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", None)
    for name in ("sqlstate", "code"):
        code = getattr(type(error) if name == "code" else error, name, None)
        if isinstance(code, str):
            return code
    return None


def _place(frame: traceback.FrameSummary) -> str:
    path = frame.filename.removeprefix(HOME).rpartition(PACKAGES)[2]
    return f"{path}:{frame.lineno} in {frame.name}"


def _uncaught(kind: type[BaseException], error: BaseException | None, _: Any) -> None:
    """Log what nobody caught; Ctrl-C is no fault."""
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        log.critical("an error that nobody caught", exc_info=error)


def _warned(  # noqa: PLR0917 - its form is given by Python
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Log that and where Python warned, in place of printing it; the text may quote a value."""
    log.warning("%s at %s:%d", category.__name__, filename.rpartition(PACKAGES)[2], lineno)
