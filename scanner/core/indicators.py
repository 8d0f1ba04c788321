"""Indicators: numbers about one material, each with its method, year, source and doubt."""

from dataclasses import dataclass

from scanner.core.bounds import Bounds
from scanner.core.diversification import Room
from scanner.core.names import MaterialId, Scope, SourceId, Stage
from scanner.core.present_day_risk import PresentDayRisk
from scanner.core.scanner_indicators import Indicator
from scanner.core.supply import Material, Share


@dataclass(frozen=True, slots=True)
class Figure:
    """One published or computed number, or ``None`` with the `reason` why there is none.

    `method` is the key of a page in the methods documentation; `year` as the source prints it.
    """

    value: float | None
    method: str
    year: str
    source: SourceId
    stage: Stage | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated supply is at one stage and scope.

    `hhi` is 0..1; `governance_hhi` is 0..10 × t. Both are bounds, because an unnamed remainder
    may be one country or many. `largest` are the biggest suppliers, at most five, biggest first.
    `named` is the sum of the printed shares (up to 1.05 by rounding, never normalised).
    """

    stage: Stage
    scope: Scope
    hhi: Bounds | None
    governance_hhi: Bounds | None
    named: float
    countries: int
    largest: tuple[Share, ...]
    year: str
    source: SourceId
    governance_source: SourceId | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LargestSource:
    """The biggest supplier at the most concentrated stage that the source covers."""

    share: Share
    stage: Stage
    scope: Scope


@dataclass(frozen=True, slots=True)
class Outlook:
    """What became of a material since the study, who else makes it, and the scanner's indicators.

    `room` is that of the assessed stage, None where nobody tells who produces.
    """

    present_day: PresentDayRisk
    room: Room | None
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """All indicators of one material on one release."""

    material: Material
    supply_risk: Figure
    economic_importance: Figure
    import_reliance: Figure
    eol_rir: Figure
    concentration: tuple[Concentration, ...]
    largest_source: LargestSource | None
    outlook: Outlook

    @property
    def id(self) -> MaterialId:
        """The material's id."""
        return self.material.id
