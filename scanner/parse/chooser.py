"""Which rows below the header are lines, and which are sections, totals, headers or empty."""

import re
from collections.abc import Sequence
from itertools import compress

from scanner.core.bom import LeftOutRow, ReadLimits
from scanner.parse.columns import Layout
from scanner.parse.header import is_heading_row
from scanner.parse.headings import FIELDS, IDENTITY, recognise
from scanner.parse.level_columns import depths
from scanner.parse.memo import Memo
from scanner.parse.numbers import Amount
from scanner.parse.problems import Problems

_TOTAL = re.compile(
    r"^(?:(?:grand|sub|sous|zwischen|gesamt|end|eind)[\s-]*)?"
    r"(?:total|totaal|totale|totals|totaux|summe|som|somme|gesamt|subtotaal|gesamtsumme|"
    r"gesamtgewicht|totaalgewicht|totaalprijs|gesamtpreis)\b"
    r"(?:[\s:.=(€$£]|\d|cost|costs|price|parts|part|count|quantity|qty|items|excl\w*\b|incl\w*\b|kosten"
    r"|preis|prijs|ht|ttc|général|general|amount|bedrag|aantal|stück|stuks|gewicht|weight|mass|"
    r"masse|massa|poids|prix|btw|mwst|vat|tva|net|netto|brutto|usd|eur|of|for|per|unit|bom|project|"
    r"components|lines|[.,)%])*$",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"^(?:#(?!\d)|//|--|\*{2,}|;)")
_LONGEST_TOTAL = 80
_MOST_LEFT_OUT = 200
_OTHERS = 2
"""A second header with so many other columns belongs to a table of its own."""
_NONE = [(0, "")]
_FEW_CELLS = 5
"""A row with so few filled cells is looked at closely."""


class Chooser:
    """Tells lines from other rows and counts the others: `skipped`, `repeated` headers, `lost`."""

    def __init__(
        self, layout: Layout, amounts: Memo[str, Amount], limits: ReadLimits, problems: Problems
    ) -> None:
        self.skipped = self.repeated = self.lost = 0
        self.left_out: list[LeftOutRow] = []
        self._elsewhere = False
        self._layout = layout
        self._limits = limits
        self._amounts = amounts
        self._problems = problems
        self._width = len(layout.columns)
        self._quantity = layout.column("quantity")
        self._identity = [index for field in IDENTITY for index in layout.roles.get(field, ())]
        numbers = (*layout.roles.get("part_number", ()), *layout.roles.get("maker_number", ()))
        self._numbers = [*numbers, *layout.levels]

    def choose(
        self, numbers: Sequence[int], rows: Sequence[Sequence[str]]
    ) -> tuple[Sequence[int], list[Sequence[str]]]:
        """Numbers and columns of the rows that are lines, cells stripped; the others are counted.

        Nearly all rows are ordinary lines: whole columns say so at once, and only the others are
        looked at one by one.
        """
        if set(map(len, rows)) != {self._width}:
            fitted = [self._fit(row, number) for number, row in zip(numbers, rows, strict=True)]
            numbers = list(compress(numbers, map(bool, fitted)))
            rows = [row for row in fitted if row]
        given = list(zip(*rows, strict=True))
        columns: list[Sequence[str]] = [list(map(str.strip, column)) for column in given]
        if self._layout.levels and given:
            columns.append(depths(columns, self._layout.levels))
        elif self._layout.indent is not None and given:
            columns.append(_depths(given[self._layout.indent[0]], self._layout.indent[1]))
        left_out = self._left_out(columns, numbers)
        if left_out:
            kept = bytearray(b"\1" * len(numbers))
            for at in left_out:
                kept[at] = 0
            numbers = list(compress(numbers, kept))
            columns = [list(compress(column, kept)) for column in columns]
        return numbers, columns

    def _left_out(self, columns: Sequence[Sequence[str]], numbers: Sequence[int]) -> list[int]:
        """The places of the rows that are no lines of this table, counted."""
        found: list[int] = []
        after = 0
        for at in self._unusual(columns):
            found.extend(self._of_another(columns, numbers, after, at))
            after = at + 1
            if not self._is_line(_row(columns[: self._width], at), numbers[at]):
                found.append(at)
        found.extend(self._of_another(columns, numbers, after, len(numbers)))
        return found

    def _of_another(
        self, columns: Sequence[Sequence[str]], numbers: Sequence[int], first: int, end: int
    ) -> Sequence[int]:
        """These places, counted, where they stand below the header of another table."""
        if not self._elsewhere or not columns:
            return ()
        for at in range(first, end):
            filled = next(filter(None, _row(columns[: self._width], at)), "")
            self.leave_out(numbers[at], "another-table", filled)
        return range(first, end)

    def _unusual(self, columns: Sequence[Sequence[str]]) -> list[int]:
        """The rows that may be no lines: nearly empty, nameless, or with an odd quantity."""
        few = max(self._width - _FEW_CELLS, 1)
        found = {at for at, row in enumerate(zip(*columns, strict=True)) if row.count("") >= few}
        if self._quantity is not None and columns:
            amounts = map(self._amounts.__getitem__, columns[self._quantity])
            found.update(at for at, amount in enumerate(amounts) if amount.problem is not None)
        names = [columns[index] for index in self._identity if columns]
        if all("" in column for column in names):
            found.update(at for at, named in enumerate(zip(*names, strict=True)) if not any(named))
        return sorted(found)

    def _fit(self, cells: Sequence[str], number: int) -> list[str] | None:
        """The row in the width of the table; ``None`` when it is too wide to be read."""
        row = list(cells)
        while len(row) > self._width and not row[-1].strip():
            row.pop()
        if len(row) > self._limits.max_columns:
            self.lost += 1
            self._problems.add("row-too-wide", number, None, row[0], fatal=True)
            return None
        if len(row) > self._width:
            self._problems.add("too-many-columns", number, None, row[self._width])
        return (row + [""] * (self._width - len(row)))[: self._width]

    def _is_line(self, row: list[str], number: int) -> bool:
        """Whether an unusual row is a line; if not, it is counted as header or skipped."""
        filled = [(index, cell) for index, cell in enumerate(row) if cell]
        if filled and is_heading_row(cell for _, cell in filled):
            self.repeated += 1
            self._elsewhere = self._is_of_another(filled)
            if self._elsewhere:
                self._problems.add("another-table", number, None, filled[0][1])
            return False
        if self._elsewhere:
            self.leave_out(number, "another-table" if filled else "empty", (filled or _NONE)[0][1])
            return False
        reason = self._reason(row, filled)
        if reason is None:
            if not any(row[index] for index in self._identity):
                self._problems.add("missing-part", number, None, filled[0][1])
            return True
        self.leave_out(number, reason, filled[0][1] if filled else "")
        return False

    def _is_of_another(self, filled: list[tuple[int, str]]) -> bool:
        """Whether headings below the first row name other columns than it does."""
        others = 0
        for index, cell in filled:
            column, told = self._layout.columns[index], recognise(cell)
            if told.field not in FIELDS or told.confidence < 1.0 or cell == column.heading:
                continue
            others += told.field not in (column.field, recognise(column.heading).field)
        return others >= _OTHERS

    def leave_out(self, number: int, reason: str, cell: str) -> None:
        """Count a row that is no line, and remember why."""
        self.skipped += 1
        if cell and len(self.left_out) < _MOST_LEFT_OUT:
            self.left_out.append(LeftOutRow(number, reason, cell[:200]))

    def _reason(self, row: list[str], filled: list[tuple[int, str]]) -> str | None:
        """Why an unusual row is no line; ``None`` when it is one."""
        if not filled:
            return "empty"
        if _COMMENT.match(filled[0][1]) and not self._counted(row):
            return "comment"
        if self._is_section(row, filled):
            return "section"
        if self._is_total(row, filled):
            return "total"
        position = self._layout.column("position")
        named = any(row[index] for index in self._identity)
        if not named and not (self._counted(row) and position is not None and row[position]):
            return "nameless"
        return None

    def _counted(self, row: list[str]) -> bool:
        return self._quantity is not None and bool(self._amounts[row[self._quantity]].quantity)

    def _is_section(self, row: list[str], filled: list[tuple[int, str]]) -> bool:
        """A single cell in a wider table that is no number of a part: the name of a section."""
        if len(filled) > 1 or len(self._layout.roles) < 3:
            return False
        index, cell = filled[0]
        return index not in self._numbers or not any(map(str.isdigit, cell))

    def _is_total(self, row: list[str], filled: list[tuple[int, str]]) -> bool:
        first = next((cell for _, cell in filled if any(map(str.isalpha, cell))), "")
        if len(first) > _LONGEST_TOTAL or not _TOTAL.match(first):
            return False
        return all(row[index] in ("", first) for index in self._numbers)


def _row(columns: Sequence[Sequence[str]], at: int) -> list[str]:
    return [column[at] for column in columns]


def _depths(column: Sequence[str], step: int) -> list[str]:
    """The level of each row by its indentation, as a column of its own behind the others."""
    return [str((len(cell) - len(cell.lstrip())) // step) for cell in column]
