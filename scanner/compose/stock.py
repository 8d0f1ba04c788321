"""The mass of stock: the volume that its description tells, times the density of what it is of.

Only where one alloy, metal or solid class is the whole part, and where all of the text is
understood: anything else that a text names may change the shape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scanner.compose.classes import SURE_ENOUGH
from scanner.compose.dimensions import dimensions
from scanner.compose.geometry import Solid, solid
from scanner.compose.sections import names_section, section
from scanner.compose.standard_parts import steel_or_alloy
from scanner.compose.thicknesses import pieces
from scanner.core.bom import Part
from scanner.core.composition import Per, Range, UnitMass, Working
from scanner.core.evidence import Evidence, Recognition, Target
from scanner.core.names import EvidenceKind, SourceId, TargetKind
from scanner.core.recipes import Density, Recipes

ORIGIN = "geometry"
REMEMBERED = 16_384
"""So many descriptions are kept read, as they recur from part to part."""


@dataclass(frozen=True, slots=True)
class Stock:
    """A piece of stock: its solid, what it is of, the dimensions seen, and where they stand."""

    shape: Solid
    density: Density
    of: Target
    text: str
    sources: tuple[SourceId, ...] = ()

    def masses(self) -> tuple[UnitMass, ...]:
        """Grams of one piece, one metre, one square metre, as far as the dimensions tell."""
        volumes = (
            (Per.PIECE, self.shape.piece),
            (Per.METRE, self.shape.metre),
            (Per.SQUARE_METRE, self.shape.square_metre),
        )
        return tuple(self._mass(per, volume) for per, volume in volumes if volume is not None)

    def _mass(self, per: Per, volume: Range) -> UnitMass:
        formula = f"{self.shape.formula}·ρ" if per is Per.PIECE else _per_length_or_area(self, per)
        sources = (*self.sources, *self.density.sources)
        working = Working(self.text, formula, sources)
        return UnitMass(volume.times(self.density.g_per_cm3), ORIGIN, sources[0], per, working)


def _per_length_or_area(stock: Stock, per: Per) -> str:
    if per is Per.SQUARE_METRE:
        return "t·ρ"
    return f"{stock.shape.formula.removesuffix('·L')}·ρ"


def stock(part: Part, recognition: Recognition, recipes: Recipes) -> Stock | None:
    """What stock the part is, ``None`` where it is none, or where its shape is in doubt."""
    text = " | ".join(_texts(part))
    if not any(map(str.isdigit, text)):
        return None
    of_section = names_section(text)
    target = steel_or_alloy(recognition, recipes) if of_section else _of(part, recognition, recipes)
    density = None if target is None else recipes.densities.get(target)
    if target is None or density is None:
        return None
    known = _understood(text, recognition.evidence)
    if of_section:
        named = section(text, known, recipes)
        if named is None:
            return None
        return Stock(named.shape, density, target, named.text, (named.source,))
    shaped = _shaped(text, known, of_class=target.kind is TargetKind.CLASS)
    return None if shaped is None else Stock(shaped[0], density, target, shaped[1])


@lru_cache(maxsize=REMEMBERED)
def _shaped(text: str, known: frozenset[str], *, of_class: bool) -> tuple[Solid, str] | None:
    """The solid that a text describes without doubt, and the dimensions seen."""
    found = dimensions(text, known)
    shape = None if found is None else solid(found, of_class=of_class)
    return None if found is None or shape is None else (shape, found.text)


def _of(part: Part, recognition: Recognition, recipes: Recipes) -> Target | None:
    """The one thing with a density that makes the whole part."""
    sure = [one for one in recognition.evidence if one.confidence >= SURE_ENOUGH and not one.layer]
    classes = {one.points_to for one in sure if _is_class(one)}
    if classes:
        targets = classes
    else:
        targets = {one.points_to for one in sure if one.points_to.kind is TargetKind.ALLOY}
        named = {one.points_to for one in sure if one.points_to.kind is TargetKind.MATERIAL}
        targets = targets or {one.points_to for one in sure if _is_column(one, part)} or named
    if len(targets) != 1:
        return None
    (target,) = targets
    return target if target in recipes.densities else None


def _is_class(evidence: Evidence) -> bool:
    return evidence.points_to.kind is TargetKind.CLASS and evidence.kind is not EvidenceKind.WORDING


def _is_column(evidence: Evidence, part: Part) -> bool:
    """Whether the material column says nothing but this raw material."""
    cell = (part.material or "").strip().casefold()
    return (
        evidence.points_to.kind is TargetKind.MATERIAL
        and evidence.field == "material"
        and evidence.text.casefold() == cell
    )


def _understood(text: str, evidence: Sequence[Evidence]) -> frozenset[str]:
    """The pieces of a text whose meaning is known: what evidence saw, and how thick layers are."""
    layers = tuple(one.text for one in evidence if one.layer)
    return frozenset((*(one.text for one in evidence), *pieces(text, layers)))


def _texts(part: Part) -> Iterator[str]:
    if part.description:
        yield part.description
    if part.value and part.value not in (part.description or ""):
        yield part.value
