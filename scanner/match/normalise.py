"""A text as the matcher reads it: words without case and accents, each with its place.

A text becomes a row of words (letters and digits only). Case and accents are folded (``é`` → ``e``,
``ß`` → ``ss``), signs are told alike (``µ`` → ``u``, ``×`` → ``x``, ``Ω`` → ``ohm``) and everything
else separates words, so ``1.4404``, ``1,4404`` and ``1-4404`` read the same. A word in which a
capital begins a second long word is two words (``MountingHole``). Every word remembers where it
stood, so that what was seen can be shown exactly as it was written.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property

NORMALISATION_VERSION = "1"
"""Rises whenever the same text may read differently; part of every fingerprint."""

READ_CHARS = 4000
"""What stands further on in a cell is no description of a part and is not read."""

_SIGNS = {
    "\u00b5": "u",
    "\u03bc": "u",
    "\u03a9": "ohm",
    "\u2126": "ohm",
    "×": "x",
    "ß": "ss",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": " ",
    "ł": "l",
    "½": " ",
    "¼": " ",
    "¾": " ",
}
_CLAUSE_END = re.compile(r"[,;:()\[\]|\n]|\s-\s|\s–\s|\.\s")
_WORD = re.compile(r"[A-Za-z][a-z]{3,}(?=[A-Z][a-z]{3})|[A-Za-z0-9]+")


class Text:
    """One field of a part, read once.

    `words` are the folded words; word *i* stood at ``original[starts[i]:ends[i]]``. `line` is
    the words with one space around each; `squeezed` is the words without any space.
    """

    __slots__ = (
        "__dict__",
        "ends",
        "field",
        "line",
        "original",
        "places",
        "squeezed",
        "starts",
        "words",
    )

    def __init__(self, field: str, original: str) -> None:
        self.field = field
        self.original = original
        read = original[:READ_CHARS]
        if read.isascii():
            spans = [match.span() for match in _WORD.finditer(read)]
            lower = read.lower()
            self.words = [lower[start:end] for start, end in spans]
        else:
            folded, origins = fold(read)
            found = [match.span() for match in _WORD.finditer(folded)]
            lower = folded.lower()
            self.words = [lower[start:end] for start, end in found]
            spans = [(origins[start], _after(read, origins[end - 1])) for start, end in found]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.line = f" {' '.join(self.words)} " if spans else ""
        self.squeezed = "".join(self.words)

    def respelt(self, spelt: Mapping[int, str]) -> "Text":
        """The same text with some of its words spelt otherwise, each still where it stood."""
        other = Text.__new__(Text)
        other.field, other.original = self.field, self.original
        other.starts, other.ends = self.starts, self.ends
        other.words = [spelt.get(index, word) for index, word in enumerate(self.words)]
        other.line = f" {' '.join(other.words)} "
        other.squeezed = "".join(other.words)
        return other

    @cached_property
    def line_places(self) -> list[int]:
        """The place in `line` of the space before each word, and of the last space."""
        return _places(self.words, 1)

    @cached_property
    def squeezed_places(self) -> list[int]:
        """The place in `squeezed` of each word, and its length."""
        return _places(self.words, 0)

    @cached_property
    def clause_ends(self) -> list[bool]:
        """For each word, whether a clause ends after it; always after the last."""
        return [_CLAUSE_END.search(self.gap(index)) is not None for index in range(len(self.words))]

    def seen(self, first: int, last: int) -> str:
        """The words from `first` up to but without `last`, exactly as they were written."""
        return self.original[self.starts[first] : self.ends[last - 1]]

    def gap(self, index: int) -> str:
        """What was written between word `index` and the next; a line's end after the last."""
        if index + 1 >= len(self.words):
            return "\n"
        return self.original[self.ends[index] : self.starts[index + 1]]

    def as_written(self, first: int, last: int) -> tuple[str, ...]:
        """The words as they were written, each by itself."""
        return tuple(self.original[self.starts[i] : self.ends[i]] for i in range(first, last))


def words_of(text: str) -> list[str]:
    """The folded words of a text, as `Text` has them."""
    read = text[:READ_CHARS]
    return [word.lower() for word in _WORD.findall(read if read.isascii() else fold(read)[0])]


def squeezed(text: str) -> str:
    """The folded letters and digits of a text alone: ``1.4404`` and ``1 4404`` are the same."""
    return Text("", text).squeezed


def fold(text: str) -> tuple[str, list[int]]:
    """The text in plain ASCII with case kept, and for each character the place it came from.

    What has no ASCII form becomes a space; accents that stand as characters of their own vanish.
    """
    pieces: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        if character.isascii():
            piece = character
        elif character in _SIGNS:
            piece = _SIGNS[character]
        elif unicodedata.combining(character):
            continue
        else:
            plain = unicodedata.normalize("NFKD", character)
            piece = "".join(c for c in plain if c.isascii()) or " "
        pieces.append(piece)
        origins.extend([place] * len(piece))
    return "".join(pieces), origins


def word_at(places: list[int], place: int) -> int | None:
    """The number of the word that begins at `place`, or ``None`` where none begins."""
    index = bisect_left(places, place)
    return index if index < len(places) and places[index] == place else None


def _after(text: str, place: int) -> int:
    """The place after the character at `place` and the accents that belong to it."""
    place += 1
    while place < len(text) and unicodedata.combining(text[place]):
        place += 1
    return place


def _places(words: list[str], gap: int) -> list[int]:
    places, place = [0], 0
    for word in words:
        place += len(word) + gap
        places.append(place)
    return places
