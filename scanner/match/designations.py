"""Evidence of kind *designation*: alloys and material grades by any of their names.

A designation of digits only (``1.4404``, ``304``) must be written like one, or stand where
materials are spoken of: a position, a quantity or an article number is no steel. Several alloys
may share a designation; other designations on the line and words of families choose between them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scanner.core.evidence import Evidence, Target
from scanner.core.lexicon import Ambiguity, Lexicon, MatchRule, Term
from scanner.core.names import AlloyId, ClassId, EvidenceKind, TargetKind
from scanner.match import grammar, rules
from scanner.match.automaton import Hit, spellings
from scanner.match.clues import seen_as
from scanner.match.tree import Tree

_FAMILY_WORDS = {
    "stainless": rules.STAINLESS,
    "aluminium": frozenset(("aluminium", "aluminum", "alu", "aw", "ac", "en")),
    "copper": frozenset(
        (
            "copper",
            "koper",
            "kupfer",
            "cuivre",
            "brass",
            "messing",
            "bronze",
            "brons",
            "laiton",
            "cw",
        )
    ),
    "steel": frozenset(("steel", "staal", "stahl", "acier")),
    "titanium": frozenset(("titanium", "titaan", "titan", "titane", "grade")),
    "nickel": frozenset(("nickel", "alloy", "inconel", "hastelloy", "monel")),
    "magnet": frozenset(("magnet", "magneet", "aimant", "ndfeb", "neodymium", "neodym")),
    "solder": frozenset(("solder", "soldeer", "lot", "brasure", "soudure")),
}
_COLOURED = ("copper", "bronze", "brass", "silver")
STEEL_DIGITS = 5
GRADE_LETTERS = 4
GRADE_DIGITS = 3
LONG = 7
_STEEL_NUMBER = re.compile(r"[12]\s?[.,·]\s?\d{4}")
_STEEL_NUMBER_APART = re.compile(r"[12][ -]\d{4}")
_FASTENER_GROUPS = frozenset(("A1", "A2", "A3", "A4", "A5", "C1", "C3", "C4"))
_FASTENER = re.compile(r"din|iso|m\d{1,2}(?:x\d+)?")
_MATERIAL_FIELDS = frozenset({"material", "finish"})
_SHORT_METAL = re.compile(r"c\d{2}|v[24]a|rg\d|ms\d{2}|gg\d{2}")
_GRADE_OF_ANYTHING = ("grade", "gr")
_NORMS = frozenset(("din", "iso", "en", "nen", "no", "nr", "art", "type", "typ"))
_UNITS = frozenset(("mm", "cm", "m", "x", "v", "w", "a", "kg", "g", "n", "st", "pcs", "rpm"))


class Beside(NamedTuple):
    """What else a text names: a thing of metal, or one that is bought by its material."""

    metal: bool = False
    shaped: bool = False


@dataclass(frozen=True, slots=True)
class Designated:
    """What a hit designates: one alloy, or several that compete, with their families."""

    hit: Hit
    evidence: tuple[Evidence, ...]
    families: tuple[str, ...]

    @property
    def family(self) -> str:
        """The family of the one alloy."""
        return self.families[0]

    def says_no_more_than(self, other: "Designated") -> bool:
        """Whether this is a general word for what `other` names exactly (brass for CuZn39Pb3)."""
        if other is self or not self.family or not other.family:
            return False
        mine, theirs = self.evidence[0], other.evidence[0]
        if mine.kind is not EvidenceKind.WORDING or mine.points_to == theirs.points_to:
            return False
        if self.family == other.family:
            return theirs.kind is EvidenceKind.DESIGNATION
        if self.family == "steel" and other.family.startswith("stainless"):
            return True
        return f"_{self.family}_" in f"_{other.family}_"


def alloys_by_spelling(lexicon: Lexicon) -> dict[str, tuple[AlloyId, ...]]:
    """All alloys of every designation, by its letters and digits alone."""
    found: dict[str, set[AlloyId]] = defaultdict(set)
    for term in lexicon.terms:
        if term.target.kind is TargetKind.ALLOY and term.match is not MatchRule.EXCLUDE:
            for words in spellings(term):
                found["".join(words)].add(AlloyId(term.target.id))
    return {spelling: tuple(sorted(alloys)) for spelling, alloys in found.items()}


def beside(hits: Sequence[Hit], tree: Tree) -> Beside:
    """Whether a text names a thing of metal, which lets a short name count as one of an alloy."""
    named = {
        class_id
        for hit in hits
        for term in hit.terms
        if term.target.kind is TargetKind.CLASS
        and term.match is not MatchRule.EXCLUDE
        and term.ambiguity is not Ambiguity.HIGH
        for class_id in tree.above(ClassId(term.target.id))
    }
    return Beside(_any_of(named, rules.METAL_CLASSES), _any_of(named, rules.SHAPED_CLASSES))


def _any_of(named: Collection[ClassId], classes: Collection[str]) -> bool:
    return any(class_id in classes for class_id in named)


def by_designation(hits: Sequence[Hit], others: Beside) -> Iterator[Designated]:
    """The alloys and grades that a text names, with those that compete for one name together."""
    named = [
        (hit, terms) for hit in hits if (terms := _alloy_terms(hit)) and _counts(hit, terms, others)
    ]
    sure = {terms[0].target for _, terms in named if len(_targets(terms)) == 1}
    done = set()
    for hit, terms in named:
        chosen = _chosen(hit, terms, sure)
        targets = tuple(term.target for term in chosen)
        if targets in done:
            continue
        done.add(targets)
        yield Designated(
            hit,
            tuple(_evidence(hit, term, terms) for term in chosen),
            tuple(term.family or "" for term in chosen),
        )


def _alloy_terms(hit: Hit) -> list[Term]:
    return [
        term
        for term in hit.terms
        if term.target.kind is TargetKind.ALLOY and term.match is not MatchRule.EXCLUDE
    ]


def _counts(hit: Hit, terms: Sequence[Term], others: Beside) -> bool:
    if grammar.is_purpose(hit, made_of=True) or grammar.is_denied(hit) or grammar.is_look(hit):
        return False
    if hit.text.field in _MATERIAL_FIELDS:
        return len("".join(hit.text.words[hit.first : hit.last])) >= 2
    if _is_unsure(hit, terms) and not _is_told(hit, others):
        return False
    if terms[0].match is not MatchRule.KEY:
        return not (_names_a_colour(terms) and grammar.is_colour(hit))
    return _written_like_one(hit, terms, others)


def _names_a_colour(terms: Sequence[Term]) -> bool:
    """Whether things are called by a metal for their colour; painted steel is steel."""
    return any(colour in (term.family or "") for term in terms for colour in _COLOURED)


def _is_unsure(hit: Hit, terms: Sequence[Term]) -> bool:
    """Whether a name means an alloy only beside other words about materials."""
    if any(term.match is MatchRule.CONTEXT for term in terms):
        return True
    return all(term.ambiguity is Ambiguity.HIGH for term in terms) and not _speaks_for_itself(hit)


def _is_told(hit: Hit, others: Beside) -> bool:
    """Whether the words around speak of materials, or name a thing that is of one."""
    if tuple(hit.text.words[hit.first : hit.last]) in rules.STRENGTHS:
        return hit.text.gap(hit.first) in {".", ","} and _has_context(hit)
    if _has_context(hit):
        return True
    words = hit.text.words
    name = "".join(words[hit.first : hit.last])
    if name.startswith(_GRADE_OF_ANYTHING):
        return False
    if not name.isdigit():
        return others.metal and (len(name) >= GRADE_LETTERS or bool(_SHORT_METAL.fullmatch(name)))
    before = words[hit.first - 1] if hit.first else ""
    after = words[hit.last] if hit.last < len(words) else ""
    return others.shaped and before not in _NORMS and after not in _UNITS


def _written_like_one(hit: Hit, terms: Sequence[Term], others: Beside) -> bool:
    """Whether a squeezed match looks like a designation where it stands."""
    words = hit.text.words[hit.first : hit.last]
    squeezed = "".join(words)
    if squeezed.isdigit():
        if len(squeezed) == STEEL_DIGITS and _STEEL_NUMBER.fullmatch(hit.seen):
            return True
        if len(squeezed) == STEEL_DIGITS and _STEEL_NUMBER_APART.fullmatch(hit.seen):
            return _has_context(hit)
        return len(words) == 1 and len(squeezed) >= GRADE_DIGITS and _is_told(hit, others)
    if len(squeezed) <= 4 and hit.last - hit.first == 1:
        return squeezed[-1].isalpha() or _is_told(hit, others) or _exact(hit, terms)
    if hit.last - hit.first == 1:
        return True
    # Words apart are one designation only where they stand close: "X5 CrNi 18-10", not "A 2, 70".
    return all("," not in hit.text.gap(i) and "\n" not in hit.text.gap(i)
               for i in range(hit.first, hit.last - 1))  # fmt: skip


def _speaks_for_itself(hit: Hit) -> bool:
    """Whether a designation is so long and mixed that nothing else is written like it."""
    squeezed = "".join(hit.text.words[hit.first : hit.last])
    return len(squeezed) >= LONG and not squeezed.isdigit() and not squeezed.isalpha()


def _exact(hit: Hit, terms: Sequence[Term]) -> bool:
    return any(term.text == hit.seen for term in terms)


def _has_context(hit: Hit) -> bool:
    """Whether the words around, or the designation's own, speak of materials or fasteners."""
    if hit.text.field in _MATERIAL_FIELDS or grammar.speaks_of_materials(hit):
        return True
    own = hit.text.words[hit.first : hit.last]
    told = (*(word for word in own if word != "grade"), *grammar.neighbours(hit, grammar.NEAR))
    if any(word in words for words in _FAMILY_WORDS.values() for word in told):
        return True
    return hit.seen in _FASTENER_GROUPS and any(map(_FASTENER.fullmatch, hit.text.words))


def _chosen(hit: Hit, terms: list[Term], sure: set[Target]) -> list[Term]:
    """The terms that the rest of the text leaves standing, one per alloy."""
    one_each = list({term.target: term for term in terms}.values())
    if len(one_each) == 1:
        return one_each
    agreeing = [term for term in one_each if term.target in sure]
    if agreeing:
        return agreeing[:1]
    words = set(hit.text.words)
    families = {name for name, told in _FAMILY_WORDS.items() if not told.isdisjoint(words)}
    fitting = [term for term in one_each if any(f in (term.family or "") for f in families)]
    standing = fitting or one_each
    if len({term.family for term in standing}) == 1:
        return standing[:1]
    return standing


def _evidence(hit: Hit, term: Term, terms: Sequence[Term]) -> Evidence:
    if grammar.becomes_layer(hit):
        return seen_as(hit, term, "coating", EvidenceKind.WORDING)
    if term.kind is EvidenceKind.WORDING:
        return seen_as(hit, term, "material_field" if hit.text.field == "material" else "wording")
    if len(_targets(terms)) > 1:
        way = "designation_family"
    elif len("".join(hit.text.words[hit.first : hit.last])) <= 4:
        way = "designation_short"
    elif term.ambiguity is Ambiguity.NONE:
        way = "designation"
    else:
        way = "designation_short"
    return seen_as(hit, term, way)


def _targets(terms: Sequence[Term]) -> set[Target]:
    return {term.target for term in terms}
