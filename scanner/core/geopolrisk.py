"""GeoPolRisk: how risky it is to import a raw material, with every term of the formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scanner.core.bounds import Bounds
from scanner.core.names import CountryCode, Language, MaterialId, SourceId, Stage
from scanner.core.supply import Share


class Purchase(NamedTuple):
    """What comes from one country in one year: tonnes, and thousand US dollars where known."""

    origin: CountryCode
    weight_t: float
    value_kusd: float | None = None


class OriginTerm(NamedTuple):
    """One origin in the import risk: `term` = instability x weight / (all imports + domestic).

    `instability` is 0 best to 1 worst, 0 for what is bought at home, and None where the country
    has no indicator: then the term counts the worst.
    """

    origin: CountryCode
    weight_t: float
    instability: float | None
    term: float


@dataclass(frozen=True, slots=True)
class ImportRisk:
    """The share of supply that comes from unstable countries, 0..1, with its terms.

    `bounds` hold what unknown instability and unknown domestic production can make of it.
    `domestic_t` is the production that the sources name at home, in tonnes.
    """

    value: float
    bounds: Bounds
    imports_t: float
    domestic_t: float
    origins: tuple[OriginTerm, ...]


@dataclass(frozen=True, slots=True)
class ProductionBasis:
    """Whose concentration is meant: a commodity of a publisher, or the shares of the EU's study.

    `materials` are all that it counts together; `stage` may differ from that of the trade. The
    `shares` are those of the world total, biggest first.
    """

    stage: Stage
    of: str | None
    names: Mapping[Language, str]
    materials: tuple[MaterialId, ...]
    basis: str | None
    publisher: str
    year: str
    source: SourceId
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The GeoPolRisk of one material at one stage in one year; what is None has a `reason`.

    `hhi` is 0..1. `value` = `hhi.low` x import risk, 0..1, within `bounds`. `price` is US dollars
    per kilogram of the imports, `midpoint` = `value` x `price`, `factor` = `midpoint` over that of
    copper (kg Cu-eq/kg), None for the `factor_reason`. `unweighed_kusd` is the value of imports
    whose weight nobody knows: they are not in the score.
    """

    year: int
    stage: Stage | None
    codes: tuple[str, ...]
    production: ProductionBasis | None
    hhi: Bounds | None
    risk: ImportRisk | None
    value: float | None
    bounds: Bounds | None
    price_usd_per_kg: float | None
    midpoint: float | None
    factor: float | None
    factor_reason: str | None
    unweighed_kusd: float
    sources: tuple[SourceId, ...]
    reason: str | None

    @property
    def mixed_stages(self) -> bool:
        """Whether production is counted at another stage than trade."""
        return self.production is not None and self.production.stage is not self.stage


@dataclass(frozen=True, slots=True)
class Importing:
    """Who imports: the codes that were asked for, and all countries which that makes home."""

    codes: tuple[str, ...]
    home: frozenset[CountryCode]


@dataclass(frozen=True, slots=True)
class GeoPolRisk:
    """The scores of one material for one importer, newest year first, best stage first."""

    material: MaterialId
    importing: Importing
    scores: Sequence[Score]
    reason: str | None
