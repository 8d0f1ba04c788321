"""The bill of materials: lines that refer to parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from scanner.core.errors import LineProblem


@dataclass(frozen=True, slots=True)
class Part:
    """A thing that a company buys or makes, as one line describes it.

    Every field is the user's text with outer white space removed; ``None`` where absent.
    `unit_mass_g` is the mass of one piece in grams where the file gives it. `designator_prefix`
    is the letters of the reference designators (``C`` for ``C1, C2``). Equal parts are equal
    objects: work is done once per distinct `Part`.
    """

    number: str | None = None
    maker: str | None = None
    maker_number: str | None = None
    description: str | None = None
    value: str | None = None
    footprint: str | None = None
    designator_prefix: str | None = None
    material: str | None = None
    finish: str | None = None
    cas: str | None = None
    commodity_code: str | None = None
    origin: str | None = None
    unit_mass_g: float | None = None


class Price(NamedTuple):
    """What `per` of what a line's quantity counts cost: exact, and never converted.

    `currency` is a code of ISO 4217, ``None`` where the file names none. The total of a line
    stands with its quantity as `per`.
    """

    amount: Decimal
    per: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a BOM.

    `index` counts lines from 0 in the order of the file; `sheet` and `row` say where it stood
    (1-based, as a spreadsheet or text editor shows it). `quantity` is pieces (or `unit`s) per
    parent; ``None`` when the file gives none: it then counts as unknown, never as 0 or 1.
    `parent` is the `index` of the assembly this line belongs to. `fitted` is false for DNP lines.
    `ref` is the caller's own id of a JSON line; `price` is what the company pays. `cells` are the
    original cells by heading, where they were asked for (`ReadOptions.cells`).
    """

    index: int
    row: int
    part: Part
    quantity: Decimal | None
    unit: str | None = None
    sheet: str | None = None
    position: str | None = None
    parent: int | None = None
    level: int | None = None
    designators: tuple[str, ...] = ()
    fitted: bool = True
    ref: str | None = None
    price: Price | None = None
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of the file was taken for, and how surely (0..1)."""

    index: int
    heading: str
    field: str | None
    confidence: float


def column_name(index: int) -> str:
    """The spreadsheet's letters of a column: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of the rows: ``rows == headers + lines + skipped + problems`` always."""

    rows: int = 0
    headers: int = 0
    lines: int = 0
    skipped: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row that is no line: its number, why (`empty`, `section`, `total` …), its first cell."""

    row: int
    reason: str
    cell: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of the file as a whole, apart from its lines.

    `left_out` are the first rows with text that are no lines, in the order of the file. `shape`
    is the fingerprint of its headings; `remembered` tells that columns kept for this shape were
    applied.
    """

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    decimal_mark: str | None = None
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    header_row: int | None = None
    columns: tuple[Column, ...] = ()
    counts: RowCounts = field(default_factory=RowCounts)
    left_out: tuple[LeftOutRow, ...] = ()
    shape: str | None = None
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Bom:
    """A bill of materials as read: its lines in file order, how it was read, what was wrong."""

    lines: tuple[Line, ...]
    reading: Reading
    problems: tuple[LineProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller may fix about reading: heading or column letter → field, and the sheet.

    Original `cells` come along where asked for: they take as long as all the rest. `remembered`
    are columns by the shape of a table; they count where `columns` says nothing.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    cells: bool = False
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much one file may hold. Sizes in bytes, times in seconds."""

    max_bytes: int = 100 * 1024 * 1024
    max_lines: int = 1_000_000
    max_columns: int = 512
    max_cell_chars: int = 32_767
    max_depth: int = 64
    max_unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    max_ratio: int = 1_000
    max_archive_entries: int = 10_000
    reader_memory_bytes: int = 4 * 1024 * 1024 * 1024
    reader_seconds: int = 300
