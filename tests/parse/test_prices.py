"""Prices: of a piece, of a hundred, of a line; with currency in cell, heading or column."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.bom import Price, ReadLimits
from scanner.parse import parse_records
from scanner.parse.headings import recognise
from scanner.parse.money import read_price
from scanner.parse.numbers import Mark
from tests.parse.test_tables import lines_of

POINT = Mark(".", sure=True)


@pytest.mark.parametrize(
    ("cell", "amount", "currency", "per"),
    [
        ("€ 1,25", "1.25", "EUR", None),
        ("1.25 EUR", "1.25", "EUR", None),
        ("$0.10", "0.10", "USD", None),
        ("US$ 3.20", "3.20", "USD", None),
        ("EUR 1.234,50", "1234.50", "EUR", None),
        ("1 234,50 €", "1234.50", "EUR", None),
        ("CHF 12.-", "12", "CHF", None),
        ("€ 12,=", "12", "EUR", None),
        ("0,35 €/st", "0.35", "EUR", None),
        ("12.50 per 100", "12.50", None, "100"),
        ("EUR 1,25/1000 St", "1.25", "EUR", "1000"),
        ("1.2E-3", "0.0012", None, None),
        (".05", "0.05", None, None),
        ("¥ 100", "100", None, None),
    ],
)
def test_a_cell_tells_amount_currency_and_pieces(cell, amount, currency, per):
    assert read_price(cell, POINT) == (amount, currency, per, None)


@pytest.mark.parametrize("cell", ["", "-", "n/a", "op aanvraag", "0,00", "€ 0"])
def test_no_price_and_a_price_of_nothing_are_unknown(cell):
    assert read_price(cell, POINT) == (None, None, None, None)


@pytest.mark.parametrize("cell", ["-1,00", "gratis", "1,2,3 €", "12 EUR 14", "€"])
def test_what_is_no_price_is_told(cell):
    assert read_price(cell, POINT).problem == "unreadable-price"


@given(st.text(max_size=30))
def test_any_text_is_read_or_told(cell):
    cost = read_price(cell, POINT)
    assert cost.amount is None or Decimal(cost.amount) > 0


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Unit price (EUR)", "price"),
        ("Prijs €", "price"),
        ("Einzelpreis EUR", "price"),
        ("Prijs per 100", "price"),
        ("Preis/1000 Stk", "price"),
        ("€/stuk", "price"),
        ("Ext. Price", "price_line"),
        ("Gesamtpreis", "price_line"),
        ("Total EUR", "price_line"),
        ("Amount (€)", "price_line"),
        ("Montant HT", "price_line"),
        ("Preiseinheit", "price_per"),
        ("Amount", "quantity"),
        ("Value", "value"),
        ("Price 1000", None),
        ("Total", None),
    ],
)
def test_headings_of_money(heading, field):
    assert recognise(heading).field == field


def prices(text):
    lines, stream = lines_of(text)
    return [line.price for line in lines], [problem.code for problem in stream.problems]


def price(amount, per=1, currency=None):
    return Price(Decimal(amount), Decimal(per), currency)


def test_the_currency_of_the_column_wins_then_the_cell_then_the_heading():
    found, problems = prices(
        "Part number;Qty;Price (EUR);Currency\nA;1;2,50;\nB;1;$ 3,00;\nC;1;4,00;SEK\nD;1;;SEK\n"
    )
    assert found == [
        price("2.50", 1, "EUR"),
        price("3.00", 1, "USD"),
        price("4.00", 1, "SEK"),
        None,
    ]
    assert problems == []


def test_a_column_of_price_units_divides_and_a_column_pe_of_anything_else_does_not():
    rows = "A;4;12,00;100\nB;2;3,50;1\n"
    assert prices(f"Part number;Qty;Preis;PE\n{rows}")[0] == [price("12.00", 100), price("3.50")]
    assert prices("Part number;Qty;Preis;PE\nA;4;12,00;HD\n")[0] == [price("12.00")]
    assert prices("Part number;Qty;Price unit\nA;4;12,00\n")[0] == [price("12.00")]


def test_a_total_alone_is_kept_with_its_quantity():
    found, _ = prices("Part number;Qty;Total price\nA;3;10,00\nB;;5,00\n")
    assert found == [price("10.00", 3), None]


def test_a_total_proves_that_a_price_is_one_of_a_hundred():
    found, problems = prices("Part number;Qty;Price;Total price\nA;16;8,00;1,28\nB;4;2,50;10,00\n")
    assert found == [price("1.28", 16), price("2.50")]
    assert problems == []


def test_a_total_that_disagrees_is_told_and_the_price_counts():
    found, problems = prices("Part number;Qty;Price;Total price\nA;4;2,50;77,00\n")
    assert found == [price("2.50")]
    assert problems == ["price-disagrees"]


def test_records_are_read_alike():
    records = [
        {"part_number": "A", "quantity": 4, "price": 2.5, "currency": "eur"},
        {"part_number": "B", "quantity": 3, "price_line": "10.00"},
        {"part_number": "C", "quantity": 3, "price": "12", "price_per": 100},
        {"part_number": "D", "quantity": 3, "price": "12", "price_per": "many"},
        {"part_number": "E", "quantity": 3, "price": "cheap"},
    ]
    stream = parse_records(records, limits=ReadLimits())
    lines = [line for chunk in stream for line in chunk]
    assert [line.price for line in lines] == [
        price("2.5", 1, "EUR"), price("10.00", 3), price("12", 100), None, None,
    ]  # fmt: skip
    found = [(problem.code, problem.place.pointer) for problem in stream.problems]
    assert found == [
        ("unreadable-price", "/lines/3/price_per"),
        ("unreadable-price", "/lines/4/price"),
    ]
