"""Words with which a column says what kind of line each is."""

from collections.abc import Collection

_ALTERNATE = frozenset(
    ["alternate", "alternative", "alt", "alt.", "substitute", "second source", "2nd source",
     "secondary", "alternatief", "vervanger", "alternativ", "alternativteil", "zweitquelle",
     "alternatif", "substitut", "tweede bron"]
)  # fmt: skip
"""In lower case: the line stands for another one."""

_MAIN = frozenset(
    ["", "main", "primary", "preferred", "prime", "original", "default", "normal", "component",
     "item", "part", "1st source", "first source", "hoofd", "voorkeur", "hoofdonderdeel", "haupt",
     "hauptteil", "bevorzugt", "principal", "préféré", "standaard", "standard"]
)  # fmt: skip


def is_alternate(text: str) -> bool:
    """Whether a cell says that its line stands for another one."""
    return text.casefold() in _ALTERNATE


def tells_kinds(cells: Collection[str]) -> bool:
    """Whether a column with these cells holds nothing but kinds of lines, alternates among them."""
    words = {cell.casefold() for cell in cells}
    return not words.isdisjoint(_ALTERNATE) and words <= _ALTERNATE | _MAIN
