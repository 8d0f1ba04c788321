"""Lines as they are stored: some that follow one another at once, column by column.

Lines of a version never change once it is published, and are read in the order of the file. So
they are kept as columns, which pack to a tenth of what a row per line takes, and are written at the
speed of the disk. They refer to parts by their number in the version.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Self

import orjson

from scanner.core.bom import Line, Part, Price
from scanner.core.composition import MassGap
from scanner.core.scan import LineAmount, ScannedLine, ScannedPart
from scanner.store import lines as rows
from scanner.store.types import all_storable, storable

LINES_PER_BLOCK = 500
"""Who asks for one line unpacks so many."""

EFFORT = 1
"""zlib's fastest: slower ones save little of what is left."""

Columns = dict[str, list[Any]]

_AS_IT_IS = ("row", "parent", "level", "fitted")
_TEXTS = ("sheet", "unit", "position", "ref")
_AMOUNTS = ("amount", "gap", "assembly")
_PRICE = ("price", "price_per", "currency")
_COLUMNS = ("part", *_AS_IT_IS, *_TEXTS, "designators", "quantity", *_PRICE, *_AMOUNTS)


def pack_lines(lines: Sequence[Line], numbers: Sequence[int]) -> bytes:
    """What a file says of lines that follow one another, whose parts have these numbers."""
    columns = _columns(lines, (*_AS_IT_IS, *_TEXTS))
    for name in _TEXTS:
        if not all_storable(columns[name]):
            columns[name] = list(map(storable, columns[name]))
    columns["designators"] = [line.designators or None for line in lines]
    columns["quantity"] = [None if (q := line.quantity) is None else str(q) for line in lines]
    return _packed({"part": list(numbers), **columns, **_prices(lines)})


def _prices(lines: Sequence[Line]) -> Columns:
    """What the lines cost; nothing where none has a price."""
    prices = [line.price for line in lines]
    if not any(prices):
        return {}
    return {
        "price": [None if price is None else str(price.amount) for price in prices],
        "price_per": [None if price is None else str(price.per) for price in prices],
        "currency": [None if price is None else price.currency for price in prices],
    }


def pack_amounts(amounts: Sequence[LineAmount]) -> bytes:
    """How much of their parts lines that follow one another bring to one product."""
    return _packed(_columns(amounts, _AMOUNTS))


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Unpacked lines from the index `first` on; each column has a value for each of them."""

    first: int
    columns: Mapping[str, Sequence[Any]]

    @classmethod
    def of(cls, row: rows.Block) -> Self:
        """The lines of a stored block."""
        found = _unpacked(row.body) | _unpacked(row.amounts)
        empty = [None] * len(found["part"])
        return cls(row.first, {name: found.get(name, empty) for name in _COLUMNS})

    @property
    def indexes(self) -> range:
        """The indexes of the lines."""
        return range(self.first, self.first + len(self.columns["part"]))

    def number(self, index: int) -> int:
        """The number of the part of a line."""
        return int(self.columns["part"][index - self.first])

    def counted(self) -> Iterator[int]:
        """The indexes of the lines that bring something: fitted, not 0 times, no assemblies."""
        told = zip(
            self.columns["fitted"], self.columns["assembly"], self.columns["amount"], strict=True
        )
        for index, (fitted, assembly, amount) in enumerate(told, self.first):
            if fitted and not assembly and amount != 0:
                yield index

    def line(self, index: int, part: ScannedPart) -> tuple[ScannedLine, LineAmount]:
        """A line, with its amount in one product."""
        amount, gap, assembly = (
            self.columns[name][index - self.first] for name in ("amount", "gap", "assembly")
        )
        gap = None if gap is None else MassGap(gap)
        line = self.plain_line(index, part.part)
        return ScannedLine(line, part), LineAmount(amount, gap, assembly)

    def plain_line(self, index: int, part: Part) -> Line:
        """A line as it was read, without its cells."""
        place = index - self.first
        told = {name: column[place] for name, column in self.columns.items()}
        quantity, price = told["quantity"], told["price"]
        return Line(
            index=index,
            row=told["row"],
            part=part,
            quantity=None if quantity is None else Decimal(quantity),
            unit=told["unit"],
            sheet=told["sheet"],
            position=told["position"],
            parent=told["parent"],
            level=told["level"],
            designators=tuple(told["designators"] or ()),
            fitted=told["fitted"],
            ref=told["ref"],
            price=None
            if price is None
            else Price(Decimal(price), Decimal(told["price_per"]), told["currency"]),
        )


def _columns(things: Sequence[object], names: Sequence[str]) -> Columns:
    return {name: list(map(attrgetter(name), things)) for name in names}


def _packed(columns: Columns) -> bytes:
    filled = {name: values for name, values in columns.items() if values.count(None) < len(values)}
    return zlib.compress(orjson.dumps(filled), EFFORT)


def _unpacked(body: bytes) -> Columns:
    found: Columns = orjson.loads(zlib.decompress(body))
    return found
