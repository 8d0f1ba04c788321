"""Exposure: the raw materials of one product, ranked under a method, without and with mass."""

from dataclasses import dataclass
from typing import NamedTuple

from scanner.core.composition import Range
from scanner.core.methods import MethodFigure
from scanner.core.names import MaterialId, Presence
from scanner.core.ranking import Places


class Held(NamedTuple):
    """A material in a product: grams where any are known; `complete` where none is missing."""

    material: MaterialId
    presence: Presence
    mass_g: Range | None
    complete: bool


class RangeRanks(NamedTuple):
    """Ranks with all masses at their low, typical or high end; None where that is not known."""

    low: int | None
    typical: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Exposure:
    """One material of a product under a method.

    `rank` is that of its figure and `places` what the bounds of figures leave open. `exposure` is
    figure x grams; `exposure_ranks` its ranks, and `exposure_places` what all masses together leave
    open: what is unknown or incomplete may be any amount. Ranks are among what is certain or
    likely, and apart from those among what is only possible. What is None has its `reason`.
    """

    held: Held
    figure: MethodFigure
    rank: int | None
    places: Places | None
    exposure: Range | None
    exposure_ranks: RangeRanks
    exposure_places: Places | None
    exposure_reason: str | None
