"""Measures: what moving, replacing, recycling or making at home would do to one raw material.

    moved        m = min(1/3, share of the largest supplier)
    to country c m x o(c) / sum of o over the targets        o = fraction of the world's output
    HHI after    sum of the squares of the shares after the move, bounds as in `concentration`
    SR at a rate r of recycling     SR x (1 - r) / (1 - EoL-RIR)
    SR without substitutes          SR / SI

Targets are the five biggest producers at that stage, the supplier left out, that are in the Union
or have an agreement or a raw-materials partnership with it, and from which no measure of the Union
on this material is in force. The buyer's sourcing is taken to be the Union's of 2016-2020, or the
world's output where the study prints no mix of the Union or a member leads it. SR is the published
one; the formula of the study is proportional to (1 - EoL-RIR) and to SI, so that nothing else is
needed. No cost, time or effort is told, for no source gives them.

Sources: the inputs', with each figure; benchmarks: Regulation (EU) 2024/1252, Article 5(1)(a).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import fsum

from scanner.assess import concentration, diversification, eu_supply_risk, supplies
from scanner.core.diversification import Producer, Room, Standing
from scanner.core.measures import (
    CAPACITY,
    LAW,
    MOVED,
    RECYCLED,
    MaterialMeasures,
    Recycling,
    Reserve,
    Reshoring,
    Shift,
    Substitution,
    Target,
)
from scanner.core.methods import Facts
from scanner.core.names import CountryCode, MaterialId, SourceId, Stage
from scanner.core.supplies import SupplyScope, SupplySeries
from scanner.core.supply import Material, Share
from scanner.core.supply_risk import Parameter, RecomputedRisk

TARGETS = 5


def of_material(facts: Facts, material: MaterialId) -> MaterialMeasures:
    """All measures that the release can tell something about."""
    known = facts.supply.materials[material]
    rooms = {stage: diversification.at_stage(facts, material, stage) for stage in Stage}
    bottleneck = _bottleneck(facts, known)
    return MaterialMeasures(
        material=material,
        diversify=tuple(
            shift
            for room in rooms.values()
            if room is not None and (shift := diversified(facts, material, room)) is not None
        ),
        substitution=_substitution(known, bottleneck),
        recycling=_recycling(known, bottleneck),
        reshore=tuple(
            found
            for stage in Stage
            if (found := reshored(facts, known, stage, rooms[stage])) is not None
        ),
    )


def diversified(facts: Facts, material: MaterialId, room: Room) -> Shift | None:
    """A third of all sourcing moves to friends of the Union.

    None where that spreads nothing, and where the largest supplier is a member of the Union.
    """
    series = _sourcing(facts, material, room.stage)
    if series is None or _in_union(facts, _largest(series)):
        series = room.series
    supplier = _largest(series)
    if _in_union(facts, supplier):
        return None
    targets = [one for one in (room.largest, *room.producers) if _is_friend(one)]
    targets = [one for one in targets if one.share.country != supplier.country][:TARGETS]
    shift = moved(series, room, supplier, min(MOVED, supplier.fraction), targets)
    return shift if shift is not None and shift.after.low < shift.before.low else None


def reshored(facts: Facts, material: Material, stage: Stage, room: Room | None) -> Reshoring | None:
    """What members of the Union make and hold at a stage; None where nothing can be told."""
    makers = [] if room is None else [one for one in (room.largest, *room.producers) if _is_eu(one)]
    reserves = tuple(_reserves(facts, material.id)) if stage is Stage.EXTRACTION else ()
    benchmark = CAPACITY[stage] if material.strategic is not None else None
    if not makers and not reserves and (room is None or benchmark is None):
        return None
    series = _sourcing(facts, material.id, stage)
    domestic = None if series is None else _domestic(facts, series)
    shift = None
    if series is not None and room is not None and domestic is not None and benchmark is not None:
        shift = _lifted(facts, series, room, benchmark - domestic, makers)
    producers = tuple(
        Target(one.share.country, one.share.fraction, one.standing, 0.0) for one in makers
    )
    keys = {one.share.source for one in makers}
    keys |= {one.source for one in reserves}
    keys |= set() if series is None else {series.years[-1].source}
    keys |= set() if benchmark is None else {LAW}
    return Reshoring(
        stage=stage,
        year=None if room is None else room.year,
        output=fsum(one.share.fraction for one in makers if not one.share.upper_bound),
        producers=producers,
        reserves=reserves,
        domestic=domestic,
        benchmark=benchmark,
        shift=shift,
        sources=tuple(sorted(keys)),
    )


def moved(
    series: SupplySeries,
    room: Room,
    supplier: Share,
    amount: float,
    targets: Sequence[Producer],
) -> Shift | None:
    """`amount` of a supply moves from one supplier to the targets; None without any of either."""
    output = fsum(one.share.fraction for one in targets)
    if amount <= 0 or output <= 0:
        return None
    year = series.years[-1]
    gains = {one.share.country: amount * one.share.fraction / output for one in targets}
    after = _after(year.shares, supplier, amount, gains)
    before = concentration.herfindahl(year.shares)
    then = concentration.herfindahl(after)
    assert before is not None  # noqa: S101 - there are shares
    assert then is not None  # noqa: S101 - there are shares
    keys = {year.source, *(key for one in targets for key in (one.share.source, *one.sources))}
    return Shift(
        stage=room.stage,
        scope=series.scope,
        of=series.materials[0],
        year=year.year,
        supplier=supplier.country,
        share_before=supplier.fraction,
        share_after=supplier.fraction - amount,
        moved=amount,
        targets=tuple(
            Target(one.share.country, one.share.fraction, one.standing, gains[one.share.country])
            for one in targets
        ),
        before=before,
        after=then,
        sources=tuple(sorted(keys)),
    )


def _after(
    shares: Sequence[Share], supplier: Share, amount: float, gains: dict[CountryCode, float]
) -> tuple[Share, ...]:
    """The shares after a move; a target that was only an upper bound has what it gained."""
    changed = [
        replace(
            one,
            fraction=(0.0 if one.upper_bound else one.fraction)
            + gains.get(one.country, 0.0)
            - (amount if one.country == supplier.country else 0.0),
            upper_bound=False,
        )
        if one.country in gains or one.country == supplier.country
        else one
        for one in shares
    ]
    held = {one.country for one in shares}
    new = [
        replace(supplier, country=country, fraction=gain)
        for country, gain in gains.items()
        if country not in held
    ]
    return (*changed, *new)


def _sourcing(facts: Facts, material: MaterialId, stage: Stage) -> SupplySeries | None:
    """The Union's sourcing at a stage; None where the study prints none or only upper bounds."""
    for series in supplies.of_scope(facts, material, SupplyScope.EU_SOURCING, stage):
        if not _largest(series).upper_bound:
            return series
    return None


def _largest(series: SupplySeries) -> Share:
    return series.years[-1].shares[0]


def _in_union(facts: Facts, share: Share) -> bool:
    return diversification.standing(facts, share.country) is Standing.EU


def _is_friend(producer: Producer) -> bool:
    exact = not producer.share.upper_bound
    return exact and not producer.sanctioned and producer.standing is not Standing.OTHER


def _is_eu(producer: Producer) -> bool:
    return producer.standing is Standing.EU and not producer.share.upper_bound


def _domestic(facts: Facts, series: SupplySeries) -> float:
    return fsum(
        one.fraction
        for one in series.years[-1].shares
        if not one.upper_bound and _in_union(facts, one)
    )


def _lifted(
    facts: Facts, series: SupplySeries, room: Room, missing: float, makers: Sequence[Producer]
) -> Shift | None:
    """What members lack of the benchmark moves to them from the largest third country."""
    third = [
        one for one in series.years[-1].shares if not one.upper_bound and not _in_union(facts, one)
    ]
    if not third:
        return None
    supplier = third[0]
    return moved(series, room, supplier, min(missing, supplier.fraction), makers)


def _reserves(facts: Facts, material: MaterialId) -> Iterator[Reserve]:
    """The newest reserves of members of the Union that count this material alone."""
    known = [
        one for one in facts.resources.reserves(material) if one.commodity.materials == (material,)
    ]
    newest = max((one.year for one in known), default=0)
    for held in known:
        if held.year != newest:
            continue
        total = held.world if held.world and held.world_bound is None else None
        for one in held.countries:
            if diversification.standing(facts, one.country) is Standing.EU and one.quantity > 0:
                part = None if total is None else one.quantity / total
                yield Reserve(one.country, held.commodity.id, part, held.year, held.source)


def _bottleneck(facts: Facts, material: Material) -> RecomputedRisk | None:
    earlier = facts.resources.parameters_2017(material.id)
    found = eu_supply_risk.recompute(facts.supply, material, earlier)
    return next((one for one in found if one.bottleneck), None)


def _substitution(material: Material, risk: RecomputedRisk | None) -> Substitution | None:
    if risk is None or risk.substitution is None or material.supply_risk is None:
        return None
    index = risk.substitution
    if not 0 < index.value < 1:
        return None
    published = material.supply_risk
    return Substitution(index, published, published / index.value, material.source)


def _recycling(material: Material, risk: RecomputedRisk | None) -> Recycling | None:
    if risk is None or risk.eol_rir is None or material.supply_risk is None:
        return None
    rate, published = risk.eol_rir, material.supply_risk
    if rate.value >= 1:
        return None
    return Recycling(
        eol_rir=rate,
        supply_risk=published,
        without=_at(published, rate, 0.0),
        at_benchmark=_at(published, rate, RECYCLED) if rate.value < RECYCLED else None,
        source=SourceId(material.source),
    )


def _at(published: float, rate: Parameter, other: float) -> float:
    """The supply risk at another rate of recycling, all else held."""
    return published * (1 - other) / (1 - rate.value)
