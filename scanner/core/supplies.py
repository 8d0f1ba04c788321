"""Supplies: who supplies how much, over the years, whatever counted it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scanner.core.names import CountryCode, Language, MaterialId, SourceId, Stage
from scanner.core.supply import Share


class SupplyScope(StrEnum):
    """Whose supply it is, and what counted it.

    WORLD and EU_SOURCING: as the EU's study of 2023 prints them, averages of 2016-2020.
    PRODUCTION: the world's output, by commodity and year. EU_IMPORTS (from outside the Union) and
    DUTCH_IMPORTS (from everywhere): trade statistics, by code of the Harmonized System and year.
    """

    WORLD = "world"
    EU_SOURCING = "eu_sourcing"
    PRODUCTION = "production"
    EU_IMPORTS = "eu_imports"
    DUTCH_IMPORTS = "dutch_imports"


@dataclass(frozen=True, slots=True)
class SupplyYear:
    """Who supplied in one year, biggest first, as fractions of `total` in the series' unit.

    `total` is None where the source prints shares alone. `withheld` are suppliers without a figure:
    they belong to what the shares do not name. Where no share can be told there is a `reason`.
    """

    year: str
    shares: tuple[Share, ...]
    total: float | None
    withheld: tuple[CountryCode, ...]
    source: SourceId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SupplySeries:
    """One thing counted in one way by one publisher, year by year, oldest first.

    `of` is the commodity or the code that is counted, None for the material itself; `materials` are
    all raw materials counted together in it. `stage` is None for semi-finished goods. `basis` says
    what the quantities are. `unit` is None for shares alone.
    """

    scope: SupplyScope
    stage: Stage | None
    of: str | None
    names: Mapping[Language, str]
    materials: tuple[MaterialId, ...]
    basis: str | None
    unit: str | None
    publisher: str
    years: tuple[SupplyYear, ...]
