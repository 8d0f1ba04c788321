"""The isolated process that reads an untrusted file.

`read` starts a fresh Python that may use little memory, little time, no files but the one it
gets, and nothing of our environment. It runs `parse` and streams the lines back as JSON messages.
What goes wrong there, even a crash, arrives here as one of our errors.
"""

import gc
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import orjson

from scanner.core.bom import (
    Column,
    LeftOutRow,
    Line,
    Part,
    Reading,
    ReadLimits,
    ReadOptions,
    RowCounts,
)
from scanner.core.collector import collector_paused
from scanner.core.errors import (
    InvalidInput,
    LineProblem,
    Place,
    ReaderFailed,
    ReaderKilled,
    ScannerError,
    UnreadableBom,
)
from scanner.core.statements import Declaration, DeclaredSubstance
from scanner.parse import open_packed
from scanner.parse.declared import Declared, DeclaredProduct, LeftOut
from scanner.parse.declared import read_declarations as parsed_declarations
from scanner.parse.model import Unpacker

if TYPE_CHECKING:
    from scanner.upload import Upload

_LENGTH = struct.Struct("<Q")
_PIPE_BYTES = 1 << 20
_LONGEST_REQUEST = 64 * 1024
_LONGEST_MESSAGE = 512 * 1024 * 1024
_OPEN_FILES = 64
_LINES, _DECLARE = "lines", "declare"
_START = "import sys; sys.path[:] = sys.argv[3:]; from scanner.reader import main; main()"
_ADVICE = "Save the list as .csv without pictures and other sheets, and send that file."

Message = dict[str, Any]


def read(upload: "Upload", options: ReadOptions, limits: ReadLimits) -> "IsolatedStream":
    """The lines of an uploaded file, read in a process of their own.

    Iterate it like `BomStream`, within a `with` block that ends the process. Raises what `parse`
    raises, and `ReaderFailed` when the process ran out of memory or time or died.
    """
    return IsolatedStream(upload, options, limits)


def read_declarations(upload: "Upload", limits: ReadLimits) -> Declared:
    """The material declarations of an uploaded file, read in a process of their own.

    Raises what `parse.declared` raises, and `ReaderFailed` as `read` does.
    """
    process = _start(upload, ReadOptions(), limits, task=_DECLARE)
    try:
        message = _Messages(process, limits.reader_seconds).next()
        if "error" in message:
            raise _error(message["error"])
        return Declared(
            [_product(one) for one in message["products"]],
            [LeftOut(**one) for one in message["left_out"]],
        )
    finally:
        _end(process)


class IsolatedStream:
    """Chunks of lines from the reader's process; `reading` and `problems` hold at the end."""

    def __init__(self, upload: "Upload", options: ReadOptions, limits: ReadLimits) -> None:
        self.reading = Reading(format=upload.kind)
        self.problems: tuple[LineProblem, ...] = ()
        self._process = _start(upload, options, limits)
        self._messages = _Messages(self._process, limits.reader_seconds)

    @property
    def process_id(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        try:
            start = self._next()
            unpacker = Unpacker(start["sheet"], start["headings"])
            while lines := (message := self._next()).get("lines"):
                yield unpacker.lines(lines)
            self.reading = _reading(message["reading"])
            self.problems = tuple(map(_problem, message["problems"]))
        finally:
            self.close()

    def _next(self) -> Message:
        message = self._messages.next()
        if "error" in message:
            raise _error(message["error"])
        return message

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and everything that it started."""
        _end(self._process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


class _Messages:
    """Whole messages from the process; time counts while we wait for it, not while we work."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        if process.stdout is None:
            raise ReaderFailed("The reader has no output.", advice=_ADVICE)
        self._process = process
        self._output = process.stdout.fileno()
        self._left = seconds
        self._poll = select.poll()
        self._poll.register(self._output, select.POLLIN)

    def next(self) -> Message:
        """The next message; raises `ReaderFailed` when there will be none."""
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        if length > _LONGEST_MESSAGE:
            raise ReaderFailed("One part of the list is too long to be read.", advice=_ADVICE)
        with collector_paused():
            message: Message = orjson.loads(self._take(length))
        return message

    def _take(self, size: int) -> memoryview:
        room = memoryview(bytearray(size))
        got = 0
        while got < size:
            self._wait()
            count = os.readv(self._output, [room[got:]])
            if count == 0:
                raise _death(self._process.wait())
            got += count
        return room

    def _wait(self) -> None:
        before = time.monotonic()
        ready = self._poll.poll(max(self._left, 0) * 1000)
        self._left -= time.monotonic() - before
        if not ready:
            raise ReaderFailed("Reading the file took too much time.", advice=_ADVICE)


def _death(status: int) -> ReaderFailed:
    if status == -signal.SIGXCPU:
        return ReaderFailed("Reading the file took too much time.", advice=_ADVICE)
    if status == -signal.SIGKILL:
        return ReaderKilled("The reader was stopped from outside (SIGKILL).", advice=_ADVICE)
    reason = signal.Signals(-status).name if status < 0 else f"status {status}"
    return ReaderFailed(
        f"The reader could not cope with the file and stopped ({reason}).", advice=_ADVICE
    )


def _start(
    upload: "Upload", options: ReadOptions, limits: ReadLimits, *, task: str = _LINES
) -> subprocess.Popen[bytes]:
    request = orjson.dumps(
        {
            "task": task,
            "kind": str(upload.kind),
            "options": asdict(replace(options, columns=dict(options.columns), remembered={})),
            "limits": asdict(limits),
        }
    ).decode("utf-8")
    if len(request) > _LONGEST_REQUEST or "\\u0000" in request:
        raise InvalidInput(
            "The columns are too long to be passed on.",
            advice="Name only the columns that need it.",
            place=Place(pointer="/columns"),
        )
    home = str(Path(__file__).resolve().parents[1])
    paths = [home, *(path for path in sys.path if path)]
    with upload.as_file() as file, _handed_over(options.remembered) as remembered:
        number = str(remembered.fileno())
        return subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-S", "-B", "-c", _START, request, number, *paths],
            pass_fds=[remembered.fileno()],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
            pipesize=_PIPE_BYTES,
        )


@contextmanager
def _handed_over(remembered: Mapping[str, Mapping[str, str]]) -> Iterator[BinaryIO]:
    """What a request has no room for, in a file in memory that the process inherits."""
    with os.fdopen(os.memfd_create("remembered"), "w+b") as file:
        file.write(orjson.dumps({shape: dict(columns) for shape, columns in remembered.items()}))
        file.flush()
        file.seek(0)
        yield file


def _reading(data: Message) -> Reading:
    data["columns"] = tuple(Column(**column) for column in data["columns"])
    data["counts"] = RowCounts(**data["counts"])
    data["other_sheets"] = tuple(data["other_sheets"])
    data["left_out"] = tuple(LeftOutRow(**row) for row in data["left_out"])
    return Reading(**data)


def _product(data: Message) -> DeclaredProduct:
    declaration = data["declaration"]
    declaration["substances"] = tuple(
        DeclaredSubstance(**substance) for substance in declaration["substances"]
    )
    return DeclaredProduct(data["row"], Part(**data["part"]), Declaration(**declaration))


def _problem(data: Message) -> LineProblem:
    return LineProblem(**{**data, "place": Place(**data["place"])})


def _error(data: Message) -> ScannerError:
    kind = _kinds(ScannerError).get(data["code"], UnreadableBom)
    place = Place(**data["place"]) if data["place"] is not None else None
    return kind(data["detail"], advice=data["advice"], place=place)


def _kinds(base: type[ScannerError]) -> dict[str, type[ScannerError]]:
    found = {base.code: base}
    for kind in base.__subclasses__():
        found |= _kinds(kind)
    return found


# Below: what runs inside the process.


def main() -> None:
    """Read the file on standard input as the first argument says; answer on standard output."""
    request = orjson.loads(sys.argv[1])
    limits = ReadLimits(**request["limits"])
    _limit_process(limits)
    gc.disable()
    # openpyxl would load numpy, which asks for memory and threads that it does not need here.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    try:
        if request["task"] == _DECLARE:
            _declare(output)
        else:
            with open(int(sys.argv[2]), "rb") as remembered:
                kept = orjson.loads(remembered.read())
            options = replace(ReadOptions(**request["options"]), remembered=kept)
            _run(request["kind"], options, limits, output)
    except ScannerError as error:
        _send(output, {"error": _as_message(error)})
    except BrokenPipeError:
        sys.exit(1)
    except MemoryError:
        gone = ReaderFailed("Reading the file took too much memory.", advice=_ADVICE)
        _send(output, {"error": _as_message(gone)})
    except BaseException as error:  # a panic of the workbook reader is no Exception
        odd = UnreadableBom(
            f"The file is damaged or written in an unusual way ({type(error).__name__}).",
            advice="Open it in the program that made it, save it again, and send that file.",
        )
        _send(output, {"error": _as_message(odd)})


def _limit_process(limits: ReadLimits) -> None:
    """No more memory, processor time, files and core dumps than allowed; nothing is written."""
    seconds = limits.reader_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for what, most in (
        (resource.RLIMIT_AS, limits.reader_memory_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _run(kind: str, options: ReadOptions, limits: ReadLimits, output: BinaryIO) -> None:
    with open(0, "rb", closefd=False) as file:
        packed = open_packed(file, kind, name="upload", options=options, limits=limits)
        _send(output, {"sheet": packed.sheet, "headings": packed.headings})
        for lines in packed:
            _send(output, {"lines": lines})
        _send(output, {"reading": packed.reading, "problems": packed.problems})


def _declare(output: BinaryIO) -> None:
    with open(0, "rb", closefd=False) as file:
        found = parsed_declarations(file)
    _send(output, {"products": found.products, "left_out": found.left_out})


def _as_message(error: ScannerError) -> Mapping[str, object]:
    return {
        "code": error.code,
        "detail": error.detail,
        "advice": error.advice,
        "place": error.place,
    }


def _send(output: BinaryIO, message: Mapping[str, object]) -> None:
    payload = orjson.dumps(message)
    for part in (_LENGTH.pack(len(payload)), payload):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(output.fileno(), rest) :]
