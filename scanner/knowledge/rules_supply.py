"""What the tables about supply must satisfy, and the terms of the sources."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import fsum

from scanner.core.production import OutputState
from scanner.core.sources import Terms
from scanner.core.trade import Importer
from scanner.knowledge import schema, schema_supply
from scanner.knowledge.tables import Problem, Tables

MAX_SUM = 1.05
"""Printed parts may add up to this much of the printed whole, by rounding."""

NOT_COMMERCIAL = ("NC", "non-commercial", "noncommercial")
"""What a licence says that the release may not rest on."""


def terms_allow_it(tables: Tables) -> Iterator[Problem]:
    """Open licences bring the credit that they ask for, and none forbids commercial use."""
    for number, row in tables.numbered(schema.SourceRow):
        if (row.terms == Terms.OPEN) != (row.attribution is not None):
            rule = "an open licence needs its attribution, and nothing else has one"
            yield Problem("sources", number, "attribution", str(row.attribution), rule)
        words = row.licence.replace("-", " ").split()
        if row.terms != Terms.FACTS and any(word in words for word in NOT_COMMERCIAL):
            rule = "only single facts may come from a source that forbids commercial use"
            yield Problem("sources", number, "licence", row.licence, rule)


def what_is_unknown_says_why(tables: Tables) -> Iterator[Problem]:
    """A quantity that is not printed has a state, and a printed one has none."""
    rows: Iterable[tuple[str, int, float | None, OutputState | None]] = [
        *(
            ("production", n, row.quantity, row.state)
            for n, row in tables.numbered(schema_supply.ProductionRow)
        ),
        *(
            ("production_totals", n, row.quantity, row.state)
            for n, row in tables.numbered(schema_supply.ProductionTotalRow)
        ),
    ]
    for table, number, quantity, state in rows:
        if (quantity is None) != (state is not None):
            rule = "either a quantity, or the state that says why there is none"
            yield Problem(table, number, "state", f"{quantity}, {state}", rule)


def commodities_have_a_stage(tables: Tables) -> Iterator[Problem]:
    """What production counts is extracted or processed, and no product."""
    stages = {row.word: row.stage for row in tables.of(schema_supply.StageWordRow)}
    for number, row in tables.numbered(schema_supply.CommodityRow):
        if row.step in stages and stages[row.step] is None:
            rule = "this step is of neither stage"
            yield Problem("commodities", number, "step", row.step, rule)


def production_has_its_series(tables: Tables) -> Iterator[Problem]:
    """Production says what it counts, and every series has production."""
    series = {
        (row.commodity, row.source): number
        for number, row in tables.numbered(schema_supply.ProductionSeriesRow)
    }
    made = tables.numbered(schema_supply.ProductionRow)
    totals = tables.numbered(schema_supply.ProductionTotalRow)
    counted = [
        *(("production", number, (row.commodity, row.source)) for number, row in made),
        *(("production_totals", number, (row.commodity, row.source)) for number, row in totals),
    ]
    used = {key for _, _, key in counted}
    for table, number, key in counted:
        if key not in series:
            rule = "no row of production_series says what this counts"
            yield Problem(table, number, "commodity+source", ", ".join(key), rule)
    for key, number in series.items():
        if key not in used:
            rule = "nothing is counted like this"
            yield Problem("production_series", number, "commodity+source", ", ".join(key), rule)


def countries_fit_the_world(tables: Tables) -> Iterator[Problem]:
    """Named countries and the others add up to at most 1.05 of the world, or a note says so."""
    parts: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for row in tables.of(schema_supply.ProductionRow):
        if row.quantity is not None:
            parts[row.commodity, row.source, row.year].append(row.quantity)
    worlds = []
    for number, total in tables.numbered(schema_supply.ProductionTotalRow):
        if total.area == "world":
            worlds.append((number, total))
        elif total.quantity is not None:
            parts[total.commodity, total.source, total.year].append(total.quantity)
    for number, world in worlds:
        summed = fsum(parts[world.commodity, world.source, world.year])
        if world.quantity is None or world.note is not None:
            continue
        if summed > MAX_SUM * world.quantity:
            rule = f"the countries add up to {summed:g}, more than {MAX_SUM} of it, without a note"
            yield Problem("production_totals", number, "quantity", f"{world.quantity:g}", rule)


def reserves_fit_the_world(tables: Tables) -> Iterator[Problem]:
    """Reserves of countries add up to at most 1.05 of the world total, unless it is a lower one."""
    parts: dict[tuple[str, int, str], list[float]] = defaultdict(list)
    for row in tables.of(schema_supply.ReserveRow):
        if row.note is None:
            parts[row.commodity, row.year, row.basis].append(row.quantity)
    for number, total in tables.numbered(schema_supply.ReserveTotalRow):
        summed = fsum(parts[total.commodity, total.year, total.basis])
        if total.area == "world" and total.bound is None and summed > MAX_SUM * total.quantity:
            rule = f"the countries add up to {summed:g}, more than {MAX_SUM} of it"
            yield Problem("reserve_totals", number, "quantity", f"{total.quantity:g}", rule)


def imports_cross_a_border(tables: Tables) -> Iterator[Problem]:
    """The Union imports from countries outside it, the Netherlands from others; weights are real.

    A flow without weight is counted.
    """
    members = {row.country for row in tables.of(schema.RelationRow) if row.eu_member}
    inside = {Importer.EU: members, Importer.NETHERLANDS: {"NLD"}}
    for number, row in tables.numbered(schema_supply.TradeRow):
        if row.origin in inside[row.importer]:
            rule = f"no import of {row.importer}: the origin is inside"
            yield Problem("trade", number, "origin", row.origin, rule)
        if row.weight_t is None and row.without_weight == 0:
            rule = "no weight, and no flow without weight"
            yield Problem("trade", number, "weight_t", "", rule)


def prices_are_series(tables: Tables) -> Iterator[Problem]:
    """A series has one basis, and each set of materials one primary series."""
    seen: dict[tuple[str, str], schema_supply.PriceRow] = {}
    primary: dict[str, str] = {}
    for number, row in tables.numbered(schema_supply.PriceRow):
        first = seen.setdefault((row.materials, row.series), row)
        if (first.basis, first.primary) != (row.basis, row.primary):
            rule = "basis and primary are the same in all years of a series"
            yield Problem("prices", number, "series", row.series, rule)
        if row.primary and primary.setdefault(row.materials, row.series) != row.series:
            rule = f"the primary series of {row.materials} is {primary[row.materials]}"
            yield Problem("prices", number, "primary", row.series, rule)


def rates_are_ordered(tables: Tables) -> Iterator[Problem]:
    """``low <= high`` for recycling rates."""
    for number, row in tables.numbered(schema_supply.RecyclingRow):
        if row.low > row.high:
            yield Problem("recycling", number, "low", f"{row.low}, {row.high}", "must be <= high")


def emissions_are_ordered(tables: Tables) -> Iterator[Problem]:
    """``low <= typical <= high`` for emissions."""
    for number, row in tables.numbered(schema_supply.EmissionRow):
        if not row.low <= row.typical <= row.high:
            found = f"{row.low}, {row.typical}, {row.high}"
            yield Problem("emissions", number, "typical", found, "must lie between its limits")


def uses_add_up(tables: Tables) -> Iterator[Problem]:
    """The shares of the end uses of a material add up to at most 1.05."""
    sums: dict[str, list[float]] = defaultdict(list)
    last: dict[str, int] = {}
    for number, row in tables.numbered(schema_supply.EndUseRow):
        sums[row.material].append(row.fraction or 0.0)
        last[row.material] = number
    for material, fractions in sums.items():
        if (total := fsum(fractions)) > MAX_SUM:
            rule = f"the uses of {material} add up to more than {MAX_SUM}"
            yield Problem("end_uses", last[material], "fraction", f"{total:.4f}", rule)


def by_products_are_cited(tables: Tables) -> Iterator[Problem]:
    """A share of by-production has a year and a source; a row without one has a host."""
    hosted = {row.material for row in tables.of(schema_supply.HostRow)}
    for number, row in tables.numbered(schema_supply.CompanionRow):
        given = [value is not None for value in (row.fraction, row.year, row.source)]
        if any(given) and not all(given):
            rule = "fraction, year and source go together"
            yield Problem("companions", number, "fraction", str(row.fraction), rule)
        elif not any(given) and row.material not in hosted:
            rule = "neither a share nor a host"
            yield Problem("companions", number, "fraction", "", rule)


def history_ends_in_2023(tables: Tables) -> Iterator[Problem]:
    """What the history says of 2023 is what the table of materials says."""
    materials = {row.id: row for row in tables.of(schema.MaterialRow)}
    for number, row in tables.numbered(schema_supply.HistoryRow):
        if row.year != 2023 or row.material not in materials:
            continue
        now = materials[row.material]
        said = (row.supply_risk, row.economic_importance, row.listed)
        known = (now.supply_risk, now.economic_importance, now.critical_annex is not None)
        if said != known:
            rule = f"the table of materials has {known}"
            yield Problem("history", number, "supply_risk", str(said), rule)


RULES = (
    terms_allow_it,
    what_is_unknown_says_why,
    commodities_have_a_stage,
    production_has_its_series,
    countries_fit_the_world,
    reserves_fit_the_world,
    imports_cross_a_border,
    prices_are_series,
    rates_are_ordered,
    emissions_are_ordered,
    uses_add_up,
    by_products_are_cited,
    history_ends_in_2023,
)
