"""Everything that can go wrong, as words of the field.

One table in the API turns a `code` into an HTTP status; the CLI and the page print `detail` and
`advice`. No module outside `core` invents an error that is not one of these kinds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the user's input: sheet name, row (1-based), column heading, JSON pointer."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    pointer: str | None = None

    def __str__(self) -> str:
        """The place as a person would name it: ``sheet 'BOM', row 12, column 'Qty'``."""
        parts = [
            f"sheet '{self.sheet}'" if self.sheet else "",
            f"row {self.row}" if self.row is not None else "",
            f"column '{self.column}'" if self.column else "",
            f"at {self.pointer}" if self.pointer else "",
        ]
        return ", ".join(part for part in parts if part)


class ScannerError(Exception):
    """Base of all errors that a user may see.

    `code` is the stable last segment of the problem type; `detail` says what is wrong in one
    sentence; `advice` says what to do; `place` says where. `retry_after` is the number of seconds
    after which the same may succeed, where it may.
    """

    code = "error"
    title = "Something went wrong"
    retry_after: int | None = None

    def __init__(self, detail: str, *, advice: str = "", place: Place | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.advice = advice
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        """Keep keyword arguments when an error crosses a process."""
        return (_rebuild, (type(self), self.detail, self.advice, self.place))


def _rebuild(
    kind: type[ScannerError], detail: str, advice: str, place: Place | None
) -> ScannerError:
    return kind(detail, advice=advice, place=place)


class UnreadableBom(ScannerError):
    """The file cannot be read as a bill of materials at all."""

    code, title = "unreadable-bom", "The file cannot be read as a bill of materials"


class EmptyFile(UnreadableBom):
    """Zero bytes, or nothing but white space."""

    code, title = "empty-file", "The file is empty"


class UnsupportedType(UnreadableBom):
    """The content is of a kind that we do not read (whatever its name says)."""

    code, title = "unsupported-type", "This kind of file is not read"


class EncryptedWorkbook(UnreadableBom):
    """A workbook behind a password."""

    code, title = "encrypted-workbook", "The workbook is protected by a password"


class TruncatedUpload(UnreadableBom):
    """The bytes end before the file does."""

    code, title = "truncated-upload", "The upload is incomplete"


class NoHeader(UnreadableBom):
    """No row names columns that we know."""

    code, title = "no-header", "No column headings were recognised"


class NoLines(UnreadableBom):
    """There is a header and nothing below it (or a workbook without cells)."""

    code, title = "no-lines", "The file holds no lines"


class Cancelled(ScannerError):
    """Somebody stopped the work before it was done."""

    code = "cancelled"
    title = "The work was cancelled"


class ReaderFailed(UnreadableBom):
    """The isolated reader ran out of time or memory, or died on this file."""

    code, title = "reader-failed", "Reading the file took too much memory or time"


class ReaderKilled(ReaderFailed):
    """The isolated reader was killed from outside, for want of memory say, not by its limits."""


class UnsafeArchive(UnreadableBom):
    """A packed file that unpacks to too much, or is built to deceive."""

    code, title = "unsafe-archive", "The packed file is not safe to open"


class BomTooLarge(ScannerError):
    """More bytes, lines or columns than the limits allow."""

    code, title = "bom-too-large", "The bill of materials is larger than the limit"


class CyclicBom(ScannerError):
    """A part is its own ancestor; `detail` names the path."""

    code, title = "cyclic-bom", "An assembly contains itself"


class InvalidInput(ScannerError):
    """A request or setting with a value that does not fit; `place` points to it."""

    code, title = "invalid-input", "The request has a value that does not fit"


class InvalidRows(InvalidInput):
    """A file with rows that do not fit, each with its place and what is wrong with it."""

    rows: tuple[tuple[Place, str], ...] = ()

    @classmethod
    def of(cls, rows: Sequence[tuple[Place, str]], *, advice: str) -> Self:
        """The error that names these rows; there must be one."""
        place, first = rows[0]
        rest = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
        error = cls(f"{place}: {first}{rest}", advice=advice, place=place)
        error.rows = tuple(rows)
        return error


class NotFound(ScannerError):
    """No such thing, or not yours."""

    code, title = "not-found", "There is no such thing here"


class NotReady(ScannerError):
    """The thing exists and its result does not, yet or ever."""

    code, title = "not-ready", "The result is not there yet"


class StillProcessing(NotReady):
    """The result is being made."""

    retry_after = 1


class NotAllowed(ScannerError):
    """Known, but without the scope that this needs."""

    code, title = "not-allowed", "This key may not do that"


class NotSignedIn(ScannerError):
    """No key or session, or one that is unknown, expired or revoked."""

    code, title = "not-signed-in", "A valid API key is needed"


class Conflict(ScannerError):
    """The change does not fit the present state."""

    code, title = "conflict", "The change does not fit the present state"


class KeyReused(ScannerError):
    """One idempotency key for two different requests."""

    code, title = "idempotency-key-reused", "The idempotency key was used for another request"


class RequestInProgress(ScannerError):
    """The same request, by its idempotency key, is being answered at this moment."""

    code, title = "request-in-progress", "The same request is being answered"
    retry_after = 1


class StorageUnavailable(ScannerError):
    """The database or a disk cannot be used at this moment; nothing was half stored."""

    code, title = "storage-unavailable", "Data cannot be read or stored at this moment"
    retry_after = 5


class StorageFull(StorageUnavailable):
    """There is no room left for what is to be stored."""

    code, title = "storage-full", "There is no room left to store this"
    retry_after = 60


class BrokenRelease(ScannerError):
    """A knowledge release that does not validate; the start stops on it."""

    code, title = "broken-release", "The knowledge release is broken"


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Something wrong with one row that did not stop the others.

    `code` is stable (``missing-quantity``, ``negative-quantity``, ``absurd-quantity``,
    ``cell-too-long``, ``unknown-unit``, ``unknown-parent``, …); `cell` is the text as it stood,
    cut to 200 characters; `fatal` is true where the row could not become a line.
    """

    code: str
    detail: str
    advice: str
    place: Place
    cell: str = ""
    fatal: bool = False
