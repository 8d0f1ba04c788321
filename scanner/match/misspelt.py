"""Misspelt words: the word of the lexicon that was meant, where exact rules left a word over.

A word of six letters or more is taken for another that sounds alike (``konnektor``, ``mesing``),
or that differs by one slip: a letter missing, added, wrong or swapped with the next; longer words
by two. Where the word meant only completes a phrase, less is asked of its length. The
first letter sounds the same, the nearest word is taken, and only where one thing can be meant.
Words that the lexicon uses anywhere are never corrected, nor their plurals, nor words with digits,
nor what is *free* of something. Only words of the same first letter and nearly the same length are
compared, by rapidfuzz.

The lengths were chosen on the labelled lines (`lines.csv` and `lines_2.csv` of
`benchmarks/recognition`), of which they correct about fifty words, none of them wrongly, and on
3 500 words of everyday.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from scanner.core.evidence import Target
from scanner.core.lexicon import Ambiguity, MatchRule, Term
from scanner.core.names import EvidenceKind
from scanner.match import rules
from scanner.match.normalise import words_of

LETTERS = 6
"""Shorter words are never corrected: too many others are one letter away."""

ALONE_LETTERS = 7
"""From here on a word with a slip means something by itself: ``Cooper`` is no copper."""

TWO_SLIP_LETTERS = 9
"""From here on two slips are forgiven where the word meant completes a phrase."""

ALONE_TWO_SLIP_LETTERS = 11
"""From here on they are forgiven to a word by itself, too."""

COMPOUND_LETTERS = 10
"""From here on one slip is forgiven in a compound of which the last part is right."""

PLURALS = ("s", "es", "en", "n", "e")

REMEMBERED = 16_384
"""So many unknown words are kept looked up."""

_KINDS = frozenset({EvidenceKind.COMPONENT_CLASS, EvidenceKind.WORDING, EvidenceKind.DESIGNATION})
_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("qu", "kw"), ("th", "t"), ("ij", "y"), ("y", "i"), ("c", "k"),
    ("z", "s"),
)  # fmt: skip
_ORDINARY = frozenset(
    (
        "missing", "silence", "collect", "collected", "scanner", "scanners", "noticed",
        "licensed", "catalog", "handbook", "stoelen", "grenzen", "handels", "montagepaste",
        "ventilo",
    )
)  # fmt: skip
"""Words of everyday, one slip away from one of the lexicon."""

_FREE = tuple(rules.FREE)
_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1")


class Misspelt:
    """Finds what misspelt words mean in one lexicon."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._known = frozenset(word for term in terms for word in words_of(term.text))
        self._terms: dict[str, dict[Term, None]] = defaultdict(dict)
        for word, term in _correctable(terms):
            self._terms[word][term] = None
        self._sounds: dict[str, list[str]] = defaultdict(list)
        self._near: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted({*self._terms, *_in_phrases(terms)}):
            self._sounds[_sound(word)].append(word)
            self._near[_sound(word[0]), len(word)].append(word)
        self._ending: dict[str, list[str]] = {}
        self._meant = lru_cache(maxsize=REMEMBERED)(self._look_up)
        self._compound = lru_cache(maxsize=REMEMBERED)(self._look_up_compound)

    def find(self, words: Sequence[str], covered: set[int]) -> Iterator[tuple[int, str]]:
        """The number of each misspelt word, and the word that was meant."""
        for index, word in enumerate(words):
            if index in covered or len(word) < LETTERS or not word.isalpha():
                continue
            if not self._is_known(word) and (meant := self._meant(word)) is not None:
                yield index, meant

    def by_itself(self, word: str, meant: str) -> tuple[Term, ...]:
        """The terms that a misspelt word stands for alone; none where it only completes phrases."""
        if _sound(word) != _sound(meant):
            slips = OSA.distance(word, meant)
            if len(word) < ALONE_LETTERS or (slips > 1 and len(word) < ALONE_TWO_SLIP_LETTERS):
                return ()
        return tuple(self._terms.get(meant, ()))

    def in_compound(self, word: str, tail: str) -> str | None:
        """The compound with the same last part that a long misspelt one was meant to be."""
        if len(word) < COMPOUND_LETTERS or self._is_known(word):
            return None
        return self._compound(word, tail)

    def _look_up_compound(self, word: str, tail: str) -> str | None:
        choices = self._ending.get(tail)
        if choices is None:
            choices = [other for other in self._terms if other.endswith(tail) and other != tail]
            self._ending[tail] = choices
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=1, limit=2)
        return near[0][0] if len(near) == 1 else None

    def targets_by_word(self) -> dict[str, tuple[Target, ...]]:
        """What each single word of one meaning stands for."""
        return {word: tuple(self._targets(word)) for word in self._terms}

    def _is_known(self, word: str) -> bool:
        if word in self._known or word in _ORDINARY or word.endswith(_FREE):
            return True
        return any(word.endswith(end) and word[: -len(end)] in self._known for end in PLURALS)

    def _look_up(self, word: str) -> str | None:
        """The one word that was meant; ``None`` where several things may be."""
        found = self._sounds.get(_sound(word)) or self._slipped(word)
        if len(found) > 1:
            found = [other for other in found if self._terms.get(other)] or found
            targets = {frozenset(self._targets(other)) for other in found}
            nearest = min(found, key=lambda other: (OSA.distance(word, other), other))
            return nearest if len(targets) == 1 and all(targets) else None
        return found[0] if found else None

    def _slipped(self, word: str) -> list[str]:
        """The nearest words within as many slips as a word of this length may have."""
        slips = 2 if len(word) >= TWO_SLIP_LETTERS else 1
        near: list[tuple[str, float]] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            choices = self._near.get((_sound(word[0]), length), ())
            near += [
                (other, distance)
                for other, distance, _ in process.extract(
                    word, choices, scorer=OSA.distance, score_cutoff=slips, limit=None
                )
            ]
        nearest = min((distance for _, distance in near), default=0)
        return [other for other, distance in near if distance == nearest]

    def _targets(self, word: str) -> Iterator[Target]:
        for term in self._terms.get(word, ()):
            yield term.target


def _correctable(terms: Iterable[Term]) -> Iterator[tuple[str, Term]]:
    """The single words, long enough and of one meaning, that others may be mistaken for."""
    for term in terms:
        if not _is_meant(term) or term.match is not MatchRule.WORD:
            continue
        words = words_of(term.text)
        if len(words) == 1 and len(words[0]) >= LETTERS - 1 and words[0].isalpha():
            yield words[0], term


def _in_phrases(terms: Iterable[Term]) -> Iterator[str]:
    """The longer words of phrases: alone they mean nothing, but they complete their phrase."""
    for term in terms:
        if _is_meant(term) and term.match is MatchRule.PHRASE:
            for word in words_of(term.text):
                if len(word) >= LETTERS and word.isalpha():
                    yield word


def _is_meant(term: Term) -> bool:
    return (
        term.kind in _KINDS
        and not term.negates
        and term.ambiguity is not Ambiguity.HIGH
        and not term.text.endswith(".")
    )


def _sound(word: str) -> str:
    """The word as it sounds, alike in four languages: ``konnektor`` is ``connector``."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return _TWICE.sub(r"\1", word)
