"""Tables → `Catalogue`: what can be looked up, row by row as the sources print it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from scanner.core.catalogue import (
    AlloyEntry,
    Catalogue,
    ClassAmount,
    ClassEntry,
    CodeContent,
    CodeEntry,
    Constituent,
    Intensity,
    PieceMass,
    Printed,
)
from scanner.core.composition import UnitMass, stated
from scanner.core.lexicon import MatchRule
from scanner.core.names import AlloyId, ClassId, Language, MaterialId, SourceId
from scanner.knowledge import schema, schema_masses
from scanner.knowledge.rules import EMPTY_PRESENCE, presence_words
from scanner.knowledge.schema_codes import (
    CodeContentRow,
    CodeIntensityRow,
    CodeNameRow,
    CodeRow,
)
from scanner.knowledge.tables import Tables

EN, NL = Language("en"), Language("nl")

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


def compile_catalogue(tables: Tables) -> Catalogue:
    """Alloys, classes and codes, by key."""
    words = _words(tables)
    return Catalogue(
        alloys=_alloys(tables, words),
        classes=_classes(tables, words),
        codes=_codes(tables),
        contents=_contents(tables),
        intensities=_by(
            (row.code, _intensity(row)) for row in tables.of(CodeIntensityRow)
        ),
    )  # fmt: skip


def _words(tables: Tables) -> dict[str, list[schema.TermRow]]:
    """The terms by their target; not those that say what their words do not mean."""
    found: dict[str, list[schema.TermRow]] = defaultdict(list)
    for row in tables.of(schema.TermRow):
        if row.match is not MatchRule.EXCLUDE:
            found[row.target].append(row)
    return found


def _alloys(
    tables: Tables, words: dict[str, list[schema.TermRow]]
) -> dict[AlloyId, AlloyEntry]:  # fmt: skip
    presence = presence_words(tables)
    parts = _by(
        (
            row.alloy,
            Constituent(
                kind=row.kind,
                item=row.item,
                presence=None if row.presence is None else presence[row.presence],
                absent=False,
                fraction=Printed.of(row.low, row.typical, row.high),
                basis=row.basis,
                role=None,
                expert=row.expert,
                sources=_sources(row.source),
                note=row.note,
            ),
        )
        for row in tables.of(schema.AlloyPartRow)
    )
    return {
        AlloyId(row.id): AlloyEntry(
            id=AlloyId(row.id),
            family=row.family,
            base=row.base,
            names={EN: row.name, NL: row.name_nl or row.name},
            designations=tuple(dict.fromkeys(term.text for term in words[f"alloy:{row.id}"])),
            constituents=parts[row.id],
            sources=_sources(row.source),
            note=row.note,
        )
        for row in sorted(tables.of(schema.AlloyRow), key=lambda row: row.id)
    }


def _classes(
    tables: Tables, words: dict[str, list[schema.TermRow]]
) -> dict[ClassId, ClassEntry]:  # fmt: skip
    presence = presence_words(tables)
    rows = sorted(tables.of(schema.ClassRow), key=lambda row: row.id)
    children = _by((row.parent, ClassId(row.id)) for row in rows)
    designators = _by((row.class_id, row.prefix) for row in tables.of(schema.DesignatorRow))
    patterns = _by((row.class_id, row.id) for row in tables.of(schema.PartNumberRow))
    masses = _by((row.class_id, _mass(row)) for row in tables.of(schema_masses.MassRow))
    amounts = _by((row.class_id, _amount(row)) for row in tables.of(schema.ClassAmountRow))
    parts = _by(
        (
            row.class_id,
            Constituent(
                kind=row.kind,
                item=row.item,
                presence=presence.get(row.presence),
                absent=row.presence == EMPTY_PRESENCE,
                fraction=Printed.of(row.low, row.typical, row.high),
                basis=None,
                role=row.role,
                expert=row.expert,
                sources=_sources(row.source),
                note=row.note,
            ),
        )
        for row in tables.of(schema.ClassPartRow)
    )
    return {
        ClassId(row.id): ClassEntry(
            id=ClassId(row.id),
            parent=None if row.parent is None else ClassId(row.parent),
            children=children.get(row.id, ()),
            names={EN: row.name_en, NL: row.name_nl},
            words=_by((Language(term.language), term.text) for term in words[f"class:{row.id}"]),
            designators=designators.get(row.id, ()),
            part_numbers=len(patterns.get(row.id, ())),
            constituents=parts.get(row.id, ()),
            amounts=amounts.get(row.id, ()),
            masses=masses.get(row.id, ()),
            sources=_sources(row.source),
        )
        for row in rows
    }


def _amount(row: schema.ClassAmountRow) -> ClassAmount:
    return ClassAmount(
        element=row.element,
        role=row.role,
        amount=Printed.of(row.low, row.typical, row.high) or Printed(None, None, None),
        unit=row.unit,
        source=SourceId(row.source),
        note=row.note,
    )


def _mass(row: schema_masses.MassRow) -> PieceMass:
    grams = stated(row.low, row.typical, row.high)
    origin = "class mass" if row.package is None else "package mass"
    return PieceMass(row.package, UnitMass(grams, origin, SourceId(row.source)), row.note)


def _codes(tables: Tables) -> dict[str, CodeEntry]:
    named = {row.code: row for row in tables.of(CodeRow)}

    def entry(row: CodeNameRow) -> CodeEntry:
        told = named.get(row.code)
        material = None if told is None else told.material
        class_id = None if told is None else told.class_id
        return CodeEntry(
            code=row.code,
            nomenclature=row.nomenclature,
            name_en=row.name_en,
            name_nl=row.name_nl,
            in_taric_2025=row.in_taric_2025,
            names_material=None if material is None else MaterialId(material),
            names_class=None if class_id is None else ClassId(class_id),
            sources=_sources(row.source),
        )

    rows = sorted(tables.of(CodeNameRow), key=lambda row: row.code)
    return {row.code: entry(row) for row in rows}


def _contents(tables: Tables) -> dict[str, tuple[CodeContent, ...]]:
    presence = presence_words(tables)
    return _by(
        (
            row.code,
            CodeContent(
                code=row.code,
                material=MaterialId(row.material),
                form=row.form,
                role=row.role,
                presence=None if row.presence is None else presence[row.presence],
                fraction=Printed.of(row.low, row.typical, row.high),
                figures_of=row.figures_of,
                basis=row.basis,
                expert=row.expert,
                sources=_sources(row.source),
                note=row.note,
            ),
        )
        for row in tables.of(CodeContentRow)
    )


def _intensity(row: CodeIntensityRow) -> Intensity:
    return Intensity(
        product=row.product,
        material=MaterialId(row.material),
        amount=Printed.of(row.low, row.typical, row.high) or Printed(None, row.typical, None),
        unit=row.unit,
        values=row.values,
        source=SourceId(row.source),
        note=row.note,
    )


def _sources(cell: str) -> tuple[SourceId, ...]:
    return tuple(SourceId(key) for key in cell.split(";"))


def _by(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    """The items of each key, in the order of the file."""
    found: dict[Key, list[Item]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return {key: tuple(items) for key, items in found.items()}
