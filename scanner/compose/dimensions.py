"""A text → the dimensions of stock in it: what stands there as diameter, length, thickness.

Dutch, English, German and French; decimal comma or point; millimetres unless a unit is given.
Everything in the text must be understood: a word or a number whose meaning is not known may change
the shape (a hole, a bend, a clamp *for* a tube), and then there are no dimensions at all.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from scanner.compose.stock_words import FORMS, MAGNETS, NEUTRAL, Form

READ_CHARS = 200
"""Longer texts describe more than a piece of stock."""

_MILLIMETRES = {
    "mm": 1.0, "cm": 10.0, "m": 1000.0, "mtr": 1000.0, "meter": 1000.0,
    "in": 25.4, "inch": 25.4, "zoll": 25.4, "duim": 25.4, "pouces": 25.4, '"': 25.4,
}  # fmt: skip
_METRES = frozenset({"m", "mtr", "meter"})
_INCHES = frozenset({"in", "inch", "zoll", "duim", "pouces", '"'})

_UNIT = r"(?:mm|cm|mtr|meter|m|inch|in|zoll|duim|pouces|\")(?![a-z])"
_NUMBER = r"(?:\d+ \d+/\d+|\d+/\d+|\d+(?:\.\d+)?)"
_SIZE = rf"(?:([@#])\s*)?({_NUMBER})(?:\s*({_UNIT}))?"
_LENGTH = re.compile(
    rf"(?<![a-z\d])(?:l|lg|len|length|lengte|lang|lange|laenge|long|longueur)\s*[=:.]?\s*"
    rf"({_NUMBER})(?:\s*({_UNIT}))?(?![\w.])"
)
_THICKNESS = re.compile(
    rf"(?<![a-z\d])(?:[ts]\s*=|dik|dikte|thick|thickness|dicke|starke|staerke|ep|epaisseur|wall|wand"
    rf"|wanddikte|wandstarke|wandstaerke)\s*[=:.]?\s*({_NUMBER})(?:\s*({_UNIT}))?(?![\w.])"
)
_SIZES = re.compile(rf"(?<![\w./-]){_SIZE}(?:\s*[x*]\s*{_SIZE})*(?![\w/])")
_ONE = re.compile(_SIZE)
_NORM = re.compile(
    r"(?<![a-z\d])(?:(?:din|en|iso|nen|bs|nf|uni|astm|asme|ral)[ -]?)+[a-z]?\d+(?:[-:]\d+)*"
)
_TOLERANCE = re.compile(r"(?<![a-z\d])(?:h|js?|k)\d{1,2}(?![a-z\d])")
_TEMPER = re.compile(r"(?<![a-z\d])[th]\d{1,4}(?![a-z\d])")
_MAGNET_GRADE = re.compile(r"(?<![a-z\d])(?:n|y|yxg)\d{2}(?:bh|m|h|sh|uh|eh|ah)?(?![a-z\d])")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}[.,]\d{3}(?![\d.])")
_DIAMETER = re.compile(
    r"(?<![a-z])(?:diameter|diametre|durchmesser|diam|dia|od|da|d(?=\s*=))\b\.?\s*[=:]?"
)
_ACROSS = re.compile(r"(?<![a-z])(?:sw|af)\s*[=:.]?\s*(?=\d)")
_WORD = re.compile(r"[a-z]{2,}")
_IN_WORD = re.compile(r"\w")
_INSIDE = re.compile(r"[\w.,]")
_SIGNS = {"×": "x", "ø": "@", "Ø": "@", "⌀": "@", "∅": "@", "ß": "s", "”": '"', "″": '"'}


@dataclass(slots=True)
class Dimensions:
    """What a text says of a piece of stock, in millimetres.

    `form` is what its words call it, ``None`` where they do not; `sizes` are the numbers that are
    joined by ``x`` (or the only one), of which so many are `diameters`, the first among them;
    `across` whether the first is a width across flats. `single` is a number that stands alone
    beside others, `length` and `thickness` are named so. `inches` is true where they were given
    in inches, `magnet` where it is called a magnet, `mixed` where only some of the sizes are in
    metres (``2x1 m``). `text` is what was read, as it was written.
    """

    form: Form | None
    sizes: tuple[float, ...] = ()
    single: float | None = None
    length: float | None = None
    thickness: float | None = None
    diameters: int = 0
    across: bool = False
    inches: bool = False
    magnet: bool = False
    mixed: bool = False
    text: str = ""


@dataclass(slots=True)
class _Reading:
    """A text that is blanked out piece by piece, as it is understood."""

    original: str
    folded: str
    spans: list[tuple[int, int]] = field(default_factory=list)

    def blank(self, start: int, end: int) -> None:
        """Take out a piece that is understood."""
        self.folded = f"{self.folded[:start]}{' ' * (end - start)}{self.folded[end:]}"

    def blank_all(self, pattern: re.Pattern[str]) -> None:
        """Take out all that fits."""
        self.folded = pattern.sub(lambda match: " " * len(match[0]), self.folded)

    def blank_piece(self, piece: str) -> bool:
        """Take out a piece wherever it stands as words of its own, and tell whether it does."""
        found = False
        start = self.folded.find(piece) if piece else -1
        while start >= 0:
            end = start + len(piece)
            before, after = self.folded[start - 1 : start], self.folded[end : end + 1]
            alone = not (_INSIDE.fullmatch(before) or _IN_WORD.fullmatch(after))
            if alone:
                self.blank(start, end)
                found = True
            start = self.folded.find(piece, end if alone else start + 1)
        return found

    def take(self, match: re.Match[str]) -> None:
        """Take out a dimension, and remember where it stood."""
        self.spans.append(match.span())
        self.blank(*match.span())

    def seen(self) -> str:
        """The dimensions as they were written, in order."""
        return " ".join(self.original[start:end].strip() for start, end in sorted(self.spans))


def dimensions(text: str, known: Iterable[str] = (), *, sized: bool = True) -> Dimensions | None:
    """The dimensions in a text, of which the pieces `known` are understood already.

    What is known may name the form (``koperplaat``). Where it is not to be `sized`, a length or
    nothing is enough.

    ``None`` where anything else in the text is not understood, where a number may be read in two
    ways (``1.000``), or where words call the piece two different forms.
    """
    if len(text) > READ_CHARS:
        return None
    reading = _Reading(text, _folded(text))
    forms: set[Form] = set()
    for piece in sorted(known, key=lambda piece: (-len(piece), piece)):
        folded = _folded(piece)
        if reading.blank_piece(folded):
            forms |= _forms(_Reading(piece, folded))
    for pattern in (_NORM, _TOLERANCE, _TEMPER, _MAGNET_GRADE):
        reading.blank_all(pattern)
    if _THOUSANDS.search(reading.folded):
        return None
    reading.folded = re.sub(r"(?<=\d),(?=\d)", ".", reading.folded)
    forms |= _forms(reading)
    if len(forms) > 1:
        return None
    found = Dimensions(next(iter(forms), None))
    read = _read_named(reading, found) and _read_sizes(reading, found)
    if not read or (sized and not found.sizes):
        return None
    words = set(_WORD.findall(reading.folded))
    found.magnet = not MAGNETS.isdisjoint(words)
    if words - NEUTRAL - MAGNETS or any(map(str.isdigit, reading.folded)) or "@" in reading.folded:
        return None
    found.text = reading.seen()
    return found


def _forms(reading: _Reading) -> set[Form]:
    """The forms that words of the text name, longest words first."""
    found: set[Form] = set()
    for begins, pattern, form in FORMS:
        if begins in reading.folded and pattern.search(reading.folded):
            found.add(form)
            reading.blank_all(pattern)
    return found


def _read_named(reading: _Reading, found: Dimensions) -> bool:
    """Read lengths and thicknesses that are named; false where one is named twice."""
    for pattern, name in ((_LENGTH, "length"), (_THICKNESS, "thickness")):
        named = list(pattern.finditer(reading.folded))
        if len(named) > 1:
            return False
        for match in named:
            setattr(found, name, _number(match[1]) * _MILLIMETRES[match[2] or "mm"])
            reading.take(match)
    return True


def _read_sizes(reading: _Reading, found: Dimensions) -> bool:
    """Read one row of numbers, and one number beside it; false where there is more."""
    reading.folded = _marked(_marked(reading.folded, _DIAMETER, "@"), _ACROSS, "#")
    rows = list(_SIZES.finditer(reading.folded))
    joined = [row for row in rows if len(_ONE.findall(row[0])) > 1]
    alone = [row for row in rows if row not in joined]
    if len(joined) > 1:
        return False
    for row in joined or alone[:1]:
        if not _read_row(row[0], found):
            return False
        reading.take(row)
    for row in alone if joined else alone[1:]:
        if not _read_alone(row, found):
            return False
        reading.take(row)
    return True


def _read_row(row: str, found: Dimensions) -> bool:
    """Read numbers joined by ``x``; a unit of centimetres or inches holds for all before it."""
    sizes = _ONE.findall(row)
    units = [unit for _, _, unit in sizes]
    common = units[-1] if units[-1] and units[-1] not in _METRES else "mm"
    if any(unit not in ("", common, *_METRES) for unit in units):
        return False
    found.sizes = tuple(_number(number) * _MILLIMETRES[unit or common] for _, number, unit in sizes)
    found.diameters = sum(mark == "@" for mark, _, _ in sizes)
    found.across = sizes[0][0] == "#"
    found.inches = common in _INCHES
    found.mixed = "" in units and not _METRES.isdisjoint(units)
    return not found.diameters or sizes[0][0] == "@"


def _read_alone(row: re.Match[str], found: Dimensions) -> bool:
    """Read a number that stands alone: a length where it is in metres, else a thickness."""
    mark, number, unit = row[1], _number(row[2]), row[3]
    if mark or (unit in _METRES and found.length is not None) or found.single is not None:
        return False
    if unit in _METRES:
        found.length = number * _MILLIMETRES[unit]
    else:
        found.single = number * _MILLIMETRES[unit or "mm"]
    return True


def _number(text: str) -> float:
    whole, _, rest = text.rpartition(" ")
    if "/" in rest:
        above, below = map(float, rest.split("/"))
        return float(whole or 0) + (above / below if below else 0.0)
    return float(text)


def _marked(text: str, pattern: re.Pattern[str], mark: str) -> str:
    return pattern.sub(lambda match: " " * (len(match[0]) - 1) + mark, text)


def _folded(text: str) -> str:
    """The text in lower case without accents, character by character."""
    if text.isascii():
        return text.lower()
    return "".join(_fold(character) for character in text)


def _fold(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    plain = unicodedata.normalize("NFKD", character)[0].lower()
    return plain if plain.isascii() else " "
