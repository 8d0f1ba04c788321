"""The mass of one piece: from the line, dimensions, standard, package or class; else unknown."""

import re

from scanner.compose.classes import classes_of, line
from scanner.compose.standard_parts import standard_mass
from scanner.compose.stock import Stock
from scanner.core.bom import Part
from scanner.core.composition import Per, UnitMass, exactly
from scanner.core.evidence import Recognition
from scanner.core.names import ClassId
from scanner.core.recipes import Recipes

_NOT_PACKAGE = re.compile(r"[^A-Z0-9]+")
_PLACES = ("footprint", "description", "value", "maker_number")


def unit_mass(
    part: Part, recognition: Recognition, recipes: Recipes, stock: Stock | None = None
) -> UnitMass | None:
    """Grams of one piece of the part and where they come from; ``None`` where nothing says.

    `stock` is what the part is, where it is stock of known shape.
    """
    if part.unit_mass_g is not None and part.unit_mass_g > 0:
        return UnitMass(exactly(part.unit_mass_g), "bom", None)
    for mass in () if stock is None else stock.masses():
        if mass.per is Per.PIECE:
            return mass
    by_standard = standard_mass(part, recognition, recipes)
    if by_standard is not None:
        return by_standard
    for class_id in classes_of(recognition):
        found = _package_mass(part, line(class_id, recipes), recipes)
        if found is not None:
            return found
        if class_id in recipes.class_masses:
            return recipes.class_masses[class_id]
    return None


def _package_mass(part: Part, classes: tuple[ClassId, ...], recipes: Recipes) -> UnitMass | None:
    """The mass of the longest package name of these classes that the part's texts name."""
    fitting = {
        item.package: item.mass for item in recipes.package_masses if item.class_id in classes
    }
    if not fitting:
        return None
    named: set[str] = set()
    for field in _PLACES:
        named |= _names(getattr(part, field) or "")
    known = sorted(named & fitting.keys(), key=lambda package: (-len(package), package))
    return fitting[known[0]] if known else None


def _names(text: str) -> set[str]:
    """All runs of up to three words of a text, joined, as packages are keyed."""
    words = [word for word in _NOT_PACKAGE.split(text[:500].upper()) if word]
    return {
        "".join(words[first : first + length])
        for length in (1, 2, 3)
        for first in range(len(words) - length + 1)
    }
