"""Numbers as people write them: decimal comma or point, thousands marks, a unit in the cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

ABSURD = Decimal(10) ** 9
"""A quantity above this is taken for a mistake."""

PIECE_UNITS = frozenset(
    [
        "pc",
        "pcs",
        "pce",
        "piece",
        "pieces",
        "st",
        "stk",
        "stck",
        "stuk",
        "stuks",
        "stück",
        "stücke",
        "ea",
        "each",
        "unit",
        "units",
        "u",
        "pièce",
        "pièces",
        "pz",
        "szt",
        "nr",
        "no",
    ]
)
"""Units (in lower case, without points) under which a quantity counts pieces."""

_SPACES = " \u00a0\u202f\u2009'’"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?![\d])(?:[.,]\d+)?|[\d.,]*\d(?:[eE][+-]?\d{{1,3}})?)"
)
_CELL = re.compile(
    rf"^(?:[x×*]\s*)?(?P<sign>[-+−–]?)\s*(?P<number>{_NUMBER})\s*(?P<rest>[^\d].{{0,23}})?$",
    re.IGNORECASE | re.DOTALL,
)
_UNIT = re.compile(r"^(?![ex]\d)[^\W\d_][\w²³./ -]{0,22}$", re.IGNORECASE)
"""A unit behind a number; what follows an ``e`` or ``x`` with digits is no unit (1e999, 0x10)."""

ABSENT = frozenset(["", "-", "–", "—", "n/a", "na", "n.v.t.", "nvt", "none", "k.a.", "s.o."])
"""What people write (in lower case) into a cell of which they know nothing."""

_GRAMS = {
    "g": 1.0, "gr": 1.0, "gram": 1.0, "grams": 1.0, "gramm": 1.0, "gramme": 1.0, "grammes": 1.0,
    "mg": 0.001, "kg": 1000.0, "kilo": 1000.0, "kilogram": 1000.0, "kilogramm": 1000.0,
    "kilogramme": 1000.0, "kgs": 1000.0, "µg": 1e-6, "t": 1e6, "lb": 453.59237,
    "lbs": 453.59237, "oz": 28.349523125,
}  # fmt: skip


class Amount(NamedTuple):
    """A quantity cell understood: decimal text, unit in the cell, and a problem's code."""

    quantity: str | None
    unit: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """The decimal mark of a column; `sure` when a cell proved it rather than the default."""

    decimal: str
    sure: bool


def decide(texts: Iterable[str], default: Mark) -> Mark:
    """The decimal mark that the cells of one column prove, else the default.

    `0,35` and `1.234,5` prove a comma. `1,000` alone proves nothing, but a column in which
    every number has exactly three digits behind the same mark (as SAP prints quantities) does.
    """
    votes = {",": 0, ".": 0}
    open_marks = {",": 0, ".": 0}
    plain = 0
    for text in texts:
        match = _CELL.match(text)
        if match is None:
            continue
        number = match["number"]
        mark, proven = _mark(number)
        if mark is None:
            plain += 1
        elif proven:
            votes[mark] += 1
        else:
            open_marks[mark] += 1
    if votes[","] != votes["."]:
        return Mark(max(votes, key=votes.__getitem__), sure=True)
    for mark, other in ((",", "."), (".", ",")):
        if open_marks[mark] > 1 and not plain and not open_marks[other]:
            return Mark(mark, sure=True)
    return default


def _mark(number: str) -> tuple[str | None, bool]:
    """The decimal mark that one number shows, and whether it could be nothing else."""
    comma, point = number.rfind(","), number.rfind(".")
    if comma < 0 and point < 0:
        return None, False
    if comma >= 0 and point >= 0:
        return ("," if comma > point else "."), True
    mark = "," if comma >= 0 else "."
    if number.count(mark) > 1:
        return ("." if mark == "," else ","), True
    before, after = number.split(mark)
    grouped = len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0"
    return mark, not grouped


def to_decimal(number: str, mark: Mark) -> tuple[Decimal | None, bool]:
    """The number, and whether it hung on an unproven mark; ``None`` when it is no number."""
    for space in _SPACES:
        number = number.replace(space, "")
    shown, proven = _mark(number)
    decimal = mark.decimal if shown is not None and not proven else shown
    if decimal is not None:
        other = "." if decimal == "," else ","
        whole, _, fraction = number.partition(decimal)
        if other in fraction or not _grouped(whole, other):
            return None, False
        number = f"{whole.replace(other, '')}.{fraction}" if fraction else whole.replace(other, "")
    if len(number) > 40:
        return None, False
    return Decimal(number), shown is not None and not proven and not mark.sure


def _grouped(whole: str, mark: str) -> bool:
    first, *rest = whole.split(mark)
    return not rest or (1 <= len(first) <= 3 and all(len(group) == 3 for group in rest))


def read_amount(text: str, mark: Mark) -> Amount:
    """A quantity cell such as `4`, `0,35 m`, `2x`, `4 pcs`, with the code of what is wrong."""
    if text.casefold() in ABSENT:
        return Amount(None, None, "missing-quantity")
    match = _CELL.match(text)
    unit = (match["rest"] or "").strip().rstrip(".") if match else ""
    unit = "" if unit in ("x", "X", "×", "*", "-") else unit
    if match is None or (unit and not _UNIT.match(unit)):
        return Amount(None, None, "unreadable-quantity")
    number, doubtful = to_decimal(match["number"], mark)
    problem = "ambiguous-number" if doubtful else None
    if number is None:
        problem = "unreadable-quantity"
    elif number != 0 and match["sign"] not in ("", "+"):
        problem = "negative-quantity"
    elif number > ABSURD:
        problem = "absurd-quantity"
    good = number is not None and problem in (None, "ambiguous-number")
    return Amount(plain(number) if number is not None and good else None, unit or None, problem)


def plain(number: Decimal) -> str:
    """The number without exponent and trailing zeros: ``4``, ``0.35``."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grams_of(unit: str | None) -> float | None:
    """Grams in one of this unit of mass; ``None`` when it is no unit of mass that we know."""
    return _GRAMS.get(unit.strip().rstrip(".").casefold()) if unit else None


def read_mass(text: str, mark: Mark, grams: float | None) -> tuple[float | None, str | None]:
    """A mass cell in grams and the code of what is wrong; a unit in the cell wins over `grams`."""
    if text.casefold() in ABSENT:
        return None, None
    match = _CELL.match(text)
    number, doubtful = to_decimal(match["number"], mark) if match else (None, False)
    if match is None or number is None or match["sign"] in ("-", "−", "–"):
        return None, "unreadable-mass"
    rest = (match["rest"] or "").strip()
    factor = grams_of(rest) if rest else grams
    if factor is None:
        return None, "unreadable-mass" if rest else "mass-without-unit"
    mass = float(number) * factor
    if mass > 1e12:
        return None, "unreadable-mass"
    return mass, "ambiguous-number" if doubtful else None


_MONTHS = (
    "jan|feb|mar|mrt|mär|apr|may|mai|mei|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|déc|janv|févr|mars"
    "|avr|juin|juil|août"
)
_DATE = re.compile(
    rf"^(?:\d{{1,2}}[-. ](?:{_MONTHS})\.?(?:[-. ]\d{{2,4}})?|(?:{_MONTHS})\.?[- ]\d{{2,4}}"
    r"|\d{4}-\d\d-\d\d 00:00:00|\d{1,2}/\d{1,2}/\d{4})$",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"^\d[.,]\d+E\+\d{2,3}$")


def spoiled(text: str) -> str | None:
    """The code of what a spreadsheet did to a part's number: made a date of it, or rounded it."""
    if _DATE.match(text):
        return "date-in-cell"
    return "rounded-number" if _ROUNDED.match(text) else None
