"""The part that each line names: equal cells become one part, worked on once."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from scanner.parse import designators
from scanner.parse.columns import Layout
from scanner.parse.memo import Memo
from scanner.parse.model import Packed
from scanner.parse.numbers import PIECE_UNITS, Mark, grams_of, read_mass
from scanner.parse.problems import Problems

_BEFORE = ("part_number", "maker", "maker_number")
_MIDDLE = ("value", "footprint")
_AFTER = ("material", "finish", "cas", "commodity_code", "origin")
_MOST_KNOWN = 200_000
"""Parts remembered at a time, so that memory stays bounded; a forgotten part is sent again."""


class PartColumns:
    """Turns the columns of a chunk into references to parts, sending each new part once."""

    def __init__(self, layout: Layout, marks: Mapping[int, Mark], problems: Problems) -> None:
        self._layout = layout
        self._marks = marks
        self._problems = problems
        self._known: dict[tuple[str | float | None, ...], int] = {}
        self._count = 0
        self._masses_read: dict[int, Memo[str, tuple[float | None, str | None]]] = {}

    def pack(
        self, packed: Packed, columns: Sequence[tuple[str, ...]], names: list[list[str]] | None
    ) -> None:
        """Add `part` and `parts` to the chunk; the fields stand in the order of `Part`."""
        prefixes = map(designators.prefix, names) if names else repeat(None)
        rows: Iterable[tuple[str | float | None, ...]] = zip(
            *self._texts(_BEFORE, columns),
            self._descriptions(columns),
            *self._texts(_MIDDLE, columns),
            prefixes,
            *self._texts(_AFTER, columns),
            self._masses(packed, columns),
            strict=False,
        )
        known = self._known
        part: list[int] = []
        new: list[list[str | float | None]] = []
        for row in rows:
            number = known.get(row)
            if number is None:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                number = known[row] = self._count
                self._count += 1
                new.append([field if field != "" else None for field in row])
            part.append(number)
        packed["part"], packed["parts"] = part, new

    def _texts(
        self, fields: Sequence[str], columns: Sequence[tuple[str, ...]]
    ) -> list[Iterable[str | None]]:
        found = map(self._layout.column, fields)
        return [columns[index] if index is not None else repeat(None) for index in found]

    def _descriptions(self, columns: Sequence[tuple[str, ...]]) -> Iterable[str | None]:
        """The description; a name that stands in a column of its own goes before it."""
        indexes = self._layout.roles.get("description", ())
        if not indexes:
            return repeat(None)
        if len(indexes) == 1:
            return columns[indexes[0]]
        texts = zip(*(columns[index] for index in indexes), strict=True)
        return [", ".join(dict.fromkeys(filter(None, pair))) for pair in texts]

    def _masses(self, packed: Packed, columns: Sequence[tuple[str, ...]]) -> Iterable[float | None]:
        """Grams per piece: as given, else those of the line divided by its quantity."""
        single = self._column_masses("mass_g", packed, columns)
        line = self._column_masses("mass_line_g", packed, columns)
        if line is None:
            return single if single is not None else repeat(None)
        quantities = packed.get("quantity") or [None] * len(line)
        units = packed.get("unit") or [None] * len(line)
        shared = [
            mass / float(quantity)
            if mass is not None and quantity is not None and float(quantity) and _counts(unit)
            else None
            for mass, quantity, unit in zip(line, quantities, units, strict=True)
        ]
        if single is None:
            return shared
        return [own if own is not None else part for own, part in zip(single, shared, strict=True)]

    def _column_masses(
        self, field: str, packed: Packed, columns: Sequence[tuple[str, ...]]
    ) -> list[float | None] | None:
        index = self._layout.column(field)
        if index is None:
            return None
        read = self._memo(index)
        masses: list[float | None] = []
        for text, row in zip(columns[index], packed["row"], strict=True):
            mass, problem = read[text]
            masses.append(mass)
            if problem is not None:
                self._problems.add(problem, row, self._layout.headings[index], text)
        return masses

    def _memo(self, index: int) -> Memo[str, tuple[float | None, str | None]]:
        if index not in self._masses_read:
            mark, grams = self._marks[index], self._grams(index)
            self._masses_read[index] = Memo(lambda text: read_mass(text, mark, grams))
        return self._masses_read[index]

    def _grams(self, index: int) -> float | None:
        """Grams in the unit that the heading names; 1 where the caller named the field itself."""
        named = grams_of(self._layout.units.get(index))
        return 1.0 if named is None and index in self._layout.chosen else named


def _counts(unit: str | None) -> bool:
    return unit is None or unit.rstrip(".").casefold() in PIECE_UNITS
