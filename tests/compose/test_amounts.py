from decimal import Decimal

import pytest

from scanner.compose import Measure, amount
from scanner.core.composition import MassGap


@pytest.mark.parametrize(
    "unit",
    [None, "", "st", "St.", "stuks", "Stck", "Stück", "STK", "pcs", "pce", "EA", "each", "pièces",
     "pc.", "C62"],
)  # fmt: skip
def test_pieces_in_four_languages(unit):
    found = amount(Decimal("3"), unit)
    assert (found.measure, found.value) == (Measure.PIECES, Decimal(3))


@pytest.mark.parametrize(
    ("quantity", "unit", "measure", "value"),
    [
        ("2", "kg", Measure.MASS, "2000"),
        ("2.5", "KG", Measure.MASS, "2500"),
        ("3", "g", Measure.MASS, "3"),
        ("4", "mg", Measure.MASS, "0.004"),
        ("1", "t", Measure.MASS, "1000000"),
        ("1", "lb", Measure.MASS, "453.59237"),
        ("1500", "mm", Measure.LENGTH, "1.5"),
        ("2", "m", Measure.LENGTH, "2"),
        ("2", "lfm", Measure.LENGTH, "2"),
        ("1", "inch", Measure.LENGTH, "0.0254"),
        ("2", "m²", Measure.AREA, "2"),
        ("2", "qm", Measure.AREA, "2"),
        ("3", "l", Measure.VOLUME, "3"),
        ("3", "ml", Measure.VOLUME, "0.003"),
        ("1", "m³", Measure.VOLUME, "1000"),
        ("2", "dozijn", Measure.PIECES, "24"),
        ("2", "douzaine", Measure.PIECES, "24"),
    ],
)
def test_units_convert_exactly(quantity, unit, measure, value):
    found = amount(Decimal(quantity), unit)
    assert (found.measure, found.value) == (measure, Decimal(value))
    assert found.gap is None


@pytest.mark.parametrize("unit", ["set", "paar", "doos", "Karton", "rol", "boîte", "pair", "xyz"])
def test_what_is_no_measure_is_not_converted(unit):
    found = amount(Decimal(1), unit)
    assert (found.value, found.gap) == (None, MassGap.UNIT_NOT_CONVERTIBLE)


def test_a_missing_quantity_is_a_gap():
    found = amount(None, "kg")
    assert (found.measure, found.value, found.gap) == (Measure.MASS, None, MassGap.NO_QUANTITY)
