"""Alloys by the rules that their names follow, where the release does not have the very grade.

Names by chemical symbols (EN 10027-1, EN 573-2, EN 1412, ISO 1190-1, ISO 9453) name what is in the
alloy: ``11SMnPb37``, ``CuZn40Al2``, ``AlMg5``, ``Sn99Cu1``. Numbers (EN 10027-2, EN AW, CW, UNS,
fillers after AWS A5.9 and A5.10) name its family only. No amount is read from a name. Symbols are
told by their case, so a name in capitals alone is not read. In iron, silicon, titanium, phosphorus
and sulphur are no raw materials of their own.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from scanner.core.evidence import Evidence, Target
from scanner.core.lexicon import Lexicon, MatchRule
from scanner.core.names import EvidenceKind, SourceId, TargetKind
from scanner.match.rules import CONFIDENCE

READ_CHARS = 400

SYMBOLS = {
    "Ag": "silver", "Al": "aluminium", "Au": "gold", "Bi": "bismuth", "Co": "cobalt",
    "Cr": "chromium", "Cu": "copper", "Fe": "iron_ore", "In": "indium", "Ir": "iridium",
    "Mg": "magnesium", "Mn": "manganese", "Mo": "molybdenum", "Nb": "niobium", "Ni": "nickel",
    "P": "phosphorus", "Pb": "lead", "Pd": "palladium", "Pt": "platinum", "Rh": "rhodium",
    "Sb": "antimony", "Si": "silicon_metal", "Sn": "tin", "Ti": "titanium_metal",
    "V": "vanadium", "W": "tungsten", "Zn": "zinc", "Zr": "zirconium",
}  # fmt: skip
"""The raw material of each symbol that counts as an alloying element."""

_IN_IRON = frozenset(("Cr", "Mn", "Mo", "Ni", "V", "W", "Nb", "Co", "Cu", "Al", "Pb"))
_FIGURE = r"(?:\s?\d+(?:[.,]\d+)?)?"
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_STAINLESS = 10.5
"""Per cent of chromium from which steel is stainless (EN 10020)."""


class Name(NamedTuple):
    """What a name tells: a general alloy or none, and the raw materials that it names."""

    alloy: str | None
    materials: tuple[str, ...] = ()


def _named(text: str, among: frozenset[str] | None = None) -> tuple[str, ...]:
    symbols = dict.fromkeys(_SYMBOL.findall(text))
    return tuple(
        SYMBOLS[symbol]
        for symbol in symbols
        if symbol in SYMBOLS and (among is None or symbol in among)
    )


def _high_alloy_steel(match: re.Match[str]) -> Name:
    stainless = match["first"] == "Cr" and float(match["percent"].replace(",", ".")) >= _STAINLESS
    alloy = "gen_stainless_steel" if stainless else "gen_tool_steel"
    return Name(alloy, _named(match["first"] + match["rest"], _IN_IRON))


def _steel(match: re.Match[str]) -> Name:
    return Name("gen_steel", _named(match[0], _IN_IRON))


def _copper(match: re.Match[str]) -> Name:
    found = set(_SYMBOL.findall(match[0]))
    if {"Ni", "Zn"} <= found:
        return Name("gen_nickel_silver", _named(match[0]))
    family = next((_COPPERS[symbol] for symbol in ("Zn", "Be", "Ni") if symbol in found), None)
    if family is None and "Sn" in found:
        family = "gen_bronze"
    return Name(family, _named(match[0]))


_COPPERS = {"Zn": "gen_brass", "Be": "gen_beryllium_copper", "Ni": "gen_cupronickel"}
_COPPER_LETTERS = {
    **dict.fromkeys("LMNPRS", "gen_brass"), "K": "gen_bronze", "J": "gen_nickel_silver",
    "H": "gen_cupronickel",
}  # fmt: skip
"""The last letter of a copper number (EN 1412) names the group."""

_SERIES = {"2": ("copper",), "3": ("manganese",), "4": ("silicon_metal",), "5": ("magnesium",),
           "6": ("magnesium",), "7": ("zinc", "magnesium")}  # fmt: skip
"""The main alloying element of a series of wrought aluminium (EN 573-1)."""


def _wrought(match: re.Match[str]) -> Name:
    return Name("gen_aluminium", _SERIES.get(match["number"][0], ()))


def _solder(match: re.Match[str]) -> Name:
    materials = _named(match[0])
    return Name("gen_solder_leaded" if "lead" in materials else None, materials)


def _always(alloy: str | None, *materials: str) -> Callable[[re.Match[str]], Name]:
    return lambda _: Name(alloy, materials)


def _with(alloy: str | None) -> Callable[[re.Match[str]], Name]:
    return lambda match: Name(alloy, _named(match[0]))


def _chain(base: str, *symbols: str) -> str:
    """A base and one or more symbols, at least one of them with a figure."""
    others = "|".join(symbols)
    body = rf"{base}{_FIGURE}(?:\s?(?:{others}){_FIGURE})+"
    return rf"(?<![A-Za-z0-9])(?=[A-Za-z\s.,]*\d)(?:G[DKZ]?-?|S-|L-)?{body}(?![A-Za-z0-9])"


_EVERYWHERE: tuple[tuple[str, str, Callable[[re.Match[str]], Name]], ...] = (
    (
        "X",
        r"(?<!\w)X\s?\d{1,3}\s?(?P<first>Cr|Ni|Mn|W)(?P<rest>[A-Z][A-Za-z]*)?\s?"
        r"(?P<percent>\d{1,2}(?:[.,]\d)?)(?:[-.]\d{1,2})*(?!\w)",
        _high_alloy_steel,
    ),
    (
        "",
        r"(?<!\w)\d{1,3}\s?(?:Cr|Mn|Ni|Mo|SMn|SMnPb|Si|MnB)(?:Cr|Mn|Ni|Mo|Si|Pb|V|W|Al|B|S)*"
        r"\s?\d{1,2}(?:-\d{1,2})*(?!\w)",
        _steel,
    ),
    ("Al", _chain("Al", "Mg", "Si", "Cu", "Zn", "Mn", "Fe", "Ni", "Ti", "Pb", "Bi", "Cr", "Zr"),
     _with("gen_aluminium")),
    ("Cu",
     _chain("Cu", "Zn", "Sn", "Al", "Ni", "Si", "Be", "Cr", "Zr", "Pb", "Fe", "Mn", "Ag", "Mg",
            "Co", "P", "S"), _copper),
    ("Ni", _chain("Ni", "Cr", "Mo", "Fe", "Cu", "Co", "Ti", "Al", "Mn", "Nb", "W"),
     _with("gen_nickel_alloy")),
    ("Ti",
     _chain("Ti", "Al", "V", "Mo", "Sn", "Zr", "Cr", "Ni", "Pd"), _with("gen_titanium_alloy")),
    ("Mg", _chain("Mg", "Al", "Zn", "Mn", "Y", "Zr", "Si"), _with("gen_magnesium_alloy")),
    ("Zn", _chain("Zn", "Al", "Cu", "Ti"), _with("gen_zamak")),
    ("Co", _chain("Co", "Cr", "Mo", "Ni", "W", "Fe"), _with("gen_cobalt_alloy")),
    ("Fe", _chain("Fe", "Ni", "Cr", "Co", "Al", "Si"),
     lambda match: Name(None, ("iron_ore", *_named(match[0], _IN_IRON)))),
    ("Ag", _chain("Ag", "Cu", "Zn", "Sn", "Ni"), _with(None)),
    ("Au", _chain("Au", "Sn", "Ni", "Ag", "Cu", "Co"), _with(None)),
    ("Pt", _chain("Pt", "Rh", "Ir"), _with(None)),
    ("Sn", _chain("Sn", "Ag", "Cu", "Pb", "Bi", "Sb", "In", "Zn", "Ni"), _solder),
    ("Pb", _chain("Pb", "Sn", "Ag", "Sb", "In", "Bi"), _solder),
    ("AW", r"(?<!\w)EN[\s-]?AW[\s-]?(?P<number>[1-8]\d{3})(?!\d)", _wrought),
    ("", r"(?<!\w)(?P<number>[1-8]\d{3})[\s-](?:T\d{1,4}|H\d{2,3})(?!\w)", _wrought),
    ("ER", r"(?<!\w)ER(?=Cu[A-Z])[A-Za-z]+(?:-[A-Z]?\d?)?(?!\w)", _copper),
    ("ER", r"(?<!\w)ER(?=Ni[A-Z])[A-Za-z]+(?:-\d{1,2})?(?!\w)", _with("gen_nickel_alloy")),
    ("ER", r"(?<!\w)ER[\s-]?(?P<number>[45]\d{3})(?!\d)", _wrought),
    ("E", r"(?<!\w)ER?[\s-]?3(?:07|08|09|10|12|47)L?(?:Si)?(?:-1[5-7])?(?!\w)",
     _always("gen_stainless_steel")),
    ("31",
     r"(?<!\w)(?:ER?[\s-]?)?(?:316|317|318)L(?:Si)(?:-1[5-7])?(?!\w)|(?<!\w)ER?31[678]L?(?!\w)",
     _always("gen_stainless_steel", "molybdenum")),
    ("EN", r"(?<!\w)EN[\s-]?A[CB][\s-]?[245]\d{4}(?!\d)", _always("gen_aluminium_cast")),
    ("C", r"(?<!\w)C[WCB]\s?\d{3}\s?(?P<letter>[A-S])(?!\w)",
     lambda match: Name(_COPPER_LETTERS.get(match["letter"]), ("copper",))),
    ("GJ", r"(?<!\w)(?:EN[\s-]?)?GJ[LSMV][\s-]?\d{3}(?:-\d{1,2})?(?!\d)", _always("gen_cast_iron")),
    ("UNS", r"(?<!\w)UNS\s?S[234]\d{4}(?!\w)", _always("gen_stainless_steel")),
    ("UNS", r"(?<!\w)UNS\s?N\d{5}(?!\w)", _always("gen_nickel_alloy")),
    ("UNS", r"(?<!\w)UNS\s?R5\d{4}(?!\w)", _always("gen_titanium_alloy")),
    ("UNS", r"(?<!\w)UNS\s?C\d{5}(?!\w)", _always(None, "copper")),
    ("UNS", r"(?<!\w)UNS\s?A9\d{4}(?!\w)", _always("gen_aluminium")),
)  # fmt: skip

"""Letters without which a name cannot fit, its pattern, and what it tells."""

_OF_MATERIALS: tuple[tuple[str, str, Callable[[re.Match[str]], Name]], ...] = (
    ("", r"(?<![\w.,])1[.,]4\d{3}(?![\w.,])", _always("gen_stainless_steel")),
    ("", r"(?<![\w.,])1[.,]2\d{3}(?![\w.,])", _always("gen_tool_steel")),
    ("", r"(?<![\w.,])1[.,]3[23]\d{2}(?![\w.,])", _always("gen_hss")),
    ("", r"(?<![\w.,])1[.,][015678]\d{3}(?![\w.,])", _always("gen_steel")),
    ("", r"(?<![\w.,])2[.,]4\d{3}(?![\w.,])", _always("gen_nickel_alloy")),
    ("", r"(?<![\w.,])3[.,]7\d{3}(?![\w.,])", _always("gen_titanium_alloy")),
    ("",
     r"(?<!\w)[SE]\s?(?:185|235|275|295|335|355|360|420|450|460|500|690|700|890|960)[A-Z0-9+]*(?!\w)",
     _always("gen_steel")),
    ("", r"(?<!\w)(?:P|L)\d{3}(?:GH|NH|NL|N|TR|MB|NB)[12]?(?!\w)", _always("gen_steel")),
    ("D", r"(?<!\w)(?:DC|DD)0[1-7](?!\d)", _always("gen_steel")),
    ("H", r"(?<!\w)H[CX]?\d{3}(?:LA|Y|X|B)D?(?!\w)", _always("gen_steel")),
    ("DX5", r"(?<!\w)DX5[1-7]D(?!\w)", _always("gen_galvanised_steel")),
    ("C", r"(?<!\w)C[kK]?\s?(?:[1-6]0|[1-5]5|22|75|80)[ER]?(?!\w)", _always("gen_steel")),
    ("St", r"(?<!\w)St\s?(?:33|34|37|44|50|52|60|70)(?:-[23])?[A-Z]?(?!\w)", _always("gen_steel")),
    ("GG", r"(?<!\w)GGG?[\s-]?\d{2}(?!\w)", _always("gen_cast_iron")),
    ("", r"(?<!\w)(?:AZ|AM|AS|ZK|WE|AJ)\s?\d{2}[A-E]?(?!\w)", _always("gen_magnesium_alloy")),
    ("A", r"(?<!\w)(?:AA|AW|AlW|A)[\s-]?(?P<number>[1-8]\d{3})P?(?!\d)", _wrought),
    ("M", r"(?<!\w)M[sS]\s?\d{2}(?!\w)", _always("gen_brass")),
    ("R", r"(?<!\w)R[gG]\s?\d{1,2}(?!\w)", _always("gen_gunmetal")),
)  # fmt: skip


class Namer:
    """Reads names by rule; one that the lexicon has without its temper is that alloy."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sources: dict[str, SourceId] = {}
        grades: dict[str, set[Target]] = defaultdict(set)
        for term in lexicon.terms:
            self._sources.setdefault(str(term.target), term.source)
            if term.match is MatchRule.KEY and term.target.kind is TargetKind.ALLOY:
                grades[_key(term.text)].add(term.target)
        self._grades = {key: min(found) for key, found in grades.items() if len(found) == 1}

    def find(self, field: str, text: str, *, of_materials: bool) -> Iterator[Evidence]:
        """What the first name in a text tells, where `of_materials` says that one may be short."""
        text = text[:READ_CHARS]
        if not _MAYBE.search(text):
            return
        for letters, pattern, told in _BOTH if of_materials else _ANY:
            if letters in text and (match := pattern.search(text)):
                yield from self._evidence(field, match[0].strip(), told(match))
                return

    def _evidence(self, field: str, seen: str, name: Name) -> Iterator[Evidence]:
        grade = self._grades.get(_key(seen))
        targets = [Target(TargetKind.MATERIAL, material) for material in name.materials]
        if grade is not None:
            targets = [grade]
        elif name.alloy is not None:
            targets.insert(0, Target(TargetKind.ALLOY, name.alloy))
        for target in targets:
            if (source := self._sources.get(str(target))) is not None:
                rule = f"naming/{target.id}"
                yield Evidence(
                    EvidenceKind.DESIGNATION,
                    seen,
                    field,
                    target,
                    CONFIDENCE["naming"],
                    source,
                    rule,
                )


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


_MAYBE = re.compile(r"\d|\bER[A-Z]")
_ANY = tuple((letters, re.compile(pattern), told) for letters, pattern, told in _EVERYWHERE)
_BOTH = (
    *_ANY,
    *((letters, re.compile(pattern), told) for letters, pattern, told in _OF_MATERIALS),
)
