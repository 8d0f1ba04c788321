"""Legal tests: the 65 % of the Union's benchmark, conflict areas, measures in force on a day.

    above 65 %: yes      where the largest share of a country outside the Union is above 0.65
                unknown  where it is not, but what no share names is: it may be one country
                no       otherwise

The law speaks of the Union's annual consumption at any relevant stage of processing, for strategic
raw materials. No public figure counts that: the Union's sourcing of 2016-2020 stands for it, under
its own name; the same test on world shares and on a company's own purchases are other tests.

    from conflict areas, at most = Σ s of the countries that hold a named area (as `scenarios.lost`)

Sources: Regulation (EU) 2024/1252, Articles 5(1)(b) and 24(1); Regulation (EU) 2017/821 and its
indicative list; US Public Law 111-203, section 1502. Nothing here reads a clock.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import fsum

from scanner.assess import supplies
from scanner.assess.concentration import remainder
from scanner.assess.scenarios import lost
from scanner.core.bounds import Bounds
from scanner.core.geopolrisk import Purchase
from scanner.core.legal import (
    BENCHMARK,
    Conflicted,
    ConflictExposure,
    ConflictShare,
    MeasureOn,
    ShareTest,
    ThirdCountryTest,
    Verdict,
)
from scanner.core.methods import Facts, MethodFigure
from scanner.core.names import CountryCode, MaterialId, SourceId, Stage
from scanner.core.restrictions import Restriction, Sanction, State, last_day
from scanner.core.standing import ConflictRegime
from scanner.core.supplies import SupplyScope, SupplySeries
from scanner.core.supply import Share

NOT_GIVEN = "purchases_not_given"
EU_SOURCING_MISSING = "eu_sourcing_missing"
OWN = SourceId("own_purchases")
_SCOPES = {
    ShareTest.EU_SOURCING: SupplyScope.EU_SOURCING,
    ShareTest.WORLD: SupplyScope.WORLD,
}


def above(largest: float, unnamed: float) -> Verdict:
    """Whether a third country is above the benchmark, by its largest share and what is unnamed."""
    if largest > BENCHMARK:
        return Verdict.YES
    return Verdict.UNKNOWN if unnamed > BENCHMARK else Verdict.NO


def third_country_tests(facts: Facts, material: MaterialId) -> Iterator[ThirdCountryTest]:
    """The tests on EU sourcing and on world supply, at every stage that the study assessed."""
    for test, scope in _SCOPES.items():
        for stage in facts.supply.materials[material].stages:
            found = next(supplies.of_scope(facts, material, scope, stage), None)
            if found is None:
                reason = f"{scope}_missing"
                yield _untold(test, stage, material, reason)
            else:
                yield _tested(facts, test, found)


def figure(facts: Facts, material: MaterialId) -> MethodFigure:
    """The largest share of a third country in the Union's sourcing, at the stage where it is so."""
    told = [
        one
        for one in third_country_tests(facts, material)
        if one.test is ShareTest.EU_SOURCING and one.largest is not None
    ]
    if not told:
        return MethodFigure(None, reason=EU_SOURCING_MISSING)
    most = max(told, key=lambda one: _size(one.largest))
    value = _size(most.largest)
    sources = () if most.source is None else (most.source,)
    return MethodFigure(
        value, most.stage, most.year, sources, bounds=Bounds(value, max(value, most.unnamed))
    )


def _size(share: Share | None) -> float:
    return 0.0 if share is None else share.fraction


def of_purchases(
    facts: Facts, material: MaterialId, purchases: Sequence[Purchase]
) -> ThirdCountryTest:
    """The test on what a company bought, by weight; UNKNOWN with a reason without purchases."""
    total = fsum(one.weight_t for one in purchases)
    if not total:
        return _untold(ShareTest.OWN_PURCHASES, None, material, NOT_GIVEN)
    by_country: dict[CountryCode, list[float]] = defaultdict(list)
    for one in purchases:
        by_country[one.origin].append(one.weight_t)
    shares = [  # exact sums: a part is never above the whole, whatever the order
        Share(country, fsum(weights) / total, "", None, False, OWN)
        for country, weights in by_country.items()
    ]
    largest = _largest_third(facts, shares)
    return ThirdCountryTest(
        test=ShareTest.OWN_PURCHASES,
        stage=None,
        above=above(_size(largest), 0.0),
        largest=largest,
        unnamed=0.0,
        counted=(material,),
        year=None,
        source=None,
    )


def conflicts(facts: Facts, material: MaterialId) -> Iterator[ConflictExposure]:
    """What every regime about conflict minerals says of a material."""
    for regime in facts.standing.regimes.values():
        concerned = material in regime.materials
        found = _conflict_shares(facts, regime, material) if concerned else ()
        yield ConflictExposure(regime, concerned, tuple(found))


def measures(found: Iterable[Restriction | Sanction], day: date) -> tuple[MeasureOn, ...]:
    """Restrictions or sanctions as they stand on a day, those in force first, then unknown ones."""
    order = [Verdict.YES, Verdict.UNKNOWN, Verdict.NO]
    told = [MeasureOn(one, one.timeline.state_on(day), in_force(one, day)) for one in found]
    return tuple(sorted(told, key=lambda one: (order.index(one.in_force), one.measure.id)))


def in_force(measure: Restriction | Sanction, day: date) -> Verdict:
    """Whether a measure is in force on a day.

    What was announced without a day may have begun once it was last looked at: unknown.
    """
    state = measure.timeline.state_on(day)
    if state is State.IN_FORCE:
        return Verdict.YES
    announced = state is State.ANNOUNCED and day > last_day(measure.timeline.as_of)
    return Verdict.UNKNOWN if state is State.UNKNOWN or announced else Verdict.NO


def _untold(
    test: ShareTest, stage: Stage | None, material: MaterialId, reason: str
) -> ThirdCountryTest:
    return ThirdCountryTest(
        test, stage, Verdict.UNKNOWN, None, 1.0, (material,), None, None, reason
    )


def _tested(facts: Facts, test: ShareTest, series: SupplySeries) -> ThirdCountryTest:
    (year,) = series.years
    largest, unnamed = _largest_third(facts, year.shares), remainder(year.shares)
    return ThirdCountryTest(
        test=test,
        stage=series.stage,
        above=above(_size(largest), unnamed),
        largest=largest,
        unnamed=unnamed,
        counted=series.materials,
        year=year.year,
        source=year.source,
    )


def _largest_third(facts: Facts, shares: Iterable[Share]) -> Share | None:
    outside = [
        share for share in shares if not share.upper_bound and _is_third(facts, share.country)
    ]
    return min(outside, key=lambda share: (-share.fraction, share.country), default=None)


def _is_third(facts: Facts, code: CountryCode) -> bool:
    """Whether a country is outside the Union; one of which nothing is known is."""
    country = facts.supply.countries.get(code)
    return country is None or country.relation is None or not country.relation.eu_member


def _conflict_shares(
    facts: Facts, regime: ConflictRegime, material: MaterialId
) -> Iterator[ConflictShare]:
    named = {
        code: areas
        for code, every in facts.standing.areas.items()
        if (areas := tuple(area for area in every if area.regime == regime.id))
    }
    for scope in _SCOPES.values():
        for series in supplies.of_scope(facts, material, scope):
            (year,) = series.years
            at_most = lost(year.shares, frozenset(named), 1.0)
            if at_most is not None:
                yield ConflictShare(
                    scope=scope,
                    stage=series.stage,
                    at_most=at_most.high,
                    countries=tuple(
                        Conflicted(share, named[share.country])
                        for share in year.shares
                        if share.country in named
                    ),
                    year=year.year,
                    source=year.source,
                )
