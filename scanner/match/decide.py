"""From clues to a decision: what the part is, what else is in it, and what stays open.

Beside the class that was chosen, what is said about other things (an alloy, a layer, a named
material) is added, never counted twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from scanner.core.evidence import (
    UNDER_ZINC,
    Evidence,
    Recognition,
    RecognitionState,
    Target,
)
from scanner.core.names import ClassId, EvidenceKind, TargetKind
from scanner.match import looks, rules
from scanner.match.automaton import Hit
from scanner.match.class_choice import ClassChoice
from scanner.match.clues import Clue
from scanner.match.designations import Designated
from scanner.match.tree import Tree

_ZINC = Target(TargetKind.MATERIAL, "zinc")
_IRON = Target(TargetKind.MATERIAL, "iron_ore")


@dataclass(slots=True)
class Found:
    """Everything that was seen in one part."""

    classes: list[Clue] = field(default_factory=list)
    things: list[tuple[Hit | None, Evidence]] = field(default_factory=list)
    designated: list[Designated] = field(default_factory=list)
    denied: list[Evidence] = field(default_factory=list)
    polymer: bool = False


def decide(found: Found, choice: ClassChoice, tree: Tree) -> Recognition:
    """The recognition that the clues of one part, with the choice of its class, add up to."""
    alloys, open_alloys = _alloys(found.designated)
    things = [
        evidence
        for hit, evidence in found.things
        if hit is None or all(hit is not used for used in choice.hits)
    ]
    things = [one for one in things if not _is_called(one, choice.class_id, tree)]
    accepted = [*choice.evidence, *alloys, *things]
    if _is_replaced(
        choice.class_id, [*alloys, *things], tree, polymer=found.polymer, pure=_pure(found, choice)
    ):
        accepted = [*alloys, *things]
    accepted += _companions(found.classes, choice.class_id, tree)
    if choice.class_id is not None and not rules.EMPTY_CLASSES.isdisjoint(
        tree.above(choice.class_id)
    ):
        accepted = list(choice.evidence)
    accepted += _under_zinc(accepted)
    accepted = [item for item in accepted if item.confidence >= rules.ENOUGH]
    weak = choice.weak and accepted
    candidates = (*(() if weak else choice.candidates), *open_alloys)
    return Recognition(
        state=_state(accepted, candidates),
        evidence=_ordered(accepted),
        candidates=_ordered(candidates),
        negations=_ordered(found.denied),
    )


def _alloys(
    designated: Sequence[Designated],
) -> tuple[list[Evidence], list[Evidence]]:
    """The alloys that are clear, and those that compete for a name."""
    if not designated:
        return [], []
    sure: dict[Target, Evidence] = {}
    for found in designated:
        if len(found.evidence) == 1 and not any(map(found.says_no_more_than, designated)):
            evidence = found.evidence[0]
            known = sure.get(evidence.points_to)
            if known is None or known.confidence < evidence.confidence:
                sure[evidence.points_to] = evidence
    competing: dict[Target, Evidence] = {}
    for found in designated:
        targets = [evidence.points_to for evidence in found.evidence]
        if len(targets) > 1 and not any(target in sure for target in targets):
            competing.update(zip(targets, found.evidence, strict=True))
    return list(sure.values()), list(competing.values())


def _is_called(evidence: Evidence, class_id: ClassId | None, tree: Tree) -> bool:
    """Whether a metal is only in the name of a device (``Titan X board``)."""
    return (
        class_id is not None
        and evidence.points_to.id in looks.NAMING_METALS
        and not evidence.layer
        and evidence.field != "material"
        and not looks.OF_NO_METAL.isdisjoint(tree.above(class_id))
    )


def _pure(found: Found, choice: ClassChoice) -> bool:
    """Whether an alloying element is named right beside a form (``Molybdän-Blech``)."""
    return any(
        hit is not None
        and evidence.points_to.id in looks.PURE
        and not evidence.layer
        and any(
            other.text is hit.text
            and hit.last - hit.first == 1
            and (other.first == hit.last or other.last == hit.first)
            and hit.text.words[other.first] in looks.PURE_FORMS
            for other in choice.hits
        )
        for hit, evidence in found.things
    )


def _is_replaced(
    class_id: ClassId | None,
    others: Sequence[Evidence],
    tree: Tree,
    *,
    polymer: bool,
    pure: bool = False,
) -> bool:
    """Whether what the part is made of is known better than its class says."""
    if class_id is None or not (others or polymer):
        return False
    above = tree.above(class_id)
    if rules.WHOLE_CLASSES.isdisjoint(above):
        return False
    mechanical = not rules.METAL_CLASSES.isdisjoint(above)
    if mechanical and (polymer or pure):
        return True
    return any(
        evidence.confidence >= rules.BELIEVED
        and not evidence.layer
        and evidence.points_to.id not in rules.FILLINGS
        and (evidence.points_to.kind is TargetKind.ALLOY or mechanical)
        and evidence.points_to.id not in rules.ALLOYING
        for evidence in others
    )


def _under_zinc(accepted: Sequence[Evidence]) -> Iterable[Evidence]:
    """The iron under a coat of zinc, where nothing else says what the part is made of.

    Coats of zinc by plating and by hot dipping are for iron and steel (ISO 2081, ISO 1461). That
    this part has such a coat and no other is an expert's word.
    """
    if all(evidence.layer for evidence in accepted):
        for evidence in accepted:
            if evidence.points_to == _ZINC:
                yield replace(evidence, points_to=_IRON, layer=False, rule=UNDER_ZINC)
                return


def _companions(clues: Sequence[Clue], class_id: ClassId | None, tree: Tree) -> Iterable[Evidence]:
    """Things that come with the part: named, in an amount that nobody knows."""
    seen: set[ClassId] = set()
    for clue in clues:
        other = clue.class_id
        if not clue.companion or clue.unsure or other in seen or other in rules.VAGUE_CLASSES:
            continue
        if class_id is not None and tree.related(class_id, other):
            continue
        seen.add(other)
        yield replace(clue.evidence, kind=EvidenceKind.WORDING)


def _state(accepted: Sequence[Evidence], candidates: Sequence[Evidence]) -> RecognitionState:
    if candidates:
        return RecognitionState.AMBIGUOUS
    return RecognitionState.RECOGNISED if accepted else RecognitionState.UNRECOGNISED


def _ordered(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each reason once, the strongest kind and surest first."""
    if len(found) < 2:
        return tuple(found)
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda item: (
                item.kind.rank,
                -item.confidence,
                item.field,
                str(item.points_to),
                item.text,
                item.rule,
            ),
        )
    )
