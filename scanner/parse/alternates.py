"""Lines that stand for another one: second sources and alternatives do not count on top of it.

Files tell them by a column (`Alternate: yes`, `Line type: substitute`), by a remark (`2nd source`),
or by standing right below the line that they may replace, under its position or designators.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from scanner.parse.columns import Layout
from scanner.parse.headings import normalise
from scanner.parse.kinds import is_alternate, tells_kinds
from scanner.parse.memo import Memo
from scanner.parse.model import Packed

_FLAGGED = frozenset(
    ["alternate", "is alternate", "alternative", "is alternative", "alt", "alternate part",
     "alternative part", "alternate line", "substitute", "is substitute", "second source",
     "2nd source", "alternatief", "is alternatief", "alternativ", "alternativteil", "zweitquelle",
     "alternatif", "substitut"]
)  # fmt: skip
_PROBABILITY = frozenset(
    ["usage probability", "use probability", "nutzungswahrscheinlichkeit",
     "einsatzwahrscheinlichkeit", "gebruikswaarschijnlijkheid", "probabilite d utilisation"]
)  # fmt: skip
"""Headings as `normalise` gives them."""

_YES = frozenset(["yes", "y", "true", "1", "x", "ja", "j", "oui", "o", "vrai", "wahr", "waar", "✓"])
_NO = frozenset(
    ["no", "n", "false", "0", "nee", "nein", "non", "faux", "falsch", "onwaar", "-", ""]
)
_NONE = re.compile(r"^0+(?:[.,]0+)?\s*%?$")
_WORD = (
    r"(?:alt(?:\.|ernate|ernative|ernatief|ernativ|ernatif)?|(?:2nd|second|2e|tweede|zweite)"
    r"[\s-]+(?:source|bron|quelle)|zweitquelle|substitut(?:e|ion)?)"
)
_SAYS = re.compile(
    rf"^\W*{_WORD}(?:\s+(?:part|onderdeel|teil|pièce|item|line))?"
    rf"(?:\W*$|\s+(?:for|of|to|voor|van|zu|für|von|pour|de)\s)|[(\[]\s*{_WORD}\s*[)\]]\W*$",
    re.IGNORECASE,
)
_FEW = 0.2
"""Where more lines than this share the designators of their neighbour, there are more boards."""


class Alternates:
    """Finds the lines of a table that stand for another one."""

    def __init__(self, layout: Layout, body: Sequence[Sequence[str]]) -> None:
        self._layout = layout
        texts = [i for field in ("remarks", "description") for i in layout.roles.get(field, ())]
        self._told = [*_flag_columns(layout, body), *((index, Memo(_says)) for index in texts)]
        self._before: tuple[str, ...] | None = None
        self._position = layout.column("position")
        self._own = layout.column("part_number")
        self._maker = layout.column("maker_number")
        self._designators = layout.column("designators")
        self._place = [
            index for field in ("level", "parent") if (index := layout.column(field)) is not None
        ]
        if self._designators is not None and not _few_shared(body, self._designators):
            self._designators = None

    def find(self, packed: Packed, columns: Sequence[Sequence[str]]) -> list[int]:
        """The places in the chunk of the lines that stand for another one."""
        found: set[int] = set()
        for index, says in self._told:
            found.update(at for at, text in enumerate(columns[index]) if text and says[text])
        found.update(self._below_another(packed, columns))
        return sorted(found)

    def _below_another(self, packed: Packed, columns: Sequence[Sequence[str]]) -> list[int]:
        """Lines under the position or the designators of the line above them.

        The same position is not enough: the line has no quantity, or names another maker's number
        for the same part.
        """
        if self._position is None and self._designators is None:
            return []
        found = []
        main = self._before
        given = packed.get("quantity") or ["1"] * len(packed["row"])
        for at in range(len(packed["row"])):
            line = self._cells(columns, at, given[at])
            if main is not None and _replaces(line, main):
                found.append(at)
            else:
                main = line
        self._before = main
        return found

    def _cells(
        self, columns: Sequence[Sequence[str]], at: int, quantity: str | None
    ) -> tuple[str, ...]:
        told = (self._position, self._own, self._maker, self._designators)
        cells = ["" if index is None else columns[index][at] for index in told]
        place = "\x1f".join(columns[index][at] for index in self._place)
        return (place, "" if quantity is None else quantity, *cells)


def _replaces(line: tuple[str, ...], main: tuple[str, ...]) -> bool:
    place, quantity, position, own, maker, names = line
    if place != main[0]:
        return False
    if names and names == main[5]:
        return (own, maker) != (main[3], main[4])
    if not position or position != main[2]:
        return False
    if own and own == main[3]:
        return bool(maker) and maker != main[4]
    return not quantity and bool(main[1])


def _flag_columns(
    layout: Layout, body: Sequence[Sequence[str]]
) -> list[tuple[int, Memo[str, bool]]]:
    """The columns that tell it, each with what says so."""
    taken = {index for indexes in layout.roles.values() for index in indexes}
    found = []
    for column in layout.columns:
        if column.index in taken:
            continue
        words = {row[column.index].strip() for row in body if column.index < len(row)}
        name = normalise(column.heading)
        if name in _PROBABILITY:
            found.append((column.index, Memo(_is_nothing)))
        elif name in _FLAGGED and {word.casefold() for word in words} <= _YES | _NO:
            found.append((column.index, Memo(_is_yes)))
        elif tells_kinds(words):
            found.append((column.index, Memo(is_alternate)))
    return found


def _says(text: str) -> bool:
    return _SAYS.search(text) is not None


def _is_nothing(text: str) -> bool:
    return _NONE.match(text) is not None


def _is_yes(text: str) -> bool:
    return text.casefold() in _YES


def _few_shared(body: Sequence[Sequence[str]], index: int) -> bool:
    cells = [row[index].strip() for row in body if index < len(row)]
    shared = sum(bool(one) and one == other for one, other in pairwise(cells))
    return shared <= max(1, _FEW * len(cells))
