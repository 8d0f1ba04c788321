"""The mass of one piece: from the line, its dimensions, its package, its class; else unknown."""

import re

from scanner.compose.stock import SURE_ENOUGH, Stock
from scanner.core.bom import Part
from scanner.core.composition import Per, UnitMass, exactly
from scanner.core.evidence import Recognition
from scanner.core.names import ClassId, EvidenceKind, TargetKind
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
    for class_id in _classes(recognition):
        line = _line(class_id, recipes)
        found = _package_mass(part, line, recipes)
        if found is not None:
            return found
        if class_id in recipes.class_masses:
            return recipes.class_masses[class_id]
    return None


def _classes(recognition: Recognition) -> list[ClassId]:
    """The classes of the part itself that are sure enough, surest first."""
    return [
        ClassId(evidence.points_to.id)
        for evidence in recognition.evidence
        if evidence.points_to.kind is TargetKind.CLASS
        and evidence.kind is not EvidenceKind.WORDING
        and evidence.confidence >= SURE_ENOUGH
    ]


def _line(class_id: ClassId, recipes: Recipes) -> tuple[ClassId, ...]:
    line: list[ClassId] = []
    current: ClassId | None = class_id
    while current is not None and current not in line:
        line.append(current)
        current = recipes.parents.get(current)
    return tuple(line)


def _package_mass(part: Part, line: tuple[ClassId, ...], recipes: Recipes) -> UnitMass | None:
    """The mass of the longest package name of these classes that the part's texts name."""
    fitting = {item.package: item.mass for item in recipes.package_masses if item.class_id in line}
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
