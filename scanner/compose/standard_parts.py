"""The mass of a standard part, from the table that its standard and size stand in.

Tables print the mass of steel. Another alloy weighs as much more or less as it is denser, which is
reckoned only where the density of the alloy is known. Where no table prints a mass, the sizes that
the standard gives enclose the volume.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from scanner.compose.classes import classes_of, line
from scanner.core.bom import Part
from scanner.core.composition import UnitMass, Working, total
from scanner.core.evidence import Evidence, Recognition, Target
from scanner.core.names import ClassId, TargetKind
from scanner.core.recipes import Recipes

STEEL = Target(TargetKind.ALLOY, "gen_steel")
STEEL_CLASSES = frozenset(map(ClassId, ("fastener_steel", "stock_steel", "sheet_metal_steel")))
"""What the tables are of."""

_STANDARD = re.compile(r"(?<![A-Za-z\d])(DIN|ISO)[ -]?(\d{2,5})(?!\d)", re.IGNORECASE)
_SIZE = re.compile(
    r"(?<![A-Za-z\d])M\s?(\d{1,2}(?:[.,]\d)?)(?:\s?[xX×]\s?(\d{1,3}))?"
    r"(?!\w|[.,]\d|\s?[xX×]\s?\d)"
)


def standard_mass(part: Part, recognition: Recognition, recipes: Recipes) -> UnitMass | None:
    """Grams of one piece; ``None`` where standard, size or material is not named, or not one."""
    text = " ".join(filter(None, (part.description, part.value, part.number)))
    standards = {f"{m[1]}{m[2]}".upper(): m[0] for m in _STANDARD.finditer(text)}
    sizes = {_size(match): match[0] for match in _SIZE.finditer(text)}
    if len(sizes) != 1 or not standards:
        return None
    ((size, written),) = sizes.items()
    named = {standard: f"{seen} {written}" for standard, seen in standards.items()}
    printed = [
        (recipes.standard_masses[standard, size], seen)
        for standard, seen in named.items()
        if (standard, size) in recipes.standard_masses
    ]
    if not printed:
        return _by_sizes(named, size, recognition, recipes)
    if len({mass.grams for mass, _ in printed}) != 1:
        return None
    mass, seen = printed[0]
    return _of_alloy(mass, seen, recognition, recipes)


def _by_sizes(
    named: Mapping[str, str], size: str, recognition: Recognition, recipes: Recipes
) -> UnitMass | None:
    """Grams by the volume that the sizes of the only standard enclose."""
    thread, _, length = size.partition("X")
    found = [
        (recipes.standard_shapes[standard, thread], seen)
        for standard, seen in named.items()
        if (standard, thread) in recipes.standard_shapes
    ]
    target = steel_or_alloy(recognition, recipes)
    density = None if target is None else recipes.densities.get(target)
    if len(found) != 1 or density is None:
        return None
    ((shape, seen),) = found
    if (shape.shank is None) is bool(length):
        return None
    volume = shape.cm3
    if shape.shank is not None:
        volume = total([volume, shape.shank.scaled(float(length))])
    sources = (*shape.sources, *density.sources)
    working = Working(
        seen, f"({shape.formula})·ρ" if shape.shank else f"{shape.formula}·ρ", sources
    )
    return UnitMass(volume.times(density.g_per_cm3), "geometry", sources[0], working=working)


def _size(match: re.Match[str]) -> str:
    diameter = match[1].replace(",", ".")
    return f"M{diameter}X{match[2]}" if match[2] else f"M{diameter}"


def _of_alloy(
    mass: UnitMass, seen: str, recognition: Recognition, recipes: Recipes
) -> UnitMass | None:
    """The mass in the alloy that the part is of: as printed for steel, else by its density."""
    target = steel_or_alloy(recognition, recipes)
    if target is None or mass.source is None:
        return None
    steel, density = recipes.densities.get(STEEL), recipes.densities.get(target)
    if steel is None or density is None:
        return None
    if density is steel or steel.g_per_cm3.typical is None:
        return replace(mass, working=Working(seen, "m", (mass.source,)))
    ratio = density.g_per_cm3.scaled(1 / steel.g_per_cm3.typical)
    sources = (mass.source, *density.sources, *steel.sources)
    formula = f"m·ρ/{steel.g_per_cm3.typical:g}"
    return replace(mass, grams=mass.grams.times(ratio), working=Working(seen, formula, sources))


def steel_or_alloy(recognition: Recognition, recipes: Recipes) -> Target | None:
    """The one alloy that a part is of; steel where only its class says so."""
    targets = {one.points_to for one in recognition.evidence if _is_alloy(one)}
    if not targets and any(
        not STEEL_CLASSES.isdisjoint(line(one, recipes)) for one in classes_of(recognition)
    ):
        targets = {STEEL}
    return next(iter(targets)) if len(targets) == 1 else None


def _is_alloy(evidence: Evidence) -> bool:
    return evidence.points_to.kind is TargetKind.ALLOY and not evidence.layer
