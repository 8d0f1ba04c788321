"""Numbers as people read them."""

from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from hypothesis import given
from hypothesis import strategies as st

from scanner.pages import figures

app = Flask(__name__)
Babel(app)


@pytest.fixture(params=["en", "nl"])
def locale(request):
    with app.test_request_context(), force_locale(request.param):
        yield request.param


def shown(english, locale):
    """The same text with the marks of the locale."""
    return english.translate(str.maketrans(",.", ".,")) if locale == "nl" else english


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234.6, "1,235"), (12.345, "12.3"), (0.0012345, "0.00123"), (2.0, "2")],
)
def test_number(locale, value, text):
    assert figures.number(value) == shown(text, locale)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (1.2, 3.4, "1.2 – 3.4\u00a0g"),
        (1500.0, 2500.0, "1.5 – 2.5\u00a0kg"),
        (0.002, 0.004, "2 – 4\u00a0mg"),
        (5.0, 5.0, "5\u00a0g"),
        (0.0, 0.0, "0\u00a0g"),
        (0.0, 2e6, "0 – 2\u00a0t"),
        (1e-9, 2e-9, "0.000000001 – 0.000000002\u00a0g"),
    ],
)
def test_mass(locale, low, high, text):
    assert figures.mass({"low": low, "typical": None, "high": high}) == shown(text, locale)


@pytest.mark.parametrize(
    ("value", "text"), [(0.914, "91%"), (0.004, "0.4%"), (1.0, "100%"), (0.0, "0%")]
)
def test_percent(locale, value, text):
    assert figures.percent(value) == shown(text, locale)


def test_exact_keeps_all_digits(locale):
    assert figures.exact(Decimal("1000.125")) == shown("1,000.125", locale)
    assert figures.exact("12") == "12"


def test_concentration(locale):
    assert figures.hhi({"low": 4071.0, "high": 4073.2}) == shown("4,071 – 4,073", locale)
    assert figures.hhi({"low": 8230.0, "high": 8230.0}) == shown("8,230", locale)


@given(value=st.floats(min_value=1e-12, max_value=1e12))
def test_number_says_what_it_is_within_half_a_unit_of_its_last_digit(value):
    with app.test_request_context(), force_locale("en"):
        read = float(figures.number(value).replace(",", ""))
    assert abs(read - value) <= 0.5 * value
    assert abs(read - value) / value < 0.0051
