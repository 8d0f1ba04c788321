"""The raw materials that one line brings: its composition times its amount."""

from scanner.compose.amounts import Measure, conversion
from scanner.core.composition import Composition, Content, MassGap
from scanner.core.scan import ContentUse


def line_masses(
    composition: Composition, amount: float, unit: str | None
) -> tuple[ContentUse, ...]:
    """Grams of each content of the composition in `amount` (≥ 0) of the part, or what is missing.

    `unit` is the line's own unit. Pieces multiply the mass of one piece; a line bought by mass
    multiplies the fractions, and needs no mass of a piece. Lengths, areas, volumes and units that
    are no measure leave a gap.
    """
    known = conversion(unit)
    if known is None or known[0] not in {Measure.PIECES, Measure.MASS}:
        gap = ContentUse(None, MassGap.UNIT_NOT_CONVERTIBLE)
        return tuple(gap for _ in composition.contents)
    measure, factor = known
    number = amount * float(factor)
    if measure is Measure.MASS:
        return tuple(_by_mass(content, number) for content in composition.contents)
    return tuple(_by_piece(content, number) for content in composition.contents)


def _by_piece(content: Content, pieces: float) -> ContentUse:
    if content.mass_g is None:
        return ContentUse(None, content.gap)
    return ContentUse(content.mass_g.scaled(pieces), None)


def _by_mass(content: Content, grams: float) -> ContentUse:
    if content.fraction is None:
        return ContentUse(None, content.gap or MassGap.NO_FRACTION)
    return ContentUse(content.fraction.scaled(grams), None)
