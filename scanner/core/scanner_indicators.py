"""The eleven indicators of raw-materials scanners: group, scale, level, and what went in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scanner.core.methods import Direction, MethodFigure
from scanner.core.names import CountryCode, Language, SourceId


class Group(StrEnum):
    """What an indicator is about; groups are never added up, nor are indicators in them."""

    LONG_TERM_SUPPLY = "long_term_supply"
    SHORT_TERM_SUPPLY = "short_term_supply"
    BUSINESS = "business"
    PEOPLE_AND_ENVIRONMENT = "people_and_environment"


class Level(StrEnum):
    """How risky a value is on the scale of its indicator."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator and its scale; `moderate` and `high` are where these levels begin.

    On a scale whose low end is risky a level begins *below* its mark. `unit` is None for an index;
    `highest` is None where there is no end. `page` is its place in the documentation.
    """

    id: str
    names: Mapping[Language, str]
    group: Group
    unit: str | None
    lowest: float
    highest: float | None
    direction: Direction
    moderate: float
    high: float
    page: str

    def level(self, value: float) -> Level:
        """The level of a value."""
        risky = self.direction is Direction.HIGH_IS_RISKY
        if value >= self.high if risky else value < self.high:
            return Level.HIGH
        if value >= self.moderate if risky else value < self.moderate:
            return Level.MODERATE
        return Level.LOW


class Term(NamedTuple):
    """One number that went into an indicator: what it is, of whom, in which year, from where."""

    what: str
    value: float
    country: CountryCode | None
    year: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class Finding:
    """What an indicator has for a material: its figure and the terms; `at_least` for a limit."""

    figure: MethodFigure
    terms: tuple[Term, ...] = ()
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of one material.

    `level` is that of the value, None where there is none or the value is only a limit that does
    not settle it; `worst` is the highest level that its bounds allow.
    """

    definition: Definition
    finding: Finding
    level: Level | None
    worst: Level | None
