"""Quantity and unit → pieces, grams, metres, square metres or litres.

The units of trade in Dutch, English, German and French. What is no measure (a set, a box, a roll)
is not converted: nobody but the seller knows how much it holds.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import pint

from scanner.core.composition import MassGap


class Measure(StrEnum):
    """What an amount is counted in; its base unit is in brackets."""

    PIECES = "pieces"  # [piece]
    MASS = "mass"  # [gram]
    LENGTH = "length"  # [metre]
    AREA = "area"  # [square metre]
    VOLUME = "volume"  # [litre]


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something, in the base unit of its measure; or the reason why not."""

    measure: Measure | None
    value: Decimal | None
    gap: MassGap | None = None


_DEFINITIONS = """
piece = [pieces]
gram = [mass]
metre = [length]
litre = [volume]
square_metre = [area]
milligram = 0.001 gram
microgram = 0.000001 gram
kilogram = 1000 gram
tonne = 1000000 gram
pound = 453.59237 gram
ounce = 28.349523125 gram
micrometre = 0.000001 metre
millimetre = 0.001 metre
centimetre = 0.01 metre
decimetre = 0.1 metre
kilometre = 1000 metre
inch = 0.0254 metre
foot = 0.3048 metre
yard = 0.9144 metre
square_millimetre = 0.000001 square_metre
square_centimetre = 0.0001 square_metre
square_decimetre = 0.01 square_metre
square_foot = 0.09290304 square_metre
square_inch = 0.00064516 square_metre
microlitre = 0.000001 litre
millilitre = 0.001 litre
centilitre = 0.01 litre
decilitre = 0.1 litre
cubic_metre = 1000 litre
cubic_centimetre = 0.001 litre
gallon_us = 3.785411784 litre
dozen = 12 piece
hundred = 100 piece
thousand = 1000 piece
"""

_SPELLINGS = {
    "piece": """
        piece pieces pc pcs pce pces ea each unit units un nr nos item items qty
        st stk stuk stuks stks stck stueck stück stücke stueckzahl ps x eenheid einheit unite
        piece pièce pièces pi pza u pz c62 h87 ""
        """,
    "milligram": "mg milligram milligrams milligramm milligramme mgm",
    "microgram": "ug microgram",
    "gram": "g gr gram grams gramm gramme grammes gramo grm",
    "kilogram": "kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kgm",
    "tonne": "t ton tonne tonnes tonnen tne",
    "pound": "lb lbs pound pounds lbr",
    "ounce": "oz ounce ounces onz",
    "micrometre": "um micron",
    "millimetre": "mm mmt millimeter millimeters millimetre millimetres millimètre",
    "centimetre": "cm cmt centimeter centimeters centimetre centimètre",
    "decimetre": "dm dmt decimeter decimetre décimètre",
    "metre": """
        m mtr mtrs meter meters metre metres mètre mètres lfm lfdm rm mt strm laufmeter
        """,
    "kilometre": "km kmt kilometer kilometre kilomètre",
    "inch": "in inch inches inh zoll pouce pouces duim",
    "foot": "ft foot feet fot",
    "yard": "yd yard yards yrd",
    "square_metre": "m2 sqm qm mtk quadratmeter",
    "square_millimetre": "mm2 sqmm mmk",
    "square_centimetre": "cm2 sqcm cmk",
    "square_decimetre": "dm2 dmk",
    "square_foot": "ft2 sqft ftk",
    "square_inch": "in2 sqin ink",
    "litre": "l ltr lt liter liters litre litres dm3",
    "microlitre": "ul microliter microlitre",
    "millilitre": "ml mlt milliliter millilitre",
    "centilitre": "cl clt centiliter centilitre",
    "decilitre": "dl dlt deciliter decilitre",
    "cubic_metre": "m3 mtq cbm kubikmeter",
    "cubic_centimetre": "cm3 ccm cc cmq",
    "gallon_us": "gal gallon gallons gll",
    "dozen": "dozen dz dzn dozijn dutzend dtz douzaine",
    "hundred": "100pcs 100st cen hundert honderd %st",
    "thousand": "kpcs 1000pcs mil mille duizend tausend tsd kstk mst",
}

_MEASURES = {
    "[pieces]": Measure.PIECES,
    "[mass]": Measure.MASS,
    "[length]": Measure.LENGTH,
    "[area]": Measure.AREA,
    "[volume]": Measure.VOLUME,
}

_UNITS: dict[str, str] = {
    "" if spelling == '""' else spelling: unit
    for unit, spellings in _SPELLINGS.items()
    for spelling in spellings.split()
}
_IGNORED = re.compile(r"[.\s()\[\]]+")
_SUPERSCRIPTS = str.maketrans({"²": "2", "³": "3", "^": None, "µ": "u", "μ": "u"})


def amount(quantity: Decimal | None, unit: str | None) -> Amount:
    """The amount in pieces, grams, metres, square metres or litres; a gap where it is not known.

    No unit means pieces.
    """
    known = conversion(unit)
    if known is None:
        return Amount(None, None, MassGap.UNIT_NOT_CONVERTIBLE)
    measure, factor = known
    if quantity is None:
        return Amount(measure, None, MassGap.NO_QUANTITY)
    return Amount(measure, quantity * factor)


@lru_cache(maxsize=4096)
def conversion(unit: str | None) -> tuple[Measure, Decimal] | None:
    """What one `unit` is, in the base unit of its measure; ``None`` where it is no measure."""
    name = _UNITS.get(_folded(unit or ""))
    if name is None:
        return None
    dimension, factor = _FACTORS[name]
    return dimension, factor


def _folded(unit: str) -> str:
    text = unicodedata.normalize("NFC", unit.translate(_SUPERSCRIPTS)).casefold()
    return _IGNORED.sub("", text)


def _factors() -> dict[str, tuple[Measure, Decimal]]:
    registry: pint.UnitRegistry[Decimal] = pint.UnitRegistry(
        _DEFINITIONS.splitlines(), non_int_type=Decimal
    )
    factors = {}
    for name in _SPELLINGS:
        base = registry.Quantity(Decimal(1), name).to_base_units()
        (dimension,) = base.dimensionality
        factors[name] = (_MEASURES[dimension], Decimal(base.magnitude))
    return factors


_FACTORS = _factors()
