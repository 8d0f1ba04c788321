"""Tables → production and reserves by commodity, as the sources print them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from scanner.core.names import CountryCode, Language, MaterialId, SourceId, Stage
from scanner.core.production import (
    Commodity,
    Holding,
    Output,
    ProductionSeries,
    ProductionYear,
    Reserves,
)
from scanner.knowledge import schema, schema_supply
from scanner.knowledge.tables import Tables

Row = TypeVar("Row")
Group = TypeVar("Group")


def compile_commodities(tables: Tables) -> dict[str, Commodity]:
    """The things that statistics count, by id."""
    stages = {word: stage for word, stage in stages_of(tables).items() if stage is not None}
    return {
        row.id: Commodity(
            id=row.id,
            materials=materials_in(row.materials),
            names=names_in(row),
            stage=stages[row.step],
            step=row.step,
            unit=row.unit,
            note=row.note,
        )
        for row in tables.of(schema_supply.CommodityRow)
    }


def compile_series(tables: Tables, commodities: Mapping[str, Commodity]) -> list[ProductionSeries]:
    """Production by commodity and edition, newest edition first."""
    made = grouped(
        tables.of(schema_supply.ProductionRow), lambda row: (row.commodity, row.source, row.year)
    )
    totals = {
        (row.commodity, row.source, row.year, row.area): row
        for row in tables.of(schema_supply.ProductionTotalRow)
    }
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for commodity, source, year in [*made, *(key[:3] for key in totals)]:
        years[commodity, source].add(year)
    editions = _editions(tables)
    newest: dict[tuple[str, str, int], str] = {}
    for (commodity, source), found in years.items():
        publisher, edition = editions[source]
        for year in found:
            key = (commodity, publisher, year)
            newest[key] = max(newest.get(key, ""), edition)

    def one_year(commodity: str, source: str, year: int) -> ProductionYear:
        publisher, edition = editions[source]
        world = totals.get((commodity, source, year, "world"))
        others = totals.get((commodity, source, year, "others"))
        return ProductionYear(
            year=year,
            countries=tuple(
                Output(CountryCode(row.country), row.quantity, row.estimated, row.state)
                for row in sorted(made.get((commodity, source, year), ()), key=_biggest_first)
            ),
            world=world.quantity if world else None,
            others=others.quantity if others else None,
            superseded=edition < newest[commodity, publisher, year],
            note=world.note if world else None,
        )

    rows = sorted(
        tables.of(schema_supply.ProductionSeriesRow),
        key=lambda row: (row.commodity, editions[row.source][1], row.source),
    )
    series = [
        ProductionSeries(
            commodity=commodities[row.commodity],
            basis=row.basis,
            source=SourceId(row.source),
            years=tuple(
                one_year(row.commodity, row.source, year)
                for year in sorted(years[row.commodity, row.source])
            ),
            note=row.note,
        )
        for row in rows
    ]
    return sorted(series, key=lambda one: editions[one.source][1], reverse=True)


def _editions(tables: Tables) -> dict[str, tuple[str, str]]:
    """Publisher and year of every source."""
    return {row.id: (row.publisher, row.year) for row in tables.of(schema.SourceRow)}


def _biggest_first(row: schema_supply.ProductionRow) -> tuple[bool, float, str]:
    return row.quantity is None, -(row.quantity or 0.0), row.country


def compile_reserves(tables: Tables, commodities: Mapping[str, Commodity]) -> list[Reserves]:
    """Reserves by commodity, year and basis."""
    held = grouped(
        tables.of(schema_supply.ReserveRow),
        lambda row: (row.commodity, row.year, row.basis, row.source),
    )
    totals = {
        (row.commodity, row.year, row.basis, row.source, row.area): row
        for row in tables.of(schema_supply.ReserveTotalRow)
    }
    keys = sorted({*held, *(key[:4] for key in totals)})
    found = []
    for key in keys:
        commodity, year, basis, source = key
        world, others = totals.get((*key, "world")), totals.get((*key, "others"))
        found.append(
            Reserves(
                commodity=commodities[commodity],
                basis=basis,
                year=year,
                countries=tuple(
                    Holding(CountryCode(row.country), row.quantity, row.note)
                    for row in sorted(
                        held.get(key, ()), key=lambda row: (-row.quantity, row.country)
                    )
                ),
                world=world.quantity if world else None,
                world_bound=world.bound if world else None,
                others=others.quantity if others else None,
                source=SourceId(source),
            )
        )
    return found


def grouped(rows: Iterable[Row], key: Callable[[Row], Group]) -> dict[Group, list[Row]]:
    """The rows by key, in file order."""
    found: dict[Group, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def materials_in(cell: str | None) -> tuple[MaterialId, ...]:
    """The raw materials that a cell names, separated by ``;``."""
    return () if cell is None else tuple(MaterialId(key) for key in cell.split(";"))


def stages_of(tables: Tables) -> dict[str, Stage | None]:
    """Our stage of every word for a step; none beyond raw materials."""
    return {row.word: row.stage for row in tables.of(schema_supply.StageWordRow)}


def names_in(row: schema_supply.CommodityRow | schema_supply.SectorRow) -> dict[Language, str]:
    """Names in English and Dutch."""
    return {Language("en"): row.name_en, Language("nl"): row.name_nl}
