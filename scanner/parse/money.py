"""Prices as people write them: a currency before or behind the number, and per how many pieces."""

import re
from typing import NamedTuple

from scanner.parse.numbers import ABSENT, Mark, to_decimal

_IN_USE = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW
KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD
NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_CODES = frozenset(_IN_USE.split())
"""The codes of ISO 4217 for money that is in use."""

_WORDS = frozenset(["ALL", "BAM", "COP", "CUP", "GEL", "MOP", "PEN", "TOP", "TRY"])
"""Codes that are words, too: they are money in a column of currencies only."""

_SIGNS = {
    "€": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "euro": "EUR", "euros": "EUR", "zł": "PLN",
    "kč": "CZK", "sfr": "CHF", "fr.": "CHF", "₩": "KRW", "₹": "INR", "₺": "TRY", "rmb": "CNY",
    "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD", "nt$": "TWD",
    "s$": "SGD", "r$": "BRL",
}  # fmt: skip
"""Signs that stand for one currency; `$` alone is taken for the US dollar, `¥` and `kr` are two."""

_OTHER_SIGNS = ("¥", "kr", "kr.", "円", "元")
_MONEY = "|".join(
    re.escape(sign) for sign in sorted((*_SIGNS, *_OTHER_SIGNS), key=len, reverse=True)
)
_CURRENCY = re.compile(
    rf"(?<![^\W\d_])(?:(?P<code>[A-Z]{{3}})|(?P<sign>(?i:{_MONEY})))(?![^\W\d_])"
)
_PIECES = r"(?:\s*(?:x|st|stk|stck|stuk|stuks|stück|pcs?|pieces?|pièces?|units?|ea|eh)\b\.?)?"
_PER = re.compile(
    rf"(?:/|\b(?:per|pro|je|pour|par|à)\b)\s*(?P<per>10{{0,4}}|1[.,]000|10[.,]000){_PIECES}(?![\w])",
    re.IGNORECASE,
)
_PER_ONE = re.compile(
    r"(?:/|\b(?:per|pro|je|par|à|each|ea)\b)\s*(?:[^\W\d_]{1,10}\.?)?\s*$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"^(?P<sign>[-−–]?)\s*(?P<number>\d[\d.,'’ \u00a0\u202f\u2009]*|[.,]\d+)"
    r"(?P<exponent>[eE][+-]?\d{1,2})?(?:[.,][-–—=]+)?$"
)
_ABSENT = ABSENT | frozenset(["tbd", "op aanvraag", "o.a.", "auf anfrage", "a.a.", "sur demande"])
_ANY = "\u00a4"
_ENDS = _ANY + " \u00a0\u202f\u2009\t"
_SPACES_AND_MARKS = " \u00a0\u202f\u2009.,"
_MOST_DIGITS = 15


class Cost(NamedTuple):
    """A price cell understood: decimal text, currency, pieces that it is for, a problem's code."""

    amount: str | None
    currency: str | None
    per: str | None
    problem: str | None


NO_COST = Cost(None, None, None, None)


def currency(cell: str) -> str | None:
    """The ISO 4217 code in a column of currencies."""
    text = cell.strip()
    return text.upper() if text.upper() in _CODES else _SIGNS.get(text.casefold())


def currency_of(text: str) -> str | None:
    """The ISO 4217 code of the currency that a text names; ``None`` without one, or with two."""
    found = {code for match in _CURRENCY.finditer(text) if (code := _code(match))}
    return found.pop() if len(found) == 1 else None


def per_of(text: str) -> str | None:
    """Of how many pieces a text such as `Prijs per 100` tells the price."""
    found = _PER.search(text)
    return None if found is None else found["per"].replace(".", "").replace(",", "")


def without_money(heading: str) -> str:
    """A heading without its currency and its number of pieces."""
    bare = _CURRENCY.sub(lambda match: " " if _is_money(match) else match[0], heading)
    return _PER.sub(" ", bare).strip()


def read_price(text: str, mark: Mark) -> Cost:
    """A price cell such as `€ 1,25`, `0.35 USD/pc` or `12,50 per 100`.

    A price of 0 stands for one that nobody entered, as ERP systems print it.
    """
    if text.casefold() in _ABSENT:
        return NO_COST
    bare = bare_number(text)
    match = _NUMBER.match(bare)
    number = None
    doubtful = False
    if match is not None and not match["sign"]:
        number, doubtful = to_decimal(match["number"].rstrip(_SPACES_AND_MARKS), mark)
        if number is not None and match["exponent"]:
            number = number.scaleb(int(match["exponent"][1:]))
    if number is None or number.adjusted() > _MOST_DIGITS:
        return Cost(None, None, None, "unreadable-price")
    if not number:
        return NO_COST
    problem = "ambiguous-number" if doubtful else None
    return Cost(format(number, "f"), currency_of(text), per_of(text), problem)


def bare_number(text: str) -> str:
    """The cell without the currency at either end and the pieces that it is for."""
    bare = _CURRENCY.sub(lambda match: _ANY if _is_money(match) else match[0], _PER.sub(" ", text))
    return _PER_ONE.sub(" ", bare.strip(_ENDS)).strip(_ENDS)


def pieces_priced(text: str) -> str | None:
    """A price unit: the number of pieces for which prices are told, such as `100` or `1000 ST`."""
    match = re.match(rf"^(?P<per>10{{0,5}}|1[.,]000)(?:[.,]0+)?{_PIECES}$", text, re.IGNORECASE)
    return None if match is None else match["per"].replace(".", "").replace(",", "")


def _code(match: re.Match[str]) -> str | None:
    if match["code"]:
        return match["code"] if match["code"] in _CODES - _WORDS else None
    return _SIGNS.get(match["sign"].casefold())


def _is_money(match: re.Match[str]) -> bool:
    return match["code"] is None or _code(match) is not None
