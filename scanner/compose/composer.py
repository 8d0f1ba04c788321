"""From evidence to raw materials in one piece of a part.

Each thing that evidence points to has a recipe. Different things add up; about one material the
strongest evidence speaks. What the honesty rules ask is done here, each in a function of its own:

- a thin layer or a thing that is only named is there in an unknown amount;
- an alloy named beside a component is in it, and nobody knows how much of it is;
- a class that is only guessed makes nothing certain;
- a denial removes what weaker evidence says; RoHS removes no alloying element and nothing certain;
- graphite may be synthetic, so natural graphite is at most possible;
- expert knowledge without a document carries no mass, be it of a recipe or of a rule.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from scanner.compose.classes import SURE_ENOUGH
from scanner.compose.coatings import coated
from scanner.compose.ratings import rated_contents
from scanner.compose.stock import Stock, stock
from scanner.compose.unit_mass import unit_mass
from scanner.core.bom import Part
from scanner.core.composition import (
    Composition,
    Content,
    Ingredient,
    MassGap,
    Per,
    Range,
    exactly,
)
from scanner.core.evidence import EXPERT_RULES, Evidence, Recognition, Target
from scanner.core.names import EvidenceKind, MaterialId, Presence, SourceId, TargetKind
from scanner.core.recipes import Recipes

NATURAL_GRAPHITE = MaterialId("natural_graphite")
NATURAL = re.compile("natural|natuur|natür|naturel|flake|vlok")


REMEMBERED = 16_384
"""So many ways in which evidence speaks of parts are kept composed."""


class _Seen(NamedTuple):
    """What matters of one piece of evidence for what is inside.

    `whole`: the recipe's fractions hold for the whole part; `natural`: the text says that
    graphite is natural, or a code or substance states it itself; `expert`: the rule that gave it
    rests on engineering knowledge alone.
    """

    target: Target
    kind: EvidenceKind
    confidence: float
    source: SourceId
    whole: bool
    natural: bool
    expert: bool


class _Denied(NamedTuple):
    """A material that the text denies; `rohs` where only the directive is named."""

    target: Target
    rohs: bool


@dataclass(frozen=True, slots=True)
class _Reason:
    """One thing that evidence points to: its recipe after the honesty rules.

    `rank` is that of the strongest evidence, 0 first; `diluted` is true where the recipe has
    fractions that do not hold for the whole part.
    """

    indexes: tuple[int, ...]
    rank: int
    confidence: float
    ingredients: tuple[Ingredient, ...]
    diluted: bool


class Composer:
    """Composes parts by one set of recipes; parts of which evidence speaks alike share the work.

    Where `documented_only`, evidence by a rule of experts is passed over.
    """

    def __init__(self, recipes: Recipes, *, documented_only: bool = False) -> None:
        self._recipes = recipes
        self._documented_only = documented_only
        self._fractions_of = lru_cache(maxsize=REMEMBERED)(self._fractions)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._weighed)

    def compose(self, part: Part, recognition: Recognition) -> Composition:
        """The raw materials in one piece of `part`, each with range, reason and sources.

        `Content.mass_g` is grams in one piece; a part that is bought by mass has fractions only,
        which `line_masses` multiplies by the mass of the line.
        """
        denied = tuple(
            _Denied(one.points_to, "rohs" in one.text.casefold()) for one in recognition.negations
        )
        found = stock(part, recognition, self._recipes)
        mass = unit_mass(part, recognition, self._recipes, found)
        seen = _seen(part, recognition.evidence, found)
        contents = self._remembered(seen, denied, None if mass is None else mass.grams)
        contents = coated(contents, part, recognition, found, self._recipes)
        contents = rated_contents(contents, part, recognition, self._recipes)
        masses = () if found is None else found.masses()
        by_size = tuple(one for one in masses if one.per is not Per.PIECE)
        return Composition(contents, mass, stock_masses=by_size)

    def _weighed(
        self, seen: tuple[_Seen, ...], denied: tuple[_Denied, ...], grams: Range | None
    ) -> tuple[Content, ...]:
        """The contents of so many grams, in the order of the materials' ids."""
        contents = self._fractions_of(seen, denied)
        if grams is None:
            return contents
        return tuple(
            content
            if content.fraction is None
            else replace(content, mass_g=content.fraction.times(grams), gap=None)
            for content in contents
        )

    def _fractions(
        self, seen: tuple[_Seen, ...], denied: tuple[_Denied, ...]
    ) -> tuple[Content, ...]:
        """The contents without masses, in the order of the materials' ids."""
        found: dict[MaterialId, list[tuple[_Reason, Ingredient]]] = defaultdict(list)
        for reason in _reasons(seen, self._recipes, documented_only=self._documented_only):
            for ingredient in reason.ingredients:
                if not _is_denied(ingredient, reason, denied):
                    found[ingredient.material].append((reason, ingredient))
        return tuple(_content(material, found[material]) for material in sorted(found))


def _seen(part: Part, evidence: Sequence[Evidence], stock: Stock | None) -> tuple[_Seen, ...]:
    """The evidence without what differs from part to part and changes nothing inside.

    What makes a piece of stock is all of it (``plaat aluminium 2 mm 500x300``).
    """
    is_component = any(map(_is_component, evidence))
    alloys = len({one.points_to for one in evidence if _is_whole_alloy(one)})
    return tuple(
        _Seen(
            target=one.points_to,
            kind=one.kind,
            confidence=one.confidence,
            source=one.source,
            whole=_speaks_for_whole(one, part, is_component=is_component, alloys=alloys)
            or (stock is not None and stock.of == one.points_to and not one.layer),
            natural=_is_natural(one),
            expert=one.rule in EXPERT_RULES,
        )
        for one in evidence
    )


def _reasons(
    seen: Sequence[_Seen], recipes: Recipes, *, documented_only: bool
) -> Iterator[_Reason]:
    by_target: dict[Target, list[int]] = defaultdict(list)
    for index, one in enumerate(seen):
        if not (documented_only and one.expert):
            by_target[one.target].append(index)
    for target, indexes in by_target.items():
        evidence = [seen[index] for index in indexes]
        whole = any(one.whole for one in evidence)
        ingredients = _recipe(target, evidence, recipes, whole=whole)
        confidence = max(one.confidence for one in evidence)
        yield _Reason(
            indexes=tuple(indexes),
            rank=min(one.kind.rank for one in evidence),
            confidence=confidence,
            ingredients=tuple(
                _held_back(item, evidence, confidence=confidence, whole=whole)
                for item in ingredients
            ),
            diluted=not whole and any(item.fraction is not None for item in ingredients),
        )


def _recipe(
    target: Target, evidence: Sequence[_Seen], recipes: Recipes, *, whole: bool
) -> tuple[Ingredient, ...]:
    """What the target is made of; a raw material that the part *is* makes all of it."""
    ingredients = recipes.ingredients.get(target, ())
    if target.kind is not TargetKind.MATERIAL:
        return ingredients
    source = evidence[0].source
    named = ingredients or (
        Ingredient(MaterialId(target.id), Presence.LIKELY, None, "named", source),
    )
    if not whole:
        return named
    return tuple(
        replace(item, presence=Presence.CERTAIN, fraction=exactly(1.0), role="raw material")
        for item in named
    )


def _is_component(evidence: Evidence) -> bool:
    return evidence.points_to.kind is TargetKind.CLASS and evidence.kind is not EvidenceKind.WORDING


def _is_whole_alloy(evidence: Evidence) -> bool:
    return evidence.points_to.kind is TargetKind.ALLOY and not evidence.layer


def _speaks_for_whole(evidence: Evidence, part: Part, *, is_component: bool, alloys: int) -> bool:
    """Whether the recipe's fractions hold for the whole part."""
    if evidence.layer:
        return False
    if evidence.points_to.kind is TargetKind.ALLOY:
        return not is_component and alloys == 1
    if evidence.kind is EvidenceKind.WORDING:
        cell = (part.material or "").strip().casefold()
        said = evidence.field == "material" and evidence.text.casefold() == cell
        return said and not is_component
    return True


def _held_back(
    item: Ingredient, evidence: Sequence[_Seen], *, confidence: float, whole: bool
) -> Ingredient:
    """The ingredient with no more presence and mass than its evidence can carry."""
    presence = item.presence
    expert = item.expert or all(one.expert for one in evidence)
    named_only = all(one.kind is EvidenceKind.WORDING for one in evidence) and not whole
    if presence is Presence.CERTAIN and (expert or named_only or confidence < SURE_ENOUGH):
        presence = Presence.LIKELY
    if item.material == NATURAL_GRAPHITE and not any(one.natural for one in evidence):
        presence = Presence.POSSIBLE
    fraction = item.fraction if whole and not expert else None
    if presence is Presence.POSSIBLE and fraction is not None:
        fraction = fraction.from_nothing()
    return replace(item, presence=presence, fraction=fraction, expert=expert)


def _is_natural(evidence: Evidence) -> bool:
    """Whether graphite is said to be natural; a code or substance states it itself."""
    return (
        evidence.points_to.kind is TargetKind.CODE
        or evidence.kind is EvidenceKind.SUBSTANCE
        or NATURAL.search(evidence.text.casefold()) is not None
    )


def _is_denied(ingredient: Ingredient, reason: _Reason, denied: Sequence[_Denied]) -> bool:
    if reason.rank <= EvidenceKind.DESIGNATION.rank:
        return False
    for one in denied:
        if one.target != Target(TargetKind.MATERIAL, ingredient.material):
            continue
        if not one.rohs:
            return True
        if ingredient.presence is not Presence.CERTAIN and ingredient.role != "alloy":
            return True
    return False


def _content(material: MaterialId, found: Sequence[tuple[_Reason, Ingredient]]) -> Content:
    ingredients = [ingredient for _, ingredient in found]
    fraction = _fraction(found)
    expert = all(item.expert for item in ingredients)
    spoken = _speaking(found)
    return Content(
        material=material,
        presence=min((item.presence for item in ingredients), key=lambda one: one.rank),
        fraction=fraction,
        mass_g=None,
        gap=_gap(found, fraction),
        roles=tuple(sorted({item.role for item in ingredients})),
        basis=spoken[0].basis,
        upstream=all(item.upstream for item in ingredients),
        grade=next((item.grade for item in ingredients if item.grade), None),
        expert=expert,
        evidence=tuple(sorted({index for reason, _ in found for index in reason.indexes})),
        sources=tuple(sorted({item.source for item in ingredients})),
    )


def _speaking(found: Sequence[tuple[_Reason, Ingredient]]) -> list[Ingredient]:
    """The ingredients of the strongest reason that gives a figure, or of the strongest."""

    def order(reason: _Reason) -> tuple[bool, int, float, tuple[int, ...]]:
        figures = any(one is reason and item.fraction is not None for one, item in found)
        return (not figures, reason.rank, -reason.confidence, reason.indexes)

    strongest = min((reason for reason, _ in found), key=order)
    return [item for reason, item in found if reason is strongest]


def _fraction(found: Sequence[tuple[_Reason, Ingredient]]) -> Range | None:
    """The mass fraction of one material: its roles in one recipe add up, to at most 1."""
    spoken = _speaking(found)
    basis = spoken[0].basis
    known = [item.fraction for item in spoken if item.fraction is not None and item.basis == basis]
    if not known:
        return None
    typicals = [one.typical for one in known if one.typical is not None]
    high = min(1.0, fsum(one.high for one in known))
    low = min(high, fsum(one.low for one in known))
    typical = min(high, fsum(typicals)) if len(typicals) == len(known) else None
    return Range(low, typical, high, all(one.known for one in known))


def _gap(found: Sequence[tuple[_Reason, Ingredient]], fraction: Range | None) -> MassGap:
    """Why there is no mass, as long as no mass of a piece is known."""
    if fraction is not None:
        return MassGap.NO_UNIT_MASS
    diluted = any(reason.diluted for reason, _ in found)
    return MassGap.NO_FRACTION if diluted else MassGap.PRESENCE_ONLY
