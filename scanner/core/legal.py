"""Legal tests of one raw material: what the law asks of it, answered as far as the data go."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scanner.core.names import MaterialId, SourceId, Stage
from scanner.core.restrictions import Restriction, Sanction, State
from scanner.core.standing import ConflictArea, ConflictRegime
from scanner.core.supplies import SupplyScope
from scanner.core.supply import Share

BENCHMARK = 0.65
"""Regulation (EU) 2024/1252, Article 5(1)(b): no third country above this fraction."""


class Verdict(StrEnum):
    """The answer to a question of law; UNKNOWN where the data leave it open."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ShareTest(StrEnum):
    """Of what the share of the largest third country is taken.

    EU_SOURCING: of the Union's sourcing 2016-2020, our proxy for its annual consumption in the law.
    WORLD: of the world's supply. OWN_PURCHASES: of what a company bought. Only the first stands for
    the benchmark of the law.
    """

    EU_SOURCING = "eu_sourcing"
    WORLD = "world"
    OWN_PURCHASES = "own_purchases"


class ProductGroup(StrEnum):
    """What large companies make of strategic raw materials to come under Article 24.

    Regulation (EU) 2024/1252, Article 24(1); large is Article 2(29).
    """

    BATTERIES = "batteries"
    HYDROGEN = "hydrogen_equipment"
    RENEWABLE_ENERGY = "renewable_energy_equipment"
    AIRCRAFT = "aircraft"
    TRACTION_MOTORS = "traction_motors"
    HEAT_PUMPS = "heat_pumps"
    DATA = "data_equipment"
    MOBILE_DEVICES = "mobile_electronic_devices"
    ADDITIVE_MANUFACTURING = "additive_manufacturing_equipment"
    ROBOTICS = "robotics_equipment"
    DRONES = "drones"
    ROCKET_LAUNCHERS = "rocket_launchers"
    SATELLITES = "satellites"
    CHIPS = "advanced_chips"


@dataclass(frozen=True, slots=True)
class ThirdCountryTest:
    """Whether a third country stands above the benchmark at one stage.

    `largest` is the third country with the largest share, None where none is named; `unnamed` the
    fraction that no share names. `counted` are the raw materials that the shares are of.
    """

    test: ShareTest
    stage: Stage | None
    above: Verdict
    largest: Share | None
    unnamed: float
    counted: tuple[MaterialId, ...]
    year: str | None
    source: SourceId | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Conflicted:
    """A country that a regime names, with its share of a supply and the areas that are named."""

    share: Share
    areas: tuple[ConflictArea, ...]

    @property
    def whole(self) -> bool:
        """Whether all of the country is named, not regions of it."""
        return any(area.region is None for area in self.areas)


@dataclass(frozen=True, slots=True)
class ConflictShare:
    """How much of a supply comes from countries with areas that a regime names, at most.

    `at_most` (0..1) counts the countries as a whole, and what no share names where one of them
    is not named. The true share may be nothing.
    """

    scope: SupplyScope
    stage: Stage | None
    at_most: float
    countries: tuple[Conflicted, ...]
    year: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class ConflictExposure:
    """What a regime about conflict minerals says of a raw material; `supplies` where it does."""

    regime: ConflictRegime
    concerned: bool
    supplies: Sequence[ConflictShare]


@dataclass(frozen=True, slots=True)
class MeasureOn:
    """A restriction or sanction on a day."""

    measure: Restriction | Sanction
    state: State
    in_force: Verdict
