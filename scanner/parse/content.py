"""What a column without a known heading holds, by its cells alone.

Only kinds of text that hardly anything else looks like are recognised: a wrong guess is worse
than a column that is not used.
"""

import re
from collections.abc import Callable, Sequence

from scanner.parse import designators
from scanner.parse.money import currency_of, read_price
from scanner.parse.numbers import Mark

_ENOUGH = 0.9
_FEWEST = 2
_EITHER = Mark(".", sure=False)

_CODE = re.compile(r"^\d{4}[ .]\d{2}[ .]?(?:\d{2}[ .]?(?:\d{2})?)?$")
_CAS = re.compile(r"^(\d{2,7})-(\d{2})-(\d)$")
_MASS = re.compile(r"^\d+(?:[.,]\d+)?\s*(?:mg|g|kg)$", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNITS = _words(
    "pc pcs pce piece pieces st stk stck stuk stuks stück ea each kg g mg m mm cm m2 m² m3 l ml "
    "set sets rol par pair paar pièce pièces"
)  # fmt: skip
_PREFIXES = _words("R C L D U Q J X Y K F T P S SW LED TP IC RN FB CN CON JP VR RV BT")
_COUNTRIES = _words(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW"
)  # fmt: skip
"""ISO 3166-1 alpha-2."""


def looks_like(cells: Sequence[str]) -> tuple[str, float] | None:
    """Field and confidence of a column with these cells; ``None`` where nothing stands out."""
    filled = [cell for cell in cells if cell]
    if len(filled) < _FEWEST:
        return None
    for field, confidence, test in _KINDS:
        if sum(map(test, filled)) >= _ENOUGH * len(filled):
            return field, confidence
    return None


def is_cas(text: str) -> bool:
    """Whether the text is a CAS registry number with the right check digit."""
    match = _CAS.match(text)
    if match is None:
        return False
    digits = match[1] + match[2]
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1))
    return total % 10 == int(match[3])


def _is_code(text: str) -> bool:
    return _CODE.match(text) is not None and 1 <= int(text[:2]) <= 97


def are_designators(text: str) -> bool:
    """Whether a cell lists designators with letters that drawings use."""
    names = designators.split(text)
    return designators.all_plain(names) and designators.prefix(names) in _PREFIXES


def _is_unit(text: str) -> bool:
    return text.casefold().rstrip(".") in _UNITS


def _is_country(text: str) -> bool:
    return text in _COUNTRIES


def _is_currency(text: str) -> bool:
    return currency_of(text) == text


def _is_price(text: str) -> bool:
    return currency_of(text) is not None and read_price(text, _EITHER).amount is not None


_KINDS: tuple[tuple[str, float, Callable[[str], bool]], ...] = (
    ("cas", 0.9, is_cas),
    ("commodity_code", 0.8, _is_code),
    ("designators", 0.7, are_designators),
    ("currency", 0.7, _is_currency),
    ("unit", 0.6, _is_unit),
    ("origin", 0.7, _is_country),
    ("price", 0.6, _is_price),
    ("mass_g", 0.5, lambda text: _MASS.match(text) is not None),
)
