"""Which rows below the header are lines, and which are sections, totals, headers or empty."""

import re
from collections.abc import Sequence
from operator import itemgetter

from scanner.core.bom import ReadLimits
from scanner.parse.columns import Layout, is_heading_row
from scanner.parse.headings import IDENTITY
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
_LONGEST_TOTAL = 80
_FEW_CELLS = 5
"""A row with so few filled cells is looked at closely."""


class Chooser:
    """Tells lines from other rows and counts the others: `skipped`, `repeated` headers, `lost`."""

    def __init__(
        self, layout: Layout, amounts: Memo[str, Amount], limits: ReadLimits, problems: Problems
    ) -> None:
        self.skipped = self.repeated = self.lost = 0
        self._layout = layout
        self._limits = limits
        self._amounts = amounts
        self._problems = problems
        self._width = len(layout.columns)
        self._quantity = layout.column("quantity")
        identity = [index for field in IDENTITY for index in layout.roles.get(field, ())]
        self._named = itemgetter(*identity, identity[0])
        numbers = (layout.column("part_number"), layout.column("maker_number"))
        self._numbers = [index for index in numbers if index is not None]

    def choose(
        self, numbers: Sequence[int], rows: list[list[str]]
    ) -> tuple[list[int], list[list[str]]]:
        """The rows that are lines, stripped and all of one width; the others are counted."""
        width, few = self._width, max(self._width - _FEW_CELLS, 1)
        amounts, quantity = self._amounts, self._quantity
        kept_numbers: list[int] = []
        kept: list[list[str]] = []
        strip = str.strip
        for number, cells in zip(numbers, rows, strict=True):
            row = list(map(strip, cells))
            if len(row) != width and not self._fit(row, number):
                continue
            if (
                row.count("") >= few
                or (quantity is not None and amounts[row[quantity]].problem is not None)
                or not any(self._named(row))
            ) and not self._is_line(row, number):
                continue
            kept_numbers.append(number)
            kept.append(row)
        return kept_numbers, kept

    def _fit(self, row: list[str], number: int) -> bool:
        """Bring the row to the width of the table; false when it is too wide to be read."""
        while len(row) > self._width and not row[-1]:
            row.pop()
        if len(row) > self._limits.max_columns:
            self.lost += 1
            self._problems.add("row-too-wide", number, None, row[0], fatal=True)
            return False
        if len(row) > self._width:
            self._problems.add("too-many-columns", number, None, row[self._width])
        row.extend([""] * (self._width - len(row)))
        return True

    def _is_line(self, row: list[str], number: int) -> bool:
        """Whether an unusual row is a line; if not, it is counted as header or skipped."""
        filled = [(index, cell) for index, cell in enumerate(row) if cell]
        if filled and is_heading_row(cell for _, cell in filled):
            self.repeated += 1
            return False
        if not filled or self._is_section(row, filled) or self._is_total(row, filled):
            self.skipped += 1
            return False
        if not any(self._named(row)):
            position = self._layout.column("position")
            counted = self._quantity is not None and self._amounts[row[self._quantity]].quantity
            if not counted or position is None or not row[position]:
                self.skipped += 1
                return False
            self._problems.add("missing-part", number, None, row[position])
        return True

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
