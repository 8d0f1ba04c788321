"""Tables → `Recipes`: what alloys, classes, substances and codes are made of, as raw materials.

The rules that keep it honest: an upper limit makes no presence; what an element comes from may
depend on where it is (silicon in steel is no silicon metal); graphite may be synthetic, so natural
graphite is `possible`; what is only `possible` may be absent, so its range begins at 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.core.composition import Ingredient, Range, UnitMass, exactly, nominal, stated
from scanner.core.evidence import Target
from scanner.core.names import ClassId, MaterialId, Presence, SourceId, TargetKind
from scanner.core.recipes import DipCoat, Recipes
from scanner.knowledge import schema, schema_codes, schema_masses
from scanner.knowledge.columns import CompositionKind, FigureBasis
from scanner.knowledge.compile_densities import compile_densities
from scanner.knowledge.compile_fasteners import compile_sections, compile_shapes
from scanner.knowledge.compile_rated import compile_rated
from scanner.knowledge.rules import EMPTY_PRESENCE, presence_words
from scanner.knowledge.tables import Tables

IRON = "iron"
GRAPHITE = "graphite"

Names = dict[Target, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Part:
    """One row of a composition, before it is resolved to raw materials."""

    kind: CompositionKind
    item: str
    presence: Presence
    fraction: Range | None
    role: str
    context: str | None
    grade: str | None
    expert: bool
    source: SourceId


def compile_recipes(tables: Tables) -> Recipes:
    """Ingredients of every target, resolved to raw materials and inherited down the class tree."""
    resolver = _Resolver(tables)
    ingredients: dict[Target, tuple[Ingredient, ...]] = {}
    for alloy, parts in resolver.alloys.items():
        ingredients[Target(TargetKind.ALLOY, alloy)] = parts
    for class_id, parts in _classes(tables, resolver).items():
        ingredients[Target(TargetKind.CLASS, class_id)] = parts
    ingredients |= _materials(tables) | _substances(tables) | _codes(tables)
    return Recipes(
        ingredients=ingredients,
        class_masses={
            ClassId(row.class_id): _unit_mass(row, "class mass")
            for row in tables.of(schema_masses.MassRow)
            if row.package is None
        },
        package_masses=_package_masses(tables),
        standard_masses={
            (row.standard, row.size): UnitMass(
                nominal(row.grams), "standard mass", SourceId(row.source)
            )
            for row in tables.of(schema_masses.StandardMassRow)
        },
        names=_names(tables),
        parents={
            ClassId(row.id): None if row.parent is None else ClassId(row.parent)
            for row in tables.of(schema.ClassRow)
        },
        densities=compile_densities(tables),
        rated=compile_rated(tables),
        dip_coats=_dip_coats(tables),
        standard_shapes=compile_shapes(tables),
        sections=compile_sections(tables),
    )


class _Resolver:
    """Resolves elements, phases and alloys to raw materials."""

    def __init__(self, tables: Tables) -> None:
        self._words = presence_words(tables)
        self._elements = {(row.element, row.context): row for row in tables.of(schema.ElementRow)}
        self._phases: dict[str, list[schema.PhaseRow]] = defaultdict(list)
        for phase in tables.of(schema.PhaseRow):
            self._phases[phase.phase].append(phase)
        self.alloys: dict[str, tuple[Ingredient, ...]] = {}
        self._fill_alloys(tables)

    def presence(self, word: str) -> Presence:
        """What a word of the sources means."""
        return self._words[word]

    def resolve(self, part: _Part) -> list[Ingredient]:
        """The raw materials of one row; empty where none of the screened ones is in it."""
        if part.kind == CompositionKind.ELEMENT:
            found = self._element(part)
        elif part.kind == CompositionKind.PHASE:
            found = [self._phase(part, row) for row in self._phases[part.item]]
        elif part.kind == CompositionKind.ALLOY:
            found = [_inside(part, inner) for inner in self.alloys[part.item]]
        else:
            found = [_ingredient(part, part.item)]
        return [_may_be_absent(item) for item in found]

    def _element(self, part: _Part) -> list[Ingredient]:
        row = self._elements.get((part.item, part.context), self._elements[part.item, None])
        if row.material is None:
            return []
        if row.context == GRAPHITE:
            part = replace(part, presence=Presence.POSSIBLE)
        found = _ingredient(part, row.material)
        return [replace(found, element=part.item, upstream=row.upstream)]

    def _phase(self, part: _Part, row: schema.PhaseRow) -> Ingredient:
        found = _ingredient(part, row.material)
        return replace(
            found,
            element=row.element,
            basis=row.basis.value,
            upstream=row.upstream,
            fraction=None if part.fraction is None else part.fraction.scaled(row.fraction),
        )

    def _fill_alloys(self, tables: Tables) -> None:
        rows = {row.id: row for row in tables.of(schema.AlloyRow)}
        grades = {row.family: row.grade for row in tables.of(schema.AlloyGradeRow)}
        parts: dict[str, list[Ingredient]] = {key: [] for key in rows}
        for row in tables.of(schema.AlloyPartRow):
            if row.presence is None or row.basis == FigureBasis.LIMIT_MAX:
                continue
            part = _Part(
                kind=row.kind,
                item=row.item,
                presence=self._words[row.presence],
                fraction=_range(row.low, row.typical, row.high),
                role="alloy",
                context=IRON if rows[row.alloy].base == "Fe" else None,
                grade=grades.get(rows[row.alloy].family),
                expert=row.expert,
                source=SourceId(row.source),
            )
            parts[row.alloy] += self.resolve(part)
        self.alloys = {key: _settled(found) for key, found in parts.items()}


def _ingredient(part: _Part, material: str) -> Ingredient:
    return Ingredient(
        material=MaterialId(material),
        presence=part.presence,
        fraction=part.fraction,
        role=part.role,
        source=part.source,
        grade=part.grade,
        expert=part.expert,
    )


def _inside(part: _Part, inner: Ingredient) -> Ingredient:
    """An ingredient of an alloy, as an ingredient of the class that holds the alloy."""
    both = part.fraction is not None and inner.fraction is not None
    return replace(
        inner,
        presence=max(part.presence, inner.presence, key=lambda presence: presence.rank),
        fraction=part.fraction.times(inner.fraction) if both else None,  # type: ignore[union-attr,arg-type]
        role=part.role,
        grade=part.grade or inner.grade,
        expert=part.expert or inner.expert,
    )


def _may_be_absent(found: Ingredient) -> Ingredient:
    if found.presence != Presence.POSSIBLE or found.fraction is None:
        return found
    return replace(found, fraction=found.fraction.from_nothing())


def _classes(tables: Tables, resolver: _Resolver) -> dict[str, tuple[Ingredient, ...]]:
    parents = {row.id: row.parent for row in tables.of(schema.ClassRow)}
    own: dict[str, list[Ingredient]] = defaultdict(list)
    refused: dict[str, set[str]] = defaultdict(set)
    for row in tables.of(schema.ClassPartRow):
        if row.presence == EMPTY_PRESENCE:
            part = _class_part(row, Presence.POSSIBLE)
            refused[row.class_id] |= {item.material for item in resolver.resolve(part)}
        else:
            part = _class_part(row, resolver.presence(row.presence))
            own[row.class_id] += resolver.resolve(part)
    found: dict[str, tuple[Ingredient, ...]] = {}

    def settle(class_id: str) -> tuple[Ingredient, ...]:
        if class_id not in found:
            parent = parents[class_id]
            inherited = settle(parent) if parent is not None else ()
            hidden = refused[class_id] | {str(item.material) for item in own[class_id]}
            kept = [item for item in inherited if item.material not in hidden]
            found[class_id] = _settled([*own[class_id], *kept])
        return found[class_id]

    return {class_id: settle(class_id) for class_id in parents}


def _class_part(row: schema.ClassPartRow, presence: Presence) -> _Part:
    return _Part(
        kind=row.kind,
        item=row.item,
        presence=presence,
        fraction=_range(row.low, row.typical, row.high),
        role=row.role,
        context=row.context,
        grade=row.grade,
        expert=row.expert,
        source=SourceId(row.source),
    )


def _settled(found: Iterable[Ingredient]) -> tuple[Ingredient, ...]:
    """One entry per material and role; rows without a figure give way to rows with one."""
    by_material: dict[MaterialId, list[Ingredient]] = defaultdict(list)
    for item in found:
        by_material[item.material].append(item)
    return tuple(
        item for material in sorted(by_material) for item in _settle_one(by_material[material])
    )


def _settle_one(items: Sequence[Ingredient]) -> list[Ingredient]:
    surest = min((item.presence for item in items), key=lambda presence: presence.rank)
    with_figure = [item for item in items if item.fraction is not None]
    if with_figure:
        if any(item.presence == surest for item in with_figure):
            return with_figure
        return [item for item in items if item.presence == surest and item.fraction is None][:1]
    best: dict[str, Ingredient] = {}
    for item in sorted(items, key=lambda item: item.presence.rank):
        best.setdefault(item.role, item)
    return list(best.values())


def _materials(tables: Tables) -> dict[Target, tuple[Ingredient, ...]]:
    """A material that is only named in a text is likely to be there, in unknown amount.

    What no element is counted as (baryte, silica sand) is a mineral, and counts as such.
    """
    elements = {row.material for row in tables.of(schema.ElementRow) if not row.upstream}
    return {
        Target(TargetKind.MATERIAL, row.id): (
            Ingredient(
                material=MaterialId(row.id),
                presence=Presence.LIKELY,
                fraction=None,
                role="named",
                source=SourceId(row.source),
                basis="element" if row.id in elements else "mineral",
            ),
        )
        for row in tables.of(schema.MaterialRow)
    }


def _substances(tables: Tables) -> dict[Target, tuple[Ingredient, ...]]:
    found: dict[Target, list[Ingredient]] = defaultdict(list)
    for row in tables.of(schema.SubstanceRow):
        found[Target(TargetKind.SUBSTANCE, row.cas)].append(
            Ingredient(
                material=MaterialId(row.material),
                presence=Presence.CERTAIN,
                fraction=None if row.fraction is None else exactly(row.fraction),
                role="substance",
                source=SourceId(row.source),
                element=row.element,
                basis=row.basis.value,
                upstream=row.upstream,
            )
        )
    return {target: tuple(items) for target, items in found.items()}


def _codes(tables: Tables) -> dict[Target, tuple[Ingredient, ...]]:
    return {
        Target(TargetKind.CODE, row.code): (
            Ingredient(
                material=MaterialId(row.material),
                presence=Presence.CERTAIN,
                fraction=_range(row.low, row.typical, row.high),
                role="commodity",
                source=SourceId(row.source),
                upstream=row.upstream,
            ),
        )
        for row in tables.of(schema_codes.CodeRow)
        if row.material is not None
    }


def _range(low: float | None, typical: float | None, high: float | None) -> Range | None:
    """The fraction of a row, if it has one; what is all of the thing is no nominal figure."""
    if low is None or high is None:
        return None
    return exactly(1.0) if low == 1 else stated(low, typical, high)


def _unit_mass(row: schema_masses.MassRow, origin: str) -> UnitMass:
    return UnitMass(stated(row.low, row.typical, row.high), origin, SourceId(row.source))


def _package_masses(tables: Tables) -> Mapping[ClassId, Mapping[str, UnitMass]]:
    found: dict[ClassId, dict[str, UnitMass]] = defaultdict(dict)
    for row in tables.of(schema_masses.MassRow):
        if row.package is not None:
            found[ClassId(row.class_id)][row.package] = _unit_mass(row, "package mass")
    return dict(found)


def _dip_coats(tables: Tables) -> tuple[DipCoat, ...]:
    rows = sorted(tables.of(schema_masses.DipCoatRow), key=lambda row: row.local_um)
    return tuple(
        DipCoat(
            row.below_mm,
            row.up_to_mm,
            Range(row.local_um, row.mean_um, row.mean_um, known=False),
            SourceId(row.source),
        )
        for row in rows
    )


def _names(tables: Tables) -> Mapping[Target, Mapping[str, str]]:
    names: Names = {}
    for material in tables.of(schema.MaterialRow):
        target = Target(TargetKind.MATERIAL, material.id)
        names[target] = {"en": material.name_en, "nl": material.name_nl}
    for alloy in tables.of(schema.AlloyRow):
        target = Target(TargetKind.ALLOY, alloy.id)
        names[target] = {"en": alloy.name, "nl": alloy.name_nl or alloy.name}
    for row in tables.of(schema.ClassRow):
        names[Target(TargetKind.CLASS, row.id)] = {"en": row.name_en, "nl": row.name_nl}
    for substance in tables.of(schema.SubstanceRow):
        names.setdefault(Target(TargetKind.SUBSTANCE, substance.cas), {"en": substance.name})
    texts = {row.code: row for row in tables.of(schema_codes.CodeNameRow)}
    for code in tables.of(schema_codes.CodeRow):
        text = texts[code.code]
        names[Target(TargetKind.CODE, code.code)] = {"en": text.name_en} | (
            {} if text.name_nl is None else {"nl": text.name_nl}
        )
    return names
