"""The classes that a part is of, and those above them."""

from scanner.core.evidence import Recognition
from scanner.core.names import ClassId, EvidenceKind, TargetKind
from scanner.core.recipes import Recipes

SURE_ENOUGH = 0.6
"""Evidence that is less sure than this lends no mass."""


def classes_of(recognition: Recognition) -> list[ClassId]:
    """The classes of the part itself that are sure enough, surest first."""
    return [
        ClassId(evidence.points_to.id)
        for evidence in recognition.evidence
        if evidence.points_to.kind is TargetKind.CLASS
        and evidence.kind is not EvidenceKind.WORDING
        and evidence.confidence >= SURE_ENOUGH
    ]


def line(class_id: ClassId, recipes: Recipes) -> tuple[ClassId, ...]:
    """The class and all above it, from below."""
    found: list[ClassId] = []
    current: ClassId | None = class_id
    while current is not None and current not in found:
        found.append(current)
        current = recipes.parents.get(current)
    return tuple(found)
