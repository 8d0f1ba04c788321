"""Resources: all that a release knows of a raw material beside its assessment of 2023."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scanner.core.names import Language, MaterialId, SourceId, Stage
from scanner.core.production import Bound, Commodity, ProductionSeries, Reserves
from scanner.core.supply import SupplyMix
from scanner.core.trade import Importer, Imports, PriceSeries, TradeCode


class RecyclingMeasure(StrEnum):
    """What a recycling rate counts; the three are never compared with one another.

    EOL_RECYCLING_RATE: how much of the metal in discarded products is recycled as that metal.
    RECYCLED_CONTENT: how much of the metal going into products is scrap, new and old.
    OLD_SCRAP_RATIO: how much of the scrap that is recycled comes from discarded products.
    """

    EOL_RECYCLING_RATE = "eol_rr"
    RECYCLED_CONTENT = "recycled_content"
    OLD_SCRAP_RATIO = "old_scrap_ratio"


class Host(NamedTuple):
    """What a by-product is won with; `materials` where those are screened raw materials."""

    name: str
    materials: tuple[MaterialId, ...]
    source: SourceId


@dataclass(frozen=True, slots=True)
class Companionality:
    """How much of the primary output is a by-product of something else: a fraction 0..1.

    None where no source gives one, though hosts are known.
    """

    fraction: float | None
    year: int | None
    hosts: tuple[Host, ...]
    source: SourceId | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RecyclingRate:
    """One printed estimate of one measure, a fraction 0..1 between `low` and `high`."""

    measure: RecyclingMeasure
    estimate: int
    low: float
    high: float
    bound: Bound | None
    year: int
    locator: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class Emission:
    """Greenhouse gases that a kilogram of the material causes up to the gate of the works.

    `low`, `typical` and `high` in kg of CO2 equivalents per kg, the limits those of 95 %. `form` is
    what the kilogram is of.
    """

    form: str
    low: float
    typical: float
    high: float
    year: int
    source: SourceId
    note: str | None


@dataclass(frozen=True, slots=True)
class Sector:
    """A division of NACE Rev. 2 with its value added in million euro, as the EU study used it."""

    code: str
    names: Mapping[Language, str]
    value_added_meur: float
    source: SourceId


@dataclass(frozen=True, slots=True)
class EndUse:
    """An application of a raw material in the EU; `fraction` of its use, None where not printed."""

    application: str
    fraction: float | None
    sector: Sector | None
    source: SourceId
    note: str | None


@dataclass(frozen=True, slots=True)
class PastAssessment:
    """The result of one of the EU's assessments, and whether its list named the material.

    `assessed_as` where it was assessed under another name (bauxite until 2020). `by_group`:
    scores were given for its group only.
    """

    year: int
    assessed_as: str | None
    supply_risk: float | None
    economic_importance: float | None
    listed: bool
    by_group: bool
    source: SourceId
    list_source: SourceId


@dataclass(frozen=True, slots=True)
class Parameters2017:
    """All parameters of the assessment of 2017: history, never mixed with those of 2023 unsaid.

    Where a method falls back on one of them, the answer names its year and source.

    `hhi_global` and `hhi_eu` are the governance-weighted HHI with t on the scale 0..10.
    """

    assessed_as: str | None
    stage: Stage
    supply_risk: float
    economic_importance: float
    import_reliance: float | None
    eol_rir: float | None
    substitution_ei: float | None
    substitution_sr: float | None
    hhi_global: float | None
    hhi_eu: float | None
    mix: SupplyMix | None
    source: SourceId


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything of this kind in a release, by raw material; ask it by its methods."""

    commodities: Mapping[str, Commodity]
    series: Mapping[MaterialId, tuple[ProductionSeries, ...]]
    holdings: Mapping[MaterialId, tuple[Reserves, ...]]
    imported: Mapping[MaterialId, tuple[Imports, ...]]
    codes: Mapping[MaterialId, tuple[TradeCode, ...]]
    priced: Mapping[MaterialId, tuple[PriceSeries, ...]]
    won_with: Mapping[MaterialId, Companionality]
    recycled: Mapping[MaterialId, tuple[RecyclingRate, ...]]
    emitted: Mapping[MaterialId, Emission]
    used: Mapping[MaterialId, tuple[EndUse, ...]]
    assessed: Mapping[MaterialId, tuple[PastAssessment, ...]]
    parameters: Mapping[MaterialId, tuple[Parameters2017, ...]]

    def production(
        self, material: MaterialId, stage: Stage | None = None
    ) -> Iterator[ProductionSeries]:
        """Production by commodity, newest edition first; of one stage or of both."""
        for series in self.series.get(material, ()):
            if stage in (None, series.commodity.stage):
                yield series

    def reserves(self, material: MaterialId) -> tuple[Reserves, ...]:
        """Reserves by commodity."""
        return self.holdings.get(material, ())

    def trade(self, material: MaterialId, importer: Importer | None = None) -> Iterator[Imports]:
        """Imports by code; of one importer or of both."""
        for imports in self.imported.get(material, ()):
            if importer in (None, imports.importer):
                yield imports

    def trade_codes(self, material: MaterialId) -> tuple[TradeCode, ...]:
        """The codes that count a material, also those whose flows this release does not hold."""
        return self.codes.get(material, ())

    def prices(self, material: MaterialId) -> tuple[PriceSeries, ...]:
        """Price series, the primary one first."""
        return self.priced.get(material, ())

    def companionality(self, material: MaterialId) -> Companionality | None:
        """How much of it is a by-product, and of what; None where nothing is known."""
        return self.won_with.get(material)

    def recycling(self, material: MaterialId) -> tuple[RecyclingRate, ...]:
        """Recycling rates other than the EoL-RIR of the EU assessment."""
        return self.recycled.get(material, ())

    def emission(self, material: MaterialId) -> Emission | None:
        """Greenhouse gases per kilogram; None where no source that may be shipped gives them."""
        return self.emitted.get(material)

    def uses(self, material: MaterialId) -> tuple[EndUse, ...]:
        """End uses in the EU, biggest first; empty where the release has none."""
        return self.used.get(material, ())

    def history(self, material: MaterialId) -> tuple[PastAssessment, ...]:
        """The EU's assessments of 2011 to 2023, in order."""
        return self.assessed.get(material, ())

    def parameters_2017(self, material: MaterialId) -> tuple[Parameters2017, ...]:
        """The parameters of 2017, one set for each name it was assessed under."""
        return self.parameters.get(material, ())
