"""A disruption: what is lost when countries stop a fraction y of what they supply.

    lost low  = min(1, Σ s) × y                over the countries that stop
    lost high = min(1, Σ s + doubt) × y

with s the printed shares (0..1). Doubt is what the source leaves open about these countries: a
share printed as "<0.1 %" at its bound; and, where one of them is not named at all, everything that
no share names, for that may be its supply. What is lost has no unit; times a printed total it is in
the unit of that total.

It is arithmetic on shares of the past, a mechanical exposure: stocks, substitutes, prices, other
suppliers stepping in and goods that are re-exported are left out. The formula is ours; the elements
are those of the stress tests of Regulation (EU) 2024/1252, Article 20.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from math import fsum

from scanner.assess import supplies
from scanner.assess.concentration import remainder
from scanner.core.bounds import Bounds
from scanner.core.errors import InvalidInput, Place
from scanner.core.methods import Facts
from scanner.core.names import CountryCode, MaterialId, Stage
from scanner.core.scenarios import Loss, MaterialLoss, Priced, Scenario, Stakes
from scanner.core.supplies import SupplySeries, SupplyYear
from scanner.core.supply import Share
from scanner.core.trade import PriceSeries

GENERIC = frozenset({"metal", "natural", "ore", "rock", "sand"})
OTHER_FORMS = frozenset(
    {"carbonate", "compounds", "concentrate", "content", "equivalent", "gross", "ore", "oxide"}
)
"""Words of what is priced that tell another form than masses in parts are counted in."""


def lost(
    shares: Sequence[Share], countries: frozenset[CountryCode], fraction: float
) -> Bounds | None:
    """The fraction of a supply that is lost, 0..1; ``None`` without any share."""
    if not shares:
        return None
    stopped = [share for share in shares if share.country in countries]
    named = fsum(share.fraction for share in stopped if not share.upper_bound)
    doubt = fsum(share.fraction for share in stopped if share.upper_bound)
    if countries - {share.country for share in shares}:
        doubt = max(doubt, remainder(shares))
    return Bounds(min(1.0, named) * fraction, min(1.0, named + doubt) * fraction)


def of_material(facts: Facts, material: MaterialId, scenario: Scenario) -> MaterialLoss:
    """What the scenario takes from every supply of a material that it looks at."""
    found: list[Loss] = []
    for scope in scenario.scopes:
        series = list(supplies.of_scope(facts, material, scope, scenario.stage))
        found.extend(_loss(one, scenario) for one in series)
        covered = {one.stage for one in series}
        found.extend(
            Loss(scope, stage, None, (material,), None, None, None, reason=f"{scope}_missing")
            for stage in _stages(facts, material, scenario.stage)
            if stage not in covered
        )
    return MaterialLoss(material, tuple(found))


def of_all(facts: Facts, scenario: Scenario) -> tuple[MaterialLoss, ...]:
    """What the scenario takes from each of its materials, the largest loss first."""
    meant = facts.supply.materials if scenario.materials is None else scenario.materials
    found = [of_material(facts, material, scenario) for material in dict.fromkeys(meant)]
    return tuple(sorted(found, key=lambda one: one.order))


def stakes(facts: Facts, scenario: Scenario, stock_kg: Mapping[MaterialId, float]) -> Stakes:
    """What a product's materials are set against, the largest loss first.

    Raises `InvalidInput` for countries and raw materials that the release does not know.
    """
    _all_known("countries", scenario.countries, facts.supply.countries)
    _all_known("materials", scenario.materials or (), facts.supply.materials)
    _all_known("stock", stock_kg, facts.supply.materials)
    losses = {one.material: one for one in of_all(facts, scenario)}
    prices = {key: one for key in losses if (one := priced(key, facts.resources.prices(key)))}
    return Stakes(losses, prices, stock_kg)


def priced(material: MaterialId, series: Iterable[PriceSeries]) -> Priced | None:
    """The newest price of the series that stands for the material, None without one."""
    primary = next((one for one in series if one.primary and one.prices), None)
    if primary is None:
        return None
    newest = max(primary.prices, key=lambda price: price.year)
    words = set(re.findall(r"\w+", primary.basis.lower()))
    named = words & (set(material.split("_")) - GENERIC)
    return Priced(newest, primary.basis, as_counted=bool(named) and not words & OTHER_FORMS)


def _all_known(member: str, ids: Iterable[str], known: Container[str]) -> None:
    unknown = sorted(key for key in ids if key not in known)
    if unknown:
        raise InvalidInput(
            f"This release does not know {', '.join(unknown)}.",
            advice="Countries are ISO 3166-1 alpha-3 codes; list the materials to see their ids.",
            place=Place(pointer=f"/{member}"),
        )


def _stages(facts: Facts, material: MaterialId, stage: Stage | None) -> list[Stage]:
    """The stages that the study assessed, or the one that is asked for."""
    return [stage] if stage is not None else list(facts.supply.materials[material].stages)


def _loss(series: SupplySeries, scenario: Scenario) -> Loss:
    year = _newest(series.years)
    countries = scenario.countries
    found = lost(year.shares, countries, scenario.fraction)
    total = year.total
    return Loss(
        scope=series.scope,
        stage=series.stage,
        of=series.of,
        counted=series.materials,
        year=year.year,
        source=year.source,
        lost=found,
        stopped=tuple(share for share in year.shares if share.country in countries),
        following=tuple(share for share in year.shares if share.country not in countries),
        quantity=None
        if total is None or found is None
        else Bounds(found.low * total, found.high * total),
        unit=series.unit,
        reason=year.reason if found is None else None,
    )


def _newest(years: Sequence[SupplyYear]) -> SupplyYear:
    """The last year with shares, else the last one with its reason."""
    return next((year for year in reversed(years) if year.shares), years[-1])
