"""Evidence: the reasons to believe that a part contains something."""

from dataclasses import dataclass
from enum import StrEnum

from scanner.core.names import EvidenceKind, SourceId, TargetKind

UNDER_ZINC = "layers/zinc"
"""The rule that a coat of zinc lies on iron, where nothing else says what the part is made of."""

EXPERT_RULES = frozenset({UNDER_ZINC})
"""Rules of evidence that rest on engineering knowledge without a document."""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What evidence points to; ``str()`` gives ``alloy:ss_1_4404`` or ``material:nickel``."""

    kind: TargetKind
    id: str

    def __str__(self) -> str:
        """The target as one word."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason.

    `text` is what was seen, exactly as the user wrote it; `field` is where (a field name of
    `Part`); `rule` is the key of the knowledge row that fired; `confidence` is 0..1. `layer` is
    true where the text speaks of a thin layer (``gold plated``): the part is not made of it.
    """

    kind: EvidenceKind
    text: str
    field: str
    points_to: Target
    confidence: float
    source: SourceId
    rule: str
    layer: bool = False


class RecognitionState(StrEnum):
    """What we made of a part."""

    RECOGNISED = "recognised"
    AMBIGUOUS = "ambiguous"
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What one part was recognised as.

    `evidence`: accepted reasons, strongest first; `candidates`: readings that compete and wait
    for a person; `negations`: things the text says are not there (``lead-free`` → material:lead).
    """

    state: RecognitionState
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Evidence, ...] = ()
    negations: tuple[Evidence, ...] = ()
