"""Rows below the header → packed lines: the hot path, column by column."""

from collections.abc import Iterator, Sequence
from itertools import chain

from scanner.core.bom import Reading, ReadLimits, ReadOptions, RowCounts
from scanner.core.errors import BomTooLarge, LineProblem, NoLines, Place
from scanner.parse import designators
from scanner.parse.chooser import Chooser
from scanner.parse.columns import Layout, understand
from scanner.parse.headings import IDENTITY
from scanner.parse.memo import Memo
from scanner.parse.model import Block, Note, Packed, Table, column_name
from scanner.parse.numbers import PIECE_UNITS, Amount, Mark, decide, read_amount
from scanner.parse.parts import PartColumns
from scanner.parse.problems import Problems
from scanner.parse.tree import Levels, are_outlines, outline_is_tree, resolve

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
        self.layout = layout = understand(first.rows, options, sheet=table.sheet)
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
        self._not_fitted = Memo(designators.says_not_fitted)
        self._chooser = Chooser(layout, self._amounts, self._limits, self._problems)
        self._parts = PartColumns(layout, self._marks, self._problems)
        self._levels, self._level_column = self._find_levels(body)
        self._keep_parents: list[str] | None = [] if layout.column("parent") is not None else None

    def _find_levels(self, body: Sequence[Sequence[str]]) -> tuple[Levels | None, int | None]:
        deepest = self._limits.max_depth
        for field in ("level", "position"):
            column = self.layout.column(field)
            if column is None or (field == "position" and self.layout.column("parent") is not None):
                continue
            texts = [row[column].strip() for row in body if column < len(row)]
            outlines = are_outlines(texts)
            if field == "level" or (outlines and outline_is_tree(texts)):
                return Levels(outlines=outlines, deepest=deepest), column
        return None, None

    def __iter__(self) -> Iterator[Packed]:
        """The packed chunks in file order, once; then `reading` and `problems` hold."""
        chunks = self._chunks()
        if self._keep_parents is not None:
            held = list(chunks)
            self._fill_parents(held, self._keep_parents)
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

    def _pack(self, numbers: Sequence[int], rows: list[list[str]]) -> Packed:
        """The lines among these rows as one packed chunk."""
        kept_numbers, kept = self._chooser.choose(numbers, rows)
        first, self._lines = self._lines, self._lines + len(kept)
        if self._lines > self._limits.max_lines:
            raise BomTooLarge(
                f"The list has more than {self._limits.max_lines} lines.",
                advice="Split it into several lists.",
            )
        if not kept:
            return Packed(first=first, row=[])
        columns = list(zip(*kept, strict=False))
        packed = Packed(first=first, row=kept_numbers, cells=kept)
        names = self._designators(packed, columns)
        self._quantities(packed, columns, names)
        self._parts.pack(packed, columns, names)
        self._structure(packed, columns)
        self._fitted(packed, columns)
        return packed

    def _designators(
        self, packed: Packed, columns: Sequence[tuple[str, ...]]
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
        columns: Sequence[tuple[str, ...]],
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

    def _units(
        self, units: list[str | None], columns: Sequence[tuple[str, ...]]
    ) -> list[str | None]:
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
        triples = zip(packed["quantity"], names, texts, strict=True)
        for index, (quantity, listed, text) in enumerate(triples):
            if not listed or quantity is None or quantity == str(len(listed)):
                continue
            if quantity != "0" and designators.all_plain(listed):
                self._problems.add(
                    "quantity-disagrees",
                    packed["row"][index],
                    heading,
                    text,
                    detail=f"The quantity is {quantity}, and {len(listed)} reference designators "
                    "are listed.",
                )

    def _structure(self, packed: Packed, columns: Sequence[tuple[str, ...]]) -> None:
        position = self.layout.column("position")
        if position is not None:
            packed["position"] = [text or None for text in columns[position]]
        parent = self.layout.column("parent")
        if parent is not None and self._keep_parents is not None:
            self._keep_parents.extend(columns[parent])
        if self._levels is None or self._level_column is None:
            return
        first, rows = packed["first"], packed["row"]
        levels: list[int | None] = []
        parents: list[int | None] = []
        for offset, text in enumerate(columns[self._level_column]):
            level, above, problem = self._levels.place(text, first + offset)
            levels.append(level)
            parents.append(above)
            if problem is not None:
                heading = self.headings[self._level_column]
                self._problems.add(problem, rows[offset], heading, text)
        packed["level"] = levels
        if parent is None:
            packed["parent"] = parents

    def _fitted(self, packed: Packed, columns: Sequence[tuple[str, ...]]) -> None:
        """Mark the lines that a column, a value or a remark calls not fitted."""
        fitted = [True] * len(packed["row"])
        column = self.layout.column("fitted")
        if column is not None:
            fitted = [self._fitted_words[text] for text in columns[column]]
        for field in ("value", "remarks", "description"):
            for other in self.layout.roles.get(field, ()):
                said = [self._not_fitted[text] for text in columns[other]]
                if any(said):
                    fitted = [yes and not no for yes, no in zip(fitted, said, strict=True)]
        if not all(fitted):
            packed["fitted"] = fitted

    def _fill_parents(self, held: Sequence[Packed], names: Sequence[str]) -> None:
        """Parents may stand below their children: they are found when all lines are known."""
        keys: list[dict[str, list[int]]] = []
        for field in ("part_number", "position", "maker_number", "description"):
            column = self.layout.column(field)
            if column is None:
                continue
            key: dict[str, list[int]] = {}
            for index, row in enumerate(chain.from_iterable(chunk["cells"] for chunk in held)):
                key.setdefault(row[column], []).append(index)
            keys.append(key)
        parents, unknown = resolve(names, keys)
        column = self.layout.column("parent")
        for chunk in held:
            first, rows = chunk["first"], chunk["row"]
            chunk["parent"] = parents[first : first + len(rows)]
            for offset, number in enumerate(rows):
                if unknown[first + offset] and column is not None:
                    text = names[first + offset]
                    self._problems.add("unknown-parent", number, self.headings[column], text)

    def _finish(self) -> None:
        table, layout, chooser = self._table, self.layout, self._chooser
        if not self._lines:
            raise NoLines(
                "There is a header and no line below it that names a part.",
                advice="Send the list with its lines, or choose the sheet that holds them.",
                place=Place(sheet=self.sheet, row=self._header_row()),
            )
        headers = chooser.repeated + (layout.header >= 0)
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
        )

    def _header_row(self) -> int | None:
        header = self.layout.header
        return self._first.numbers[header] if header >= 0 else None


def _decimal_marks(body: Sequence[Sequence[str]], layout: Layout, table: Table) -> dict[int, Mark]:
    """The decimal mark of each column of numbers; what one column proves helps the others."""
    indexes = [
        index
        for field in ("quantity", "mass_g", "mass_line_g", "price")
        if (index := layout.column(field)) is not None
    ]
    texts = {index: [row[index].strip() for row in body if index < len(row)] for index in indexes}
    if table.format != "csv":
        # A workbook stores numbers as such; we write them with a point.
        return {index: Mark(".", sure=True) for index in indexes}
    unsure = Mark("," if table.delimiter == ";" else ".", sure=False)
    together = decide((text for column in texts.values() for text in column), unsure)
    return {index: decide(texts[index], together) for index in indexes}


def _is_unit(text: str) -> bool:
    """Whether a word in brackets behind `Quantity` is a unit rather than a remark."""
    return text.casefold().rstrip(".") in _UNITS_IN_HEADING
