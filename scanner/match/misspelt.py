"""Misspelt words: the word of the lexicon that was meant, where exact rules found nothing sure.

A word of six letters or more is taken for another when it sounds alike (``konnektor``) or one
letter is missing, added, wrong or swapped with the next (``kondesator``), the first letter is the
same, and only one thing can be meant. Words that the lexicon uses anywhere are never corrected.
All words one deletion away from each other meet in one table, so a look-up costs as many steps as
the word has letters, whatever the size of the lexicon.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scanner.core.evidence import Target
from scanner.core.lexicon import Ambiguity, MatchRule, Term
from scanner.core.names import EvidenceKind
from scanner.match.normalise import Text, words_of

LETTERS = 6
"""Shorter words are never corrected: too many others are one letter away."""

EDIT_LETTERS = 7
"""From here on one wrong letter is forgiven."""

_KINDS = frozenset({EvidenceKind.COMPONENT_CLASS, EvidenceKind.WORDING, EvidenceKind.DESIGNATION})
_SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "kw"), ("th", "t"), ("ij", "y"), ("c", "k"), ("z", "s"))
_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1")


class Misspelt:
    """Finds what misspelt words mean in one lexicon."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._known = frozenset(word for term in terms for word in words_of(term.text))
        self._alike: dict[str, set[str]] = defaultdict(set)
        self._sounds: dict[str, set[str]] = defaultdict(set)
        self._terms: dict[str, dict[Term, None]] = defaultdict(dict)
        for word, term in _correctable(terms):
            self._terms[word][term] = None
            self._sounds[_sound(word)].add(word)
            if len(word) >= EDIT_LETTERS:
                for spelling in _shortened(word):
                    self._alike[spelling].add(word)

    def find(self, text: Text, covered: set[int]) -> Iterator[tuple[int, str, tuple[Term, ...]]]:
        """The number of each misspelt word, the word that was meant, and its terms."""
        for index, word in enumerate(text.words):
            if index in covered or len(word) < LETTERS or not word.isalpha():
                continue
            if word not in self._known and (meant := self._meant(word)) is not None:
                yield index, meant, tuple(self._terms[meant])

    def _meant(self, word: str) -> str | None:
        """The one word that was meant; none where several things may be."""
        found = set(self._sounds.get(_sound(word), ()))
        if not found and len(word) >= EDIT_LETTERS:
            for spelling in _shortened(word):
                found |= self._alike.get(spelling, set())
            found = {other for other in found if is_one_slip(word, other)}
        found = {other for other in found if _begins_alike(word, other)}
        targets = {frozenset(self._targets(other)) for other in found}
        return min(found) if len(targets) == 1 else None

    def _targets(self, word: str) -> Iterator[Target]:
        for term in self._terms[word]:
            yield term.target


def is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter missing, added or wrong, or two swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def _correctable(terms: Iterable[Term]) -> Iterator[tuple[str, Term]]:
    """The single words, long enough and of one meaning, that others may be mistaken for."""
    for term in terms:
        if term.kind not in _KINDS or term.match is not MatchRule.WORD or term.negates:
            continue
        if term.ambiguity is Ambiguity.HIGH:
            continue
        words = words_of(term.text)
        if len(words) == 1 and len(words[0]) >= LETTERS - 1 and words[0].isalpha():
            yield words[0], term


def _shortened(word: str) -> Iterator[str]:
    """The word itself and all that one deletion leaves of it."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _sound(word: str) -> str:
    """The word as it sounds, alike in four languages: ``konnektor`` is ``connector``."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return _TWICE.sub(r"\1", word)


def _begins_alike(one: str, other: str) -> bool:
    return _sound(one)[0] == _sound(other)[0]
