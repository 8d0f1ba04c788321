"""Tables → `Resources`: production, reserves, trade, prices, by-products, recycling and uses.

What is known of a group only (``rare_earths`` counts all of them) is found under its members, too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from scanner.core.names import CountryCode, MaterialId, SourceId
from scanner.core.resources import (
    Companionality,
    Emission,
    EndUse,
    Host,
    Parameters2017,
    PastAssessment,
    RecyclingRate,
    Resources,
    Sector,
)
from scanner.core.trade import Flow, Importer, Imports, Price, PriceSeries, TradeCode
from scanner.knowledge import schema, schema_supply
from scanner.knowledge.compile_production import (
    compile_commodities,
    compile_reserves,
    compile_series,
    grouped,
    materials_in,
    names_in,
    stages_of,
)
from scanner.knowledge.tables import Tables

Known = TypeVar("Known")
Row = TypeVar("Row")
Group = TypeVar("Group")


def compile_resources(tables: Tables) -> Resources:
    """Everything that the release knows of raw materials beside the assessment of 2023."""
    members = _members(tables)
    commodities = compile_commodities(tables)
    codes = _codes(tables)

    def spread(
        found: Iterable[Known], materials: Callable[[Known], Iterable[MaterialId]]
    ) -> dict[MaterialId, tuple[Known, ...]]:
        under: dict[MaterialId, list[Known]] = defaultdict(list)
        for one in found:
            named = list(dict.fromkeys(materials(one)))
            inside = [member for name in named for member in members.get(name, ())]
            for material in dict.fromkeys([*named, *inside]):
                under[material].append(one)
        return {material: tuple(ones) for material, ones in sorted(under.items())}

    return Resources(
        commodities=commodities,
        series=spread(compile_series(tables, commodities), lambda one: one.commodity.materials),
        holdings=spread(compile_reserves(tables, commodities), lambda one: one.commodity.materials),
        imported=spread(_imports(tables, codes), lambda one: one.code.materials),
        codes=spread(codes.values(), lambda one: one.materials),
        priced=spread(_prices(tables), lambda one: one.materials),
        won_with=_companionality(tables),
        recycled=_under(
            (row.material, _rate(row)) for row in tables.of(schema_supply.RecyclingRow)
        ),
        emitted={
            MaterialId(row.material): Emission(
                row.form, row.low, row.typical, row.high, row.year, SourceId(row.source), row.note
            )
            for row in tables.of(schema_supply.EmissionRow)
        },
        used=_uses(tables),
        assessed=_history(tables),
        parameters=_under(
            (row.material, _parameters(row)) for row in tables.of(schema_supply.Parameters2017Row)
        ),
    )


def _members(tables: Tables) -> dict[MaterialId, list[MaterialId]]:
    members: dict[MaterialId, list[MaterialId]] = defaultdict(list)
    for row in tables.of(schema.MaterialRow):
        if row.group is not None:
            members[MaterialId(row.group)].append(MaterialId(row.id))
    return members


def _codes(tables: Tables) -> dict[str, TradeCode]:
    stages = stages_of(tables)
    held = {row.code for row in tables.of(schema_supply.TradeRow)}
    return {
        row.code: TradeCode(
            code=row.code,
            nomenclature=row.nomenclature,
            materials=materials_in(row.materials),
            step=row.step,
            stage=stages[row.step],
            held=row.code in held,
            note=row.note,
            source=SourceId(row.source),
        )
        for row in tables.of(schema_supply.TradeCodeRow)
    }


def _imports(tables: Tables, codes: Mapping[str, TradeCode]) -> list[Imports]:
    flows: dict[tuple[str, Importer, str], list[Flow]] = defaultdict(list)
    for row in tables.of(schema_supply.TradeRow):
        flows[row.code, row.importer, row.source].append(
            Flow(
                row.year, CountryCode(row.origin), row.value_kusd, row.weight_t, row.without_weight
            )
        )
    return [
        Imports(codes[code], importer, tuple(sorted(found)), SourceId(source))
        for (code, importer, source), found in sorted(flows.items())
    ]


def _prices(tables: Tables) -> list[PriceSeries]:
    by_series = grouped(
        tables.of(schema_supply.PriceRow), lambda row: (not row.primary, row.materials, row.series)
    )
    return [
        PriceSeries(
            id=rows[0].series,
            materials=materials_in(rows[0].materials),
            basis=rows[0].basis,
            primary=rows[0].primary,
            prices=tuple(
                Price(
                    row.year,
                    row.price,
                    row.unit,
                    row.price * row.unit.usd_per_kg,
                    row.estimated,
                    SourceId(row.source),
                )
                for row in sorted(rows, key=lambda row: row.year)
            ),
        )
        for _, rows in sorted(by_series.items())
    ]


def _companionality(tables: Tables) -> dict[MaterialId, Companionality]:
    hosts = grouped(tables.of(schema_supply.HostRow), lambda row: row.material)
    return {
        MaterialId(row.material): Companionality(
            fraction=row.fraction,
            year=row.year,
            hosts=tuple(
                Host(host.host, materials_in(host.host_material), SourceId(host.source))
                for host in hosts.get(row.material, ())
            ),
            source=None if row.source is None else SourceId(row.source),
            note=row.note,
        )
        for row in tables.of(schema_supply.CompanionRow)
    }


def _rate(row: schema_supply.RecyclingRow) -> RecyclingRate:
    return RecyclingRate(
        measure=row.measure,
        estimate=row.estimate,
        low=row.low,
        high=row.high,
        bound=row.bound,
        year=row.year,
        locator=row.locator,
        source=SourceId(row.source),
    )


def _uses(tables: Tables) -> dict[MaterialId, tuple[EndUse, ...]]:
    sectors = {
        row.code: Sector(row.code, names_in(row), row.value_added_meur, SourceId(row.source))
        for row in tables.of(schema_supply.SectorRow)
    }

    def use(row: schema_supply.EndUseRow) -> EndUse:
        return EndUse(
            application=row.application,
            fraction=row.fraction,
            sector=None if row.sector is None else sectors[row.sector],
            source=SourceId(row.source),
            note=row.note,
        )

    found = _under((row.material, use(row)) for row in tables.of(schema_supply.EndUseRow))
    return {
        material: tuple(sorted(uses, key=lambda one: (-(one.fraction or 0.0), one.application)))
        for material, uses in found.items()
    }


def _history(tables: Tables) -> dict[MaterialId, tuple[PastAssessment, ...]]:
    def past(row: schema_supply.HistoryRow) -> PastAssessment:
        return PastAssessment(
            year=row.year,
            assessed_as=row.assessed_as,
            supply_risk=row.supply_risk,
            economic_importance=row.economic_importance,
            listed=row.listed,
            by_group=row.by_group,
            source=SourceId(row.source),
            list_source=SourceId(row.list_source),
        )

    found = _under((row.material, past(row)) for row in tables.of(schema_supply.HistoryRow))
    return {
        material: tuple(sorted(rows, key=lambda one: (one.year, one.assessed_as or "")))
        for material, rows in found.items()
    }


def _parameters(row: schema_supply.Parameters2017Row) -> Parameters2017:
    return Parameters2017(
        assessed_as=row.assessed_as,
        stage=row.stage,
        supply_risk=row.supply_risk,
        economic_importance=row.economic_importance,
        import_reliance=row.import_reliance,
        eol_rir=row.eol_rir,
        substitution_ei=row.substitution_ei,
        substitution_sr=row.substitution_sr,
        hhi_global=row.hhi_global,
        hhi_eu=row.hhi_eu,
        mix=row.mix,
        source=SourceId(row.source),
    )


def _under(pairs: Iterable[tuple[str, Known]]) -> dict[MaterialId, tuple[Known, ...]]:
    found: dict[MaterialId, list[Known]] = defaultdict(list)
    for material, one in pairs:
        found[MaterialId(material)].append(one)
    return {material: tuple(ones) for material, ones in sorted(found.items())}
