"""What people said about a part, put before what its text says.

A decision replaces other evidence about the same thing: other classes and alloys for what the part
is and is made of. Only a full declaration replaces all other evidence; a partial one adds, and
leaves the part as recognised, or not, as it was.
"""

from collections.abc import Iterable, Sequence

from scanner.core.evidence import Evidence, Recognition, RecognitionState, Target
from scanner.core.names import EvidenceKind, TargetKind
from scanner.core.statements import (
    BY_DECISION,
    BY_DECLARATION,
    Decision,
    Declaration,
    Named,
    Statements,
)

WHAT_IT_IS = frozenset({TargetKind.CLASS, TargetKind.ALLOY})
"""What a part is and is made of: who decides that decides against other texts' other words."""


def with_statements(recognition: Recognition, said: Statements) -> Recognition:
    """The recognition of a part of which this was said; evidence stays in order of strength."""
    told = [] if said.decision is None else list(_decided(said.decision))
    declared = [_declared(one) for one in said.heard]
    others: Sequence[Evidence] = recognition.evidence
    if said.replaces or said.full is not None:
        others = ()
    elif said.decision is not None:
        others = [one for one in others if not any(_same_thing(one, other) for other in told)]
    dismissed = [_evidence(one, named.target) for one in said.dismissals for named in one.named]
    return Recognition(
        state=RecognitionState.RECOGNISED if said.settled else recognition.state,
        evidence=(*told, *declared, *others),
        candidates=() if said.settled else recognition.candidates,
        negations=(*dismissed, *recognition.negations),
    )


def stated_target(number: int) -> Target:
    """The target that stands for the composition of a statement."""
    return Target(TargetKind.COMPOSITION, str(number))


def confirmable(recognition: Recognition) -> tuple[Named, ...]:
    """What a person confirms who confirms a recognition as it stands, each thing once."""
    named = (Named(one.points_to, one.layer) for one in recognition.evidence)
    return tuple(
        dict.fromkeys(one for one in named if one.target.kind is not TargetKind.COMPOSITION)
    )


def _decided(decision: Decision) -> Iterable[Evidence]:
    for named in decision.named:
        yield _evidence(decision, named.target, layer=named.layer)
    if not decision.named:
        yield _evidence(decision, stated_target(decision.number))


def _evidence(decision: Decision, target: Target, *, layer: bool = False) -> Evidence:
    return Evidence(
        kind=EvidenceKind.DECISION,
        text=decision.kind,
        field="decision",
        points_to=target,
        confidence=1.0,
        source=BY_DECISION,
        rule=f"decisions/{decision.number}",
        layer=layer,
    )


def _declared(declaration: Declaration) -> Evidence:
    return Evidence(
        kind=EvidenceKind.DECLARATION,
        text=declaration.document or declaration.supplier or "",
        field="declaration",
        points_to=stated_target(declaration.number),
        confidence=1.0,
        source=BY_DECLARATION,
        rule=f"declarations/{declaration.number}",
    )


def _same_thing(one: Evidence, decided: Evidence) -> bool:
    """Whether evidence is about what a decision is about.

    A class that only comes with the part, and a layer, are other things than the part itself.
    """
    if one.points_to == decided.points_to:
        return True
    if one.layer or decided.layer or one.kind is EvidenceKind.WORDING:
        return False
    return one.points_to.kind in WHAT_IT_IS
