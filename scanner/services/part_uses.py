"""How a BOM version uses its parts: one packed column each, by the number of the part."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import orjson

from scanner.core.scan import NOTHING_SPENT, PartUse, Spend, Spending

EFFORT = 1


class StoredUse(NamedTuple):
    """Lines and pieces of a part, None where they are unknown, and what its lines cost."""

    lines: int | None
    pieces: float | None
    spending: Spending


@dataclass(frozen=True, slots=True)
class PartUses:
    """`lines` that name each part, its `pieces` in one product, and what its lines cost.

    Pieces of versions that were read before they were kept are unknown; so are prices, and then
    all lines count as such without one.
    """

    lines: Sequence[int]
    pieces: Sequence[float | None]
    spending: Sequence[Spending]

    @classmethod
    def of(cls, uses: Sequence[PartUse]) -> Self:
        """How the parts of a scan are used; pieces only of parts that count."""
        return cls(
            [use.lines for use in uses],
            [use.pieces if use.counts else 0.0 for use in uses],
            [use.spending for use in uses],
        )

    @classmethod
    def unpacked(cls, body: bytes | None) -> Self:
        """What was packed."""
        if body is None:
            return cls((), (), ())
        stored = orjson.loads(zlib.decompress(body))
        lines = stored["lines"]
        if "priced" not in stored:
            spending = [Spending((), 0, count) for count in lines]
        else:
            amounts = stored.get("spend") or [()] * len(lines)
            spending = [
                Spending(tuple(Spend(*one) for one in spent), priced, unpriced)
                for spent, priced, unpriced in zip(
                    amounts, stored["priced"], stored["unpriced"], strict=True
                )
            ]
        return cls(lines, stored.get("pieces") or [None] * len(lines), spending)

    def packed(self) -> bytes:
        """The columns in little room."""
        columns: dict[str, Sequence[Any]] = {
            "lines": self.lines,
            "pieces": self.pieces,
            "priced": [one.priced_lines for one in self.spending],
            "unpriced": [one.unpriced_lines for one in self.spending],
        }
        if any(one.amounts for one in self.spending):
            columns["spend"] = [[tuple(spend) for spend in one.amounts] for one in self.spending]
        return zlib.compress(orjson.dumps(columns), EFFORT)

    def at(self, number: int) -> StoredUse:
        """How the part of this number is used."""
        if number >= len(self.lines):
            return StoredUse(None, None, NOTHING_SPENT)
        return StoredUse(self.lines[number], self.pieces[number], self.spending[number])
