"""How often each part is used: its lines counted, their amounts added per unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum

import numpy as np

from scanner.compose.roll_up import GAPS, Amounts
from scanner.compose.tree import Flags, Real, Tree, Whole
from scanner.core.composition import MassGap


@dataclass(slots=True)
class Usage:
    """The lines of one part, and how much of it one product holds.

    `lines` counts all of them, and each of these some: `assembly_lines` have lines below them,
    `unfitted_lines` are not fitted, `zero_lines` bring nothing because they or an assembly above
    them are there 0 times. `gaps` are the reasons why amounts of lines that count are unknown;
    `totals` are the known amounts by unit. `spend` is by currency what they cost on the
    `priced_lines`: those that count and whose amount and price are known.
    """

    lines: int = 0
    assembly_lines: int = 0
    unfitted_lines: int = 0
    zero_lines: int = 0
    gaps: set[MassGap] = field(default_factory=set)
    totals: dict[str | None, float] = field(default_factory=dict)
    spend: dict[str | None, float] = field(default_factory=dict)
    priced_lines: int = 0

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
    known = counting & ~unknown & ~zero
    by_unit = _totals(part_of, tree.units, tree.unit_codes, amounts.values, known)
    for (part, unit), total in by_unit.items():
        found[part].totals[unit] = total
    if tree.currencies:
        priced = known & ~np.isnan(tree.prices)
        for use, lines in zip(found, lines_of(priced), strict=True):
            use.priced_lines = lines
        costs = amounts.values * tree.prices
        spent = _totals(part_of, tree.currencies, tree.currency_codes, costs, priced)
        for (part, currency), total in spent.items():
            found[part].spend[currency] = total
    return found


def _totals(
    part_of: Whole, names: Sequence[str | None], codes: Whole, values: Real, chosen: Flags
) -> Mapping[tuple[int, str | None], float]:
    """The sums of the chosen lines' values by part and name; `codes` tells the name of each."""
    keys = part_of[chosen] * max(1, len(names)) + codes[chosen]
    order = np.argsort(keys)
    keys, summed = keys[order], values[chosen][order].tolist()
    starts = np.flatnonzero(np.diff(keys, prepend=-1)).tolist()
    return {
        (key // len(names), names[key % len(names)]): fsum(summed[start:end])
        for key, (start, end) in zip(
            keys[starts].tolist(), pairwise([*starts, len(summed)]), strict=True
        )
    }
