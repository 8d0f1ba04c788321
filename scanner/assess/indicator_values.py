"""The values of the scanner's indicators, each from the release, with the numbers that went in.

    reserves            world reserves / world production, in years, of one commodity on one basis
    concentration       sum of squared shares of countries, x 10 000
    governance, HDI     mean over the suppliers of the world's output, weighted by their shares
    export restrictions share of the world's output from countries that restrict its export
    price volatility    standard deviation of the logarithms of the changes from year to year

The world's output is that of the assessed stage: the newest production of the material alone, else
the study's. What it does not name widens the bounds. Definitions are ours and open; sources stand
with each figure.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import fsum, log, sqrt

from scanner.assess import concentration, supplies
from scanner.core.bounds import Bounds
from scanner.core.methods import Facts, MethodFigure
from scanner.core.names import CountryCode, MaterialId, SourceId
from scanner.core.production import Bound, Reserves
from scanner.core.restrictions import Reported, Restriction
from scanner.core.scanner_indicators import Finding, Term
from scanner.core.supplies import SupplySeries, SupplyYear
from scanner.core.supply import Share

SHOWN_HHI = 10_000.0
FEWEST_PRICES = 5
NEUTRAL_T = 1.0

Weighted = Callable[[CountryCode], tuple[float, str, SourceId] | None]


def _none(reason: str, terms: Iterable[Term] = ()) -> Finding:
    return Finding(MethodFigure(None, reason=reason), tuple(terms))


def _found(value: float, year: str, terms: Iterable[Term], bounds: Bounds | None = None) -> Finding:
    kept = tuple(terms)
    sources = tuple(sorted({term.source for term in kept}))
    return Finding(MethodFigure(value, None, year, sources, bounds=bounds), kept)


def reserves_years(facts: Facts, material: MaterialId) -> Finding:
    """World reserves over world production: the years that they last at the present pace."""
    found = facts.resources.reserves(material)
    alone = [one for one in found if one.commodity.materials == (material,)]
    if not alone:
        return _none("counted_together" if found else "no_reserves")
    pairs = [(one, year) for one in alone if (year := _produced(facts, material, one))]
    if not pairs:
        return _none("no_world_total_on_one_basis")
    if len(pairs) > 1:
        return _none("several_commodities")
    held, made = pairs[0]
    assert held.world is not None and made.total is not None  # noqa: S101, PT018 - by _produced
    finding = _found(
        held.world / made.total,
        made.year,
        [
            Term("reserves", held.world, None, str(held.year), held.source),
            Term("production", made.total, None, made.year, made.source),
        ],
    )
    return Finding(finding.figure, finding.terms, at_least=held.world_bound is Bound.LOWER)


def _produced(facts: Facts, material: MaterialId, held: Reserves) -> SupplyYear | None:
    """The newest world output of what the reserves count, on the same basis."""
    if not held.world:
        return None
    years = [
        series.years[-1]
        for series in supplies.production(facts, material)
        if (series.of, series.basis) == (held.commodity.id, held.basis) and series.years[-1].total
    ]
    return max(years, key=lambda one: one.year, default=None)


def companionality(facts: Facts, material: MaterialId) -> Finding:
    """The fraction of primary output that is a by-product of something else."""
    found = facts.resources.companionality(material)
    if found is None or found.fraction is None or found.source is None:
        return _none("not_published")
    year = str(found.year)
    term = Term("companionality", found.fraction, None, year, found.source)
    return _found(found.fraction, year, [term])


def reserves_concentration(facts: Facts, material: MaterialId) -> Finding:
    """The index of the countries that hold the reserves."""
    found = facts.resources.reserves(material)
    alone = [one for one in found if one.commodity.materials == (material,)]
    if not alone:
        return _none("counted_together" if found else "no_reserves")
    known = [one for one in alone if one.world and one.world_bound is None and one.countries]
    if not known:
        return _none("world_total_missing")
    if len(known) > 1:
        return _none("several_commodities")
    (held,) = known
    year = str(held.year)
    shares = [
        Share(one.country, one.quantity / held.world, year, None, False, held.source)
        for one in held.countries
        if held.world and one.quantity
    ]
    return _concentration(shares, year)


def production_concentration(facts: Facts, material: MaterialId) -> Finding:
    """The index of the countries that produce, at the assessed stage."""
    series = _output(facts, material)
    if series is None:
        return _none("no_production")
    return _concentration(series.years[-1].shares, series.years[-1].year)


def _concentration(shares: Iterable[Share], year: str) -> Finding:
    known = supplies.biggest_first(shares)
    bounds = concentration.herfindahl(known)
    if bounds is None:
        return _none("no_production")
    shown = Bounds(bounds.low * SHOWN_HHI, bounds.high * SHOWN_HHI)
    terms = [_share_term(share, year) for share in known if not share.upper_bound]
    return _found(shown.low, year, terms, shown)


def supplier_governance(facts: Facts, material: MaterialId) -> Finding:
    """The governance of the suppliers on the EU's scale, 0 best to 10 worst."""

    def of(code: CountryCode) -> tuple[float, str, SourceId] | None:
        country = facts.supply.countries.get(code)
        found = country.governance if country else None
        return None if found is None else (found.scaled, found.year, found.source)

    worst = concentration.WORST_GOVERNANCE
    return _mean_of_suppliers(_output(facts, material), "governance", of, Bounds(0.0, worst))


def supplier_development(facts: Facts, material: MaterialId) -> Finding:
    """The Human Development Index of the suppliers, 0..1."""

    def of(code: CountryCode) -> tuple[float, str, SourceId] | None:
        country = facts.supply.countries.get(code)
        found = country.development if country else None
        return None if found is None else (found.hdi, str(found.year), found.source)

    return _mean_of_suppliers(_output(facts, material), "hdi", of, Bounds(0.0, 1.0))


def _mean_of_suppliers(
    series: SupplySeries | None, what: str, of: Weighted, scale: Bounds
) -> Finding:
    """The mean over those whose figure is known; all others widen the bounds to the whole scale."""
    if series is None:
        return _none("no_production")
    year = series.years[-1]
    terms: list[Term] = []
    weighed: list[tuple[float, float]] = []
    for share in year.shares:
        found = None if share.upper_bound else of(share.country)
        if found is not None:
            weighed.append((share.fraction, found[0]))
            terms.append(_share_term(share, year.year))
            terms.append(Term(what, found[0], share.country, found[1], found[2]))
    known = fsum(fraction for fraction, _ in weighed)
    if not known:
        return _none("country_figures_missing")
    total = fsum(fraction * value for fraction, value in weighed)
    rest = max(0.0, 1.0 - known)
    bounds = Bounds(
        (total + rest * scale.low) / (known + rest), (total + rest * scale.high) / (known + rest)
    )
    return _found(total / known, year.year, terms, bounds)


def export_restrictions(facts: Facts, material: MaterialId) -> Finding:
    """The share of the world's output from countries that restrict its export.

    At least those with a restriction to all countries or to the Union that is reported in force, or
    with a trade parameter above 1 in the study; at most also those whose restriction is suspended,
    announced or unclear, and what is not named.
    """
    series = _output(facts, material)
    if series is None:
        return _none("no_production")
    year = series.years[-1]
    restricted = facts.standing.restricted.get(material, ())
    ours = [one for one in restricted if _concerns_us(facts, one)]
    sure = {one.country for one in ours if one.timeline.reported is Reported.IN_FORCE}
    possible = {one.country for one in ours if one.timeline.reported is not Reported.ENDED}
    sure |= _restricting_in_study(facts, material)
    named = [share for share in year.shares if not share.upper_bound]
    low = fsum(share.fraction for share in named if share.country in sure)
    more = fsum(share.fraction for share in named if share.country in possible - sure)
    high = min(1.0, low + more + concentration.remainder(named))
    terms = [_share_term(share, year.year) for share in named if share.country in sure | possible]
    if not terms:
        terms = [_share_term(share, year.year) for share in named[:1]]
    low = min(1.0, low)
    return _found(low, year.year, terms, Bounds(low, max(low, high)))


def _concerns_us(facts: Facts, one: Restriction) -> bool:
    if one.destination is None:
        return True
    country = facts.supply.countries.get(one.destination)
    return country is not None and country.relation is not None and country.relation.eu_member


def _restricting_in_study(facts: Facts, material: MaterialId) -> set[CountryCode]:
    return {
        share.country
        for (of, _, _), shares in facts.supply.shares.items()
        if of == material
        for share in shares
        if share.trade_parameter is not None and share.trade_parameter > NEUTRAL_T
    }


def recycling(facts: Facts, material: MaterialId) -> Finding:
    """The end-of-life recycling input rate of the EU's study, a fraction."""
    found = facts.supply.materials[material]
    if found.eol_rir is None:
        return _none("not_published")
    term = Term("eol_rir", found.eol_rir, None, found.year, found.parameter_source)
    return _found(found.eol_rir, found.year, [term])


def price_volatility(facts: Facts, material: MaterialId) -> Finding:
    """The standard deviation of the yearly changes of the average price, of their logarithms."""
    primary = [one for one in facts.resources.prices(material) if one.primary]
    alone = [one for one in primary if one.materials == (material,)]
    if not alone:
        return _none("counted_together" if primary else "no_prices")
    prices = sorted(alone[0].prices)
    if len(prices) < FEWEST_PRICES:
        return _none("too_few_years")
    changes = [log(after.usd_per_kg / before.usd_per_kg) for before, after in pairwise(prices)]
    mean = fsum(changes) / len(changes)
    variance = fsum((change - mean) ** 2 for change in changes) / (len(changes) - 1)
    terms = [
        Term("price_usd_per_kg", one.usd_per_kg, None, str(one.year), one.source) for one in prices
    ]
    return _found(sqrt(variance), f"{prices[0].year}-{prices[-1].year}", terms)


def environmental_load(facts: Facts, material: MaterialId) -> Finding:
    """Greenhouse gases per kilogram up to the gate of the works, in kg of CO2 equivalents."""
    found = facts.resources.emission(material)
    if found is None:
        return _none("no_source_that_may_be_shipped")
    year = str(found.year)
    term = Term("footprint_kg_co2e_per_kg", found.typical, None, year, found.source)
    return _found(found.typical, year, [term], Bounds(found.low, found.high))


def biodiversity(facts: Facts, material: MaterialId) -> Finding:
    """Nothing: no source that may be shipped has figures by raw material."""
    del facts, material
    return _none("no_source_that_may_be_shipped")


def _output(facts: Facts, material: MaterialId) -> SupplySeries | None:
    stage = facts.supply.materials[material].assessed_stage
    return supplies.output(facts, material, stage) if stage else None


def _share_term(share: Share, year: str) -> Term:
    return Term("share", share.fraction, share.country, year, share.source)
