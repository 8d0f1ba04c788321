"""Layers whose thickness is told: surface times thickness times density.

Only where the surface follows from the dimensions; elsewhere a layer is there in an unknown amount.
The thickness stands in the text, or in the standard of hot-dip coats that the text names, which
sets one by the thickness of what is dipped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scanner.compose.stock import Stock
from scanner.compose.thicknesses import thicknesses
from scanner.core.bom import Part
from scanner.core.composition import Content, MassGap, Range, Working, total
from scanner.core.evidence import Recognition, Target
from scanner.core.names import MaterialId, Presence, SourceId, TargetKind
from scanner.core.recipes import Recipes

MM_PER_MICROMETRE = 0.001
FIELDS = ("description", "value", "material", "finish")

_ZINC = MaterialId("zinc")
_ISO_1461 = re.compile(r"(?<![A-Za-z\d])ISO[ -]?1461(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Coat:
    """A layer of so many micrometres, the text that says so, and the sources of the figure."""

    micrometres: Range
    text: str
    sources: tuple[SourceId, ...] = ()


def coated(
    contents: Sequence[Content],
    part: Part,
    recognition: Recognition,
    stock: Stock | None,
    recipes: Recipes,
) -> tuple[Content, ...]:
    """The contents with the mass of layers whose surface and thickness are known.

    The fraction of a layer is grams per gram of what it covers.
    """
    if stock is None or stock.shape.coated is None:
        return tuple(contents)
    coats = dict(_coats(part, recognition, stock, recipes))
    if not coats:
        return tuple(contents)
    return tuple(
        _covered(content, coats[content.material], stock, recipes)
        if content.material in coats and _is_known_otherwise(content, recognition)
        else content
        for content in contents
    )


def _coats(
    part: Part, recognition: Recognition, stock: Stock, recipes: Recipes
) -> Iterator[tuple[MaterialId, _Coat]]:
    """The coats whose thickness is told, the surest last: a text says more than a standard."""
    texts = {field: getattr(part, field) or "" for field in FIELDS}
    yield from _dipped(" | ".join(texts.values()), stock.shape.thinnest, recipes)
    for field, text in reversed(texts.items()):
        layers = {
            one.text: MaterialId(one.points_to.id)
            for one in recognition.evidence
            if one.layer and one.field == field and one.points_to.kind is TargetKind.MATERIAL
        }
        for found in thicknesses(text, tuple(layers)):
            yield layers[found.layer], _Coat(found.micrometres, found.text)


def _dipped(
    text: str, thickness: float | None, recipes: Recipes
) -> Iterator[tuple[MaterialId, _Coat]]:
    """The coat that the standard asks for on iron of this thickness, where the text names it."""
    named = _ISO_1461.search(text)
    if named is None or thickness is None:
        return
    for coat in recipes.dip_coats:
        if coat.covers(thickness):
            yield _ZINC, _Coat(coat.micrometres, named[0], (coat.source,))
            return


def _is_known_otherwise(content: Content, recognition: Recognition) -> bool:
    """Whether all that a content is beside its layer is known: nothing, or a fraction."""
    return content.fraction is not None or all(
        recognition.evidence[index].layer for index in content.evidence
    )


def _covered(content: Content, coat: _Coat, stock: Stock, recipes: Recipes) -> Content:
    """The content with the layer added to what is in the piece otherwise."""
    density = recipes.densities.get(Target(TargetKind.MATERIAL, content.material))
    surface = stock.shape.coated
    if density is None or surface is None:
        return content
    volume = surface.times(coat.micrometres).scaled(MM_PER_MICROMETRE)
    layer = volume.times(density.g_per_cm3)
    fraction = layer.times(_inverse(stock.density.g_per_cm3))
    mass = None if stock.shape.piece is None else stock.shape.piece.times(layer)
    if content.presence is Presence.POSSIBLE:
        fraction = fraction.from_nothing()
        mass = None if mass is None else mass.from_nothing()
    sources = (*density.sources, *coat.sources)
    return replace(
        content,
        fraction=_sum(content.fraction, fraction),
        mass_g=_sum(content.mass_g, mass),
        gap=MassGap.NO_UNIT_MASS if mass is None else None,
        sources=tuple(sorted({*content.sources, *sources})),
        working=Working(coat.text, "A·t·ρ", sources),
    )


def _sum(one: Range | None, other: Range | None) -> Range | None:
    if one is None or other is None:
        return one or other
    return total([one, other])


def _inverse(divisor: Range) -> Range:
    typical = None if divisor.typical is None else 1 / divisor.typical
    return Range(1 / divisor.high, typical, 1 / divisor.low, divisor.known)
