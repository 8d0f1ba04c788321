"""Words shortened with a full stop (``Edelst. Rohr``): the word of the lexicon that was meant.

Four letters or more before a full stop stand for the shortest word that begins with them, where
every other word that does so begins with that word too (``Edelstahlrohr``) or means the same thing.
What is shortened further (``Schr.``, ``Wdst.``) is a word of the release.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from scanner.core.evidence import Target
from scanner.core.names import ClassId, TargetKind
from scanner.match.normalise import Text
from scanner.match.tree import Tree

LETTERS = 4
"""Shorter beginnings stand for too many words, or are words of the release."""

LEFT_OUT = 2
"""So many letters at least are left out: one letter less is a slip or another form."""

REMEMBERED = 4_096

_STOP = re.compile(r"[^\W\d_]\.(?![\w.])")


class Shortened:
    """Finds what words with a full stop stand for in one lexicon."""

    def __init__(self, targets: Mapping[str, Sequence[Target]], tree: Tree) -> None:
        self._targets = {word: frozenset(found) for word, found in targets.items()}
        self._tree = tree
        by_start: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._targets):
            by_start[word[:LETTERS]].append(word)
        self._by_start = by_start
        self._meant = lru_cache(maxsize=REMEMBERED)(self._look_up)

    def find(self, text: Text, covered: set[int]) -> Iterator[tuple[int, str]]:
        """The number of each shortened word that nothing stands on, and what it stands for."""
        if "." not in text.original or not _STOP.search(text.original):
            return
        for index, word in enumerate(text.words):
            if index in covered or len(word) < LETTERS or not word.isalpha():
                continue
            if text.original.startswith(".", text.ends[index]) and (meant := self._meant(word)):
                yield index, meant

    def _look_up(self, start: str) -> str | None:
        words = self._by_start.get(start[:LETTERS], [])
        found: list[str] = []
        for word in words[bisect_left(words, start) :]:
            if not word.startswith(start):
                break
            if len(word) >= len(start) + LEFT_OUT:
                found.append(word)
        if not found:
            return None
        shortest = min(found, key=lambda word: (len(word), word))
        alike = (word.startswith(shortest) or self._is_same(shortest, word) for word in found)
        return shortest if all(alike) else None

    def _is_same(self, one: str, other: str) -> bool:
        """Whether two words mean one thing, or things of which one is a kind of the other."""
        return all(
            first == second
            or (
                first.kind is second.kind is TargetKind.CLASS
                and self._tree.related(ClassId(first.id), ClassId(second.id))
            )
            for first in self._targets[one]
            for second in self._targets[other]
        )
