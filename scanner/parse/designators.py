"""Reference designators (`C1, C2`, `R1-R4`) and the words for parts that are not fitted."""

import re
from collections.abc import Iterable

from scanner.parse.memo import Memo

_SEPARATORS = re.compile(r"[,;\s]+")
_RANGE = re.compile(r"^([A-Za-z_]{1,8})(\d{1,5})(?:-|–|—|\.\.\.?|:)([A-Za-z_]{0,8})(\d{1,5})$")
_SPACED_RANGE = re.compile(r"(?<=\d)\s*(-|–|—|\.\.\.?)\s*(?=[A-Za-z_]*\d)")
_DIGITS = "0123456789"
_PLAIN = re.compile(r"^[A-Za-z]+$")
_LETTERS: Memo[str, str] = Memo(lambda text: text.upper() if _PLAIN.match(text) else "")
_PREFIX = re.compile(r"[A-Za-z]+(?=\d|\?|$)")
_ONE = re.compile(r"^[A-Za-z_]{1,8}\d{1,5}[A-Za-z]?$")
_LONGEST_RANGE = 2000
_MOST_WRITTEN_OUT = 20_000
"""Ranges behind so many names of one cell stay as they are: no board has so many parts."""

_NOT_FITTED = re.compile(
    r"(?<!\w)(?:dnp|dnf|dni|dns|do\s+not\s+(?:populate|place|fit|install|stuff|mount)"
    r"|not\s+(?:fitted|populated|mounted|placed|installed)|no\s*pop|no[\s-]?fit|unpopulated"
    r"|niet\s+(?:bestukken|bestukt|plaatsen|geplaatst|monteren|gemonteerd)"
    r"|nicht\s+(?:bestückt|bestücken|montiert)|unbestückt"
    r"|non\s+(?:monté|montée|placé|câblé|implanté)|ne\s+pas\s+(?:monter|placer|implanter))(?!\w)",
    re.IGNORECASE,
)
_NO = frozenset(
    [
        "no",
        "n",
        "false",
        "0",
        "nee",
        "nein",
        "non",
        "none",
        "off",
        "not",
        "-",
        "dnp",
        "dnf",
        "dni",
        "dns",
        "niet",
        "nicht",
        "exclude",
        "excluded",
    ]
)
_YES = frozenset(
    [
        "yes",
        "y",
        "true",
        "1",
        "x",
        "ja",
        "j",
        "oui",
        "o",
        "vrai",
        "wahr",
        "waar",
        "on",
        "dnp",
        "dnf",
        "dni",
        "dns",
        "✓",
        "✔",
        "excluded",
        "exclude",
    ]
)


def split(text: str) -> list[str]:
    """The single designators of a cell, ranges written out, in the order of the cell."""
    if "-" in text or "–" in text or "—" in text or ".." in text:
        names: list[str] = []
        for name in _SEPARATORS.split(_SPACED_RANGE.sub(r"\1", text)):
            names.extend(_expand(name) if len(names) < _MOST_WRITTEN_OUT else [name])
        return names
    return text.replace(",", " ").replace(";", " ").split()


def _expand(name: str) -> list[str]:
    match = _RANGE.match(name)
    if match is None:
        return [name] if name else []
    prefix, first, again, last = match[1], int(match[2]), match[3], int(match[4])
    if (again and again != prefix) or not 0 <= last - first <= _LONGEST_RANGE:
        return [name]
    return [f"{prefix}{number}" for number in range(first, last + 1)]


def prefix(names: list[str]) -> str | None:
    """The letters of the first designator that has some: ``C`` for ``C1, C2``."""
    for name in names:
        match = _PREFIX.match(name)
        if match:
            return match[0].upper()
    return None


def prefixes(lists: Iterable[list[str]]) -> list[str]:
    """The prefix of each list of designators, empty where it has none."""
    return [
        _LETTERS[names[0].rstrip(_DIGITS)] or prefix(names) or "" if names else ""
        for names in lists
    ]


def all_plain(names: list[str]) -> bool:
    """Whether every name is a designator beyond doubt, so that counting them means something."""
    return all(map(_ONE.match, names))


def looks_like(text: str) -> bool:
    """Whether a cell holds nothing but designators."""
    names = split(text)
    return bool(names) and all(map(_ONE.match, names))


def says_not_fitted(text: str) -> bool:
    """Whether the text holds a phrase for a part that is not fitted (`DNP`, `nicht bestückt`)."""
    return _NOT_FITTED.search(text) is not None


def is_fitted(text: str, *, heading_negates: bool) -> bool:
    """What a fitted or DNP column says of one line; an empty cell means fitted."""
    word = text.casefold()
    if not word:
        return True
    if heading_negates:
        return word not in _YES and not says_not_fitted(text)
    return word not in _NO and not says_not_fitted(text)
