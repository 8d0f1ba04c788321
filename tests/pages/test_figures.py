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
    ("low", "typical", "high", "text"),
    [
        (None, 12.0, None, "≈\u00a012\u00a0g"),
        (1.2, None, 3.4, "≈\u00a01.2 – 3.4\u00a0g"),
        (0.0, None, 0.002, "≈\u00a00 – 2\u00a0mg"),
    ],
)
def test_a_figure_without_limits_is_marked(locale, low, typical, high, text):
    value = {"low": low, "typical": typical, "high": high, "range_known": False}
    assert figures.mass(value) == shown(text, locale)
    per_kilogram = {**value, "low": low and low / 1000, "high": high and high / 1000}
    per_kilogram["typical"] = typical and typical / 1000
    assert figures.kilograms(per_kilogram) == shown(text, locale)


@pytest.mark.parametrize(
    ("ends", "known", "text"),
    [
        ((0.16, None, 0.18), True, "16 – 18\u00a0%"),
        ((None, 0.19, None), False, "≈\u00a019\u00a0%"),
        ((0.0, None, 0.19), False, "≈\u00a00 – 19\u00a0%"),
    ],
)
def test_fraction(locale, ends, known, text):
    value = dict(zip(("low", "typical", "high"), ends, strict=True)) | {"range_known": known}
    assert figures.fraction(value) == shown(text, locale)


def test_the_most_of_a_range_is_its_upper_end_or_its_nominal_figure(locale):
    known = {"low": 0.0, "typical": None, "high": 3.4, "range_known": True}
    nominal = {"low": None, "typical": 3.4, "high": None, "range_known": False}
    assert figures.most_mass(known) == shown("3.4\u00a0g", locale)
    assert figures.most_mass(nominal) == shown("≈\u00a03.4\u00a0g", locale)


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
