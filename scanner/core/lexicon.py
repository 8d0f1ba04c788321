"""The lexicon: everything by which a line's text is recognised, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scanner.core.evidence import Target
from scanner.core.names import ClassId, EvidenceKind, Language, SourceId


class MatchRule(StrEnum):
    """How a term must stand in the text.

    WORD and PHRASE: whole words, case and accents folded. CASE: whole words, exact case.
    KEY: compared without spaces, hyphens, dots and case (``1.4404``, ``X5 CrNi 18-10``).
    CONTEXT: like CASE, but only counts in a field or phrase that speaks of materials.
    EXCLUDE: says what its words do not mean (``lead time`` is no lead, ``motor cable`` no motor):
    it covers them for terms of that class, or for all materials; a longer term stands above it.
    Where `negates` is set on the term, it is itself evidence of absence (``lead-free``).
    """

    WORD = "word"
    PHRASE = "phrase"
    CASE = "case"
    KEY = "key"
    CONTEXT = "context"
    EXCLUDE = "exclude"


class Ambiguity(StrEnum):
    """How often a term means something else."""

    NONE = "none"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its text, how it matches, and what it points to.

    Several terms may have the same text and different targets: that is an ambiguity which the
    matcher resolves by the words around it or reports as candidates. `family` narrows an alloy
    (``stainless_austenitic``); `rule` is the key of the row in the release.
    """

    text: str
    target: Target
    kind: EvidenceKind
    match: MatchRule
    language: Language
    ambiguity: Ambiguity
    source: SourceId
    rule: str
    negates: bool = False
    family: str | None = None


@dataclass(frozen=True, slots=True)
class PartNumberRule:
    """A pattern of a maker's part number → class; `confidence` is the measured precision."""

    rule: str
    pattern: str
    maker: str | None
    target: Target
    confidence: float
    source: SourceId


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms and rules of one release.

    `designators` maps reference-designator letters to the classes they may stand for;
    `class_parents` is the class tree; `codes` are commodity codes (digits only) that name a
    material in their own text; `cas_numbers` maps CAS numbers to their substance target.
    """

    terms: tuple[Term, ...]
    part_numbers: tuple[PartNumberRule, ...]
    designators: Mapping[str, tuple[ClassId, ...]]
    class_parents: Mapping[ClassId, ClassId | None]
    codes: Mapping[str, Term]
    cas_numbers: Mapping[str, Term]
    version: str
