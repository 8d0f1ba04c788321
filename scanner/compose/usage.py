"""How often each part is used: its lines counted, their amounts added per unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum

import numpy as np

from scanner.compose.roll_up import GAPS, Amounts
from scanner.compose.tree import Flags, Tree
from scanner.core.composition import MassGap


@dataclass(slots=True)
class Usage:
    """The lines of one part, and how much of it one product holds.

    `lines` counts all of them, and each of these some: `assembly_lines` have lines below them,
    `unfitted_lines` are not fitted, `zero_lines` bring nothing because they or an assembly above
    them are there 0 times. `gaps` are the reasons why amounts of lines that count are unknown;
    `totals` are the known amounts by unit.
    """

    lines: int = 0
    assembly_lines: int = 0
    unfitted_lines: int = 0
    zero_lines: int = 0
    gaps: set[MassGap] = field(default_factory=set)
    totals: dict[str | None, float] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether any line brings something."""
        return self.lines > self.assembly_lines + self.unfitted_lines + self.zero_lines


def usages(tree: Tree, amounts: Amounts, parts: Sequence[int], number: int) -> list[Usage]:
    """The usage of each of `number` parts; `parts` says which one each line refers to.

    Sums are exactly rounded and so do not depend on the order of the lines.
    """
    part_of = np.asarray(parts, dtype=np.int64)
    fitted, unknown = tree.fitted, amounts.gaps > 0
    assembly = fitted & amounts.assembly
    counting = fitted & ~assembly
    zero = counting & ~unknown & (amounts.values == 0)

    def lines_of(chosen: Flags) -> list[int]:
        found: list[int] = np.bincount(part_of[chosen], minlength=number).tolist()
        return found

    every = np.ones(len(part_of), dtype=np.bool_)
    counts = map(lines_of, (every, assembly, ~fitted, zero))
    found = [Usage(*of_part) for of_part in zip(*counts, strict=True)]
    for code, gap in enumerate(GAPS):
        if gap is not None:
            for part in np.unique(part_of[counting & (amounts.gaps == code)]).tolist():
                found[part].gaps.add(gap)
    for (part, unit), total in _totals(tree, amounts, part_of, counting & ~unknown & ~zero).items():
        found[part].totals[unit] = total
    return found


def _totals(
    tree: Tree, amounts: Amounts, part_of: "np.typing.NDArray[np.int64]", chosen: Flags
) -> Mapping[tuple[int, str | None], float]:
    """The sum of the chosen lines' amounts by part and unit."""
    units = tree.units
    keys = part_of[chosen] * max(1, len(units)) + tree.unit_codes[chosen]
    order = np.argsort(keys)
    keys, values = keys[order], amounts.values[chosen][order].tolist()
    starts = np.flatnonzero(np.diff(keys, prepend=-1)).tolist()
    return {
        (key // len(units), units[key % len(units)]): fsum(values[start:end])
        for key, (start, end) in zip(
            keys[starts].tolist(), pairwise([*starts, len(values)]), strict=True
        )
    }
