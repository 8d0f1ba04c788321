"""A clue: one reading of one place in a part's text, before it is weighed against the others."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from scanner.core.evidence import Evidence, Target
from scanner.core.lexicon import Term
from scanner.core.names import ClassId, EvidenceKind, SourceId, TargetKind
from scanner.match.automaton import Hit
from scanner.match.rules import CONFIDENCE, MISSPELT
from scanner.match.tree import Tree


class Origin(IntEnum):
    """Where a clue about the class comes from, the most telling first.

    `BOARD` is a land pattern that holds no part, whatever is written beside it.
    """

    BOARD = 0
    PART_NUMBER = 1
    COMMODITY_CODE = 2
    WORDS = 3
    FOOTPRINT = 4
    NUMBER_ELSEWHERE = 5
    VALUE = 6
    DESIGNATOR = 7


class Clue(NamedTuple):
    """One reading. `hit` is where it stands, where it stands in a text.

    `unsure` clues count only beside another clue of a related class; `companion` clues name
    something that comes with the part.
    """

    evidence: Evidence
    origin: Origin
    hit: Hit | None = None
    unsure: bool = False
    companion: bool = False

    @property
    def class_id(self) -> ClassId:
        """The class that the clue points to."""
        return ClassId(self.evidence.points_to.id)


def seen_as(hit: Hit, term: Term, way: str, kind: EvidenceKind | None = None) -> Evidence:
    """Evidence from a term in a text, with the confidence of the way it was found.

    The rule of a misspelt word begins with ``misspelt/`` and the word that was meant.
    """
    confidence, rule = CONFIDENCE[way], term.rule
    if hit.meant:
        confidence, rule = round(confidence * MISSPELT, 4), f"misspelt/{hit.meant}/{rule}"
    return Evidence(
        kind=kind or term.kind,
        text=hit.seen,
        field=hit.text.field,
        points_to=term.target,
        confidence=confidence,
        source=term.source,
        rule=rule,
        layer=way == "coating",
    )


def class_target(class_id: ClassId) -> Target:
    """The target that stands for a class."""
    return Target(TargetKind.CLASS, class_id)


def class_sources(terms: Iterable[Term], tree: Tree) -> dict[ClassId, SourceId]:
    """By which source each class is in the release, for clues that no term stands behind."""
    found: dict[ClassId, SourceId] = {}
    for term in terms:
        if term.target.kind is TargetKind.CLASS:
            found.setdefault(ClassId(term.target.id), term.source)
    for class_id in tree:
        for ancestor in tree.above(class_id):
            if ancestor in found:
                found.setdefault(class_id, found[ancestor])
                break
    return found
