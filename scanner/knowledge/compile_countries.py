"""Tables → `Standing`: governance by year, agreements, conflict areas, restrictions, sanctions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from scanner.core.names import CountryCode, Language, MaterialId, SourceId
from scanner.core.restrictions import Restriction, Sanction, Timeline
from scanner.core.standing import (
    Agreement,
    ConflictArea,
    ConflictRegime,
    Estimates,
    Standing,
)
from scanner.core.supply import Outline
from scanner.knowledge import schema, schema_countries
from scanner.knowledge.compile_production import grouped, materials_in
from scanner.knowledge.tables import Tables

Key = TypeVar("Key", CountryCode, MaterialId)
Known = TypeVar("Known")
Row = TypeVar(
    "Row",
    schema_countries.EstimatesRow,
    schema_countries.AgreementRow,
    schema_countries.AreaRow,
)


def compile_standing(tables: Tables) -> Standing:
    """Everything that the release knows of countries beside supply and indicators."""
    restrictions = [_restriction(row) for row in tables.of(schema_countries.RestrictionRow)]
    sanctions = [_sanction(row) for row in tables.of(schema_countries.SanctionRow)]
    return Standing(
        estimates=_by_country(tables, schema_countries.EstimatesRow, _estimates),
        agreements=_by_country(tables, schema_countries.AgreementRow, _agreement),
        regimes={row.id: _regime(row) for row in tables.of(schema_countries.RegimeRow)},
        areas=_by_country(tables, schema_countries.AreaRow, _area),
        restrictions=_tuples(grouped(restrictions, lambda one: one.country)),
        sanctions=_tuples(grouped(sanctions, lambda one: one.country)),
        restricted=_by_material(tables, restrictions, lambda one: one.materials),
        sanctioned=_by_material(tables, sanctions, lambda one: one.materials),
    )


def compile_outlines(tables: Tables) -> dict[CountryCode, Outline]:
    """The shapes of countries on our map of the world."""
    return {
        CountryCode(row.country): Outline(
            row.path, (row.label_x, row.label_y), SourceId(row.source)
        )
        for row in tables.of(schema_countries.OutlineRow)
    }


def _by_country(
    tables: Tables, kind: type[Row], made: Callable[[Row], Known]
) -> dict[CountryCode, tuple[Known, ...]]:
    found: dict[CountryCode, list[Known]] = defaultdict(list)
    for row in tables.of(kind):
        found[CountryCode(row.country)].append(made(row))
    return _tuples(found)


def _by_material(
    tables: Tables, found: Iterable[Known], named: Callable[[Known], Iterable[MaterialId]]
) -> dict[MaterialId, tuple[Known, ...]]:
    """Under each raw material that is named, and under the members of a group that is."""
    members: dict[MaterialId, list[MaterialId]] = defaultdict(list)
    for row in tables.of(schema.MaterialRow):
        if row.group is not None:
            members[MaterialId(row.group)].append(MaterialId(row.id))
    under: dict[MaterialId, list[Known]] = defaultdict(list)
    for one in found:
        inside = [member for name in named(one) for member in members.get(name, ())]
        for material in dict.fromkeys([*named(one), *inside]):
            under[material].append(one)
    return _tuples(under)


def _tuples(found: dict[Key, list[Known]]) -> dict[Key, tuple[Known, ...]]:
    return {key: tuple(ones) for key, ones in sorted(found.items())}


def _estimates(row: schema_countries.EstimatesRow) -> Estimates:
    return Estimates(
        edition=row.edition,
        year=row.year,
        voice_accountability=row.voice_accountability,
        political_stability=row.political_stability,
        government_effectiveness=row.government_effectiveness,
        regulatory_quality=row.regulatory_quality,
        rule_of_law=row.rule_of_law,
        control_of_corruption=row.control_of_corruption,
        source=SourceId(row.source),
    )


def _agreement(row: schema_countries.AgreementRow) -> Agreement:
    return Agreement(
        name=row.name,
        kind=row.kind,
        status=row.status,
        date=row.date,
        raw_materials=row.raw_materials,
        note=row.note,
        sources=_sources(row.source),
    )


def _regime(row: schema_countries.RegimeRow) -> ConflictRegime:
    return ConflictRegime(
        id=row.id,
        names={Language("en"): row.name_en, Language("nl"): row.name_nl},
        materials=materials_in(row.materials),
        version=row.version,
        legal_reference=row.legal_reference,
        sources=_sources(row.source),
    )


def _area(row: schema_countries.AreaRow) -> ConflictArea:
    return ConflictArea(row.regime, row.standing, row.region, row.name, _sources(row.source))


def _restriction(row: schema_countries.RestrictionRow) -> Restriction:
    return Restriction(
        id=row.id,
        country=CountryCode(row.country),
        subject=row.subject,
        materials=materials_in(row.materials),
        form=row.form,
        measure=row.measure,
        destination=None if row.destination is None else CountryCode(row.destination),
        timeline=Timeline(
            row.start, row.end, row.suspended_from, row.suspended_until, row.reported, row.as_of
        ),
        detail=row.detail,
        legal_reference=row.legal_reference,
        sources=_sources(row.source),
    )


def _sanction(row: schema_countries.SanctionRow) -> Sanction:
    return Sanction(
        id=row.id,
        country=CountryCode(row.country),
        subject=row.subject,
        materials=materials_in(row.materials),
        measure=row.measure,
        timeline=Timeline(row.start, row.end, None, None, row.reported, row.as_of),
        detail=row.detail,
        legal_reference=row.legal_reference,
        sources=_sources(row.source),
    )


def _sources(cell: str) -> tuple[SourceId, ...]:
    return tuple(SourceId(key) for key in cell.split(";"))
