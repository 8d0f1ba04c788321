"""The mass of one piece: from the line, dimensions, standard, package or class; else unknown."""

import re
from functools import lru_cache

from scanner.compose.classes import classes_of, line
from scanner.compose.standard_parts import standard_mass
from scanner.compose.stock import Stock
from scanner.core.bom import Part
from scanner.core.composition import Per, UnitMass, exactly
from scanner.core.evidence import Recognition
from scanner.core.names import ClassId
from scanner.core.recipes import Recipes

REMEMBERED = 16_384
"""Texts recur from part to part (land patterns, values); so many are kept read."""

_WORD = re.compile(r"[A-Z0-9]+")
_PINS = re.compile(r"[4-9]|[1-9]\d")
_SEVERAL = re.compile(
    r"(?<![\w.,])\d{1,3}\s?[x×]\s?(?!\d+(?:[.,]\d+)?\s?mm)(?=L?R?\d*[A-Z]|\d{5})"
    r"|(?<!\w)\d{1,2}S(?:\d{1,2}P)?(?!\w)|pack(?!ag)",
    re.IGNORECASE,
)
"""What makes several cells of one (``2x AA``, ``4S2P``, ``battery pack``)."""

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
    fitting = [found for one in classes if (found := recipes.package_masses.get(one)) is not None]
    if not fitting:
        return None
    texts = [text for field in _PLACES if (text := getattr(part, field))]
    if any(_SEVERAL.search(text) for text in texts):
        return None
    named = frozenset[str]().union(*map(_names, texts))
    known = {package: mass for masses in fitting for package, mass in masses.items()}
    seen = sorted(named & known.keys(), key=lambda package: (-len(package), package))
    return known[seen[0]] if seen else None


@lru_cache(maxsize=REMEMBERED)
def _names(text: str) -> frozenset[str]:
    """All runs of up to three words of a text, joined, as packages are keyed.

    A name that goes on with a pin count is not the name without it: SOT-23-5 is no SOT-23. Two or
    three pins are what such a package has anyway.
    """
    words = list(_WORD.finditer(text[:500].upper()))
    return frozenset(
        "".join(word[0] for word in words[first:last])
        for first in range(len(words))
        for last in range(first + 1, min(first + 3, len(words)) + 1)
        if not _goes_on(words[last - 1], words[last : last + 1])
    )


def _goes_on(word: re.Match[str], following: list[re.Match[str]]) -> bool:
    """Whether a hyphen and a pin count above three follow a number that ends a name."""
    return bool(
        following
        and word.end() + 1 == following[0].start()
        and word.string[word.end()] == "-"
        and word[0][-1].isdigit()
        and _PINS.fullmatch(following[0][0])
    )
