"""Scenarios: countries supply less; what is lost by that, and who else supplies."""

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.core.bounds import Bounds
from scanner.core.names import CountryCode, MaterialId, SourceId, Stage
from scanner.core.supplies import SupplyScope
from scanner.core.supply import Share
from scanner.core.trade import Price

MECHANICAL = "mechanical_exposure"
"""What every answer to a scenario is: shares times a fraction, no forecast."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Each of these countries stops this `fraction` (0..1) of what it supplies.

    `materials` are those that it stops, None for all; `stage` None for both. `scopes` are the kinds
    of supply that are looked at, in the order of the answer.
    """

    countries: frozenset[CountryCode]
    fraction: float
    materials: tuple[MaterialId, ...] | None = None
    stage: Stage | None = None
    scopes: tuple[SupplyScope, ...] = (SupplyScope.WORLD, SupplyScope.EU_SOURCING)


@dataclass(frozen=True, slots=True)
class Loss:
    """What one supply loses, in its newest year.

    `of` and `counted` say what is counted: a commodity or a code, and the raw materials that it
    counts together. `lost` is a fraction of the supply, None for a `reason`; `quantity` the same in
    `unit`, where a total is known. `stopped` are the shares of the countries of the scenario, in
    full; `following` those of all others, biggest first.
    """

    scope: SupplyScope
    stage: Stage | None
    of: str | None
    counted: tuple[MaterialId, ...]
    year: str | None
    source: SourceId | None
    lost: Bounds | None
    stopped: tuple[Share, ...] = ()
    following: tuple[Share, ...] = ()
    quantity: Bounds | None = None
    unit: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialLoss:
    """What a scenario takes from one raw material, supply by supply."""

    material: MaterialId
    losses: tuple[Loss, ...]

    @property
    def largest(self) -> Loss | None:
        """The loss that is surely the largest, then possibly; None where none can be told.

        A supply in which several raw materials are counted together is about none of them alone.
        """
        known = [one for one in self.losses if one.lost is not None and len(one.counted) == 1]
        return max(known, key=lambda one: _size(one.lost), default=None)

    @property
    def untouched(self) -> bool:
        """Whether all its supplies are known to lose nothing."""
        return all(one.lost is not None and one.lost.high == 0 for one in self.losses)

    @property
    def order(self) -> tuple[float, float, str]:
        """A sorting key: the largest loss first, equal ones by id."""
        largest = self.largest
        low, high = _size(None if largest is None else largest.lost)
        return -low, -high, self.material


def _size(lost: Bounds | None) -> tuple[float, float]:
    return (-1.0, -1.0) if lost is None else (lost.low, lost.high)


@dataclass(frozen=True, slots=True)
class Priced:
    """What a kilogram costs on the market, and of what.

    `as_counted`: of the raw material as masses in parts count it, not of a compound or an ore.
    """

    price: Price
    basis: str
    as_counted: bool


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a product's materials are set against: losses, prices, and kilograms in stock."""

    losses: Mapping[MaterialId, MaterialLoss]
    prices: Mapping[MaterialId, Priced]
    stock_kg: Mapping[MaterialId, float]
