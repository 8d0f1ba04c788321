"""Present-day supply risk: the world's part of the EU's supply risk, then and now.

    part = sum of share² x WGI x t   x weight   x (1 - EoL-RIR) x SI

*Then* are the study's shares with the mean governance of 2016-2020, *now* the newest production
with the newest governance, both of one edition of the indicators. t, the weight of the world's
supply (IR/2, or 1 where the study weighed it alone), EoL-RIR and SI are held as in 2023. A country
for which the study has no t gets the neutral one: 0.8 for members of the EU, 1 for others, as the
study has it for all of them without restrictions.

A country's contribution to the change is split between its share and its governance, each at the
mean of the other; together they are the change exactly. The result is a trend beside the official
value and never in its place.

Source: as for the supply risk (`eu_supply_risk`); the comparison is ours.
"""

from collections.abc import Mapping, Sequence
from math import fsum

from scanner.assess import concentration, eu_supply_risk, governance, supplies
from scanner.core.bounds import Bounds
from scanner.core.methods import Facts
from scanner.core.names import CountryCode, MaterialId, Scope, Stage
from scanner.core.present_day_risk import Direction, Mover, PresentDayRisk
from scanner.core.supplies import SupplySeries
from scanner.core.supply import Governance, Material, Share, SupplyMix
from scanner.core.supply_risk import RecomputedRisk

STUDY_YEARS = tuple(range(2016, 2021))
FIRST_YEARS_AFTER = ("2021", "2022")
STEADY_BELOW = 0.05
"""Half of the last decimal that the study prints."""

LARGEST_BREAK = 0.25
"""A series whose first year after the study lies further from the study's shares (as a fraction of
the world's supply) counts something else; no series of ours moves that far in a year otherwise."""

NEUTRAL_T = 1.0
NEUTRAL_T_OF_MEMBERS = 0.8


def trend(facts: Facts, key: MaterialId) -> PresentDayRisk:
    """The world's part of a material's supply risk at the assessed stage, then and now."""
    material = facts.supply.materials[key]
    stage = material.assessed_stage
    if stage is None or material.is_group:
        return _without("not_assessed", material)
    risk = _published(facts, material, stage)
    factor, reason = _factor(risk)
    if risk is None or factor is None:
        return _without(reason, material)
    before = facts.supply.shares.get((key, stage, Scope.GLOBAL), ())
    if not before:
        return _without("world_supply_missing", material)
    found = supplies.newest(facts, key, stage)
    if found.series is None or found.year is None:
        return _without(found.reason, material, found.series)
    if _breaks(found.series, before):
        return _without("other_basis", material, found.series)
    return _compared(facts, material, factor, before, found.series)


def _published(facts: Facts, material: Material, stage: Stage) -> RecomputedRisk | None:
    earlier = facts.resources.parameters_2017(material.id)
    found = eu_supply_risk.recompute(facts.supply, material, earlier)
    return next((one for one in found if one.stage is stage), None)


def _factor(risk: RecomputedRisk | None) -> tuple[float | None, str | None]:
    """What the index of the world's supply is multiplied with, or why that is not known."""
    if risk is None or risk.mix is None:
        return None, "mix_not_printed"
    if risk.mix is SupplyMix.EU_SOURCING:
        return None, "world_supply_not_weighed"
    if risk.eol_rir is None or risk.substitution is None:
        return None, risk.reason
    weight = 1.0
    if risk.mix is SupplyMix.BOTH:
        if risk.import_reliance is None:
            return None, "import_reliance_missing"
        weight = risk.import_reliance.value / 2
    if weight == 0:
        return None, "world_supply_not_weighed"
    return eu_supply_risk.supply_risk(weight, risk.eol_rir.value, risk.substitution.value), None


def _breaks(series: SupplySeries, before: Sequence[Share]) -> bool:
    """Whether the series counts something else than the study did."""
    first = series.years[0]
    if first.year not in FIRST_YEARS_AFTER or not first.shares:
        return False
    return supplies.moved(before, first.shares) > LARGEST_BREAK


def _compared(
    facts: Facts, material: Material, factor: float, before: Sequence[Share], series: SupplySeries
) -> PresentDayRisk:
    now = series.years[-1]
    newest = governance.newest(facts.supply)
    named = _counted(before), _counted(now.shares)
    movers = [
        _mover(facts, newest, code, named, _t(facts, code, before), factor=factor)
        for code in sorted({*named[0], *named[1]})
    ]
    known = [mover for mover in movers if mover is not None]
    if len(known) < len(movers):
        return _without("governance_missing", material, series)
    then, after = _part(known, factor, now=False), _part(known, factor, now=True)
    bounds = [
        Bounds(part, part + factor * _worst(shares))
        for part, shares in ((then, before), (after, now.shares))
    ]
    return PresentDayRisk(
        stage=material.assessed_stage,
        published=material.supply_risk,
        factor=factor,
        then=then,
        now=after,
        then_bounds=bounds[0],
        now_bounds=bounds[1],
        direction=direction(bounds[0], bounds[1]),
        shift=supplies.moved(before, now.shares),
        start_shift=supplies.moved(before, series.years[0].shares),
        movers=tuple(sorted(known, key=lambda one: (-abs(one.moved), one.country))),
        series=series,
        year=now.year,
        edition=newest.edition,
        governance_years=(f"{STUDY_YEARS[0]}-{STUDY_YEARS[-1]}", newest.year),
        sources=tuple(sorted({before[0].source, now.source, newest.source})),
        reason=None,
    )


def direction(then: Bounds, now: Bounds) -> Direction:
    """Where the risk went, by the low values; unclear where the bounds leave that open."""
    if abs(now.low - then.low) < STEADY_BELOW and now.high - now.low < STEADY_BELOW:
        return Direction.STEADY
    if now.low > then.high:
        return Direction.RISING
    return Direction.FALLING if now.high < then.low else Direction.UNCLEAR


def _counted(shares: Sequence[Share]) -> Mapping[CountryCode, float]:
    return {share.country: share.fraction for share in shares if not share.upper_bound}


def _worst(shares: Sequence[Share]) -> float:
    """What the unnamed part could add to the index: one country, governed worst, with worst t."""
    worst = concentration.WORST_GOVERNANCE * concentration.WORST_TRADE_PARAMETER
    return concentration.remainder(shares) ** 2 * worst


def _mover(
    facts: Facts,
    newest: Governance,
    code: CountryCode,
    named: tuple[Mapping[CountryCode, float], Mapping[CountryCode, float]],
    t: tuple[float, bool],
    *,
    factor: float,
) -> Mover | None:
    """What a country did to the risk; None where the edition does not know its governance."""
    shares = named[0].get(code, 0.0), named[1].get(code, 0.0)
    then, now = (
        governance.scaled_in(facts.standing, code, newest.edition, years)
        for years in (STUDY_YEARS, (int(newest.year),))
    )
    if then is None or now is None:
        return None
    squares = shares[0] ** 2, shares[1] ** 2
    return Mover(
        country=code,
        share_then=shares[0],
        share_now=shares[1],
        governance_then=then,
        governance_now=now,
        t=t[0],
        t_assumed=t[1],
        by_share=factor * t[0] * (squares[1] - squares[0]) * (then + now) / 2,
        by_governance=factor * t[0] * (now - then) * (squares[0] + squares[1]) / 2,
    )


def _t(facts: Facts, code: CountryCode, study: Sequence[Share]) -> tuple[float, bool]:
    """The trade parameter of a country for the material, and whether it is assumed."""
    printed = next((s.trade_parameter for s in study if s.country == code), None)
    if printed is not None:
        return printed, False
    country = facts.supply.countries.get(code)
    member = country is not None and country.relation is not None and country.relation.eu_member
    return NEUTRAL_T_OF_MEMBERS if member else NEUTRAL_T, True


def _part(movers: Sequence[Mover], factor: float, *, now: bool) -> float:
    """The part of a supply risk that the world's supply makes."""
    return factor * fsum(
        mover.t
        * (
            mover.share_now**2 * mover.governance_now
            if now
            else mover.share_then**2 * mover.governance_then
        )
        for mover in movers
    )


def _without(
    reason: str | None, material: Material, series: SupplySeries | None = None
) -> PresentDayRisk:
    """Nothing to say, and why."""
    return PresentDayRisk(
        stage=material.assessed_stage,
        published=material.supply_risk,
        factor=None,
        then=None,
        now=None,
        then_bounds=None,
        now_bounds=None,
        direction=None,
        shift=None,
        start_shift=None,
        movers=(),
        series=series,
        year=None,
        edition=None,
        governance_years=None,
        sources=(),
        reason=reason,
    )
