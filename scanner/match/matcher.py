"""Recognising a part: read its texts, gather clues, decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from scanner.core.bom import Part
from scanner.core.evidence import Evidence, Recognition
from scanner.core.lexicon import Lexicon
from scanner.core.names import EvidenceKind, TargetKind
from scanner.match import rules
from scanner.match.automaton import Automaton, Hit
from scanner.match.class_choice import ClassChooser
from scanner.match.clues import Clue, Origin
from scanner.match.commodity_codes import by_code
from scanner.match.component_classes import ClassClues
from scanner.match.decide import Found, decide
from scanner.match.designations import Beside, Designated, beside, by_designation
from scanner.match.naming import Namer
from scanner.match.normalise import Text
from scanner.match.part_numbers import PartNumberClues
from scanner.match.substances import by_cas, by_name
from scanner.match.tree import Tree
from scanner.match.wording import by_wording, denials

REMEMBERED_TEXTS = 32_768
"""Texts recur from part to part (values, land patterns, materials), and so do all texts of a part
beside a number that says nothing; so many of each are kept."""

_VALUED = ("value", "description")
"""Where a value with its unit stands; only the first that is given counts."""

_OF_MATERIALS = frozenset({"material", "finish"})
"""Fields in which a short name (``C45``) is one of a material."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """All that one text says by itself."""

    classes: tuple[Clue, ...]
    things: tuple[tuple[Hit | None, Evidence], ...]
    designated: tuple[Designated, ...]
    denied: tuple[Evidence, ...]
    values: tuple[Clue, ...]
    packages: tuple[Clue, ...]
    polymer: bool


class _Signs(NamedTuple):
    """All of a part that may tell what it is: parts that say the same are the same thing."""

    texts: tuple[tuple[str, str], ...]
    footprint: str | None
    prefix: str | None
    numbers: tuple[Clue, ...]
    cas: tuple[Evidence, ...]
    code: Evidence | None


class Matcher:
    """Recognises parts with one lexicon. The same part always gives the same answer."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._tree = Tree(lexicon.class_parents)
        self._automaton = Automaton(lexicon.terms, self._tree)
        self._classes = ClassClues(lexicon, self._tree)
        self._chooser = ClassChooser(self._tree)
        self._numbers = PartNumberClues(lexicon.part_numbers)
        self._namer = Namer(lexicon)
        self._read = lru_cache(maxsize=REMEMBERED_TEXTS)(self.read)
        self._decide = lru_cache(maxsize=REMEMBERED_TEXTS)(self._decided)
        self._recognised = lru_cache(maxsize=REMEMBERED_TEXTS)(self._by_signs)

    def recognise(self, part: Part) -> Recognition:
        """What the part is and holds, with every reason; never guesses beyond its evidence."""
        signs = _Signs(
            texts=tuple(_texts(part)),
            footprint=part.footprint,
            prefix=part.designator_prefix,
            numbers=tuple(self._numbers.find(part)),
            cas=tuple(by_cas(part, self._lexicon)),
            code=by_code(part, self._lexicon),
        )
        return self._recognised(signs)

    def _by_signs(self, signs: _Signs) -> Recognition:
        """What the signs add up to: once for all numbers that tell the same."""
        if not signs.numbers:
            return self._decide(signs)
        places = {text: f"\0{n}" for n, text in enumerate(sorted(map(_text_of, signs.numbers)))}
        nameless = tuple(_nameless(clue, places) for clue in signs.numbers)
        return _named_again(self._decide(signs._replace(numbers=nameless)), places)

    def _decided(self, signs: _Signs) -> Recognition:
        found = Found()
        for field, text in signs.texts:
            reading = self._read(field, text)
            found.classes += reading.classes
            found.things += reading.things
            found.designated += reading.designated
            found.denied += reading.denied
            found.polymer |= reading.polymer
        found.classes += self._other_classes(signs)
        found.things += [(None, evidence) for evidence in signs.cas]
        if signs.code is not None:
            _add_code(signs.code, found)
        designated = self._classes.designated(signs.prefix)
        choice = self._chooser.choose(found.classes, designated, prefix=signs.prefix)
        return decide(found, choice, self._tree)

    def read(self, field: str, text: str) -> TextReading:
        """All that one text says by itself."""
        read = Text(field, text)
        hits = self._automaton.find(read)
        values = tuple(self._classes.by_value(field, text)) if field in _VALUED else ()
        packages = tuple(self._classes.by_package(field, text)) if field in _VALUED else ()
        others = beside(hits, self._tree)
        designated = tuple(by_designation(hits, others))
        named = () if any(map(_is_exact, designated)) else self._named(read, others)
        return TextReading(
            classes=tuple(self._classes.by_words(hits)),
            things=(*by_name(hits), *by_wording(hits), *named),
            designated=designated,
            denied=tuple(denials(hits)),
            values=values,
            packages=packages,
            polymer=_names_polymer(read),
        )

    def _named(self, text: Text, others: Beside) -> tuple[tuple[None, Evidence], ...]:
        """The alloys that a text names by the rules of a naming system."""
        short = (
            text.field in _OF_MATERIALS or others.metal or not rules.STOCK.isdisjoint(text.words)
        )
        found = self._namer.find(text.field, text.original, of_materials=short)
        return tuple((None, evidence) for evidence in found)

    def _other_classes(self, signs: _Signs) -> Iterable[Clue]:
        yield from signs.numbers
        if signs.footprint:
            yield from self._classes.by_footprint(signs.footprint, signs.prefix)
        texts = dict(signs.texts)
        for field in _VALUED:
            if text := texts.get(field):
                yield from self._read(field, text).values
                break
        yield from self._packages(signs)
        if signs.prefix:
            yield from self._classes.by_designator(signs.prefix)

    def _packages(self, signs: _Signs) -> Iterable[Clue]:
        """Packages of semiconductors, unless the designator says more (``Q1`` in SO-8)."""
        designated = self._classes.designated(signs.prefix)
        for field, text in signs.texts:
            for clue in self._read(field, text).packages:
                if not designated or clue.class_id in designated:
                    yield clue


def _text_of(clue: Clue) -> str:
    return clue.evidence.text


def _nameless(clue: Clue, places: Mapping[str, str]) -> Clue:
    """The clue with the place of its text among those of all numbers instead of the text."""
    return clue._replace(evidence=_with_text(clue.evidence, places[clue.evidence.text]))


def _named_again(recognition: Recognition, places: Mapping[str, str]) -> Recognition:
    """The recognition with the texts of the numbers where their places stand."""
    texts = {place: text for text, place in places.items()}
    return Recognition(
        recognition.state,
        tuple(_in_words(one, texts) for one in recognition.evidence),
        tuple(_in_words(one, texts) for one in recognition.candidates),
        recognition.negations,
    )


def _in_words(evidence: Evidence, texts: Mapping[str, str]) -> Evidence:
    if evidence.kind is not EvidenceKind.PART_NUMBER:
        return evidence
    return _with_text(evidence, texts[evidence.text])


def _with_text(evidence: Evidence, text: str) -> Evidence:
    return Evidence(
        evidence.kind,
        text,
        evidence.field,
        evidence.points_to,
        evidence.confidence,
        evidence.source,
        evidence.rule,
        evidence.layer,
    )


def _add_code(evidence: Evidence, found: Found) -> None:
    if evidence.points_to.kind is TargetKind.CLASS:
        found.classes.append(Clue(evidence, Origin.COMMODITY_CODE))
    else:
        found.things.append((None, evidence))


def _texts(part: Part) -> Iterable[tuple[str, str]]:
    """The texts of a part that may say what it is; its number only where nothing else does."""
    for field in ("description", "value", "material", "finish"):
        text = getattr(part, field)
        if text:
            yield field, text
    if part.number and not part.description:
        yield "number", part.number


def _is_exact(found: Designated) -> bool:
    """Whether a designation names one grade, and is no general word."""
    return len(found.evidence) == 1 and found.evidence[0].kind is EvidenceKind.DESIGNATION


def _names_polymer(text: Text) -> bool:
    if text.field == "finish":
        return False
    return not rules.POLYMERS.isdisjoint(text.words) or any(
        word.endswith(rules.POLYMER_ENDS) for word in text.words
    )
