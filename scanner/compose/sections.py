"""Sections of steel by their name (``HEA 160 L=6000``): what a metre of them fills, by a table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.compose.dimensions import dimensions
from scanner.compose.geometry import MM3_PER_CM3, Solid
from scanner.core.composition import exactly
from scanner.core.names import SourceId
from scanner.core.recipes import Recipes, Section

_NAME = re.compile(
    r"(?<![A-Za-z\d])(IPE|HE|UNP|UPN|UPE)[ -]?([AB]?)[ -]?(\d{2,3})(?:[ -]?([AB])\b)?(?![\w.,]*\d)"
    r"|(?<![A-Za-z\d])(IPE|HE|UNP|UPN|UPE)[ -]?([AB]?)[ -]?(\d{2,3})(?=\s*[x×*]\s*\d)",
    re.IGNORECASE,
)
_SAME = {"UPN": "UNP"}
"""Two names of one kind of section."""


@dataclass(frozen=True, slots=True)
class NamedSection:
    """A bar of a section that a text names: its solid, what was seen, the source of the section."""

    shape: Solid
    text: str
    source: SourceId


def names_section(text: str) -> bool:
    """Whether a text names a section, be it in the tables or not."""
    return _NAME.search(text) is not None


def section(text: str, known: Iterable[str], recipes: Recipes) -> NamedSection | None:
    """The bar that a text describes; ``None`` where it names no section of the tables.

    All of the rest must be understood, too, and be a length or nothing; see `dimensions`.
    """
    names = list(_NAME.finditer(text))
    if len(names) != 1:
        return None
    (match,) = names
    kind, letter, number, after = (match[1], match[2], match[3], match[4] or "")
    if kind is None:
        kind, letter, number = match[5], match[6], match[7]
    kind = _SAME.get(kind.upper(), kind.upper())
    found = recipes.sections.get(f"{kind}{letter.upper() or after.upper()}{number}")
    if found is None:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    others = [piece for piece in known if not _NAME.search(piece)]
    read = dimensions(re.sub(r"^(\s*)[x×*]", r"\1 ", rest), others, sized=False)
    if read is None or read.form is not None or read.diameters or read.across or read.mixed:
        return None
    lengths = [*read.sizes, *(one for one in (read.single, read.thickness) if one is not None)]
    lengths += [] if read.length is None else [read.length]
    if len(lengths) > 1 or read.thickness is not None:
        return None
    shape = _bar(found, lengths[0] if lengths else None)
    return NamedSection(shape, f"{match[0]} {read.text}".strip(), found.source)


def _bar(found: Section, length: float | None) -> Solid:
    area = found.square_mm
    outline = found.outline_mm
    if length is None:
        surface = None if outline is None else exactly(outline / area.high)
        return Solid("A", metre=area, coated=surface, thinnest=found.web_mm)
    ends = 2 / length if length else 0.0
    return Solid(
        "A·L",
        piece=area.scaled(length / MM3_PER_CM3),
        metre=area,
        coated=None if outline is None else exactly(outline / area.high + ends),
        thinnest=found.web_mm,
    )
