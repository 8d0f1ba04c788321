"""What people said to be in a part, put before what its class or alloy is known to hold.

What was stated is certain, unless its range begins at nothing. Declared substances are resolved to
raw materials by the release, so a later release may find more in the same declaration.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from scanner.core.composition import (
    Composition,
    Content,
    Ingredient,
    MassGap,
    Range,
    UnitMass,
    exactly,
    total,
)
from scanner.core.evidence import Recognition, Target
from scanner.core.names import MaterialId, Presence, SourceId, TargetKind
from scanner.core.recipes import Recipes
from scanner.core.statements import (
    BY_DECISION,
    BY_DECLARATION,
    Declaration,
    DeclaredSubstance,
    StatedContent,
    Statements,
)

KNOWN_BY_MASS = ("bom", "declaration")
"""Masses of a piece that are its own, so that grams of a material divide by them."""


def with_statements(
    composition: Composition, recognition: Recognition, said: Statements, recipes: Recipes
) -> Composition:
    """The composition of a part of which this was said.

    `recognition` is the one with the same statements, `composition` what its other evidence adds
    up to. Grams are in one piece.
    """
    mass = _unit_mass(composition.unit_mass, said)
    known = composition.contents
    if mass is not composition.unit_mass:
        known = tuple(_weighed(one, mass) for one in known)
    contents = {one.material: one for one in known}
    places = {
        one.points_to.id: place
        for place, one in enumerate(recognition.evidence)
        if one.points_to.kind is TargetKind.COMPOSITION
    }
    if said.decision is not None and said.replaces and not said.decision.named:
        place = places[str(said.decision.number)]
        contents = {one.material: _stated(one, mass, place) for one in said.decision.contents}
    if said.full is not None and not said.replaces:
        contents = {}
    for declaration in said.heard:
        contents |= _declared(declaration, mass, places[str(declaration.number)], recipes)
    for dismissal in said.dismissals:
        for named in dismissal.named:
            contents.pop(MaterialId(named.target.id), None)
    found = tuple(contents[material] for material in sorted(contents))
    if said.settled_contents:
        composition = replace(composition, left_out=(), restored=())
    return replace(composition, contents=found, unit_mass=mass)


def unknown_substances(declaration: Declaration, recipes: Recipes) -> tuple[str, ...]:
    """The CAS numbers of a declaration of which the release knows no raw material, in order."""
    return tuple(one.cas for one in declaration.substances if not _ingredients(one, recipes))


def _unit_mass(known: UnitMass | None, said: Statements) -> UnitMass | None:
    """The mass of a piece: from the BOM, a declaration, or what else was known."""
    if known is not None and known.origin == "bom":
        return known
    declared = [one.unit_mass_g for one in said.heard if one.unit_mass_g is not None]
    if not declared:
        return known
    return UnitMass(exactly(declared[-1]), "declaration", BY_DECLARATION)


def _weighed(content: Content, mass: UnitMass | None) -> Content:
    if mass is None or content.fraction is None:
        return content
    return replace(content, mass_g=content.fraction.times(mass.grams), gap=None)


def _stated(stated: StatedContent, mass: UnitMass | None, place: int) -> Content:
    return _content(
        stated.material,
        _Amount(stated.fraction, stated.mass_g),
        mass,
        role="stated",
        place=place,
        sources=(BY_DECISION,),
    )


class _Amount(NamedTuple):
    fraction: Range | None
    mass_g: Range | None


def _declared(
    declaration: Declaration, mass: UnitMass | None, place: int, recipes: Recipes
) -> Mapping[MaterialId, Content]:
    """The raw materials in the declared substances; those of one material add up."""
    found: dict[MaterialId, list[tuple[DeclaredSubstance, Ingredient]]] = defaultdict(list)
    for substance in declaration.substances:
        for ingredient in _ingredients(substance, recipes):
            found[ingredient.material].append((substance, ingredient))
    return {
        material: _from_substances(material, held, mass, place) for material, held in found.items()
    }


def _ingredients(substance: DeclaredSubstance, recipes: Recipes) -> Sequence[Ingredient]:
    return recipes.ingredients.get(Target(TargetKind.SUBSTANCE, substance.cas), ())


def _from_substances(
    material: MaterialId,
    held: Sequence[tuple[DeclaredSubstance, Ingredient]],
    mass: UnitMass | None,
    place: int,
) -> Content:
    amounts = [_amount(substance, ingredient, mass) for substance, ingredient in held]
    fractions = [one.fraction for one in amounts if one.fraction is not None]
    masses = [one.mass_g for one in amounts if one.mass_g is not None]
    amount = _Amount(
        _at_most_all(total(fractions)) if len(fractions) == len(amounts) else None,
        total(masses) if len(masses) == len(amounts) else None,
    )
    ingredients = [ingredient for _, ingredient in held]
    content = _content(
        material,
        amount,
        mass,
        role="declared",
        place=place,
        sources=tuple(sorted({BY_DECLARATION, *(one.source for one in ingredients)})),
    )
    surest = min((one.presence for one in ingredients), key=lambda presence: presence.rank)
    return replace(
        content,
        presence=max(content.presence, surest, key=lambda presence: presence.rank),
        basis=ingredients[0].basis,
        upstream=all(one.upstream for one in ingredients),
    )


def _amount(substance: DeclaredSubstance, ingredient: Ingredient, mass: UnitMass | None) -> _Amount:
    """Of one material in one substance; a fraction needs the mass of a piece to become grams."""
    if ingredient.fraction is None:
        return _Amount(None, None)
    fraction = substance.fraction
    grams = substance.mass_g
    return _Amount(
        None if fraction is None else ingredient.fraction.scaled(fraction),
        _grams(ingredient.fraction, grams, fraction, mass),
    )


def _grams(
    share: Range, grams: float | None, fraction: float | None, mass: UnitMass | None
) -> Range | None:
    if grams is not None:
        return share.scaled(grams)
    if fraction is None or mass is None:
        return None
    return share.scaled(fraction).times(mass.grams)


def _content(
    material: MaterialId,
    amount: _Amount,
    mass: UnitMass | None,
    *,
    role: str,
    place: int,
    sources: tuple[SourceId, ...],
) -> Content:
    fraction, grams = amount
    if fraction is None and grams is not None:
        fraction = _divided(grams, mass)
    if grams is None and fraction is not None and mass is not None:
        grams = fraction.times(mass.grams)
    known = fraction or grams
    return Content(
        material=material,
        presence=Presence.POSSIBLE if known is not None and known.low == 0 else Presence.CERTAIN,
        fraction=fraction,
        mass_g=grams,
        gap=None if grams is not None else _gap(fraction),
        roles=(role,),
        basis="element",
        upstream=False,
        grade=None,
        expert=False,
        evidence=(place,),
        sources=sources,
    )


def _divided(grams: Range, mass: UnitMass | None) -> Range | None:
    """Grams as a fraction of a piece whose own mass is known; None where it is not."""
    if mass is None or mass.origin not in KNOWN_BY_MASS:
        return None
    piece = mass.grams
    typical = None if grams.typical is None or not piece.typical else grams.typical / piece.typical
    if not piece.low:
        return None
    known = grams.known and piece.known
    return _at_most_all(Range(grams.low / piece.high, typical, grams.high / piece.low, known))


def _at_most_all(fraction: Range) -> Range:
    typical = fraction.typical
    return Range(
        min(1.0, fraction.low),
        None if typical is None else min(1.0, typical),
        min(1.0, fraction.high),
        fraction.known,
    )


def _gap(fraction: Range | None) -> MassGap:
    return MassGap.NO_FRACTION if fraction is None else MassGap.NO_UNIT_MASS
