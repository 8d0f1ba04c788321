"""The forms in which rows and lines travel inside this room and out of the reader's process."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import compress, repeat
from typing import Protocol, TypedDict

from scanner.core.bom import Line, Part, Price, Reading
from scanner.core.collector import collector_paused
from scanner.core.errors import LineProblem
from scanner.parse.memo import Memo

CHUNK_LINES = 5000
"""Lines that travel together."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the table reader itself saw in one row, before columns are known.

    `column` is the index of the cell; ``None`` means the row as a whole. `code` is the code of
    the later line problem.
    """

    code: str
    row: int
    column: int | None
    cell: str


@dataclass(frozen=True, slots=True)
class Block:
    """Rows as they stand in the file: their numbers (1-based) and their cells as text."""

    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    notes: list[Note] = field(default_factory=list)


Record = Mapping[str, object]
"""A line before it is checked: our field names, and text, numbers or lists of text."""


@dataclass(frozen=True, slots=True)
class Records:
    """Lines as they came in JSON, and the JSON pointer of their list.

    Readers of other formats make records, too: `rows` says where in the file each stands, else
    they are counted; `pointers` replaces the pointer of each; `skipped` is the number of entries
    that are no lines.
    """

    records: Sequence[Record]
    pointer: str | None = "/lines"
    format: str = "json"
    encoding: str | None = "utf-8"
    rows: Sequence[int] = ()
    pointers: Sequence[str] = ()
    skipped: int = 0


class Table(Protocol):
    """A source of rows: one text file or one sheet of a workbook."""

    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    other_sheets: tuple[str, ...]

    def blocks(self) -> Iterator[Block]:
        """All rows in file order, in blocks of at most `CHUNK_LINES`."""


class Packed(TypedDict, total=False):
    """Up to `CHUNK_LINES` lines column by column, in JSON's own types: small and fast to send.

    A column that no line fills is left out. `parts` are the parts first seen in this chunk, as
    the fields of `Part` in order; `part` refers to all parts seen so far by number. `cells` are
    there where the caller asked for them.
    """

    first: int
    row: list[int]
    parts: list[list[str | float | None]]
    part: list[int]
    quantity: list[str | None]
    unit: list[str | None]
    position: list[str | None]
    parent: Sequence[int | None]
    level: Sequence[int | None]
    designators: list[list[str]]
    fitted: list[bool]
    ref: list[str | None]
    price: list[str | None]
    price_per: list[str | None]
    currency: list[str | None]
    sheet: list[str]
    cells: Sequence[Sequence[str]]


class PackedStream(Protocol):
    """Packed chunks in file order; `reading` and `problems` hold after the last one."""

    headings: tuple[str, ...]
    sheet: str | None
    reading: Reading
    problems: tuple[LineProblem, ...]

    def __iter__(self) -> Iterator[Packed]:
        """The chunks, once."""


class Unpacker:
    """Makes lines out of packed chunks; equal parts become one object."""

    def __init__(self, sheet: str | None, headings: Sequence[str]) -> None:
        self._sheet = sheet
        self._headings = headings
        self._parts: list[Part] = []
        self._decimals: Memo[str | None, Decimal | None] = Memo(_decimal)
        self._prices: Memo[tuple[str | None, ...], Price | None] = Memo(_price)

    def lines(self, packed: Packed) -> tuple[Line, ...]:
        """The lines of one chunk; chunks must come in order."""
        with collector_paused():
            return self._lines(packed)

    def _lines(self, packed: Packed) -> tuple[Line, ...]:
        self._parts.extend(Part(*fields) for fields in packed["parts"])  # type: ignore[arg-type]
        rows = packed["row"]
        count, first = len(rows), packed["first"]
        columns: dict[str, Iterable[object]] = {
            "index": range(first, first + count),
            "row": rows,
            "part": map(self._parts.__getitem__, packed["part"]),
            "quantity": map(self._decimals.__getitem__, packed.get("quantity") or [None] * count),
            "unit": packed.get("unit") or repeat(None),
            "sheet": packed.get("sheet") or repeat(self._sheet),
            "position": packed.get("position") or repeat(None),
            "parent": packed.get("parent") or repeat(None),
            "level": packed.get("level") or repeat(None),
            "designators": map(tuple, packed.get("designators") or repeat((), count)),
            "fitted": packed.get("fitted") or repeat(True),
            "ref": packed.get("ref") or repeat(None),
            "price": self._priced(packed) if packed.get("price") else repeat(None),
            "cells": map(self._cells, packed["cells"]) if "cells" in packed else repeat(()),
        }
        # A frozen line is filled field by field in any case: by columns that takes half the time.
        lines = tuple(map(Line.__new__, repeat(Line, count)))
        for name, values in columns.items():
            deque(map(getattr(Line, name).__set__, lines, values), maxlen=0)
        return lines

    def _priced(self, packed: Packed) -> Iterable[Price | None]:
        """The price of each line; one object for the same price."""
        empty: list[str | None] = [None] * len(packed["row"])
        told = (packed.get("price_per") or empty, packed.get("currency") or empty)
        return map(self._prices.__getitem__, zip(packed["price"], *told, strict=True))

    def _cells(self, row: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple(zip(compress(self._headings, row), filter(None, row), strict=True))


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _price(told: tuple[str | None, ...]) -> Price | None:
    amount, per, currency = told
    return None if amount is None else Price(Decimal(amount), Decimal(per or 1), currency)
