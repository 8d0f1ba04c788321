"""How much of each line's part one product holds: quantities multiplied down the tree.

Lines that are not fitted, and all below them, count 0. A line without a quantity leaves a gap on
itself and on all below it. A line may refer to an assembly that is written out elsewhere: its lines
then count there, too. Assemblies are worked off level by level, each after its parent, whatever the
order of lines; the leaves, which are most of a BOM, in one vector operation at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import overload

import numpy as np
from numpy.typing import NDArray

from scanner.compose.amounts import Measure, conversion
from scanner.compose.tree import NOBODY, Flags, Real, Tree, Whole
from scanner.core.composition import MassGap
from scanner.core.errors import CyclicBom
from scanner.core.scan import LineAmount

SHOWN = 12
"""So many members of a cycle are named."""

ABSURD = 1e15
"""More than this of anything in one product is no quantity."""

_CAP = 2 * ABSURD
"""Products end here, so that they stay finite."""

GAPS = (None, MassGap.NO_QUANTITY, MassGap.UNIT_NOT_CONVERTIBLE)
"""Why an amount is not known, by its code in `Amounts.gaps`."""

_NO_QUANTITY = GAPS.index(MassGap.NO_QUANTITY)
_NOT_CONVERTIBLE = GAPS.index(MassGap.UNIT_NOT_CONVERTIBLE)

Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Amounts(Sequence[LineAmount]):
    """How much of its part each line brings to one product, in the line's own unit, as columns.

    `values` is 0 where `gaps`, a place in `GAPS`, is not 0. `assembly` is true for a line with
    lines below it, here or where its assembly is written out.
    """

    values: Real
    gaps: Codes
    assembly: Flags

    def __len__(self) -> int:
        """The number of lines."""
        return len(self.values)

    @overload
    def __getitem__(self, place: int) -> LineAmount: ...
    @overload
    def __getitem__(self, place: slice) -> "Amounts": ...
    def __getitem__(self, place: int | slice) -> "LineAmount | Amounts":
        """The amount of one line, or of lines that follow one another."""
        if isinstance(place, slice):
            return Amounts(self.values[place], self.gaps[place], self.assembly[place])
        return _amount(
            float(self.values[place]), int(self.gaps[place]), assembly=bool(self.assembly[place])
        )

    def __iter__(self) -> Iterator[LineAmount]:
        """The amounts in the order of the lines; equal ones are one object."""
        known: dict[tuple[float, int, bool], LineAmount] = {}
        columns = zip(self.values.tolist(), self.gaps.tolist(), self.assembly.tolist(), strict=True)
        for key in columns:
            amount = known.get(key)
            if amount is None:
                value, gap, assembly = key
                amount = known[key] = _amount(value, gap, assembly=assembly)
            yield amount


def _amount(value: float, gap: int, *, assembly: bool) -> LineAmount:
    return LineAmount(None if gap else value, GAPS[gap], assembly)


def roll_up(tree: Tree) -> Amounts:
    """For each line, in order: how much of its part one product holds.

    A parent that is not among the lines counts as the product. Raises `CyclicBom` where an
    assembly contains itself, naming the path.
    """
    rolled = _RollUp(tree)
    rolled.settle()
    return rolled.amounts()


class _RollUp:
    """The columns on which the roll-up works.

    `values` is what one parent holds before, and what one product holds after a line is settled;
    not a number where it is unknown, and then `gaps` says why. `bases` is by how much the lines
    below a line are multiplied, with `base_gaps`; the last of them stands for the product, which
    is the parent in place -1.
    """

    def __init__(self, tree: Tree) -> None:
        count = len(tree)
        self._tree = tree
        self._parents = tree.parents
        self._inner = np.zeros(count, dtype=np.bool_)
        self._inner[self._parents[self._parents >= 0]] = True
        self._users = _users(tree.numbers, self._inner)
        self._values = np.minimum(tree.quantities, _CAP)
        self._gaps = np.where(np.isnan(self._values), _NO_QUANTITY, 0).astype(np.int8)
        pieces = np.array([_pieces(unit) for unit in tree.units])
        self._pieces = pieces[tree.unit_codes] if count else np.ones(0)
        self._bases = np.ones(count + 1)
        self._base_gaps = np.zeros(count + 1, dtype=np.int8)

    def settle(self) -> None:
        """Work off all lines, each after all that it hangs from; `CyclicBom` if that fails."""
        spine = self._inner.copy()
        shared = self._shared()
        spine[shared >= 0] = True
        settled = self._settle_spine(np.flatnonzero(spine), shared)
        if settled.sum() < spine.sum():
            raise self._cycle(settled, int(np.flatnonzero(spine & ~settled)[0]))
        self._multiply(np.flatnonzero(~spine))

    def amounts(self) -> Amounts:
        """The answer per line."""
        assembly = self._inner.copy()
        for users in self._users.values():
            assembly[list(users)] = True
        unknown = np.isnan(self._values)
        absurd = self._values > ABSURD
        gaps = np.where(unknown, self._gaps, np.where(absurd, _NO_QUANTITY, 0)).astype(np.int8)
        return Amounts(np.where(gaps > 0, 0.0, self._values), gaps, assembly)

    def _settle_spine(self, spine: Whole, shared: Whole) -> Flags:
        """Work off the lines in these places, from the product down; which of them were reached."""
        above = self._parents[spine]
        below = spine[np.argsort(above)]
        ends = np.cumsum(np.bincount(above + 1, minlength=len(self._parents) + 1))
        waiting = {place: 1 + len(users) for place, users in self._users.items()}
        settled = np.zeros(len(self._parents), dtype=np.bool_)
        ready = below[: ends[0]]
        while ready.size:
            settled[ready] = True
            self._open(ready, self._multiply(ready))
            if self._users:
                ready = self._opened(ready, shared, waiting)
            ready = below[_ranges(ends[ready], ends[ready + 1])]
        return settled

    def _multiply(self, places: Whole) -> Real:
        """Settle lines whose parents are settled; how much of them one product holds."""
        above = self._parents[places]
        values, bases = self._values[places], self._bases[above]
        amounts = np.minimum(values * bases, _CAP)
        unclear = np.isnan(amounts)
        if unclear.any():
            amounts[unclear & ((values == 0) | (bases == 0))] = 0.0
            gaps = self._base_gaps[above]
            self._gaps[places] = np.where(gaps > 0, gaps, self._gaps[places])
        self._values[places] = amounts
        return amounts

    def _open(self, places: Whole, amounts: Real) -> None:
        """Note by how much what hangs from settled lines is multiplied."""
        counted = np.minimum(amounts * self._pieces[places], _CAP)
        unclear = np.isnan(counted)
        if unclear.any():
            counted[amounts == 0] = 0.0
            gaps = np.where(np.isnan(amounts), self._gaps[places], _NOT_CONVERTIBLE)
            self._base_gaps[places] = np.where(np.isnan(counted), gaps, 0)
        self._bases[places] = counted

    def _shared(self) -> Whole:
        """For each line that is, or refers to, a shared assembly: where that is written out."""
        shared = np.full(len(self._parents), NOBODY)
        for place, users in self._users.items():
            shared[[place, *users]] = place
        return shared

    def _opened(self, ready: Whole, shared: Whole, waiting: dict[int, int]) -> Whole:
        """The assemblies whose lines may follow: a shared one waits for all who use it."""
        assemblies = shared[ready]
        opened = ready[assemblies < 0].tolist()
        for place in assemblies[assemblies >= 0].tolist():
            waiting[place] -= 1
            if waiting[place] == 0:
                uses = [place, *self._users[place]]
                self._bases[place] = fsum(self._bases[uses])
                self._base_gaps[place] = self._base_gaps[uses].max()
                opened.append(place)
        return np.array(opened, dtype=np.int64)

    def _cycle(self, settled: Flags, unsettled: int) -> CyclicBom:
        """The error for the assembly to which the way up from an unsettled line leads back.

        An assembly that is not settled hangs from one of which some use is not settled.
        """
        path: list[int] = []
        place = unsettled
        seen: set[int] = set()
        while place not in seen:
            seen.add(place)
            path.append(place)
            uses = (place, *self._users.get(place, ()))
            place = next(int(self._parents[use]) for use in uses if not settled[use])
        names = self._tree.names(reversed([*path[path.index(place) :], place]))
        shown = names if len(names) <= SHOWN else [*names[: SHOWN - 1], "…", names[-1]]
        detail = f"An assembly contains itself: {' > '.join(shown)}."
        return CyclicBom(detail, advice="Correct the levels or parents of these lines.")


def _pieces(unit: str | None) -> float:
    """How many pieces one `unit` is; not a number where it is no count."""
    known = conversion(unit)
    if known is None or known[0] is not Measure.PIECES:
        return np.nan
    return float(known[1])


def _ranges(starts: Whole, ends: Whole) -> Whole:
    """All whole numbers from each start up to but without its end, in one row."""
    lengths = ends - starts
    offsets = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    return offsets + np.arange(len(offsets))


def _users(numbers: Whole, inner: Flags) -> dict[int, tuple[int, ...]]:
    """The lines that refer to an assembly written out elsewhere, by the place where it is."""
    written = np.flatnonzero(inner & (numbers >= 0))
    if not written.size:
        return {}
    place_of = np.full(int(numbers.max()) + 1, NOBODY)
    place_of[numbers[written[::-1]]] = written[::-1]
    referring = np.flatnonzero(~inner & (numbers >= 0))
    referring = referring[place_of[numbers[referring]] >= 0]
    users: dict[int, list[int]] = {}
    for place, user in zip(place_of[numbers[referring]].tolist(), referring.tolist(), strict=True):
        users.setdefault(place, []).append(user)
    return {place: tuple(found) for place, found in users.items()}
