"""The raw materials that one line brings: its composition times its amount."""

from scanner.compose.amounts import Measure, conversion
from scanner.core.composition import Composition, Content, MassGap, Per, Range, exactly
from scanner.core.scan import ContentUse

_PER = {Measure.LENGTH: Per.METRE, Measure.AREA: Per.SQUARE_METRE}


def line_masses(
    composition: Composition, amount: float, unit: str | None
) -> tuple[ContentUse, ...]:
    """Grams of each content of the composition in `amount` (≥ 0) of the part, or what is missing.

    `unit` is the line's own unit. Pieces multiply the mass of one piece; a line bought by mass
    multiplies the fractions, and needs no mass of a piece. Lengths and areas multiply the mass of
    a metre or square metre where the part is stock of known section or thickness; else they, and
    volumes and units that are no measure, leave a gap.
    """
    known = conversion(unit)
    if known is not None:
        measure, factor = known
        number = amount * float(factor)
        if measure is Measure.PIECES:
            return tuple(_by_piece(content, number) for content in composition.contents)
        grams = exactly(number) if measure is Measure.MASS else _stock(composition, measure, number)
        if grams is not None:
            return tuple(_by_mass(content, grams) for content in composition.contents)
    gap = ContentUse(None, MassGap.UNIT_NOT_CONVERTIBLE)
    return tuple(gap for _ in composition.contents)


def _stock(composition: Composition, measure: Measure, number: float) -> Range | None:
    """Grams of so many metres or square metres; ``None`` where nobody knows."""
    per = _PER.get(measure)
    found = (mass.grams for mass in composition.stock_masses if mass.per is per)
    grams = next(found, None)
    return None if grams is None else grams.scaled(number)


def _by_piece(content: Content, pieces: float) -> ContentUse:
    if content.mass_g is None:
        return ContentUse(None, content.gap)
    return ContentUse(content.mass_g.scaled(pieces), None)


def _by_mass(content: Content, grams: Range) -> ContentUse:
    if content.fraction is None:
        return ContentUse(None, content.gap or MassGap.NO_FRACTION)
    return ContentUse(content.fraction.times(grams), None)
