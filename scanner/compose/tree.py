"""The lines of a BOM as columns, taken over chunk by chunk while the lines pass by.

What the roll-up needs of a line is read once, when the line is at hand.
"""

from array import array
from collections.abc import Iterable, Sequence
from math import nan
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scanner.core.bom import Line, Part, Price

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]

NOBODY = -1
"""Stands for no line and for no name."""

AT_ONCE = 500
"""So many lines at a time are read column by column: they stay in the processor's cache."""


class Tree:
    """What the roll-up needs of each line, by its place in the order in which lines were added.

    A line may refer to an assembly that is written out elsewhere: lines below another line whose
    part has the same own number.
    """

    def __init__(self) -> None:
        self._indexes = array("q")
        self._parents = array("q")
        self._quantities = array("d")
        self._fitted = bytearray()
        self._units = array("q")
        self._numbers = array("q")
        self._rows = array("q")
        self._parts: list[Part] = []
        self._prices = array("d")
        self._currencies = array("q")
        self._currency_codes: dict[str | None, int] = {}
        self._unit_codes: dict[str | None, int] = {}
        self._number_codes: dict[str | None, int] = {None: NOBODY}

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Self:
        """A tree of these lines."""
        tree = cls()
        for start in range(0, len(lines), AT_ONCE):
            tree.add(lines[start : start + AT_ONCE])
        return tree

    def __len__(self) -> int:
        """The number of lines."""
        return len(self._indexes)

    def add(self, lines: Sequence[Line]) -> None:
        """Take lines over, after those that are there."""
        units, numbers = self._unit_codes, self._number_codes
        self._indexes.extend([line.index for line in lines])
        self._parents.extend([NOBODY if line.parent is None else line.parent for line in lines])
        self._quantities.extend(
            [nan if line.quantity is None else float(line.quantity) for line in lines]
        )
        self._fitted.extend([line.fitted for line in lines])
        self._units.extend([units.setdefault(line.unit, len(units)) for line in lines])
        self._numbers.extend([numbers.setdefault(line.part.number, len(numbers)) for line in lines])
        self._rows.extend([line.row for line in lines])
        self._parts.extend([line.part for line in lines])
        self._add_prices([line.price for line in lines])

    def _add_prices(self, prices: Sequence[Price | None]) -> None:
        if not any(prices):
            self._prices.extend(array("d", [nan]) * len(prices))
            self._currencies.extend(array("q", [0]) * len(prices))
            return
        codes = self._currency_codes
        self._prices.extend(
            [nan if price is None else float(price.amount / price.per) for price in prices]
        )
        self._currencies.extend(
            [
                0 if price is None else codes.setdefault(price.currency, len(codes))
                for price in prices
            ]
        )

    @property
    def units(self) -> tuple[str | None, ...]:
        """The units that lines have, by their codes."""
        return tuple(self._unit_codes)

    @property
    def unit_codes(self) -> Whole:
        """The place of each line's unit in `units`."""
        return _whole(self._units)

    @property
    def currencies(self) -> tuple[str | None, ...]:
        """The currencies that prices have, by their codes; empty where no line has a price."""
        return tuple(self._currency_codes)

    @property
    def currency_codes(self) -> Whole:
        """The place of each price's currency in `currencies`."""
        return _whole(self._currencies)

    @property
    def prices(self) -> Real:
        """What one unit of each line's quantity costs; not a number where nobody says."""
        return np.frombuffer(self._prices, dtype=np.float64)

    @property
    def fitted(self) -> Flags:
        """Whether each line is fitted."""
        return np.frombuffer(self._fitted, dtype=np.bool_)

    @property
    def quantities(self) -> Real:
        """How much one parent holds: 0 where it is not fitted, not a number where nobody says."""
        return np.where(self.fitted, np.frombuffer(self._quantities, dtype=np.float64), 0.0)

    @property
    def parents(self) -> Whole:
        """The place of each line's parent; `NOBODY` where it has none among the lines."""
        indexes, wanted = _whole(self._indexes), _whole(self._parents)
        if np.array_equal(indexes, np.arange(len(indexes))):
            return np.where(wanted < len(indexes), wanted, NOBODY)
        place_of = {index: place for place, index in enumerate(self._indexes)}
        return np.array([place_of.get(parent, NOBODY) for parent in self._parents], dtype=np.int64)

    @property
    def numbers(self) -> Whole:
        """A code of the own number of each line's part; `NOBODY` where it has none."""
        return _whole(self._numbers)

    def names(self, places: Iterable[int]) -> list[str]:
        """What people call the lines in these places."""
        named = [(self._parts[place], self._rows[place]) for place in places]
        return [part.number or part.description or f"row {row}" for part, row in named]


def _whole(column: "array[int]") -> Whole:
    return np.frombuffer(column, dtype=np.int64)
