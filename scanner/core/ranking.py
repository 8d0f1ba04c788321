"""Rankings: raw materials in the order of a method, and how far two methods agree."""

from dataclasses import dataclass
from typing import NamedTuple

from scanner.core.methods import MethodFigure
from scanner.core.names import MaterialId


class Places(NamedTuple):
    """The best and the worst rank that something can have, 1 riskiest."""

    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A material with its figure under one method; equal figures share a rank, 1 is riskiest.

    `places` are the ranks that the bounds of all figures leave open. Both are None without a value.
    """

    material: MaterialId
    figure: MethodFigure
    rank: int | None
    places: Places | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike two methods order the materials that both know: -1 reversed to 1 the same.

    Where there is no correlation there is a `reason`. `only_first` and `only_second` are known to
    one of them alone, `neither` to none: they are in no correlation.
    """

    first: str
    second: str
    common: int
    spearman: float | None
    kendall: float | None
    reason: str | None
    only_first: tuple[MaterialId, ...]
    only_second: tuple[MaterialId, ...]
    neither: tuple[MaterialId, ...]
