"""Rows below the header → packed lines: the hot path, column by column."""

from collections.abc import Iterator, Sequence
from itertools import chain

from scanner.core.bom import LeftOutRow, Reading, ReadLimits, ReadOptions, RowCounts, column_name
from scanner.core.errors import BomTooLarge, LineProblem, NoLines, Place
from scanner.parse import designators
from scanner.parse.alternates import Alternates
from scanner.parse.chooser import Chooser
from scanner.parse.columns import Layout, understand
from scanner.parse.headings import IDENTITY
from scanner.parse.level_columns import with_level_columns
from scanner.parse.memo import Memo
from scanner.parse.model import Block, Note, Packed, Table
from scanner.parse.money import bare_number
from scanner.parse.numbers import PIECE_UNITS, Amount, Mark, decide, read_amount
from scanner.parse.parts import PartColumns
from scanner.parse.prices import PriceColumns
from scanner.parse.problems import Problems
from scanner.parse.structure import Structure

_UNITS_IN_HEADING = PIECE_UNITS | frozenset(
    [
        "g",
        "kg",
        "mg",
        "t",
        "m",
        "mm",
        "cm",
        "m2",
        "m²",
        "m3",
        "m³",
        "l",
        "ml",
        "lb",
        "oz",
        "ft",
        "in",
        "inch",
    ]
)
_SAMPLE = 2000
_MONEY = ("price", "price_line")


class TableStream:
    """The lines of one table, packed; see `PackedStream`."""

    def __init__(self, table: Table, options: ReadOptions, limits: ReadLimits) -> None:
        self._table = table
        self._limits = limits
        self._blocks = table.blocks()
        first = next(self._blocks, Block((), []))
        if not any(any(row) for row in first.rows):
            raise NoLines(
                "The file holds no cells with text.",
                advice="Send the list itself as a table, not as a picture.",
                place=Place(sheet=table.sheet),
            )
        layout = understand(first.rows, options, kind=table.format, sheet=table.sheet)
        sample = [row for row in first.rows[layout.first : layout.first + _SAMPLE] if any(row)]
        self.layout = layout = with_level_columns(layout, sample)
        self.sheet = table.sheet
        self._width = len(layout.columns)
        if self._width > limits.max_columns:
            raise BomTooLarge(
                f"The table has {self._width} columns; at most {limits.max_columns} are read.",
                advice="Remove the columns that are not part of the list.",
            )
        self.headings = layout.headings + tuple(
            column_name(index) for index in range(self._width, limits.max_columns)
        )
        self._first = first
        self._keep_cells = options.cells
        self._problems = Problems(table.sheet)
        self._rows = self._lines = 0
        self.reading = Reading(format=table.format)
        self.problems: tuple[LineProblem, ...] = ()
        self._prepare(first.rows[layout.first : layout.first + _SAMPLE])

    def _prepare(self, body: Sequence[Sequence[str]]) -> None:
        """Decide, on the first rows, how numbers and levels are written."""
        layout = self.layout
        self._marks = _decimal_marks(body, layout, self._table)
        self._quantity = layout.column("quantity")
        mark = Mark(".", sure=False) if self._quantity is None else self._marks[self._quantity]
        self._amounts: Memo[str, Amount] = Memo(lambda text: read_amount(text, mark))
        self._fitted_words: Memo[str, bool] = Memo(
            lambda text: designators.is_fitted(text, heading_negates=layout.negated)
        )
        self._remarked = Memo(designators.says_not_fitted)
        self._chooser = Chooser(layout, self._amounts, self._limits, self._problems)
        self._parts = PartColumns(layout, self._marks, self._problems)
        self._prices = PriceColumns(layout, self._marks, self._problems)
        self._alternates = Alternates(layout, body)
        self._structure = Structure(layout, body, self._limits, self._problems)

    def __iter__(self) -> Iterator[Packed]:
        """The packed chunks in file order, once; then `reading` and `problems` hold."""
        chunks = self._chunks()
        if self._structure.looks_ahead:
            held = list(chunks)
            self._structure.fill_parents(held)
            yield from held
        else:
            yield from chunks
        self._finish()

    def _chunks(self) -> Iterator[Packed]:
        start = self.layout.first
        for block in chain([self._first], self._blocks):
            self._rows += len(block.rows)
            self._take_notes(block)
            skip, start = min(start, len(block.rows)), max(start - len(block.rows), 0)
            numbers, rows = block.numbers[skip:], block.rows[skip:] if skip else block.rows
            packed = self._pack(numbers, rows)
            if packed["row"]:
                yield packed

    def _take_notes(self, block: Block) -> None:
        for note in block.notes:
            if note.code == "date-in-cell" and not self._matters(note):
                continue
            place = note.column if note.column is not None else len(self.headings)
            column = self.headings[place] if place < len(self.headings) else None
            self._problems.add(note.code, note.row, column, note.cell)

    def _matters(self, note: Note) -> bool:
        fields = (*IDENTITY, "quantity")
        return any(note.column in self.layout.roles.get(field, ()) for field in fields)

    def _pack(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> Packed:
        """The lines among these rows as one packed chunk."""
        kept, columns = self._chooser.choose(numbers, rows)
        first, self._lines = self._lines, self._lines + len(kept)
        if self._lines > self._limits.max_lines:
            raise BomTooLarge(
                f"The list has more than {self._limits.max_lines} lines.",
                advice="Split it into several lists.",
            )
        if not kept:
            return Packed(first=first, row=[])
        packed = Packed(first=first, row=list(kept))
        if self._keep_cells:
            packed["cells"] = list(zip(*columns[: self._width], strict=True))
        names = self._designators(packed, columns)
        self._quantities(packed, columns, names)
        self._parts.pack(packed, columns, names)
        self._prices.pack(packed, columns)
        self._structure.pack(packed, columns)
        self._fitted(packed, columns)
        return packed

    def _designators(
        self, packed: Packed, columns: Sequence[Sequence[str]]
    ) -> list[list[str]] | None:
        column = self.layout.column("designators")
        if column is None:
            return None
        names = [designators.split(text) if text else [] for text in columns[column]]
        packed["designators"] = names
        return names

    def _quantities(
        self,
        packed: Packed,
        columns: Sequence[Sequence[str]],
        names: list[list[str]] | None,
    ) -> None:
        rows = packed["row"]
        if self._quantity is None:
            if names is not None:
                packed["quantity"] = [str(len(listed)) if listed else None for listed in names]
            else:
                self._problems.add("no-quantity-column", None, None)
            units: list[str | None] = [None] * len(rows)
        else:
            column = columns[self._quantity]
            heading = self.headings[self._quantity]
            amounts = [self._amounts[text] for text in column]
            packed["quantity"] = [amount.quantity for amount in amounts]
            units = [amount.unit for amount in amounts]
            for index, amount in enumerate(amounts):
                if amount.problem is not None:
                    self._problems.add(amount.problem, rows[index], heading, column[index])
            if names is not None:
                self._compare(packed, column, names, heading)
        packed["unit"] = self._units(units, columns)

    def _units(self, units: list[str | None], columns: Sequence[Sequence[str]]) -> list[str | None]:
        """The unit of each line: its own column, else the quantity cell's, else the heading's."""
        named = self.layout.units.get(self._quantity) if self._quantity is not None else None
        default = named if named and _is_unit(named) else None
        column = self.layout.column("unit")
        if column is not None:
            pairs = zip(columns[column], units, strict=True)
            units = [text or unit for text, unit in pairs]
        return [unit or default for unit in units] if default else units

    def _compare(
        self, packed: Packed, texts: Sequence[str], names: list[list[str]], heading: str
    ) -> None:
        """Report lines whose quantity is not the number of their designators."""
        counts = [str(len(listed)) if listed else None for listed in names]
        for index, (quantity, count) in enumerate(zip(packed["quantity"], counts, strict=True)):
            if quantity == count or quantity in (None, "0") or count is None:
                continue
            if designators.all_plain(names[index]):
                self._problems.add(
                    "quantity-disagrees",
                    packed["row"][index],
                    heading,
                    texts[index],
                    detail=f"The quantity is {quantity}, and {count} reference designators "
                    "are listed.",
                )

    def _fitted(self, packed: Packed, columns: Sequence[Sequence[str]]) -> None:
        """Mark the lines that are not fitted, or stand for another one."""
        not_fitted = self._parts.not_fitted
        fitted = [part not in not_fitted for part in packed["part"]] if not_fitted else None
        column = self.layout.column("fitted")
        if column is not None:
            fitted = _both(fitted, [self._fitted_words[text] for text in columns[column]])
        for other in self.layout.roles.get("remarks", ()):
            fitted = _both(fitted, [not self._remarked[text] for text in columns[other]])
        alternates = self._alternates.find(packed, columns)
        if alternates:
            found = set(alternates)
            fitted = _both(fitted, [at not in found for at in range(len(packed["row"]))])
            for at in alternates:
                self._problems.add("alternate-line", packed["row"][at], None, columns[0][at])
        if fitted is not None and not all(fitted):
            packed["fitted"] = fitted

    def _finish(self) -> None:
        table, layout, chooser = self._table, self.layout, self._chooser
        if not self._lines:
            raise NoLines(
                "There is a header and no line below it that names a part.",
                advice="Send the list with its lines, or choose the sheet that holds them.",
                place=Place(sheet=self.sheet, row=self._header_row()),
            )
        headers = chooser.repeated + (layout.first - layout.header if layout.header >= 0 else 0)
        titles = max(layout.header, 0)
        quantity = self._marks.get(self._quantity) if self._quantity is not None else None
        self.problems = self._problems.all()
        self.reading = Reading(
            format=table.format,
            encoding=table.encoding,
            delimiter=table.delimiter,
            decimal_mark=quantity.decimal if quantity else None,
            sheet=table.sheet,
            other_sheets=table.other_sheets,
            header_row=self._header_row(),
            columns=layout.columns,
            counts=RowCounts(
                self._rows, headers, self._lines, chooser.skipped + titles, chooser.lost
            ),
            left_out=(*self._titles(), *chooser.left_out),
            shape=layout.shape,
            remembered=layout.remembered,
        )

    def _titles(self) -> list[LeftOutRow]:
        """The rows above the header."""
        above = zip(
            self._first.numbers, self._first.rows[: max(self.layout.header, 0)], strict=False
        )
        return [
            LeftOutRow(number, "title", text[:200])
            for number, row in above
            if (text := next((cell.strip() for cell in row if cell.strip()), ""))
        ]

    def _header_row(self) -> int | None:
        header = self.layout.header
        return self._first.numbers[header] if header >= 0 else None


def _decimal_marks(body: Sequence[Sequence[str]], layout: Layout, table: Table) -> dict[int, Mark]:
    """The decimal mark of each column of numbers; what one column proves helps the others."""
    indexes = [
        index
        for field in ("quantity", "mass_g", "mass_line_g", *_MONEY)
        if (index := layout.column(field)) is not None
    ]
    texts = {index: [row[index].strip() for row in body if index < len(row)] for index in indexes}
    for field in _MONEY:
        if (index := layout.column(field)) is not None:
            texts[index] = list(map(bare_number, texts[index]))
    if table.format != "csv":
        # A workbook stores numbers as such; we write them with a point.
        return {index: Mark(".", sure=True) for index in indexes}
    unsure = Mark("," if table.delimiter == ";" else ".", sure=False)
    together = decide((text for column in texts.values() for text in column), unsure)
    return {index: decide(texts[index], together) for index in indexes}


def _both(some: list[bool] | None, others: list[bool]) -> list[bool]:
    if some is None:
        return others
    return [yes and also for yes, also in zip(some, others, strict=True)]


def _is_unit(text: str) -> bool:
    """Whether a word in brackets behind `Quantity` is a unit rather than a remark."""
    return text.casefold().rstrip(".") in _UNITS_IN_HEADING
