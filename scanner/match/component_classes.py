"""Evidence of kind *component class*: words, land pattern, value and reference designator."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from scanner.core.evidence import Evidence
from scanner.core.lexicon import Ambiguity, Lexicon, MatchRule, Term
from scanner.core.names import ClassId, EvidenceKind, SourceId, TargetKind
from scanner.match import grammar, rules
from scanner.match.automaton import Hit
from scanner.match.clues import Clue, Origin, class_sources, class_target, seen_as
from scanner.match.footprints import BOARD_FEATURE, footprint_class
from scanner.match.tree import Tree
from scanner.match.values import package, value_class

NUMBER_LETTERS = 4
"""Shorter words in an article number mean nothing."""

_CURRENT = re.compile(r"\d+m?a")

_DUTCH_QUALITY = re.compile(r"(?:ge|ver|be|on)[a-z]+(?:d|t|de|te|en)|[a-z]+(?:isch|ische|baar|end)")

_CATALOGUE_HEADS = frozenset({"ic", "smd", "sensor"})


class ClassClues:
    """Finds clues to the component class with one lexicon."""

    def __init__(self, lexicon: Lexicon, tree: Tree) -> None:
        self._tree = tree
        self._sources = class_sources(lexicon.terms, tree)
        self._by_word: dict[str, list[ClassId]] = {}
        for term in lexicon.terms:
            if term.target.kind is TargetKind.CLASS:
                self._by_word.setdefault(term.text.casefold(), []).append(ClassId(term.target.id))
        self._designators = {
            prefix: self._widest(classes) for prefix, classes in lexicon.designators.items()
        }
        self.by_footprint = lru_cache(maxsize=4096)(self._by_footprint)
        self.by_designator = lru_cache(maxsize=512)(self._by_designator)

    def by_words(self, hits: Sequence[Hit]) -> list[Clue]:
        """Clues from the class words of one text: its head, what narrows it, what comes with it."""
        standing = [hit for hit in hits if _class_terms(hit) and not _is_no_word(hit)]
        standing = [
            hit
            for hit in standing
            if not _is_remark(hit, hits) and not self._is_size_of_excluded(hit, hits)
        ]
        if not standing:
            return []
        dropped = self._carried_away(standing)
        clues: list[Clue] = []
        for number, hit in enumerate(standing):
            if number in dropped or _is_no_part(hit):
                continue
            clues += self._clues(hit, companion=grammar.is_companion(hit))
        return self._of_no_goods(clues) or self._driven(self._headed(clues))

    def by_value(self, field: str, value: str) -> list[Clue]:
        """A clue from a value with a unit."""
        found = value_class(value)
        if found is None or found.class_id not in self._tree:
            return []
        rule = f"values/{found.class_id}"
        clue = self._own(
            found.class_id, found.text, field, way="value", origin=Origin.VALUE, rule=rule
        )
        return [clue._replace(unsure=found.unsure)]

    def by_package(self, field: str, text: str) -> list[Clue]:
        """A clue from the name of a package of semiconductors in a text."""
        seen = package(text)
        if seen is None or rules.PACKAGED not in self._tree:
            return []
        rule = f"packages/{rules.PACKAGED}"
        return [
            self._own(
                rules.PACKAGED, seen, field, way="footprint", origin=Origin.FOOTPRINT, rule=rule
            )
        ]

    def designated(self, prefix: str | None) -> tuple[ClassId, ...]:
        """The classes that a reference designator may stand for, widest only."""
        return self._designators.get(prefix or "", ())

    def _by_footprint(self, footprint: str, prefix: str | None) -> tuple[Clue, ...]:
        found = footprint_class(footprint, prefix)
        if found is None or found[0] not in self._tree:
            return ()
        class_id, text = found
        origin = Origin.BOARD if class_id == BOARD_FEATURE else Origin.FOOTPRINT
        rule = f"footprints/{class_id}"
        return (self._own(class_id, text, "footprint", way="footprint", origin=origin, rule=rule),)

    def _by_designator(self, prefix: str) -> tuple[Clue, ...]:
        classes = self.designated(prefix)
        way = "designator" if len(classes) == 1 else "designator_unsure"
        rule = f"designators/{prefix}"
        return tuple(
            self._own(
                class_id, prefix, "designator_prefix", way=way, origin=Origin.DESIGNATOR, rule=rule
            )
            for class_id in classes
        )

    def _own(
        self, class_id: ClassId, text: str, field: str, *, way: str, origin: Origin, rule: str
    ) -> Clue:
        """A clue of our own conventions, cited by the source of the class itself."""
        evidence = Evidence(
            kind=EvidenceKind.COMPONENT_CLASS,
            text=text,
            field=field,
            points_to=class_target(class_id),
            confidence=rules.CONFIDENCE[way],
            source=self._sources.get(class_id, SourceId("")),
            rule=rule,
        )
        return Clue(evidence, origin)

    def _widest(self, classes: Sequence[ClassId]) -> tuple[ClassId, ...]:
        """Those of the classes that stand under none of the others."""
        return tuple(
            one
            for one in dict.fromkeys(classes)
            if not any(other != one and self._tree.is_under(one, other) for other in classes)
        )

    def _carried_away(self, hits: Sequence[Hit]) -> set[int]:
        """The numbers of the hits that only describe the noun after them."""
        dropped: set[int] = set()
        for number in range(len(hits) - 1, -1, -1):
            hit = hits[number]
            follower = hits[number + 1] if number + 1 < len(hits) else None
            follows = (
                follower is not None
                and not _is_unsure(follower)
                and (grammar.adjacent(hit, follower) or self._leads_to(hit, follower))
            )
            if grammar.is_modifier(hit):
                dropped.add(number)
                dropped.update(self._sizes_of(number, hits))
            elif follows and follower is not None and not _is_no_goods(hit):
                catalogue = hit.text.words[hit.first] in _CATALOGUE_HEADS
                carried = number + 1 in dropped and not catalogue
                if carried or (number + 1 not in dropped and not self._alike(hit, follower)):
                    dropped.add(number)
        return dropped

    def _sizes_of(self, number: int, hits: Sequence[Hit]) -> Iterator[int]:
        """Later hits of the same thing: the size of what a carrier is for (``mount NEMA 17``)."""
        for later in range(number + 1, len(hits)):
            if hits[later].seen[-1].isdigit() and self._related(hits[number], hits[later]):
                yield later

    def _is_size_of_excluded(self, hit: Hit, hits: Sequence[Hit]) -> bool:
        """Whether a hit is the size of what an exclusion before it says the part is not."""
        return hit.seen[-1].isdigit() and any(
            term.match is MatchRule.EXCLUDE
            and term.target.kind is TargetKind.CLASS
            and other.last <= hit.first
            and any(
                self._tree.related(ClassId(term.target.id), ClassId(own.target.id))
                for own in _class_terms(hit)
            )
            for other in hits
            for term in other.terms
        )

    @staticmethod
    def _of_no_goods(clues: Sequence[Clue]) -> list[Clue]:
        """The clues to a service or a paper, where one is what the line is about.

        A service is, wherever it stands (``Fräser schleifen, Lohnarbeit``); a paper where it is the
        first or the last word (``pump test report``).
        """
        found = []
        for clue in clues:
            if clue.companion or clue.unsure or clue.hit is None:
                continue
            if clue.class_id == "service" or (
                clue.class_id in rules.EMPTY_CLASSES
                and (clue.hit.first == 0 or clue.hit.last == len(clue.hit.text.words))
            ):
                found.append(clue)
        return found

    def _leads_to(self, one: Hit, other: Hit) -> bool:
        """Whether English words lead on to a later noun (``battery room ventilation fan``)."""
        text = one.text
        between = text.words[one.last : other.first]
        return (
            one.text is other.text
            and 1 <= len(between) <= 2
            and not any(text.clause_ends[one.last - 1 : other.first])
            and all(word.isalpha() and len(word) > 3 and word not in rules.WITH for word in between)
            and all(any(t.language == "en" for t in hit.terms) for hit in (one, other))
            and not grammar.is_purpose(other)
        )

    def _alike(self, one: Hit, other: Hit) -> bool:
        """Whether two hits speak of one thing: ``NiCd accupack``."""
        return self._related(one, other) or any(
            ClassId(term.target.id) in rules.MADE_UP
            and self._siblings(ClassId(term.target.id), [ClassId(_class_terms(one)[0].target.id)])
            for term in _class_terms(other)
        )

    def _related(self, one: Hit, other: Hit) -> bool:
        return any(
            self._tree.related(ClassId(a.target.id), ClassId(b.target.id))
            for a in _class_terms(one)
            for b in _class_terms(other)
        )

    def _clues(self, hit: Hit, *, companion: bool) -> list[Clue]:
        clues = []
        terms = _class_terms(hit)
        for term in terms:
            evidence = seen_as(hit, term, _way(hit, term), EvidenceKind.COMPONENT_CLASS)
            unsure = term.ambiguity is Ambiguity.HIGH or _means_more(hit)
            clues.append(Clue(evidence, Origin.WORDS, hit=hit, unsure=unsure, companion=companion))
        if hit.tail:
            clues += self._front(hit, clues, companion=companion)
        return clues

    def _front(self, hit: Hit, clues: Sequence[Clue], *, companion: bool) -> list[Clue]:
        """The narrower class that the front of a compound names (``tantaal`` + condensator)."""
        word = hit.text.words[hit.first]
        front = word[: len(word) - hit.tail].rstrip("-")
        found = []
        for spelling in (front, front.removesuffix("s"), front.removesuffix("en"), *_starts(front)):
            for class_id in self._by_word.get(spelling, ()):
                for clue in clues:
                    if class_id != clue.class_id and self._tree.is_under(class_id, clue.class_id):
                        own = self._own(
                            class_id,
                            hit.seen,
                            hit.text.field,
                            way="class_compound",
                            origin=Origin.WORDS,
                            rule=f"compounds/{spelling}/{class_id}",
                        )
                        found.append(Clue(own.evidence, Origin.WORDS, hit, companion=companion))
        return found[:1]

    def _headed(self, clues: Sequence[Clue]) -> list[Clue]:
        """The clues that go with the first sure one; others name something else nearby."""
        own = [clue for clue in clues if not clue.companion]
        head = next((clue for clue in own if not clue.unsure), own[0] if own else None)
        if head is None or head.hit is None:
            return [*clues]
        heads = [clue.class_id for clue in own if clue.hit is head.hit]
        return [
            clue
            for clue in clues
            if clue.companion
            or clue.unsure
            or clue.hit is head.hit
            or any(self._tree.related(clue.class_id, class_id) for class_id in heads)
            or self._siblings(clue.class_id, heads)
        ]

    def _driven(self, clues: list[Clue]) -> list[Clue]:
        """The clues, with the machine that holds a motor where the text gives a power."""
        for clue in clues:
            driven = rules.DRIVEN.get(clue.class_id)
            if driven is None or clue.unsure or clue.hit is None or driven not in self._tree:
                continue
            if (power := rules.ELECTRIC.search(clue.hit.text.original)) is None:
                continue
            own = self._own(
                ClassId(driven),
                power[0],
                clue.hit.text.field,
                way="class_compound",
                origin=Origin.WORDS,
                rule=f"powers/{driven}",
            )
            return [*clues, own._replace(hit=clue.hit, companion=clue.companion)]
        return clues

    def _siblings(self, class_id: ClassId, heads: Sequence[ClassId]) -> bool:
        common = self._tree.common([class_id, *heads])
        return common is not None and common not in rules.VAGUE_CLASSES


def _starts(front: str) -> Iterator[str]:
    """What the front of a compound begins with, where a form follows (``Ferrit`` + ring)."""
    for end in range(len(front) - 3, 4, -1):
        if front[end:].removesuffix("en").removesuffix("n") in rules.FORMS:
            yield front[:end]


def _class_terms(hit: Hit) -> list[Term]:
    """The class terms of a hit, one per class; a word is often the same in two languages."""
    found = {
        term.target: term
        for term in reversed(hit.terms)
        if term.target.kind is TargetKind.CLASS and term.match is not MatchRule.EXCLUDE
    }
    return list(reversed(found.values()))


def _means_more(hit: Hit) -> bool:
    """Whether the same word also names something that is no class."""
    return any(
        term.target.kind is not TargetKind.CLASS and term.match is not MatchRule.EXCLUDE
        for term in hit.terms
    )


def _is_unsure(hit: Hit) -> bool:
    """Whether a word often means something else, so that it takes no part over."""
    return all(term.ambiguity is Ambiguity.HIGH for term in _class_terms(hit))


def _is_no_word(hit: Hit) -> bool:
    """Whether a word is a code, a collector current (``100mA IC``), or counts (``bobine de``)."""
    if hit.text.field == "number" and len(hit.seen) < NUMBER_LETTERS:
        return True
    words = hit.text.words
    if hit.seen == "niet" and _denies_what_follows(hit):
        return True
    if hit.seen == "IC" and hit.first and _CURRENT.fullmatch(words[hit.first - 1]):
        return True
    counts = words[hit.first] in rules.QUANTIFIERS_FRENCH and hit.last - hit.first == 1
    return counts and hit.last < len(words) and words[hit.last] in rules.OF_FRENCH


def _denies_what_follows(hit: Hit) -> bool:
    """Whether a small ``niet`` is the Dutch *not* (``niet vertind``), and no rivet."""
    follows = hit.last < len(hit.text.words) and not hit.text.clause_ends[hit.last - 1]
    return follows and _DUTCH_QUALITY.fullmatch(hit.text.words[hit.last]) is not None


def _is_no_goods(hit: Hit) -> bool:
    """Whether a word names a service or a paper: what follows is what it is about."""
    return any(term.target.id in ("service", "document") for term in _class_terms(hit))


def _is_no_part(hit: Hit) -> bool:
    """Whether the words around say that the part is not the thing that the hit names."""
    return grammar.is_purpose(hit) or grammar.is_held(hit) or grammar.is_denied(hit)


def _is_remark(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a word of papers stands after what it is about, or is only referred to.

    ``Welle Zeichnung 12``, ``siehe Zeichnung``.
    """
    words = hit.text.words
    word = words[hit.first][-hit.tail :]  # all of it where it is no compound
    if word in rules.CLOSING:
        return hit.last < len(words) or hit.first == 0
    if word not in rules.OPENING:
        return False
    if hit.first and words[hit.first - 1] in rules.REFERRING:
        return True
    return any(
        other.first < hit.first
        for other in hits
        if not all(term.negates or term.match is MatchRule.EXCLUDE for term in other.terms)
    )


def _way(hit: Hit, term: Term) -> str:
    if hit.tail:
        return "class_compound"
    if term.ambiguity is Ambiguity.NONE and hit.last - hit.first > 1:
        return "class_phrase"
    return rules.CLASS_CONFIDENCE[term.ambiguity]
