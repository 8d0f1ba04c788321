"""The mass of a standard part, from the table that its standard and size stand in.

Tables print the mass of steel. Another alloy weighs as much more or less as it is denser, which is
reckoned only where the density of the alloy is known.
"""

import re
from dataclasses import replace

from scanner.compose.classes import classes_of, line
from scanner.core.bom import Part
from scanner.core.composition import UnitMass, Working
from scanner.core.evidence import Evidence, Recognition, Target
from scanner.core.names import ClassId, TargetKind
from scanner.core.recipes import Recipes

STEEL = Target(TargetKind.ALLOY, "gen_steel")
STEEL_CLASS = ClassId("fastener_steel")
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
    found = [
        (recipes.standard_masses[standard, size], f"{standards[standard]} {sizes[size]}")
        for standard in standards
        for size in sizes
        if (standard, size) in recipes.standard_masses
    ]
    if len(sizes) != 1 or len({mass.grams for mass, _ in found}) != 1:
        return None
    mass, seen = found[0]
    return _of_alloy(mass, seen, recognition, recipes)


def _size(match: re.Match[str]) -> str:
    diameter = match[1].replace(",", ".")
    return f"M{diameter}X{match[2]}" if match[2] else f"M{diameter}"


def _of_alloy(
    mass: UnitMass, seen: str, recognition: Recognition, recipes: Recipes
) -> UnitMass | None:
    """The mass in the alloy that the part is of: as printed for steel, else by its density."""
    targets = {one.points_to for one in recognition.evidence if _is_alloy(one)}
    if not targets and any(STEEL_CLASS in line(one, recipes) for one in classes_of(recognition)):
        targets = {STEEL}
    if len(targets) != 1 or mass.source is None:
        return None
    (target,) = targets
    steel, density = recipes.densities.get(STEEL), recipes.densities.get(target)
    if steel is None or density is None:
        return None
    if density is steel or steel.g_per_cm3.typical is None:
        return replace(mass, working=Working(seen, "m", (mass.source,)))
    ratio = density.g_per_cm3.scaled(1 / steel.g_per_cm3.typical)
    sources = (mass.source, *density.sources, *steel.sources)
    formula = f"m·ρ/{steel.g_per_cm3.typical:g}"
    return replace(mass, grams=mass.grams.times(ratio), working=Working(seen, formula, sources))


def _is_alloy(evidence: Evidence) -> bool:
    return evidence.points_to.kind is TargetKind.ALLOY and not evidence.layer
