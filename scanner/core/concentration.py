"""Concentration over the years: what the index was, and whether it rises."""

from dataclasses import dataclass
from enum import StrEnum

from scanner.core.bounds import Bounds
from scanner.core.supplies import SupplySeries, SupplyYear
from scanner.core.supply import Share


class Tendency(StrEnum):
    """Where an index went between two years; UNCLEAR where its bounds overlap."""

    RISING = "rising"
    FALLING = "falling"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Trend:
    """The change of the index (0..1, last less first), counting what is not named as nothing."""

    first: str
    last: str
    change: float
    tendency: Tendency


@dataclass(frozen=True, slots=True)
class ConcentrationYear:
    """How concentrated supply was in one year.

    `hhi` (0..1) is None for the reason of the supply. `largest` are the biggest suppliers, `top`
    the sum of their shares, `named` that of all (up to 1.05 by rounding).
    """

    supply: SupplyYear
    hhi: Bounds | None
    largest: tuple[Share, ...]
    top: float
    named: float


@dataclass(frozen=True, slots=True)
class ConcentrationSeries:
    """The concentration of one series; no `trend` where fewer than two years have an index."""

    supply: SupplySeries
    years: tuple[ConcentrationYear, ...]
    trend: Trend | None
