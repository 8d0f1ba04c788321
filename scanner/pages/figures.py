"""Numbers as people read them: in the language of the page, no more digits than they carry."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from math import floor, log10
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent
from flask_babel import get_locale

Range = Mapping[str, float | None]
"""`low`, `typical` and `high`, and perhaps whether `range_known`: its ends are limits."""

DASH = " – "
ABOUT = "≈"
"""Before figures without limits: how far the true value may lie from them is not known."""

NBSP = "\u00a0"
MASS_UNITS = ((1_000_000.0, "t"), (1000.0, "kg"), (1.0, "g"), (1e-3, "mg"), (1e-6, "µg"))
"""Grams per unit, largest first."""


def number(value: float | Decimal, digits: int = 3) -> str:
    """A number cut to this many significant digits."""
    figure = float(value)
    if figure == 0:
        return format_decimal(0, locale=get_locale())
    places = max(0, digits - 1 - floor(log10(abs(figure))))
    pattern = "#,##0" + ("." + "#" * places if places else "")
    return format_decimal(round(figure, places), format=pattern, locale=get_locale())


def fixed(value: float, places: int = 1) -> str:
    """A number with exactly this many decimals: supply risk as the sources print it."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(value, format=pattern, locale=get_locale())


def whole(value: float) -> str:
    """A count or an index without decimals."""
    return fixed(value, 0)


def percent(fraction: float) -> str:
    """A fraction as per cent; below one per cent with one decimal."""
    pattern = "#,##0.#%" if fraction < 0.01 else "#,##0%"
    return format_percent(fraction, format=pattern, locale=get_locale())


def money(amount: float, currency: str | None) -> str:
    """An amount of money: whole cents, more digits below one; the bare number without currency."""
    if currency is None:
        return number(amount) if amount < 1 else fixed(amount, 2)
    if amount < 1:
        pattern = "¤\u00a0#,##0.00##"
        return format_currency(
            amount, currency, pattern, locale=get_locale(), currency_digits=False
        )
    return format_currency(amount, currency, locale=get_locale())


def mass(value: Range) -> str:
    """A range of grams in the unit that fits its upper end."""
    return _mass(value, 1.0)


def most_mass(value: Range) -> str:
    """The upper end of a range of grams."""
    _, high = _ends(value)
    return _mass({**value, "low": high, "high": high}, 1.0)


def kilograms(value: Range) -> str:
    """A range of kilograms."""
    return _mass(value, 1000.0)


def _mass(value: Range, grams: float) -> str:
    low, high = (end * grams for end in _ends(value))
    factor, unit = next((pair for pair in MASS_UNITS if high >= pair[0]), (1.0, "g"))
    return _about(value) + span(low / factor, high / factor) + NBSP + unit


def _ends(value: Range) -> tuple[float, float]:
    """The ends of a range; a nominal figure is both."""
    nominal = value.get("typical") or 0.0
    low, high = value["low"], value["high"]
    return nominal if low is None else low, nominal if high is None else high


def _about(value: Range) -> str:
    return "" if value.get("range_known", True) else ABOUT + NBSP


def fraction(value: Range) -> str:
    """A range of mass fractions as per cent by mass."""
    low, high = _ends(value)
    return _about(value) + span(low * 100, high * 100) + NBSP + "%"


def share(value: float) -> str:
    """One mass fraction as per cent by mass."""
    return number(value * 100) + NBSP + "%"


def span(low: float, high: float) -> str:
    """Two ends of a range, or one number where they look the same."""
    first, last = number(low), number(high)
    return first if first == last else f"{first}{DASH}{last}"


def hhi(value: Range) -> str:
    """Bounds of a Herfindahl–Hirschman index, 0–10 000."""
    first, last = whole(value["low"] or 0.0), whole(value["high"] or 0.0)
    return first if first == last else f"{first}{DASH}{last}"


def exact(value: Decimal | str) -> str:
    """An exact decimal with all its digits, such as products per year."""
    return format_decimal(Decimal(value), locale=get_locale(), decimal_quantization=False)


def day(value: datetime) -> str:
    """A date in words, in UTC."""
    return format_date(value, format="long", locale=get_locale())


def moment(value: datetime) -> str:
    """A date and time to the second, in UTC."""
    return format_datetime(value, format="medium", tzinfo=UTC, locale=get_locale())


FILTERS: Mapping[str, Any] = {
    "number": number,
    "fixed": fixed,
    "whole": whole,
    "percent": percent,
    "money": money,
    "mass": mass,
    "most_mass": most_mass,
    "kilograms": kilograms,
    "fraction": fraction,
    "share": share,
    "hhi": hhi,
    "exact": exact,
    "day": day,
    "moment": moment,
}
