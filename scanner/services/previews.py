"""How a file would be read, before it is handed over: nothing is stored."""

from dataclasses import dataclass, replace
from typing import Any, Final

from scanner import reader
from scanner.core.bom import Line, Reading, ReadOptions
from scanner.core.errors import LineProblem
from scanner.core.names import CompanyId
from scanner.services import mappings
from scanner.services.context import Context
from scanner.upload import Upload

SHOWN_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of a file: its first lines with their cells, and every problem.

    `remembered` is the correction that was applied, as `mappings.applied` tells it.
    """

    sha256: str
    reading: Reading
    lines: tuple[Line, ...]
    problems: tuple[LineProblem, ...]
    remembered: dict[str, Any] | None = None


def preview(ctx: Context, company_id: CompanyId, upload: Upload, options: ReadOptions) -> Preview:
    """Read all of a file in the isolated process and keep its first `SHOWN_LINES` lines.

    Raises what reading raises, and `ReaderFailed` after `max_wait` seconds, for somebody waits.
    Trees are not looked through: an assembly that contains itself is told by the upload.
    """
    limits = ctx.settings.read_limits
    seconds = max(1, min(limits.reader_seconds, int(ctx.settings.max_wait)))
    first: list[Line] = []
    known = mappings.by_shape(ctx, company_id, options)
    asked = replace(options, cells=True, remembered=mappings.columns_by_shape(known))
    with reader.read(upload, asked, replace(limits, reader_seconds=seconds)) as stream:
        for lines in stream:
            first += lines[: SHOWN_LINES - len(first)]
    applied = mappings.applied(known, stream.reading)
    return Preview(upload.sha256, stream.reading, tuple(first), stream.problems, applied)
