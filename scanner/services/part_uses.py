"""How a BOM version uses its parts: one packed column each, by the number of the part."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import orjson

from scanner.core.scan import PartUse

EFFORT = 1


@dataclass(frozen=True, slots=True)
class PartUses:
    """`lines` that name each part, and its `pieces` in one product, where they are known.

    Pieces of versions that were read before they were kept are unknown.
    """

    lines: Sequence[int]
    pieces: Sequence[float | None]

    @classmethod
    def of(cls, uses: Sequence[PartUse]) -> Self:
        """How the parts of a scan are used; pieces only of parts that count."""
        return cls([use.lines for use in uses], [use.pieces if use.counts else 0.0 for use in uses])

    @classmethod
    def unpacked(cls, body: bytes | None) -> Self:
        """What was packed."""
        if body is None:
            return cls((), ())
        stored = orjson.loads(zlib.decompress(body))
        return cls(stored["lines"], stored.get("pieces") or [None] * len(stored["lines"]))

    def packed(self) -> bytes:
        """The columns in little room."""
        columns = {"lines": self.lines, "pieces": self.pieces}
        return zlib.compress(orjson.dumps(columns), EFFORT)

    def at(self, number: int) -> tuple[int | None, float | None]:
        """Lines and pieces of the part of this number; None where they are unknown."""
        if number >= len(self.lines):
            return None, None
        return self.lines[number], self.pieces[number]
