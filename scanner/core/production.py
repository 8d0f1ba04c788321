"""Production and reserves: what countries mine and refine, and what is left in the ground.

What a source does not print is not there: nothing is interpolated, and nothing is added up over
commodities that are counted differently.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scanner.core.names import CountryCode, Language, MaterialId, SourceId, Stage


class Unit(StrEnum):
    """In what a commodity is counted: tonnes, carats or million cubic metres of gas."""

    TONNES = "t"
    CARATS = "ct"
    MILLION_CUBIC_METRES = "million_m3"


class OutputState(StrEnum):
    """Why a producing country has no figure; it is never zero."""

    WITHHELD = "withheld"
    NOT_AVAILABLE = "not_available"


class Bound(StrEnum):
    """What a printed figure is when it is no exact one (``> 2 000 000``, ``< 1 %``, ``about``)."""

    LOWER = "lower"
    UPPER = "upper"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class Commodity:
    """A thing that statistics count; several make up one raw material and are never added up.

    `materials` are the raw materials in it (none where it is not screened), `step` is the word of
    the sources (``mine``, ``smelter``, ``refinery``) and `stage` ours.
    """

    id: str
    materials: tuple[MaterialId, ...]
    names: Mapping[Language, str]
    stage: Stage
    step: str
    unit: Unit
    note: str | None


class Output(NamedTuple):
    """What a country made in one year, in the unit of the commodity; `state` where unknown."""

    country: CountryCode
    quantity: float | None
    estimated: bool
    state: OutputState | None


@dataclass(frozen=True, slots=True)
class ProductionYear:
    """World production of one year: the named countries, biggest first, unknown ones last.

    `world` and `others` (countries that are not named) are as printed, None where they are not.
    `superseded`: a later edition of the same publisher has this year.
    """

    year: int
    countries: tuple[Output, ...]
    world: float | None
    others: float | None
    superseded: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class ProductionSeries:
    """One commodity in one edition of one publisher; `basis` is what its quantities count."""

    commodity: Commodity
    basis: str
    source: SourceId
    years: tuple[ProductionYear, ...]
    note: str | None


class Holding(NamedTuple):
    """The reserves of a country, in the unit of the commodity."""

    country: CountryCode
    quantity: float
    note: str | None


@dataclass(frozen=True, slots=True)
class Reserves:
    """Reserves of one commodity in one year, biggest first.

    `world_bound` is LOWER where the total is printed as "more than".
    """

    commodity: Commodity
    basis: str
    year: int
    countries: tuple[Holding, ...]
    world: float | None
    world_bound: Bound | None
    others: float | None
    source: SourceId
