"""How much of each line's part one product holds: quantities multiplied down the tree.

Lines that are not fitted, and all below them, count 0. A line without a quantity leaves a gap on
itself and on all below it. A line may refer to an assembly that is written out elsewhere: its lines
then count there, too. Parents are worked off before their children, whatever the order of lines;
the leaves, which are most of a BOM, in one vector operation.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scanner.compose.amounts import Measure, conversion
from scanner.core.composition import MassGap
from scanner.core.errors import CyclicBom
from scanner.core.scan import LineAmount

SHOWN = 12
"""So many members of a cycle are named."""

ABSURD = 1e15
"""More than this of anything in one product is no quantity."""

_NONE = Decimal(0)
_GAPS = (None, MassGap.NO_QUANTITY, MassGap.UNIT_NOT_CONVERTIBLE)
_NO_QUANTITY = _GAPS.index(MassGap.NO_QUANTITY)
_NOT_CONVERTIBLE = _GAPS.index(MassGap.UNIT_NOT_CONVERTIBLE)


class TreeLine(NamedTuple):
    """A line as the roll-up sees it.

    `index` and `parent` are indexes of lines; `quantity` is how many `unit`s one parent holds.
    `label` names the line in messages. `assembly` is the part's own number where lines below
    another line of that number are meant to hold for this one as well, else ``None``.
    """

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    parent: int | None
    quantity: Decimal | None
    unit: str | None
    fitted: bool
    label: str
    assembly: str | None = None


def roll_up(lines: Sequence[TreeLine]) -> tuple[LineAmount, ...]:
    """For each line, in order: how much of its part one product holds, in the line's own unit.

    A parent that is not among the lines counts as the product. Raises `CyclicBom` where an
    assembly contains itself, naming the path.
    """
    if not lines:
        return ()
    tree = _Tree(lines)
    tree.settle()
    return tree.amounts()


class _Tree:
    """The lines as columns, by their place in the order given.

    `values` and `gaps` are what one parent holds before, and what one product holds after a line
    is settled; `bases` and `base_gaps` are by how much the lines below a line are multiplied.
    """

    def __init__(self, lines: Sequence[TreeLine]) -> None:
        self._lines = lines
        self._parents = _places([line[0] for line in lines], [line[1] for line in lines])
        self._inner = np.zeros(len(lines), dtype=bool)
        self._inner[self._parents[self._parents >= 0]] = True
        self._users = _users([line[6] for line in lines], self._inner)
        quantities = [line[2] if line[4] else _NONE for line in lines]
        self._values = np.array([0.0 if q is None else float(q) for q in quantities])
        self._gaps = np.array([_NO_QUANTITY if q is None else 0 for q in quantities])
        pieces = {unit: _pieces(unit) for unit in {line[3] for line in lines}}
        self._pieces = np.array([pieces[line[3]] for line in lines])
        self._bases = np.ones(len(lines))
        self._base_gaps = np.zeros(len(lines), dtype=np.int64)

    def settle(self) -> None:
        """Work off all lines, each after all that it hangs from; `CyclicBom` if that fails."""
        below = np.argsort(self._parents, kind="stable")
        starts = np.searchsorted(self._parents[below], np.arange(len(self._lines) + 1))
        waiting = {place: 1 + len(users) for place, users in self._users.items()}
        assembly_of = {user: place for place, users in self._users.items() for user in users}
        settled = np.zeros(len(self._lines), dtype=bool)
        ready = np.flatnonzero(self._parents < 0)
        while ready.size:
            settled[ready] = True
            self._multiply(ready)
            open_now = ready[self._inner[ready]]
            if assembly_of:
                open_now = self._opened(ready, open_now, waiting, assembly_of)
            ready = below[_ranges(starts[open_now], starts[open_now + 1])]
        if not settled.all():
            raise self._cycle(settled)

    def amounts(self) -> tuple[LineAmount, ...]:
        """The answer per line; equal answers are one object."""
        for users in self._users.values():
            self._inner[list(users)] = True
        gaps = np.where(self._values > ABSURD, _NO_QUANTITY, self._gaps)
        values = np.where(gaps > 0, 0.0, self._values)
        known: dict[tuple[float, int, bool], LineAmount] = {}
        answers = []
        for key in zip(values.tolist(), gaps.tolist(), self._inner.tolist(), strict=True):
            answer = known.get(key)
            if answer is None:
                value, gap, inner = key
                answer = known[key] = LineAmount(None if gap else value, _GAPS[gap], inner)
            answers.append(answer)
        return tuple(answers)

    def _multiply(self, places: NDArray[np.int64]) -> None:
        """Settle lines whose parents are settled, and what the lines below them count."""
        values, gaps, above = self._values[places], self._gaps[places], self._parents[places]
        inside = above >= 0
        bases = np.where(inside, self._bases[above], 1.0)
        base_gaps = np.where(inside, self._base_gaps[above], 0)
        none = ((values == 0) & (gaps == 0)) | ((bases == 0) & (base_gaps == 0))
        gaps = np.where(none, 0, np.where(base_gaps > 0, base_gaps, gaps))
        values = np.where(none, 0.0, np.minimum(values * bases, 2 * ABSURD))
        self._values[places], self._gaps[places] = values, gaps
        counted = np.where(none, 0.0, values * self._pieces[places])
        unclear = (gaps == 0) & np.isnan(counted)
        self._bases[places] = np.where(np.isnan(counted), 1.0, np.minimum(counted, 2 * ABSURD))
        self._base_gaps[places] = np.where(unclear, _NOT_CONVERTIBLE, gaps)

    def _opened(
        self,
        ready: NDArray[np.int64],
        alone: NDArray[np.int64],
        waiting: dict[int, int],
        assembly_of: Mapping[int, int],
    ) -> NDArray[np.int64]:
        """The assemblies whose lines may follow: a shared one waits for all who use it."""
        opened = [place for place in alone.tolist() if place not in self._users]
        for place in ready.tolist():
            shared = place if place in self._users else assembly_of.get(place)
            if shared is None:
                continue
            waiting[shared] -= 1
            if waiting[shared] == 0:
                users = [shared, *self._users[shared]]
                self._bases[shared] = fsum(self._bases[users])
                self._base_gaps[shared] = self._base_gaps[users].max()
                opened.append(shared)
        return np.array(opened, dtype=np.int64)

    def _cycle(self, settled: NDArray[np.bool_]) -> CyclicBom:
        """The error for the assembly to which the way up from an unsettled line leads back.

        A line that is not settled hangs from an assembly of which some use is not settled.
        """
        path: list[int] = []
        place = int(self._parents[np.flatnonzero(~settled)[0]])
        seen: set[int] = set()
        while place not in seen:
            seen.add(place)
            path.append(place)
            uses = (place, *self._users.get(place, ()))
            place = next(int(self._parents[use]) for use in uses if not settled[use])
        members = [*path[path.index(place) :], place]
        names = [self._lines[member].label for member in reversed(members)]
        shown = names if len(names) <= SHOWN else [*names[: SHOWN - 1], "…", names[-1]]
        detail = f"An assembly contains itself: {' > '.join(shown)}."
        return CyclicBom(detail, advice="Correct the levels or parents of these lines.")


def _pieces(unit: str | None) -> float:
    """How many pieces one `unit` is; not a number where it is no count."""
    known = conversion(unit)
    if known is None or known[0] is not Measure.PIECES:
        return np.nan
    return float(known[1])


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """All whole numbers from each start up to but without its end, in one row."""
    lengths = ends - starts
    if not lengths.sum():
        return np.zeros(0, dtype=np.int64)
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return offsets + np.arange(lengths.sum())


def _places(indexes: Sequence[int], parents: Sequence[int | None]) -> NDArray[np.int64]:
    """The place of each line's parent in the order given; -1 for the product."""
    wanted = [-1 if parent is None else parent for parent in parents]
    if np.array_equal(np.array(indexes), np.arange(len(indexes))):
        found = np.array(wanted, dtype=np.int64)
        return np.where(found < len(indexes), found, -1)
    place_of = {index: place for place, index in enumerate(indexes)}
    return np.array([place_of.get(parent, -1) for parent in wanted], dtype=np.int64)


def _users(
    assemblies: Sequence[str | None], inner: NDArray[np.bool_]
) -> dict[int, tuple[int, ...]]:
    """The lines that refer to an assembly written out elsewhere, by the place where it is."""
    written: dict[str, int] = {}
    for place in np.flatnonzero(inner).tolist():
        name = assemblies[place]
        if name is not None:
            written.setdefault(name, place)
    users: dict[int, list[int]] = {}
    if written:
        for place, name in enumerate(assemblies):
            if name is not None and not inner[place] and name in written:
                users.setdefault(written[name], []).append(place)
    return {place: tuple(found) for place, found in users.items()}
