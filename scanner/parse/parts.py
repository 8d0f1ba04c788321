"""The part that each line names: equal cells become one part, worked on once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import cast

from scanner.parse import designators
from scanner.parse.columns import Layout
from scanner.parse.memo import Memo
from scanner.parse.model import Packed
from scanner.parse.numbers import PIECE_UNITS, Mark, grams_of, read_mass, spoiled
from scanner.parse.problems import Problems

_TEXTS = (
    "part_number", "maker", "maker_number", "description", "value", "footprint", "prefix",
    "material", "finish", "cas", "commodity_code", "origin",
)  # fmt: skip
"""The fields of `Part` in its order; the mass comes last."""

_MASSES = ("mass_g", "mass_line_g")
_BETWEEN = "\x1f"
MOST_KNOWN = 250_000
"""Parts remembered at a time, so that memory stays bounded; a forgotten part is sent again."""

Fields = tuple[str | float | None, ...]


class PartColumns:
    """Turns the columns of a chunk into references to parts, sending each new part once.

    Lines whose cells read the same name the same part: the cells are understood when they are
    first met. Other cells that mean the same (`1.0 g` and `1 g`) lead to the same part.
    """

    def __init__(self, layout: Layout, marks: Mapping[int, Mark], problems: Problems) -> None:
        self._layout = layout
        self._marks = marks
        self._problems = problems
        self._masses_read: dict[int, Memo[str, tuple[float | None, str | None]]] = {}
        self._by_cells: dict[str, int] = {}
        self._by_fields: dict[str, int] = {}
        self._count = 0
        self._indexes = [i for field in (*_TEXTS, *_MASSES) for i in layout.roles.get(field, ())]
        self.not_fitted: set[int] = set()
        """The numbers of the parts whose value or description says that they are not fitted."""

    def pack(
        self, packed: Packed, columns: Sequence[Sequence[str]], names: list[list[str]] | None
    ) -> None:
        """Add `part` and `parts` to the chunk; the fields stand in the order of `Part`."""
        rows = len(packed["row"])
        prefixes = designators.prefixes(names) if names else [""] * rows
        told = [columns[index] for index in self._indexes] + [prefixes]
        if self._layout.column("mass_line_g") is not None:
            told.append([repr(_pieces(packed, at)) for at in range(rows)])
        cells = list(map(_BETWEEN.join, zip(*told, strict=True)))
        if len(self._by_cells) >= MOST_KNOWN:
            self._by_cells.clear()
            self._by_fields.clear()
        packed["parts"] = []
        numbers = list(map(self._by_cells.get, cells))
        if None in numbers:
            new = {cells[at]: at for at, number in enumerate(numbers) if number is None}
            fields = self._fields(packed, columns, prefixes, list(new.values()))
            self._look_for_damage(packed, columns, list(new.values()))
            self._by_cells.update(zip(new, self._numbers(fields, packed["parts"]), strict=True))
            numbers = list(map(self._by_cells.get, cells))
        packed["part"] = cast("list[int]", numbers)
        self._report_masses(packed, columns)

    def _fields(
        self,
        packed: Packed,
        columns: Sequence[Sequence[str]],
        prefixes: Sequence[str],
        places: Sequence[int],
    ) -> Iterator[Fields]:
        """The fields of the parts on the lines at these places of the chunk."""
        texts: list[Iterable[str | None]] = []
        for field in _TEXTS:
            found = [prefixes] if field == "prefix" else self._columns(field, columns)
            taken = [[column[at] or None for at in places] for column in found]
            if len(taken) > 1:
                # A name that stands in a column of its own goes before the description.
                pairs = zip(*taken, strict=True)
                taken = [[", ".join(dict.fromkeys(filter(None, p))) or None for p in pairs]]
            texts.append(taken[0] if taken else repeat(None))
        return zip(*texts, self._masses(packed, columns, places), strict=False)

    def _columns(self, field: str, columns: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        return [columns[index] for index in self._layout.roles.get(field, ())]

    def _numbers(self, fields: Iterable[Fields], sent: list[list[str | float | None]]) -> list[int]:
        """The numbers of the parts with these fields; the new ones are sent."""
        known = self._by_fields
        numbers: list[int] = []
        for part in fields:
            key = _BETWEEN.join(map(str, part))
            number = known.get(key)
            if number is None:
                number = known[key] = self._count
                self._count += 1
                sent.append(list(part))
                if any(said and designators.says_not_fitted(str(said)) for said in part[3:5]):
                    self.not_fitted.add(number)
            numbers.append(number)
        return numbers

    def _masses(
        self, packed: Packed, columns: Sequence[Sequence[str]], places: Sequence[int]
    ) -> list[float | None]:
        """Grams per piece: as given, else those of the line divided by its quantity."""
        nothing: list[float | None] = [None] * len(places)
        single, line = (
            nothing
            if (index := self._layout.column(field)) is None
            else [self._memo(index)[columns[index][at]][0] for at in places]
            for field in _MASSES
        )
        if line is nothing:
            return single
        return [
            own if own is not None or all_ is None or not (count := _pieces(packed, at))
            else all_ / count
            for at, own, all_ in zip(places, single, line, strict=True)
        ]  # fmt: skip

    def _look_for_damage(
        self, packed: Packed, columns: Sequence[Sequence[str]], places: Sequence[int]
    ) -> None:
        """Note numbers of parts that a spreadsheet made a date or a rounded number of."""
        for field in ("part_number", "maker_number"):
            index = self._layout.column(field)
            if index is None:
                continue
            for at in places:
                text = columns[index][at]
                code = spoiled(text) if text else None
                if code is not None:
                    heading = self._layout.headings[index]
                    self._problems.add(code, packed["row"][at], heading, text)

    def _report_masses(self, packed: Packed, columns: Sequence[Sequence[str]]) -> None:
        """Note what is wrong with the cells of the mass columns."""
        for field in _MASSES:
            index = self._layout.column(field)
            if index is None:
                continue
            read = self._memo(index)
            if not any(read[text][1] for text in set(columns[index])):
                continue
            for text, row in zip(columns[index], packed["row"], strict=True):
                problem = read[text][1]
                if problem is not None:
                    self._problems.add(problem, row, self._layout.headings[index], text)

    def _memo(self, index: int) -> Memo[str, tuple[float | None, str | None]]:
        if index not in self._masses_read:
            mark, grams = self._marks[index], self._grams(index)
            self._masses_read[index] = Memo(lambda text: read_mass(text, mark, grams))
        return self._masses_read[index]

    def _grams(self, index: int) -> float | None:
        """Grams in the unit that the heading names; 1 where the caller named the field itself."""
        named = grams_of(self._layout.units.get(index))
        return 1.0 if named is None and index in self._layout.chosen else named


def _pieces(packed: Packed, at: int) -> float | None:
    """The pieces on a line; ``None`` where its quantity is unknown or counts something else."""
    quantity = packed["quantity"][at] if packed.get("quantity") else None
    unit = packed["unit"][at] if packed.get("unit") else None
    if quantity is None or not (unit is None or unit.rstrip(".").casefold() in PIECE_UNITS):
        return None
    return float(quantity)
