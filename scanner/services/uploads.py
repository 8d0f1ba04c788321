"""Lines that come as JSON, made into a file like any other."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import orjson

from scanner.parse import parse_records
from scanner.services.context import Context
from scanner.upload import Upload, accept

FILE_NAME = "lines.json"


def of_records(
    ctx: Context, records: Sequence[Mapping[str, object]], target: Callable[[], Path]
) -> Upload:
    """The lines as a JSON file, at `target` where it is large.

    A line that does not fit is told now, by `InvalidInput` with its pointer, and not later by a
    failed job. Raises what `accept` raises, too.
    """
    limits = ctx.settings.read_limits
    for _ in parse_records(records, limits=limits):
        pass
    body = orjson.dumps({"lines": records})
    return accept(
        BytesIO(body),
        target,
        name=FILE_NAME,
        content_type="application/json",
        expected_bytes=len(body),
        limits=limits,
    )
