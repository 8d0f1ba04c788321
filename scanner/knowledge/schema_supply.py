"""The tables about supply: production, reserves, trade, prices, by-products, recycling, uses."""

from dataclasses import dataclass
from typing import Annotated

from scanner.core.names import Stage
from scanner.core.production import Bound, OutputState, Unit
from scanner.core.resources import RecyclingMeasure
from scanner.core.supply import SupplyMix
from scanner.core.trade import Importer, PriceUnit
from scanner.knowledge.columns import (
    Check,
    Cited,
    Country,
    Fraction,
    Key,
    Material,
    Materials,
    Score,
    Table,
)

Commodity = Annotated[str, Check(refers="commodities")]
StageWord = Annotated[str, Check(refers="stage_words")]
TradeCode = Annotated[str, Check(refers="trade_codes")]
Year = Annotated[int, Check(low=1990, high=2100)]
Quantity = Annotated[float, Check(low=0)]
Positive = Annotated[float, Check(low=1e-9)]
Area = Annotated[str, Check(pattern=r"world|others")]
"""The world total as printed, or the countries that are not named, as one sum."""


@dataclass(frozen=True, slots=True)
class StageWordRow:
    """A word that sources use for a step of the chain, and our stage; none beyond raw materials."""

    word: str
    stage: Stage | None
    note: str


@dataclass(frozen=True, slots=True)
class CommodityRow:
    """A thing that statistics count; no `materials` where none of those screened is in it."""

    id: Key
    materials: Materials | None
    step: StageWord
    unit: Unit
    name_en: str
    name_nl: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ProductionSeriesRow:
    """What the quantities of one commodity count in one edition of one publisher."""

    commodity: Commodity
    source: Cited
    basis: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ProductionRow:
    """What one country made in one year; an empty `quantity` says in `state` why."""

    commodity: Commodity
    source: Cited
    year: Year
    country: Country
    quantity: Quantity | None
    estimated: bool
    state: OutputState | None


@dataclass(frozen=True, slots=True)
class ProductionTotalRow:
    """A printed world total, or a printed sum of the countries that are not named."""

    commodity: Commodity
    source: Cited
    year: Year
    area: Area
    quantity: Quantity | None
    state: OutputState | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ReserveRow:
    """The reserves of one country."""

    commodity: Commodity
    year: Year
    country: Country
    quantity: Quantity
    basis: str
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class ReserveTotalRow:
    """Printed reserves of the world, or of the countries that are not named."""

    commodity: Commodity
    year: Year
    area: Area
    quantity: Quantity
    bound: Bound | None
    basis: str
    source: Cited


@dataclass(frozen=True, slots=True)
class TradeCodeRow:
    """A six-digit code of the Harmonized System and the raw materials that it counts."""

    code: Annotated[str, Check(pattern=r"\d{6}")]
    nomenclature: Annotated[str, Check(pattern=r"HS1992")]
    materials: Materials
    step: StageWord
    note: str | None
    source: Cited


@dataclass(frozen=True, slots=True)
class TradeRow:
    """Imports under one code from one country in one year."""

    code: TradeCode
    importer: Importer
    year: Year
    origin: Country
    value_kusd: Quantity
    weight_t: Quantity | None
    without_weight: Annotated[int, Check(low=0)]
    source: Cited


@dataclass(frozen=True, slots=True)
class PriceRow:
    """The average of one price in one year, as printed."""

    materials: Materials
    series: Key
    primary: bool
    basis: str
    unit: PriceUnit
    year: Year
    price: Positive
    estimated: bool
    source: Cited


@dataclass(frozen=True, slots=True)
class CompanionRow:
    """How much of the primary output of a raw material is a by-product."""

    material: Material
    fraction: Fraction | None
    year: Year | None
    source: Cited | None
    note: str | None


@dataclass(frozen=True, slots=True)
class HostRow:
    """What a by-product is won with; `host_material` where that is a screened raw material."""

    material: Annotated[str, Check(refers="companions")]
    host: str
    host_material: Materials | None
    source: Cited


@dataclass(frozen=True, slots=True)
class RecyclingRow:
    """One printed estimate of a recycling rate that is no EoL-RIR."""

    material: Material
    measure: RecyclingMeasure
    estimate: Annotated[int, Check(low=1)]
    low: Fraction
    high: Fraction
    bound: Bound | None
    year: Year
    locator: str
    source: Cited


@dataclass(frozen=True, slots=True)
class EmissionRow:
    """Greenhouse gases per kilogram, cradle to gate, in kg of CO2 equivalents, with 95 % limits."""

    material: Material
    form: str
    low: Positive
    typical: Positive
    high: Positive
    year: Year
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A division of NACE Rev. 2 and its value added in million euro, as the study used it."""

    code: Annotated[str, Check(pattern=r"[A-U]\d\d")]
    name_en: str
    name_nl: str
    value_added_meur: Quantity
    name_source: Cited
    source: Cited


@dataclass(frozen=True, slots=True)
class EndUseRow:
    """An application of a raw material in the EU and its share of all use."""

    material: Material
    application: str
    sector: Annotated[str, Check(refers="sectors")] | None
    fraction: Fraction | None
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Scores of one of the EU's assessments, and whether its list named the material.

    `assessed_as` where it was assessed under another name; `by_group` where scores exist for its
    group only.
    """

    material: Material
    assessed_as: str | None
    year: Annotated[int, Check(low=2011, high=2100)]
    supply_risk: Score | None
    economic_importance: Score | None
    listed: bool
    by_group: bool
    source: Cited
    list_source: Cited


@dataclass(frozen=True, slots=True)
class Parameters2017Row:
    """All parameters of the assessment of 2017."""

    material: Material
    assessed_as: str | None
    stage: Stage
    supply_risk: Score
    economic_importance: Score
    import_reliance: Fraction | None
    eol_rir: Fraction | None
    substitution_ei: Fraction | None
    substitution_sr: Fraction | None
    hhi_global: Score | None
    hhi_eu: Score | None
    mix: SupplyMix | None
    source: Cited


TABLES = (
    Table("stage_words", StageWordRow, ("word",)),
    Table("commodities", CommodityRow, ("id",)),
    Table("production_series", ProductionSeriesRow, ("commodity", "source")),
    Table("production", ProductionRow, ("commodity", "source", "year", "country")),
    Table("production_totals", ProductionTotalRow, ("commodity", "source", "year", "area")),
    Table("reserves", ReserveRow, ("commodity", "year", "country")),
    Table("reserve_totals", ReserveTotalRow, ("commodity", "year", "area")),
    Table("trade_codes", TradeCodeRow, ("code",)),
    Table("trade", TradeRow, ("code", "importer", "year", "origin")),
    Table("prices", PriceRow, ("materials", "series", "year")),
    Table("companions", CompanionRow, ("material",)),
    Table("companion_hosts", HostRow, ("material", "host")),
    Table("recycling", RecyclingRow, ("material", "measure", "estimate")),
    Table("emissions", EmissionRow, ("material",)),
    Table("sectors", SectorRow, ("code",)),
    Table("end_uses", EndUseRow, ("material", "application", "sector")),
    Table("history", HistoryRow, ("material", "assessed_as", "year")),
    Table("parameters_2017", Parameters2017Row, ("material", "assessed_as")),
)
