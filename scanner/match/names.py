"""All names in one release, and finding the things that a person means by a few letters.

Names are compared in folded words, like everything else that people write (`normalise`). What a
name *is* counts before what it begins with, that before the words in it, and that before a
spelling that is only near; of names that fit equally the shortest comes first.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from rapidfuzz import fuzz, process

from scanner.core.catalogue import Catalogue
from scanner.core.search import Fit, Match, Name, Subject
from scanner.core.supply import Supply
from scanner.match.normalise import words_of

NEAR = 80.0
"""How alike, of 100, a misspelt name must be (`rapidfuzz.fuzz.ratio`)."""

NEAR_LETTERS = 4
"""Shorter texts are near to too much."""

AFTER = "\uffff"


def names_of(supply: Supply, catalogue: Catalogue) -> Iterator[Name]:
    """Every name of every thing that a release knows, in every language that it has."""
    for material in supply.materials.values():
        yield from _called(Subject.MATERIAL, material.id, material.names.values())
        if material.symbol:
            yield Name(Subject.MATERIAL, material.id, material.symbol)
    for country in supply.countries.values():
        yield from _called(Subject.COUNTRY, country.code, country.names.values())
        yield from _called(Subject.COUNTRY, country.code, (country.code, country.alpha2))
    for entry in catalogue.classes.values():
        yield from _called(Subject.COMPONENT, entry.id, entry.names.values())
        words = (word for known in entry.words.values() for word in known)
        yield from _called(Subject.COMPONENT, entry.id, words, main=False)
    for alloy in catalogue.alloys.values():
        yield from _called(Subject.ALLOY, alloy.id, alloy.names.values())
        yield from _called(Subject.ALLOY, alloy.id, alloy.designations, main=False)
    for code in catalogue.codes.values():
        found = (code.code, code.name_en, *((code.name_nl,) if code.name_nl else ()))
        yield from _called(Subject.CODE, code.code, found)


def _called(
    subject: Subject, thing: str, texts: Iterable[str], *, main: bool = True
) -> Iterator[Name]:
    return (Name(subject, thing, text, main) for text in texts)


class NameIndex:
    """All names, ready to be searched; the order in which they are given does not matter.

    A search takes time with the letters and words of the question, and where nothing fits, with
    the number of names.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = sorted(set(names))
        by_text: dict[str, list[int]] = defaultdict(list)
        by_word: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._names):
            words = words_of(name.text)
            by_text["".join(words)].append(place)
            for word in dict.fromkeys(words):
                by_word[word].append(place)
        by_text.pop("", None)
        self._by_text, self._texts = by_text, sorted(by_text)
        self._by_word, self._words = by_word, sorted(by_word)
        self._near = [
            text
            for text in self._texts
            if any(self._names[place].subject is not Subject.CODE for place in by_text[text])
        ]

    def find(self, query: str, *, limit: int, subjects: Set[Subject] = frozenset()) -> list[Match]:
        """The things that `query` may mean, the likeliest first; of these `subjects`, or of all."""
        words = words_of(query)
        if not words:
            return []
        best: dict[tuple[Subject, str], Match] = {}
        for fit, places in self._fitting(words):
            for place in places:
                name = self._names[place]
                thing = name.subject, name.id
                if subjects and name.subject not in subjects:
                    continue
                match = Match(name, fit)
                if thing not in best or _order(match) < _order(best[thing]):
                    best[thing] = match
        found = list(best.values()) or self._near_to("".join(words), subjects)
        return sorted(found, key=_order)[:limit]

    def _fitting(self, words: Sequence[str]) -> Iterable[tuple[Fit, Iterable[int]]]:
        text = "".join(words)
        yield Fit.IS, self._by_text.get(text, ())
        if len(text) == 1:  # a symbol, or too little to tell
            return
        yield Fit.BEGINS, _beginning(text, self._texts, self._by_text)
        in_all = [set(_beginning(word, self._words, self._by_word)) for word in words]
        yield Fit.HAS_WORDS, set.intersection(*in_all)

    def _near_to(self, text: str, subjects: Set[Subject]) -> list[Match]:
        if len(text) < NEAR_LETTERS:
            return []
        near = process.extract(text, self._near, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
        best: dict[tuple[Subject, str], Match] = {}
        for spelling, _, _ in near:
            for name in (self._names[place] for place in self._by_text[spelling]):
                if not subjects or name.subject in subjects:
                    best.setdefault((name.subject, name.id), Match(name, Fit.NEAR))
        return list(best.values())


def _order(match: Match) -> tuple[Fit, bool, int, int, str, str]:
    name = match.name
    rank = list(Subject).index(name.subject)
    return match.fit, not name.main, len(name.text), rank, name.id, name.text


def _beginning(
    text: str, known: Sequence[str], places: Mapping[str, Sequence[int]]
) -> Iterable[int]:
    """The places of all that begins with `text`."""
    first, last = bisect_left(known, text), bisect_left(known, text + AFTER)
    for one in known[first:last]:
        yield from places[one]
