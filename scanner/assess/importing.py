"""What a release holds for GeoPolRisk: the imports, production and stability of one importer.

Trade and production are taken at one stage where a release has both; where it has production at
another stage only, the score says so (`mixed_stages`), for the published method mixes them, too. A
code that counts several raw materials tells nothing of one of them, unless production counts them
together as well. Of several publishers that one is taken which leaves least of the world unnamed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from scanner.assess import concentration, geopolrisk, supplies
from scanner.core.geopolrisk import GeoPolRisk, Importing, ProductionBasis, Purchase, Score
from scanner.core.methods import Facts
from scanner.core.names import CountryCode, MaterialId, SourceId, Stage
from scanner.core.production import Unit
from scanner.core.standing import Estimates
from scanner.core.supplies import SupplyScope, SupplySeries, SupplyYear
from scanner.core.trade import Importer, Imports

COPPER = MaterialId("copper")
HELD = frozenset(str(one) for one in Importer)
"""The importers whose trade a release holds."""

TRADE_NOT_HELD = "trade_not_held"
TRADE_MISSING = "trade_missing"
NOT_IN_THIS_YEAR = "not_in_this_year"
TRADE_COUNTS_OTHERS = "trade_counts_others"
PRODUCTION_MISSING = "production_missing"
NO_SUPPLY = "no_imports_and_no_production"
COPPER_MISSING = "copper_missing"
PRICE_MISSING = "price_missing"


class Production(NamedTuple):
    """World production of one year, as one publisher counts it."""

    series: SupplySeries
    year: SupplyYear

    @property
    def unnamed(self) -> float:
        """The fraction of the world that it gives to no country."""
        return concentration.remainder(self.year.shares)


@dataclass(frozen=True, slots=True)
class _Supply:
    """All that goes into one score."""

    year: int
    stage: Stage
    codes: tuple[str, ...]
    purchases: Sequence[Purchase]
    unweighed_kusd: float
    production: Production | None
    home: Collection[CountryCode]
    domestic: bool
    sources: frozenset[SourceId]
    stable: "Stability"


def importer(facts: Facts, codes: Sequence[str]) -> Importing:
    """The importer of these codes: countries, or ``EU27`` for all members of the Union."""
    home: set[CountryCode] = set()
    for code in codes:
        home |= members(facts) if code == Importer.EU else {CountryCode(code)}
    return Importing(tuple(codes), frozenset(home))


def members(facts: Facts) -> set[CountryCode]:
    """The members of the European Union."""
    countries = facts.supply.countries.values()
    return {one.code for one in countries if one.relation is not None and one.relation.eu_member}


def of_material(facts: Facts, material: MaterialId, importing: Importing) -> GeoPolRisk:
    """The scores of a material for an importer, newest year first.

    Of one year those with a value stand first, then those at one stage, then the assessed stage.
    """
    if not HELD.issuperset(importing.codes):
        return GeoPolRisk(material, importing, (), TRADE_NOT_HELD)
    scores = list(_scores(facts, material, importing))
    copper = scores if material == COPPER else list(_scores(facts, COPPER, importing))
    of_copper = {score.year: score for score in copper}
    assessed = facts.supply.materials[material].assessed_stage

    def place(one: Score) -> tuple[int, bool, bool, bool]:
        return -one.year, one.value is None, one.mixed_stages, one.stage is not assessed

    ordered = sorted(scores, key=place)
    related = tuple(_related(score, of_copper.get(score.year)) for score in ordered)
    return GeoPolRisk(material, importing, related, None if related else TRADE_MISSING)


def of_purchases(
    facts: Facts,
    material: MaterialId,
    purchases: Sequence[Purchase],
    importing: Importing,
    stage: Stage | None = None,
) -> Score:
    """The newest score of somebody's own purchases, at the assessed stage unless told otherwise.

    What is bought at home stands among the purchases; there is no other domestic production.
    Copper is that of the same importer where its trade is held, else that of the Union.
    """
    stage = stage or facts.supply.materials[material].assessed_stage or Stage.EXTRACTION
    last = _last_year(facts)
    production = _newest(facts, material, stage, last)
    printed = production.year.year if production else ""
    year = int(printed) if printed.isdigit() else last
    supply = _Supply(
        year=year,
        stage=stage,
        codes=(),
        purchases=purchases,
        unweighed_kusd=0.0,
        production=production,
        home=importing.home,
        domestic=False,
        sources=frozenset(),
        stable=stability(facts, year),
    )
    known = bool(importing.codes) and HELD.issuperset(importing.codes)
    of_copper = _scores(facts, COPPER, importing if known else importer(facts, [Importer.EU]))
    return _related(
        _score(supply, PRODUCTION_MISSING),
        next((score for score in of_copper if score.year == year), None),
    )


def _scores(facts: Facts, material: MaterialId, importing: Importing) -> Iterator[Score]:
    """The scores of every stage whose trade is held, newest year first within each."""
    held = [one for one in facts.resources.trade(material) if one.importer in importing.codes]
    edition = _edition(facts)
    for stage in Stage:
        at_stage = [one for one in held if one.code.stage is stage]
        if at_stage:
            yield from _at_stage(facts, material, importing, edition, at_stage)


def _at_stage(
    facts: Facts, material: MaterialId, importing: Importing, edition: str, held: list[Imports]
) -> Iterator[Score]:
    stage = held[0].code.stage
    assert stage is not None  # noqa: S101 - they were chosen by it
    alone = [one for one in held if one.code.materials == (material,)]
    counted = alone or held
    steps = {one.code.step for one in counted}
    production = _production(facts, material, stage, steps)
    if not alone:
        production = [one for one in production if one.series.materials != (material,)]
    years = sorted({flow.year for one in counted for flow in one.flows}, reverse=True)
    found = {year: _of_year(production, year) for year in years}
    for year in [year for year in years if found[year]] or years[:1]:
        purchases, unweighed = _purchases(counted, year)
        supply = _Supply(
            year=year,
            stage=stage,
            codes=tuple(sorted({one.code.code for one in counted})),
            purchases=purchases,
            unweighed_kusd=unweighed,
            production=found[year],
            home=importing.home,
            domestic=True,
            sources=frozenset(one.source for one in counted),
            stable=Stability(facts, edition, year),
        )
        yield _score(supply, PRODUCTION_MISSING if alone else TRADE_COUNTS_OTHERS)


def _purchases(held: Sequence[Imports], year: int) -> tuple[list[Purchase], float]:
    """Imports of one year by origin; and the value of those whose weight nobody knows, kUSD.

    Where a part of an origin's flows has no weight, its value says nothing about the price.
    """
    weights: defaultdict[CountryCode, list[float]] = defaultdict(list)
    values: defaultdict[CountryCode, list[float | None]] = defaultdict(list)
    unweighed = []
    for one in held:
        for flow in one.flows:
            if flow.year != year:
                continue
            if flow.weight_t is None:
                unweighed.append(flow.value_kusd)
                continue
            weights[flow.origin].append(flow.weight_t)
            values[flow.origin].append(None if flow.without_weight else flow.value_kusd)
    return [
        Purchase(origin, fsum(found), _whole(values[origin])) for origin, found in weights.items()
    ], fsum(unweighed)


def _whole(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(known) if len(known) == len(values) else None


def _production(
    facts: Facts, material: MaterialId, stage: Stage, steps: Collection[str]
) -> list[Production]:
    """All production in tonnes that has shares: the nearest to the stage and steps first."""

    def place(one: Production) -> tuple[bool, bool, bool, float, str]:
        series, known = one.series, facts.resources.commodities
        counted = known.get(series.of or "")
        step = counted.step if counted else ""
        together = series.materials != (material,)
        return series.stage is not stage, step not in steps, together, one.unnamed, series.of or ""

    found = [
        Production(series, year)
        for series in supplies.production(facts, material)
        if series.unit == Unit.TONNES
        for year in series.years
        if year.shares
    ]
    return sorted(found, key=place)


def _of_year(production: Sequence[Production], year: int) -> Production | None:
    return next((one for one in production if one.year.year == str(year)), None)


def _newest(facts: Facts, material: MaterialId, stage: Stage, last: int) -> Production | None:
    """The newest production at a stage, else the study's shares, else that of another stage."""
    found = [one for one in _production(facts, material, stage, ()) if int(one.year.year) <= last]
    at_stage = [one for one in found if one.series.stage is stage]
    printed = [
        Production(series, series.years[0])
        for series in supplies.study(facts, material)
        if series.scope is SupplyScope.WORLD and series.stage is stage
    ]
    for kind in (at_stage, printed, found):
        if kind:
            newest = max(one.year.year for one in kind)
            return next(one for one in kind if one.year.year == newest)
    return None


def _score(supply: _Supply, without_production: str) -> Score:
    production = supply.production
    total = production.year.total if production else None
    shares = production.year.shares if production else ()
    hhi = concentration.herfindahl(shares)
    at_home = [share.fraction for share in shares if share.country in supply.home]
    risk = geopolrisk.import_risk(
        supply.purchases,
        supply.stable.instability,
        home=supply.home,
        domestic_t=fsum(at_home) * total if total and supply.domestic else 0.0,
        unnamed_t=production.unnamed * total if production and total and supply.domestic else 0.0,
    )
    made = geopolrisk.score(hhi, risk)
    price = geopolrisk.price(supply.purchases)
    value, bounds = made or (None, None)
    sources = {
        *supply.sources,
        *supply.stable.sources,
        *([production.year.source] if production else []),
    }
    return Score(
        year=supply.year,
        stage=supply.stage,
        codes=supply.codes,
        production=_basis(production),
        hhi=hhi,
        risk=risk,
        value=value,
        bounds=bounds,
        price_usd_per_kg=price,
        midpoint=geopolrisk.midpoint(value, price),
        factor=None,
        factor_reason=None,
        unweighed_kusd=supply.unweighed_kusd,
        sources=tuple(sorted(sources)),
        reason=None if made else NO_SUPPLY if production else without_production,
    )


def _related(score: Score, copper: Score | None) -> Score:
    """The score with its factor relative to copper, or the reason why it has none."""
    of_copper = copper.midpoint if copper else None
    found = geopolrisk.factor(score.midpoint, of_copper)
    if found is not None:
        return replace(score, factor=found)
    missing = COPPER_MISSING if score.midpoint is not None else PRICE_MISSING
    return replace(score, factor_reason=score.reason or missing)


def _basis(production: Production | None) -> ProductionBasis | None:
    if production is None:
        return None
    series, year = production
    assert series.stage is not None  # noqa: S101 - production has a stage
    return ProductionBasis(
        stage=series.stage,
        of=series.of,
        names=series.names,
        materials=series.materials,
        basis=series.basis,
        publisher=series.publisher,
        year=year.year,
        source=year.source,
        shares=year.shares,
    )


def stability(facts: Facts, year: int) -> "Stability":
    """The political stability of countries in a year, in the newest edition."""
    return Stability(facts, _edition(facts), year)


class Stability:
    """The political stability of countries in one year, in one edition alone."""

    def __init__(self, facts: Facts, edition: str, year: int) -> None:
        self._estimates = facts.standing.estimates
        self._edition = edition
        self._year = year

    def instability(self, country: CountryCode) -> float | None:
        """The instability of a country, 0 best to 1 worst; ``None`` without an estimate."""
        found = self._of(country)
        return None if found is None else geopolrisk.instability(found.political_stability)

    @property
    def sources(self) -> set[SourceId]:
        """The source of this edition and year."""
        found = next(filter(None, map(self._of, self._estimates)), None)
        return set() if found is None else {found.source}

    def _of(self, country: CountryCode) -> Estimates | None:
        for one in self._estimates.get(country, ()):
            if one.year == self._year and one.edition == self._edition:
                return one
        return None


def _edition(facts: Facts) -> str:
    """The newest edition of the indicators."""
    found = facts.standing.estimates.values()
    return max((one.edition for of_country in found for one in of_country), default="")


def _last_year(facts: Facts) -> int:
    edition, found = _edition(facts), facts.standing.estimates.values()
    return max(one.year for of_country in found for one in of_country if one.edition == edition)
