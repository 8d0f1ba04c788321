"""Who supplies a raw material, as shares: the study's tables, production by year, imports by year.

A country's share of production is its output over the world total that the publisher prints; shares
are never normalised. Output that is withheld belongs to what the shares do not name. Commodities
are never added up, and what counts several raw materials together says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from typing import NamedTuple

from scanner.core.methods import Facts
from scanner.core.names import Language, MaterialId, Scope, SourceId, Stage
from scanner.core.production import ProductionSeries, ProductionYear
from scanner.core.supplies import SupplyScope, SupplySeries, SupplyYear
from scanner.core.supply import Share
from scanner.core.trade import Flow, Importer, Imports

WORLD_TOTAL_MISSING = "world_total_missing"
WEIGHT_MISSING = "weight_missing"
NO_TRADE = "no_trade"
NO_PRODUCTION = "no_production"
OTHER_STAGE = "other_stage"
COUNTED_TOGETHER = "counted_together"
SEVERAL_COMMODITIES = "several_commodities"
IMPORT_SCOPES = {
    Importer.EU: SupplyScope.EU_IMPORTS,
    Importer.NETHERLANDS: SupplyScope.DUTCH_IMPORTS,
}


def of_material(facts: Facts, material: MaterialId) -> tuple[SupplySeries, ...]:
    """All series of a material: of the study, of production, of imports."""
    return (*study(facts, material), *production(facts, material), *imports(facts, material))


def of_scope(
    facts: Facts, material: MaterialId, scope: SupplyScope, stage: Stage | None = None
) -> Iterator[SupplySeries]:
    """The series of one scope, of one stage or of all.

    A member of a group for which the study prints no EU sourcing has that of its group.
    """
    kinds = {SupplyScope.WORLD: study, SupplyScope.EU_SOURCING: study,
             SupplyScope.PRODUCTION: production}  # fmt: skip
    made = kinds.get(scope, imports)
    own = [one for one in made(facts, material) if one.scope is scope]
    group = facts.supply.materials[material].group
    if scope is SupplyScope.EU_SOURCING and group is not None:
        covered = {one.stage for one in own}
        of_group = (one for one in study(facts, group) if one.scope is scope)
        own += [one for one in of_group if one.stage not in covered]
    yield from (one for one in own if stage in (None, one.stage))


def study(facts: Facts, material: MaterialId) -> Iterator[SupplySeries]:
    """The shares that the EU's study prints, by stage and scope."""
    for scope, ours in (
        (Scope.GLOBAL, SupplyScope.WORLD),
        (Scope.EU_SOURCING, SupplyScope.EU_SOURCING),
    ):
        for stage in Stage:
            shares = facts.supply.shares.get((material, stage, scope))
            if shares:
                source = shares[0].source
                year = SupplyYear(shares[0].year, biggest_first(shares), None, (), source)
                names = facts.supply.materials[material].names
                yield SupplySeries(
                    ours, stage, None, names, (material,), None, None,
                    facts.sources[source].publisher, (year,),
                )  # fmt: skip


def production(
    facts: Facts, material: MaterialId, stage: Stage | None = None
) -> Iterator[SupplySeries]:
    """World production by commodity, basis and publisher, newest edition of each year."""
    groups: defaultdict[tuple[str, str, str], list[ProductionSeries]] = defaultdict(list)
    for series in facts.resources.production(material, stage):
        publisher = facts.sources[series.source].publisher
        groups[series.commodity.id, series.basis, publisher].append(series)
    for (_, basis, publisher), editions in sorted(groups.items()):
        commodity = editions[0].commodity
        years = [
            _produced(year, edition.source)
            for edition in editions
            for year in edition.years
            if not year.superseded
        ]
        if years:
            yield SupplySeries(
                SupplyScope.PRODUCTION, commodity.stage, commodity.id, commodity.names,
                commodity.materials, basis, str(commodity.unit), publisher, _in_order(years),
            )  # fmt: skip


class Newest(NamedTuple):
    """The newest world output of a material alone at one stage, or the `reason` why there is none.

    `series` is what was looked at, also where it cannot be used.
    """

    series: SupplySeries | None
    reason: str | None = None

    @property
    def year(self) -> SupplyYear | None:
        """Its last year; None where it cannot be used."""
        return None if self.series is None or self.reason else self.series.years[-1]


def newest(facts: Facts, material: MaterialId, stage: Stage) -> Newest:
    """The newest production that counts this material, alone and as one thing, at this stage.

    Of two publishers with the same last year the one counts that names more of the world's output.
    """
    at_stage = list(production(facts, material, stage))
    if not at_stage:
        elsewhere = next(production(facts, material), None)
        return Newest(None, NO_PRODUCTION if elsewhere is None else OTHER_STAGE)
    alone = [one for one in at_stage if one.materials == (material,)]
    if not alone:
        return Newest(at_stage[0], COUNTED_TOGETHER)
    last = max(one.years[-1].year for one in alone)
    current = [one for one in alone if one.years[-1].year == last]
    if len({(one.of, one.basis) for one in current if one.publisher == current[0].publisher}) > 1:
        return Newest(current[0], SEVERAL_COMMODITIES)
    best = max(current, key=lambda one: fsum(s.fraction for s in one.years[-1].shares))
    return Newest(best, best.years[-1].reason)


def output(facts: Facts, material: MaterialId, stage: Stage) -> SupplySeries | None:
    """The world's output: the newest production of the material alone, else that of the study."""
    found = newest(facts, material, stage)
    if found.series is not None and found.year is not None:
        return found.series
    for series in study(facts, material):
        world = series.scope is SupplyScope.WORLD and series.stage is stage
        if world and not series.years[0].shares[0].upper_bound:
            return series
    return None


def moved(before: Sequence[Share], after: Sequence[Share]) -> float:
    """The fraction of supply that lies elsewhere, 0..1: half the sum of all differences.

    What one side does not name may be what the other names: it counts as elsewhere, too.
    """
    first, second = (
        {share.country: share.fraction for share in shares if not share.upper_bound}
        for shares in (before, after)
    )
    rest = abs(fsum(first.values()) - fsum(second.values()))
    between = fsum(
        abs(first.get(code, 0.0) - second.get(code, 0.0)) for code in sorted({*first, *second})
    )
    return min(1.0, (between + rest) / 2)


def imports(facts: Facts, material: MaterialId) -> Iterator[SupplySeries]:
    """Imports of the Union and of the Netherlands by code, by value and by weight."""
    for found in facts.resources.trade(material):
        by_year: defaultdict[int, list[Flow]] = defaultdict(list)
        for flow in found.flows:
            by_year[flow.year].append(flow)
        for unit, made in (("kUSD", _by_value), ("t", _by_weight)):
            years = [made(year, flows, found.source) for year, flows in by_year.items()]
            if years:
                yield _imported(facts, found, unit, years)


def biggest_first(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Shares by size, ties by country; what is only an upper bound stands last."""
    return tuple(sorted(shares, key=lambda s: (s.upper_bound, -s.fraction, s.country)))


def _produced(year: ProductionYear, source: SourceId) -> SupplyYear:
    withheld = tuple(one.country for one in year.countries if one.state is not None)
    if not year.world:
        return SupplyYear(str(year.year), (), None, withheld, source, WORLD_TOTAL_MISSING)
    shares = [
        Share(one.country, one.quantity / year.world, str(year.year), None, False, source)
        for one in year.countries
        if one.quantity
    ]
    return SupplyYear(str(year.year), biggest_first(shares), year.world, withheld, source)


def _imported(facts: Facts, found: Imports, unit: str, years: list[SupplyYear]) -> SupplySeries:
    code = found.code
    return SupplySeries(
        IMPORT_SCOPES[found.importer], code.stage, code.code, {Language("en"): code.code},
        code.materials, code.note, unit, facts.sources[found.source].publisher, _in_order(years),
    )  # fmt: skip


def _by_value(year: int, flows: list[Flow], source: SourceId) -> SupplyYear:
    return _flowing(str(year), [(one, one.value_kusd) for one in flows], source)


def _by_weight(year: int, flows: list[Flow], source: SourceId) -> SupplyYear:
    """Shares by weight where the weight of every flow is known."""
    if any(one.without_weight or one.weight_t is None for one in flows):
        return SupplyYear(str(year), (), None, (), source, WEIGHT_MISSING)
    return _flowing(str(year), [(one, one.weight_t or 0.0) for one in flows], source)


def _flowing(year: str, flows: list[tuple[Flow, float]], source: SourceId) -> SupplyYear:
    total = fsum(amount for _, amount in flows)
    if not total:
        return SupplyYear(year, (), 0.0, (), source, NO_TRADE)
    shares = [
        Share(one.origin, amount / total, year, None, False, source)
        for one, amount in flows
        if amount
    ]
    return SupplyYear(year, biggest_first(shares), total, (), source)


def _in_order(years: list[SupplyYear]) -> tuple[SupplyYear, ...]:
    return tuple(sorted(years, key=lambda one: one.year))
