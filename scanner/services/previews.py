"""How a file would be read, before it is handed over: nothing is stored."""

from dataclasses import dataclass, replace
from typing import Final

from scanner import reader
from scanner.core.bom import Line, Reading, ReadOptions
from scanner.core.errors import LineProblem
from scanner.services.context import Context
from scanner.upload import Upload

SHOWN_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of a file: its first lines with their cells, and every problem."""

    sha256: str
    reading: Reading
    lines: tuple[Line, ...]
    problems: tuple[LineProblem, ...]


def preview(ctx: Context, upload: Upload, options: ReadOptions) -> Preview:
    """Read all of a file in the isolated process and keep its first `SHOWN_LINES` lines.

    Raises what reading raises, and `ReaderFailed` after `max_wait` seconds, for somebody waits.
    Trees are not looked through: an assembly that contains itself is told by the upload.
    """
    limits = ctx.settings.read_limits
    seconds = max(1, min(limits.reader_seconds, int(ctx.settings.max_wait)))
    first: list[Line] = []
    with reader.read(
        upload, replace(options, cells=True), replace(limits, reader_seconds=seconds)
    ) as stream:
        for lines in stream:
            first += lines[: SHOWN_LINES - len(first)]
    return Preview(upload.sha256, stream.reading, tuple(first), stream.problems)
