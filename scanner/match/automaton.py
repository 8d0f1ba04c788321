"""Finding all terms of a lexicon in a text in one pass.

Two Aho-Corasick automata: one over words (a space on both sides, so that only whole words match),
one over the text without spaces for designations, which people write with any separator; what it
finds must begin and end where a word does. Exclusions cover their words first; then the longest
term wins, and equally long ones all stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import ahocorasick

from scanner.core.lexicon import Ambiguity, MatchRule, Term
from scanner.core.names import ClassId, EvidenceKind, Language, TargetKind
from scanner.match import rules
from scanner.match.misspelt import Misspelt
from scanner.match.normalise import Text, fold, word_at, words_of
from scanner.match.shortened import Shortened
from scanner.match.tree import Tree

PLURALS = ("s", "es", "en", "n", "e")
PLURAL_LETTERS = 4
COMPOUND_LETTERS = 5
FORMULA_LETTERS = 4
FRONT_LETTERS = 4
FORM_LETTERS = 3
STOPPED_LETTERS = 3
STOPPED = (".",)
"""How a word is written that needs its full stop."""

_DESIGNATION = re.compile(r"(?=.*\d)(?=.*[A-Za-z]).{3,}")
_STROKES = frozenset('/"|')
_FORMULA = re.compile(r"(?:[A-Z][a-z]?){2,4}")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
GERMANIC = (Language("nl"), Language("de"))


class Hit(NamedTuple):
    """Terms that stand in a text at words `first` up to but without `last`.

    `tail` is how many letters of the (one) word belong to the term where it is the last part of
    a compound, else 0; `meant` is the word that was meant where it is misspelt.
    """

    text: Text
    first: int
    last: int
    terms: tuple[Term, ...]
    tail: int = 0
    meant: str = ""

    @property
    def seen(self) -> str:
        """The words exactly as they were written."""
        return self.text.seen(self.first, self.last)


class Automaton:
    """All terms of a lexicon, ready to be found."""

    def __init__(self, terms: Iterable[Term], tree: Tree) -> None:
        self._tree = tree
        by_line: dict[str, dict[Term, None]] = defaultdict(dict)
        by_key: dict[str, dict[Term, None]] = defaultdict(dict)
        self._tails: dict[str, dict[Term, None]] = defaultdict(dict)
        self._fronts: dict[str, dict[Term, None]] = defaultdict(dict)
        terms = tuple(terms)
        self._misspelt = Misspelt(terms)
        self._shortened = Shortened(self._misspelt.targets_by_word(), tree)
        for term in terms:
            for words in spellings(term):
                if term.match is MatchRule.KEY:
                    by_key["".join(words)][term] = None
                    continue
                by_line[f" {' '.join(words)} "][term] = None
                if _may_vary(term, words):
                    for plural in PLURALS:
                        by_line[f" {words[0]}{plural} "].setdefault(term)
                if _may_end_a_compound(term, words):
                    for plural in ("", *PLURALS):
                        self._tails[words[0] + plural][term] = None
                if _may_begin_a_compound(term, words):
                    self._fronts[words[0]][term] = None
        self._lines = _automaton(by_line)
        self._keys = _automaton(by_key)

    def find(self, text: Text) -> list[Hit]:
        """The terms in `text` in the order of its words, exclusions among them."""
        hits = self._exact(text)
        covered = _covered(hits)
        if short := dict(self._shortened.find(text, covered)):
            text = text.respelt(short)
            hits = self._exact(text)
            covered = _covered(hits)
        if narrowed := dict(self._narrowed(text, hits)):
            text = text.respelt(narrowed)
            hits = [self._marked(hit, narrowed) for hit in self._exact(text)]
            covered = _covered(hits)
        spelt = dict(self._misspelt.find(text.words, covered))
        if not spelt:
            return hits
        accepted = self._accepted(text, spelt, hits)
        spelt = {index: spelt[index] for hit in accepted for index in _spelt_in(hit, spelt)}
        if not spelt:
            return hits
        found = self._exact(text.respelt(spelt))
        return [self._marked(hit, {**narrowed, **spelt}) for hit in found]

    def _narrowed(self, text: Text, hits: list[Hit]) -> Iterator[tuple[int, str]]:
        """The compounds of which the front is misspelt (``Neodynmagnet``), as they were meant."""
        for hit in hits:
            if hit.tail:
                word = text.words[hit.first]
                if meant := self._misspelt.in_compound(word, word[-hit.tail :]):
                    yield hit.first, meant

    def _exact(self, text: Text) -> list[Hit]:
        hits = [*self._in_line(text), *self._in_squeezed(text)]
        hits += self._in_compounds(text, hits)
        return settle(hits, self._tree) if len(hits) > 1 else hits

    def _accepted(self, text: Text, spelt: Mapping[int, str], exact: list[Hit]) -> list[Hit]:
        """The hits with a corrected word that what is written exactly leaves room for.

        A word alone may say what the part is where nothing else does, and what it is made of where
        the rest is a thing of metal or nothing. A phrase that a corrected word completes counts.
        """
        targets = [term.target for hit in exact if _is_sure(hit) for term in hit.terms]
        classes = [target for target in targets if target.kind is TargetKind.CLASS]
        of_metal = any(
            above in rules.METAL_CLASSES
            for target in classes
            for above in self._tree.above(ClassId(target.id))
        )
        accepted = []
        for hit in self._exact(text.respelt(spelt)):
            if not _spelt_in(hit, spelt):
                continue
            if hit.last - hit.first > 1:
                accepted.append(hit)
                continue
            for term in self._misspelt.by_itself(text.words[hit.first], spelt[hit.first]):
                is_class = term.target.kind is TargetKind.CLASS
                if not targets or (not classes if is_class else of_metal):
                    accepted.append(hit)
                    break
        return accepted

    def _marked(self, hit: Hit, spelt: Mapping[int, str]) -> Hit:
        """The hit with the word that was meant, where it stands on a corrected word."""
        meant = [spelt[index] for index in _spelt_in(hit, spelt)]
        return hit._replace(meant=meant[0]) if meant else hit

    def _in_line(self, text: Text) -> Iterator[Hit]:
        for end, (length, found, written) in self._lines.iter(text.line):
            places = text.line_places
            first = word_at(places, end - length + 1)
            last = word_at(places, end)
            if first is None or last is None:
                continue
            terms = found
            if written is not None:
                seen = text.as_written(first, last)
                terms = tuple(
                    term
                    for term, spelling in zip(found, written, strict=True)
                    if spelling is None or spelling == seen or _is_stopped(text, last, spelling)
                )
            if terms:
                yield Hit(text, first, last, terms)

    def _in_squeezed(self, text: Text) -> Iterator[Hit]:
        for end, (length, terms, _) in self._keys.iter(text.squeezed):
            places = text.squeezed_places
            last = word_at(places, end + 1)
            if last is None:
                continue
            first = word_at(places, end + 1 - length)
            if first is not None and not _is_cut(text, first, last):
                yield Hit(text, first, last, terms)

    def _in_compounds(self, text: Text, hits: list[Hit]) -> Iterator[Hit]:
        """Class words at the end of Dutch and German compounds (``tantaalcondensator``)."""
        for index, word in enumerate(text.words):
            if len(word) <= COMPOUND_LETTERS + 2 or not word.isalpha():
                continue
            if any(hit.first <= index < hit.last for hit in hits):
                continue
            for start in range(3, len(word) - COMPOUND_LETTERS + 1):
                terms = self._tails.get(word[start:])
                if terms:
                    yield Hit(text, index, index + 1, tuple(terms), len(word) - start)
                    break
            if material := self._made_of(word):
                yield Hit(text, index, index + 1, material)

    def _made_of(self, word: str) -> tuple[Term, ...]:
        """The material that a compound begins with (``Kupferblech``, ``messingschroef``)."""
        for end in range(len(word) - FORM_LETTERS, FRONT_LETTERS - 1, -1):
            rest = word[end:]
            if (rest in rules.FORMS or rest in self._tails) and word[:end] in self._fronts:
                return tuple(self._fronts[word[:end]])
        return ()


def settle(hits: list[Hit], tree: Tree) -> list[Hit]:
    """The hits that stand: what exclusions do not cover and no longer hit overlaps."""
    covers = [hit for hit in hits if _excludes(hit)]
    others = [hit for hit in hits if not _excludes(hit)]
    if covers:
        uncovered = (_uncovered(hit, covers, tree) for hit in others)
        others = [hit for hit in uncovered if hit is not None]
    standing: list[Hit] = []
    for hit in sorted(others, key=_longest_first):
        if all(_apart(hit, other) or _same_place(hit, other) for other in standing):
            standing.append(hit)
    return sorted([*standing, *covers], key=lambda hit: (hit.first, hit.last))


def _uncovered(hit: Hit, covers: list[Hit], tree: Tree) -> Hit | None:
    """The hit with those of its terms that no exclusion covers, or ``None``.

    A longer term stands above an exclusion inside it, an equally long one beside it. What an
    exclusion points to is what is not meant: ``motor cable`` is no motor, and is a cable still.
    """
    terms = hit.terms
    for cover in covers:
        if _apart(hit, cover) or _same_place(hit, cover) or _inside(cover, hit):
            continue
        terms = tuple(
            term
            for term in terms
            if not any(_means_not(excluded, term, tree) for excluded in cover.terms)
        )
    return hit._replace(terms=terms) if terms else None


def _means_not(excluded: Term, term: Term, tree: Tree) -> bool:
    """Whether an exclusion says that `term` is not meant."""
    if excluded.target.kind is TargetKind.CLASS and term.target.kind is TargetKind.CLASS:
        return tree.related(ClassId(excluded.target.id), ClassId(term.target.id))
    return (excluded.target.kind is TargetKind.CLASS) == (term.target.kind is TargetKind.CLASS)


def _is_cut(text: Text, first: int, last: int) -> bool:
    """Whether a stroke or inch mark parts the words: ``12-L 1/4`` is no ``12L14``.

    A steel number may be written with a stroke (``1/4301``).
    """
    if text.words[first] == "1" and last - first == 2:
        return False
    return any(not _STROKES.isdisjoint(text.gap(index)) for index in range(first, last - 1))


def _covered(hits: Iterable[Hit]) -> set[int]:
    """The numbers of the words on which exact rules say something sure."""
    return {index for hit in hits if _is_sure(hit) for index in range(hit.first, hit.last)}


def _spelt_in(hit: Hit, spelt: Mapping[int, str]) -> list[int]:
    """The numbers of the corrected words on which a hit stands."""
    return [index for index in range(hit.first, hit.last) if index in spelt]


def _excludes(hit: Hit) -> bool:
    first, *rest = hit.terms
    if first.match is not MatchRule.EXCLUDE:
        return False
    return all(term.match is MatchRule.EXCLUDE for term in rest)


def _apart(one: Hit, other: Hit) -> bool:
    return one.last <= other.first or other.last <= one.first


def _same_place(one: Hit, other: Hit) -> bool:
    return one.first == other.first and one.last == other.last


def _inside(inner: Hit, outer: Hit) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _longest_first(hit: Hit) -> tuple[int, int]:
    start, end = hit.text.starts[hit.first], hit.text.ends[hit.last - 1]
    return (start - end, start)


def _is_stopped(text: Text, last: int, spelling: tuple[str, ...]) -> bool:
    """Whether a very short word that counts with a full stop only has one (``Rel. 24V``)."""
    return spelling == STOPPED and text.original.startswith(".", text.ends[last - 1])


def _written(term: Term) -> tuple[str, ...] | None:
    """How a term must be written where its case matters, else ``None``.

    Case matters by its rule, and in short formulas: ``CuBe`` is no cube. A longer word that minds
    its case by rule may stand in any, at the start of a sentence or in capitals, and so may a
    designation with a digit (``v4a``). A word of three letters or less that the release has with a
    full stop (``Rel.``) counts with it only.
    """
    if term.text[-1:] == "." and len(term.text) <= STOPPED_LETTERS + 1:
        return None if term.match is MatchRule.EXCLUDE else STOPPED
    if term.kind is EvidenceKind.DESIGNATION and _DESIGNATION.fullmatch(term.text):
        return None
    is_formula = _FORMULA.fullmatch(term.text) is not None
    if term.match in {MatchRule.CASE, MatchRule.CONTEXT}:
        if len(term.text) >= PLURAL_LETTERS and not is_formula:
            return None
    elif not is_formula or len(term.text) > FORMULA_LETTERS:
        return None
    words = Text("", term.text)
    return words.as_written(0, len(words.words))


def spellings(term: Term) -> list[list[str]]:
    """The folded words of a term, and with ``ae`` for ``ä`` where it is German.

    None for a term in another script, of which only the digits would be left.
    """
    if any(letter.isalpha() and not fold(letter)[0].strip() for letter in term.text):
        return []
    found = [words_of(term.text)]
    if term.language == "de" and (spelt := term.text.translate(UMLAUTS)) != term.text:
        found.append(words_of(spelt))
    return [words for words in found if words]


def _may_vary(term: Term, words: list[str]) -> bool:
    return (
        term.kind is EvidenceKind.COMPONENT_CLASS
        and term.match is MatchRule.WORD
        and len(words) == 1
        and words[0].isalpha()
        and len(words[0]) >= PLURAL_LETTERS
        and not term.text.endswith(".")
    )


def _may_begin_a_compound(term: Term, words: list[str]) -> bool:
    return (
        term.kind is EvidenceKind.WORDING
        and term.match is not MatchRule.EXCLUDE
        and len(words) == 1
        and words[0].isalpha()
        and len(words[0]) >= FRONT_LETTERS
        and not term.text.endswith(".")
        and term.language in (*GERMANIC, "mul")
    )


def _is_sure(hit: Hit) -> bool:
    """Whether exact rules say something sure here."""
    return any(
        term.match is not MatchRule.EXCLUDE and term.ambiguity is not Ambiguity.HIGH
        for term in hit.terms
    )


def _may_end_a_compound(term: Term, words: list[str]) -> bool:
    return (
        _may_vary(term, words)
        and len(words[0]) >= COMPOUND_LETTERS
        and term.language in (*GERMANIC, "mul")
    )


def _automaton(words: dict[str, dict[Term, None]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, terms in words.items():
        written = tuple(map(_written, terms))
        exact = written if any(spelling is not None for spelling in written) else None
        automaton.add_word(word, (len(word), tuple(terms), exact))
    if not words:
        automaton.add_word("\0", (1, (), None))
    automaton.make_automaton()
    return automaton
