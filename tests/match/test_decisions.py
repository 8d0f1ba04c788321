"""What people said about a part stands before what its text says."""

from scanner.core.evidence import Evidence, Recognition, RecognitionState, Target
from scanner.core.names import EvidenceKind, SourceId, TargetKind
from scanner.core.statements import (
    Decision,
    DecisionKind,
    Declaration,
    DeclaredSubstance,
    Named,
    Statements,
)
from scanner.match import confirmable, with_statements


def seen(text, *, kind=EvidenceKind.DESIGNATION, layer=False):
    target = Target(TargetKind(text.partition(":")[0]), text.partition(":")[2])
    return Evidence(kind, "seen", "description", target, 0.8, SourceId("own"), "rule", layer=layer)


STEEL, MLCC = seen("alloy:steel"), seen("class:mlcc", kind=EvidenceKind.COMPONENT_CLASS)
GOLD = seen("material:gold", kind=EvidenceKind.WORDING, layer=True)
OPEN = Recognition(RecognitionState.AMBIGUOUS, (STEEL, GOLD), (MLCC,))
UNREAD = Recognition(RecognitionState.UNRECOGNISED)
CHROMIUM = DeclaredSubstance("7440-47-3", fraction=0.1)


def decision(kind, *named, number=7):
    return Decision(number, kind, tuple(Named(one.points_to, one.layer) for one in named))


def told(recognition, **said):
    found = with_statements(recognition, Statements(revision=9, **said))
    return found, [str(one.points_to) for one in found.evidence]


def test_without_decisions_all_stays():
    found, _ = told(OPEN)
    assert found == OPEN


def test_a_confirmed_candidate_settles_what_the_part_is_and_leaves_other_things():
    found, targets = told(OPEN, decision=decision(DecisionKind.CONFIRM, MLCC))
    assert (found.state, found.candidates) == (RecognitionState.RECOGNISED, ())
    assert targets == ["class:mlcc", "material:gold"]
    first = found.evidence[0]
    assert (first.kind, first.confidence, first.rule) == ("decision", 1.0, "decisions/7")


def test_replacing_and_nothing_leave_no_other_evidence():
    for kind, named, target in (
        (DecisionKind.REPLACE, (MLCC,), "class:mlcc"),
        (DecisionKind.NOTHING, (), "composition:7"),
    ):
        found, targets = told(OPEN, decision=decision(kind, *named))
        assert (found.state, targets) == (RecognitionState.RECOGNISED, [target])


def test_a_dismissal_is_a_negation_and_settles_nothing():
    found, targets = told(OPEN, dismissals=(decision(DecisionKind.DISMISS, GOLD),))
    assert (found.state, found.candidates) == (OPEN.state, OPEN.candidates)
    assert targets == ["alloy:steel", "material:gold"]
    assert [str(one.points_to) for one in found.negations] == ["material:gold"]


def test_only_a_full_declaration_replaces_and_settles():
    partial = Declaration(3, False, (CHROMIUM,))
    full = Declaration(4, True, (CHROMIUM,))
    late = Declaration(5, False, (CHROMIUM,))
    found, targets = told(OPEN, declarations=(partial,))
    assert (found.state, found.candidates) == (OPEN.state, OPEN.candidates)
    assert targets == ["composition:3", "alloy:steel", "material:gold"]
    found, targets = told(OPEN, declarations=(partial, full, late))
    assert (found.state, found.candidates) == (RecognitionState.RECOGNISED, ())
    assert targets == ["composition:4", "composition:5"]
    found, _ = told(UNREAD, declarations=(partial,))
    assert found.state is RecognitionState.UNRECOGNISED


def test_a_replacement_silences_declarations_and_a_confirmation_does_not():
    full = Declaration(4, True, (CHROMIUM,))
    _, targets = told(OPEN, decision=decision(DecisionKind.REPLACE, MLCC), declarations=(full,))
    assert targets == ["class:mlcc"]
    _, targets = told(OPEN, decision=decision(DecisionKind.CONFIRM, STEEL), declarations=(full,))
    assert targets == ["alloy:steel", "composition:4"]


def test_what_is_confirmed_names_each_thing_once_and_no_statement():
    found, _ = told(OPEN, declarations=(Declaration(3, False, (CHROMIUM,)),))
    assert [str(one.target) for one in confirmable(found)] == ["alloy:steel", "material:gold"]
