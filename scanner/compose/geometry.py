"""Dimensions → volume: what a bar, tube, profile, sheet or magnet of these sizes fills.

Plain geometry; `docs/methods.md` has the formulas. Where the form leaves two readings, there is no
solid: a triple without a word may be a plate, an angle or a hollow section.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import pi, sqrt

from scanner.compose.dimensions import Dimensions
from scanner.compose.stock_words import Form
from scanner.core.composition import Range, exactly, nominal

MM3_PER_CM3 = 1000.0
MM_PER_METRE = 1000.0
THICK_SHEET = 200.0
"""A sheet is not thicker than this, in millimetres; such a number alone is a length or width."""

ROUNDED = 3.0
"""The outer corner radius of a rolled hollow section in wall thicknesses, at most."""

FILLED = 2.0
"""The radius in the root of a rolled angle in thicknesses, at most."""


@dataclass(frozen=True, slots=True)
class Solid:
    """Cubic centimetres of one piece, one metre and one square metre; ``None`` where unknown.

    `formula` is how the volume follows from the dimensions. `coated` is the surface in square
    millimetres per cubic millimetre: all of it where the piece is known, without ends and edges
    where only its section is; a layer may cover a hollow bar inside as well. `thinnest` is the
    thickness in millimetres of its material.
    """

    formula: str
    piece: Range | None = None
    metre: Range | None = None
    square_metre: Range | None = None
    coated: Range | None = None
    thinnest: float | None = None


def solid(found: Dimensions, *, of_class: bool = False) -> Solid | None:
    """The solid that dimensions describe without doubt, else ``None``.

    `of_class` is true for what is one solid by its class; a magnet is one by its name, too. Then a
    triple without a word is a block, and a diameter with any height a disc.
    """
    of_class |= found.magnet
    form = found.form or _form_without_word(found, of_class=of_class)
    if form is None or (found.across and form is not Form.HEXAGON):
        return None
    if form is Form.RING and found.diameters < 2 and not of_class:
        return None
    if found.inches and form in {Form.TUBE, Form.HOLLOW}:
        return None  # sizes of pipe in inches are names, not measures
    made = _MAKERS[form](found)
    return made if made is None or _is_some(made) else None


def _form_without_word(found: Dimensions, *, of_class: bool) -> Form | None:
    """Ø20x100 is a rod where it is longer than its radius, else it may be a tube."""
    if found.across:
        return Form.HEXAGON
    if of_class:
        by_diameters = {0: Form.BLOCK, 1: Form.DISC, 2: Form.RING}
        return by_diameters.get(found.diameters)
    if found.diameters != 1 or found.single is not None or found.thickness is not None:
        return None
    if len(found.sizes) == 2 and found.sizes[1] > found.sizes[0] / 2:
        return Form.ROUND
    return Form.ROUND if len(found.sizes) == 1 and found.length is not None else None


def _round(found: Dimensions) -> Solid | None:
    split = _section_and_length(found, 1)
    if split is None:
        return None
    (d,), length = split
    return _bar("π/4·d²", nominal(pi / 4 * d * d), exactly(pi * d), length, d)


def _hexagon(found: Dimensions) -> Solid | None:
    split = _section_and_length(found, 1)
    if split is None:
        return None
    (s,), length = split
    return _bar("√3/2·s²", nominal(sqrt(3) / 2 * s * s), exactly(2 * sqrt(3) * s), length, s)


def _square(found: Dimensions) -> Solid | None:
    sizes = found.sizes
    if len(sizes) > 1 and sizes[0] == sizes[1]:
        sizes = sizes[1:]
    split = _section_and_length(found, 1, sizes)
    if split is None:
        return None
    (a,), length = split
    return _bar("a²", nominal(a * a), exactly(4 * a), length, a)


def _flat(found: Dimensions) -> Solid | None:
    split = _section_and_length(found, 2)
    if split is None:
        return None
    (b, t), length = split
    return _bar("b·t", nominal(b * t), exactly(2 * (b + t)), length, min(b, t))


def _tube(found: Dimensions) -> Solid | None:
    split = _section_and_length(found, 2, _with_wall(found, 1))
    if split is None:
        return None
    (d, t), length = split
    if t >= d / 2:
        return None
    outline = Range(pi * d, None, 2 * pi * (d - t))
    return _bar("π·(d−t)·t", nominal(pi * (d - t) * t), outline, length, t)


def _hollow(found: Dimensions) -> Solid | None:
    """A rectangular tube: the corners are rounded by up to three wall thicknesses, or sharp."""
    split = _section_and_length(found, 3, _with_wall(found, 2))
    if split is None:
        return None
    (a, b, t), length = split
    if t >= min(a, b) / 2:
        return None
    sharp = 2 * t * (a + b - 2 * t)
    missing = (4 - pi) * (ROUNDED**2 - (ROUNDED - 1) ** 2) * t * t
    section = Range(max(0.0, sharp - missing), None, sharp, known=False)
    outline = Range(2 * (a + b) - (8 - 2 * pi) * ROUNDED * t, None, 4 * (a + b - 2 * t))
    return _bar("2·t·(a+b−2·t) less rounded corners", section, outline, length, t)


def _angle(found: Dimensions) -> Solid | None:
    """Two legs; the root is sharp or filled by a radius of up to twice the thickness."""
    sizes = found.sizes
    if len(sizes) == 2 and sizes[1] < sizes[0] / 2:
        sizes = (sizes[0], *sizes)
    split = _section_and_length(found, 3, sizes)
    if split is None:
        return None
    (a, b, t), length = split
    if t >= min(a, b) / 2:
        return None
    sharp = t * (a + b - t)
    section = Range(sharp, None, sharp + (1 - pi / 4) * (FILLED * t) ** 2, known=False)
    outline = Range(2 * (a + b) - (2 - pi / 2) * FILLED * t, None, 2 * (a + b))
    return _bar("t·(a+b−t) and the root's fillet", section, outline, length, t)


def _sheet(found: Dimensions) -> Solid | None:
    sizes = [*found.sizes, *(s for s in (found.single, found.thickness) if s is not None)]
    if found.length is not None:
        sizes.append(found.length)
    if found.diameters or found.mixed or len(sizes) not in {1, 3} or min(sizes) > THICK_SHEET:
        return None
    t, *sides = sorted(sizes)
    square_metre = nominal(t * MM_PER_METRE**2 / MM3_PER_CM3)
    if not sides:
        return Solid("t", square_metre=square_metre, coated=_per(exactly(2), t), thinnest=t)
    a, b = sides
    surface = 2 * (a * b + t * a + t * b)
    volume = a * b * t
    return Solid(
        "a·b·t",
        piece=nominal(volume / MM3_PER_CM3),
        square_metre=square_metre,
        coated=_per(exactly(surface), volume),
        thinnest=t,
    )


def _disc(found: Dimensions) -> Solid | None:
    return _round(found) if found.diameters < 2 and len(found.sizes) == 2 else None


def _block(found: Dimensions) -> Solid | None:
    if found.diameters or len(found.sizes) != 3 or found.length is not None:
        return None
    a, b, c = found.sizes
    volume, surface = a * b * c, exactly(2 * (a * b + b * c + c * a))
    return Solid(
        "a·b·c",
        piece=nominal(volume / MM3_PER_CM3),
        coated=_per(surface, volume),
        thinnest=min(found.sizes),
    )


def _ring(found: Dimensions) -> Solid | None:
    if len(found.sizes) != 3 or found.length is not None:
        return None
    outer, inner, height = found.sizes
    if inner >= outer:
        return None
    face = pi / 4 * (outer**2 - inner**2)
    surface = exactly(2 * face + pi * (outer + inner) * height)
    return Solid(
        "π/4·(D²−d²)·h",
        piece=nominal(face * height / MM3_PER_CM3),
        coated=_per(surface, face * height),
        thinnest=min(height, (outer - inner) / 2),
    )


_MAKERS: dict[Form, Callable[[Dimensions], Solid | None]] = {
    Form.ROUND: _round,
    Form.HEXAGON: _hexagon,
    Form.SQUARE: _square,
    Form.FLAT: _flat,
    Form.TUBE: _tube,
    Form.HOLLOW: _hollow,
    Form.ANGLE: _angle,
    Form.SHEET: _sheet,
    Form.DISC: _disc,
    Form.BLOCK: _block,
    Form.RING: _ring,
}


def _with_wall(found: Dimensions, outer: int) -> tuple[float, ...]:
    """The sizes with a wall that is given apart in its place."""
    wall = found.thickness if found.thickness is not None else found.single
    if wall is None:
        return found.sizes
    return (*found.sizes[:outer], wall, *found.sizes[outer:])


def _section_and_length(
    found: Dimensions, number: int, sizes: Sequence[float] | None = None
) -> tuple[Sequence[float], float | None] | None:
    """The first sizes, which are the section, and the length, which follows them or is named."""
    given = found.sizes if sizes is None else sizes
    if sizes is None and (found.single is not None or found.thickness is not None):
        return None
    if len(given) == number:
        return given, found.length
    if len(given) == number + 1 and found.length is None:
        return given[:number], given[number]
    return None


def _bar(
    formula: str, section: Range, outline: Range, length: float | None, thinnest: float
) -> Solid:
    """A bar of this section in square millimetres: as many cubic centimetres to the metre."""
    area = section.high
    if length is None:
        return Solid(formula, metre=section, coated=_per(outline, area), thinnest=thinnest)
    surface = Range(
        outline.low * length + 2 * section.low,
        None if outline.typical is None else outline.typical * length + 2 * area,
        outline.high * length + 2 * area,
    )
    return Solid(
        f"{formula}·L",
        piece=section.scaled(length / MM3_PER_CM3),
        metre=section,
        coated=_per(surface, area * length),
        thinnest=thinnest,
    )


def _per(surface: Range, volume: float) -> Range | None:
    return surface.scaled(1 / volume) if volume else None


def _is_some(made: Solid) -> bool:
    """Whether there is any volume at all."""
    volumes = (made.piece, made.metre, made.square_metre)
    return any(one is not None and one.low > 0 for one in volumes)
