"""Analyses of lines that are not stored."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson

from scanner import pipeline
from scanner.parse import parse_records
from scanner.services.context import Context
from scanner.services.options import scan_options


@dataclass(frozen=True, slots=True)
class Analysis:
    """The profile of some lines, and the lines in the caller's order with the caller's ids.

    `profile` is canonical JSON and `sha256` its digest; the lines are rounded like it.
    """

    profile: bytes
    sha256: str
    lines: list[dict[str, Any]]


def analyse(
    ctx: Context,
    records: Sequence[Mapping[str, object]],
    *,
    annual_units: Decimal | None = None,
    documented_only: bool = False,
) -> Analysis:
    """What these lines are made of; nothing is stored.

    The input's digest is that of the records as JSON with sorted keys. Raises `InvalidInput` and
    the kinds of `UnreadableBom`.
    """
    scan = pipeline.scan(
        parse_records(records, limits=ctx.settings.read_limits),
        ctx.engine,
        scan_options(annual_units, documented_only=documented_only),
        sha256=digest_of(records),
        keep_lines=True,
    )
    return Analysis(scan.body, scan.sha256, scan.line_answers())


def digest_of(records: Sequence[Mapping[str, object]]) -> str:
    """SHA-256 of the records as JSON with sorted keys, in hexadecimal."""
    as_json = orjson.dumps(records, option=orjson.OPT_SORT_KEYS, default=_text)
    return hashlib.sha256(as_json).hexdigest()


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError
