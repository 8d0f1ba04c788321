"""Trade: who imports raw materials from where, and what they cost."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scanner.core.names import CountryCode, MaterialId, SourceId, Stage


class Importer(StrEnum):
    """Who imports: the Union from countries outside it, or the Netherlands from all countries."""

    EU = "EU27"
    NETHERLANDS = "NLD"


class PriceUnit(StrEnum):
    """In what a price is printed: US dollars or cents for a mass. A mtu is 10 kg of content."""

    USD_KG = "usd_kg"
    USD_T = "usd_t"
    USD_G = "usd_g"
    USD_LB = "usd_lb"
    CENTS_LB = "cts_lb"
    USD_TROY_OUNCE = "usd_oz"
    USD_MTU = "usd_mtu"

    @property
    def usd_per_kg(self) -> float:
        """US dollars per kilogram in one of these units."""
        return _USD_PER_KG[self]


_POUND_KG, _TROY_OUNCE_KG = 0.45359237, 0.0311034768
_USD_PER_KG = {
    PriceUnit.USD_KG: 1.0,
    PriceUnit.USD_T: 0.001,
    PriceUnit.USD_G: 1000.0,
    PriceUnit.USD_LB: 1 / _POUND_KG,
    PriceUnit.CENTS_LB: 0.01 / _POUND_KG,
    PriceUnit.USD_TROY_OUNCE: 1 / _TROY_OUNCE_KG,
    PriceUnit.USD_MTU: 0.1,
}


@dataclass(frozen=True, slots=True)
class TradeCode:
    """A six-digit code of the Harmonized System and the raw materials that it counts.

    `stage` is None for semi-finished goods and products. `held`: this release has its flows.
    """

    code: str
    nomenclature: str
    materials: tuple[MaterialId, ...]
    step: str
    stage: Stage | None
    held: bool
    note: str | None
    source: SourceId


class Flow(NamedTuple):
    """Imports of one code from one country of origin in one year.

    `value_kusd` in thousand US dollars. `weight_t` in tonnes counts the flows whose weight is
    known; `without_weight` is the number of the others.
    """

    year: int
    origin: CountryCode
    value_kusd: float
    weight_t: float | None
    without_weight: int


@dataclass(frozen=True, slots=True)
class Imports:
    """The imports of one importer under one code, by year and origin."""

    code: TradeCode
    importer: Importer
    flows: tuple[Flow, ...]
    source: SourceId


class Price(NamedTuple):
    """An average price of one year, as printed and in US dollars per kilogram."""

    year: int
    price: float
    unit: PriceUnit
    usd_per_kg: float
    estimated: bool
    source: SourceId


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """Yearly averages of one price; `basis` is what is priced. One series is `primary`."""

    id: str
    materials: tuple[MaterialId, ...]
    basis: str
    primary: bool
    prices: tuple[Price, ...]
