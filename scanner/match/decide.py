"""From clues to a decision: what the part is, what else is in it, and what stays open.

About the class of the part the most telling origin wins, the narrower class wins over the wider,
independent clues that agree make it surer and clues that disagree less sure; two that weigh the
same are left to a person. What is said about other things (an alloy, a layer, a named material)
is added, never counted twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import prod

from scanner.core.evidence import Evidence, Recognition, RecognitionState, Target
from scanner.core.names import ClassId, EvidenceKind, TargetKind
from scanner.match import rules
from scanner.match.automaton import Hit
from scanner.match.clues import Clue, Origin, class_target
from scanner.match.designations import Designated
from scanner.match.tree import Tree

_BELIEVED = 0.6
"""A clue below this gives way to any above it, whatever its origin."""


@dataclass(slots=True)
class Found:
    """Everything that was seen in one part."""

    classes: list[Clue] = field(default_factory=list)
    things: list[tuple[Hit | None, Evidence]] = field(default_factory=list)
    designated: list[Designated] = field(default_factory=list)
    denied: list[Evidence] = field(default_factory=list)
    prefix: str | None = None
    polymer: bool = False


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """The class that was chosen with the clues for it, or the clues that compete."""

    class_id: ClassId | None = None
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Evidence, ...] = ()
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Option:
    """One class that the part may be, with the clues of its own and all clues that agree."""

    class_id: ClassId
    own: Clue
    confidence: float

    @property
    def order(self) -> tuple[bool, int, float, str]:
        """Sorts the best option first."""
        believed = self.own.evidence.confidence >= _BELIEVED
        return (not believed, self.own.origin, -self.confidence, self.class_id)


def decide(found: Found, tree: Tree, designated: Sequence[ClassId]) -> Recognition:
    """The recognition that the clues of one part add up to."""
    choice = choose_class(found.classes, tree, designated, prefix=found.prefix)
    alloys, open_alloys = _alloys(found.designated)
    things = [
        evidence
        for hit, evidence in found.things
        if hit is None or all(hit is not used for used in choice.hits)
    ]
    accepted = [*choice.evidence, *alloys, *things]
    if _is_replaced(choice.class_id, [*alloys, *things], tree, polymer=found.polymer):
        accepted = [*alloys, *things]
    accepted += _companions(found.classes, choice.class_id, tree)
    accepted = [item for item in accepted if item.confidence >= rules.ENOUGH]
    candidates = (*choice.candidates, *open_alloys)
    return Recognition(
        state=_state(accepted, candidates),
        evidence=_ordered(accepted),
        candidates=_ordered(candidates),
        negations=_ordered(found.denied),
    )


def choose_class(
    clues: Sequence[Clue], tree: Tree, designated: Sequence[ClassId], *, prefix: str | None
) -> ClassChoice:
    """The class of the part."""
    known = [
        clue
        for clue in clues
        if not clue.companion and clue.class_id in tree and clue.class_id not in rules.VAGUE_CLASSES
    ]
    standing = [clue for clue in known if not clue.unsure or _is_supported(clue, known, tree)]
    if not standing:
        return ClassChoice(candidates=tuple(clue.evidence for clue in known))
    options = sorted(_options(standing, tree), key=lambda option: option.order)
    best = options[0]
    rivals = [option for option in options[1:] if _rivals(best, option)]
    if rivals:
        common = tree.common([best.class_id, *(option.class_id for option in rivals)])
        if common is None or common in rules.VAGUE_CLASSES:
            return ClassChoice(
                candidates=tuple(option.own.evidence for option in (best, *rivals)),
                hits=_hits(standing),
            )
        best = _widened(best, common, standing, tree)
    if best.own.origin is Origin.DESIGNATOR and prefix not in rules.DESIGNATORS_ALONE:
        return ClassChoice(candidates=(best.own.evidence,))
    confidence = best.confidence * _doubt(best, options, tree, designated)
    return ClassChoice(
        class_id=best.class_id,
        evidence=_evidence_for(best, confidence, standing),
        hits=_hits(standing),
    )


def _options(clues: Sequence[Clue], tree: Tree) -> Iterable[_Option]:
    """The narrowest classes that clues point to, with what speaks for each."""
    classes = list(dict.fromkeys(clue.class_id for clue in clues))
    for class_id in classes:
        if any(other != class_id and tree.is_under(other, class_id) for other in classes):
            continue
        own = [clue for clue in clues if clue.class_id == class_id]
        best = min(own, key=lambda clue: (clue.origin, -clue.evidence.confidence))
        agreeing: dict[Origin, float] = {}
        for clue in clues:
            if tree.is_under(class_id, clue.class_id):
                known = agreeing.get(clue.origin, 0.0)
                agreeing[clue.origin] = max(known, clue.evidence.confidence)
        confidence = 1 - prod(1 - value for _, value in sorted(agreeing.items()))
        yield _Option(class_id, best, min(confidence, rules.CEILING))


def _rivals(best: _Option, option: _Option) -> bool:
    """Whether an option weighs as much as the best and comes from the same kind of clue."""
    return (
        (
            option.own.origin is best.own.origin
            and best.confidence - option.confidence < rules.CLEAR
            and option.own.hit is not None
        )
        or option.own.origin is best.own.origin is Origin.DESIGNATOR
        or (
            option.own.origin is best.own.origin
            and best.own.origin in {Origin.PART_NUMBER, Origin.NUMBER_ELSEWHERE}
            and best.confidence - option.confidence < rules.CLEAR
        )
    )


def _widened(best: _Option, common: ClassId, clues: Sequence[Clue], tree: Tree) -> _Option:
    """The class above options that compete, with the best clue now pointing to it."""
    own = next((clue for clue in clues if clue.class_id == common), None)
    if own is None:
        evidence = replace(best.own.evidence, points_to=class_target(common))
        own = replace(best.own, evidence=evidence)
    return _Option(common, own, best.confidence)


def _doubt(
    best: _Option, options: Sequence[_Option], tree: Tree, designated: Sequence[ClassId]
) -> float:
    """What contradicting clues leave of the confidence, as a factor."""
    if best.own.origin is Origin.PART_NUMBER and best.own.evidence.confidence >= 0.9:
        return 1.0
    against = any(
        option.own.evidence.confidence >= _BELIEVED
        and option.own.origin <= Origin.FOOTPRINT
        and not _kin(best.class_id, option.class_id, tree)
        for option in options[1:]
        if option is not best and not tree.is_under(option.class_id, best.class_id)
    )
    if designated and not any(_kin(best.class_id, other, tree) for other in designated):
        against = True
    return rules.CONTRADICTED if against else 1.0


def _kin(one: ClassId, other: ClassId, tree: Tree) -> bool:
    common = tree.common([one, other])
    return common is not None and common not in rules.UNRELATED_BELOW


def _is_supported(clue: Clue, clues: Sequence[Clue], tree: Tree) -> bool:
    return any(
        (
            other is not clue
            and other.hit is not clue.hit
            and other.origin is not clue.origin
            and tree.related(clue.class_id, other.class_id)
        )
        or (
            other.origin is Origin.WORDS is clue.origin
            and other.hit is not clue.hit
            and not other.unsure
            and tree.related(clue.class_id, other.class_id)
        )
        for other in clues
    )


def _evidence_for(best: _Option, confidence: float, clues: Sequence[Clue]) -> tuple[Evidence, ...]:
    """The clues for the chosen class, once per place; the best carries what all add up to."""
    first = replace(best.own.evidence, confidence=round(confidence, 4))
    others = {
        (clue.evidence.kind, clue.evidence.field, clue.evidence.text): clue.evidence
        for clue in clues
        if clue.class_id == best.class_id and clue is not best.own
    }
    others.pop((first.kind, first.field, first.text), None)
    return (first, *others.values())


def _hits(clues: Sequence[Clue]) -> tuple[Hit, ...]:
    return tuple(clue.hit for clue in clues if clue.hit is not None)


def _alloys(
    designated: Sequence[Designated],
) -> tuple[list[Evidence], list[Evidence]]:
    """The alloys that are clear, and those that compete for a name."""
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


def _is_replaced(
    class_id: ClassId | None, others: Sequence[Evidence], tree: Tree, *, polymer: bool
) -> bool:
    """Whether what the part is made of is known better than its class says."""
    if class_id is None or not any(tree.is_under(class_id, ClassId(whole))
                                   for whole in rules.WHOLE_CLASSES):  # fmt: skip
        return False
    mechanical = any(tree.is_under(class_id, ClassId(metal)) for metal in rules.METAL_CLASSES)
    if mechanical and polymer:
        return True
    return any(
        evidence.confidence >= _BELIEVED
        and not evidence.layer
        and (evidence.points_to.kind is TargetKind.ALLOY or mechanical)
        for evidence in others
    )


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


def _ordered(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each reason once, the strongest kind and surest first."""
    distinct = list(dict.fromkeys(found))
    if len(distinct) < 2:
        return tuple(distinct)
    return tuple(
        sorted(
            distinct,
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
