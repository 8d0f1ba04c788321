"""How much of each line's part one product holds: quantities multiplied down the tree.

Lines that are not fitted, and all below them, count 0. A line without a quantity leaves a gap on
itself and on all below it. A line may refer to an assembly that is written out elsewhere: its lines
then count there, too. Parents are worked off before their children, whatever the order of lines;
the leaves, which are most of a BOM, in one vector operation.
"""

from collections.abc import Iterator, Sequence
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
    for place in tree.assemblies_in_order():
        tree.settle(place)
    return tree.amounts()


class _Tree:
    """The lines as columns, by their place in the order given.

    `values` and `gaps` are what one parent holds before, and what one product holds after a line
    is settled; `bases` and `base_gaps` are by how much the lines below a line are multiplied.
    """

    def __init__(self, lines: Sequence[TreeLine]) -> None:
        self._lines = lines
        self._parents = _places([line[0] for line in lines], [line[1] for line in lines])
        self._above: list[int] = self._parents.tolist()
        self._inner = np.zeros(len(lines), dtype=bool)
        self._inner[self._parents[self._parents >= 0]] = True
        self._users = _users([line[6] for line in lines], self._inner)
        quantities = [line[2] if line[4] else _NONE for line in lines]
        self._values = [0.0 if quantity is None else float(quantity) for quantity in quantities]
        self._gaps = [_NO_QUANTITY if quantity is None else 0 for quantity in quantities]
        self._bases = [1.0] * len(lines)
        self._base_gaps = [0] * len(lines)

    def assemblies_in_order(self) -> Iterator[int]:
        """The places of lines with lines below them, each after all that it hangs from."""
        done: set[int] = set()
        for start in np.flatnonzero(self._inner).tolist():
            path = [(start, iter(self._hangs_from(start)))] if start not in done else []
            open_places = {start}
            while path:
                place, above = path[-1]
                following = next((other for other in above if other not in done), None)
                if following is None:
                    path.pop()
                    open_places.discard(place)
                    done.add(place)
                    yield place
                elif following in open_places:
                    raise self._cycle([member for member, _ in path], following)
                else:
                    open_places.add(following)
                    path.append((following, iter(self._hangs_from(following))))

    def settle(self, place: int) -> None:
        """What one product holds of an assembly, and by how much its lines are multiplied."""
        users = self._users.get(place, ())
        pieces, gaps = [], []
        for user in (place, *users):
            value, gap = self._product(user)
            self._values[user], self._gaps[user] = value, gap
            if gap == 0 and value != 0:
                known = conversion(self._lines[user].unit)
                if known is None or known[0] is not Measure.PIECES:
                    gap = _NOT_CONVERTIBLE
                else:
                    value *= float(known[1])
            pieces.append(value)
            gaps.append(gap)
        self._bases[place] = pieces[0] if len(pieces) == 1 else fsum(pieces)
        self._base_gaps[place] = max(gaps)

    def amounts(self) -> tuple[LineAmount, ...]:
        """The answer per line, leaves included; equal answers are one object."""
        values, gaps = self._with_leaves()
        for users in self._users.values():
            self._inner[list(users)] = True
        known: dict[tuple[float, int, bool], LineAmount] = {}
        answers = []
        for key in zip(values, gaps, self._inner.tolist(), strict=True):
            answer = known.get(key)
            if answer is None:
                value, gap, inner = key
                answer = LineAmount(None if gap else value, _GAPS[gap], inner)
                known[key] = answer
            answers.append(answer)
        return tuple(answers)

    def _with_leaves(self) -> tuple[list[float], list[int]]:
        """Values and gaps of all lines, those without lines below them multiplied at once."""
        values, gaps = np.array(self._values), np.array(self._gaps)
        settled = self._inner.copy()
        for users in self._users.values():
            settled[list(users)] = True
        leaves = np.flatnonzero(~settled & (self._parents >= 0))
        above = self._parents[leaves]
        own, own_gaps = values[leaves], gaps[leaves]
        bases, base_gaps = np.array(self._bases)[above], np.array(self._base_gaps)[above]
        none = ((own == 0) & (own_gaps == 0)) | ((bases == 0) & (base_gaps == 0))
        with np.errstate(over="ignore"):
            values[leaves] = np.where(none, 0.0, own * bases)
        gaps[leaves] = np.where(none, 0, np.where(base_gaps > 0, base_gaps, own_gaps))
        gaps[values > ABSURD] = _NO_QUANTITY
        values[gaps > 0] = 0.0
        return values.tolist(), gaps.tolist()

    def _product(self, place: int) -> tuple[float, int]:
        value, gap, above = self._values[place], self._gaps[place], self._above[place]
        if above < 0 or (value == 0 and gap == 0):
            return value, gap
        base, base_gap = self._bases[above], self._base_gaps[above]
        if base == 0 and base_gap == 0:
            return 0.0, 0
        return min(value * base, 2 * ABSURD), base_gap or gap

    def _hangs_from(self, place: int) -> list[int]:
        """The lines that must be settled before this one: its parent, and its users' parents."""
        above = [self._above[user] for user in (place, *self._users.get(place, ()))]
        return [parent for parent in above if parent >= 0]

    def _cycle(self, path: list[int], repeated: int) -> CyclicBom:
        members = path[path.index(repeated) :]
        names = [self._lines[place].label for place in reversed([*members, repeated])]
        shown = names if len(names) <= SHOWN else [*names[: SHOWN - 1], "…", names[-1]]
        detail = f"An assembly contains itself: {' > '.join(shown)}."
        return CyclicBom(detail, advice="Correct the levels or parents of these lines.")


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
