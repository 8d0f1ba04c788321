"""Choosing the class of a part among the clues to it.

The most telling origin wins, the narrower class wins over the wider, independent clues that agree
make it surer and clues that disagree less sure; two that weigh the same are left to a person. The
words themselves do not matter here, so parts of which the clues speak alike share the choice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from math import prod
from typing import NamedTuple

from scanner.core.evidence import Evidence
from scanner.core.names import ClassId
from scanner.match import rules
from scanner.match.automaton import Hit
from scanner.match.clues import Clue, Origin, class_target
from scanner.match.tree import Tree

REMEMBERED = 16_384
"""So many ways in which clues speak of parts are kept chosen."""


class ClassChoice(NamedTuple):
    """The class that was chosen with the clues for it, or the clues that compete.

    `weak` candidates are words of many meanings that nothing supports.
    """

    class_id: ClassId | None = None
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Evidence, ...] = ()
    hits: tuple[Hit, ...] = ()
    weak: bool = False


class _Sign(NamedTuple):
    """What matters of one clue for the choice.

    `place` is its number among the clues; `hit` is equal for clues from the same words.
    """

    place: int
    class_id: ClassId
    origin: Origin
    confidence: float
    hit: int | None
    unsure: bool
    in_value: bool


class _Chosen(NamedTuple):
    """A choice by the places of the clues: the best, all that stand, those that compete.

    `class_id` is what the best clue is taken to point to; ``None`` where nothing is chosen.
    """

    class_id: ClassId | None = None
    best: int = 0
    confidence: float = 0.0
    standing: tuple[int, ...] = ()
    competing: tuple[tuple[int, ClassId], ...] = ()


class _Option(NamedTuple):
    """One class that the part may be, with the best of its own clues and all that agree."""

    class_id: ClassId
    own: _Sign
    confidence: float

    @property
    def order(self) -> tuple[bool, int, float, str]:
        """Sorts the best option first."""
        believed = self.own.confidence >= rules.BELIEVED
        return (not believed, self.own.origin, -self.confidence, self.class_id)


class ClassChooser:
    """Chooses classes of one tree; clues that speak alike share the work."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._chosen)

    def choose(
        self, clues: Sequence[Clue], designated: tuple[ClassId, ...], *, prefix: str | None
    ) -> ClassChoice:
        """The class of the part, whose designator may stand for the classes `designated`."""
        known = [
            clue
            for clue in clues
            if not clue.companion
            and (class_id := clue.class_id) in self._tree
            and class_id not in rules.VAGUE_CLASSES
        ]
        if not known:
            return ClassChoice()
        chosen = self._remembered(_signs(known), designated, prefix)
        return ClassChoice(
            class_id=chosen.class_id,
            evidence=_evidence_for(chosen, known),
            candidates=tuple(
                _pointed(known[place].evidence, class_id) for place, class_id in chosen.competing
            ),
            hits=tuple(hit for place in chosen.standing if (hit := known[place].hit) is not None),
            weak=not chosen.standing,
        )

    def _chosen(
        self, signs: tuple[_Sign, ...], designated: tuple[ClassId, ...], prefix: str | None
    ) -> _Chosen:
        tree = self._tree
        standing = [
            sign
            for sign in signs
            if not sign.unsure
            or (_is_supported(sign, signs, tree) and not _is_outspoken(sign, signs, tree))
        ]
        if not standing:
            words = [sign for sign in signs if sign.origin is not Origin.VALUE]
            return _Chosen(competing=tuple((sign.place, sign.class_id) for sign in words))
        standing = _of_what(standing, tree)
        places = tuple(sign.place for sign in standing)
        options = sorted(_options(standing, tree), key=lambda option: option.order)
        best = _agreed(options, designated, prefix, tree)
        rivals = [
            option
            for option in options
            if option is not best
            and _rivals(best, option)
            and not _is_denied_beside(option, best, designated, prefix, tree)
        ]
        if rivals:
            common = tree.common([best.class_id, *(option.class_id for option in rivals)])
            if common is None or common in rules.VAGUE_CLASSES:
                competing = tuple((one.own.place, one.class_id) for one in (best, *rivals))
                return _Chosen(standing=places, competing=competing)
            best = _widened(best, common, standing)
        if best.own.origin is Origin.DESIGNATOR and prefix not in rules.DESIGNATORS_ALONE:
            return _Chosen(competing=((best.own.place, best.class_id),))
        if _is_denied(best, designated, prefix, tree):
            firm = [sign for sign in standing if sign.origin is Origin.DESIGNATOR]
            return _Chosen(competing=tuple((one.place, one.class_id) for one in (best.own, *firm)))
        others = [option for option in options if option.own is not best.own]
        doubt = _doubt(best, others, tree, designated)
        confidence = round(best.confidence * doubt, 4)
        return _Chosen(best.class_id, best.own.place, confidence, places)


def _signs(clues: Sequence[Clue]) -> tuple[_Sign, ...]:
    hits: dict[int, int] = {}
    return tuple(
        _Sign(
            place,
            clue.class_id,
            clue.origin,
            clue.evidence.confidence,
            None if clue.hit is None else hits.setdefault(id(clue.hit), place),
            clue.unsure,
            clue.evidence.field == "value",
        )
        for place, clue in enumerate(clues)
    )


def _is_denied(
    best: _Option, designated: Sequence[ClassId], prefix: str | None, tree: Tree
) -> bool:
    """Whether the designator denies a word in the value, often a signal's name, or a land pattern.

    Then a person decides.
    """
    return (
        prefix in rules.DESIGNATORS_FIRM
        and (
            best.own.origin is Origin.FOOTPRINT
            or (best.own.origin is Origin.WORDS and best.own.in_value)
        )
        and bool(designated)
        and not any(_kin(best.class_id, class_id, tree) for class_id in designated)
    )


def _is_denied_beside(
    option: _Option, best: _Option, designated: Sequence[ClassId], prefix: str | None, tree: Tree
) -> bool:
    """Whether a firm designator confirms the best option and denies this one.

    ``drive motor header`` as J2 is a connector.
    """
    return (
        prefix in rules.DESIGNATORS_FIRM
        and any(tree.related(best.class_id, class_id) for class_id in designated)
        and not any(_kin(option.class_id, class_id, tree) for class_id in designated)
    )


def _of_what(signs: Sequence[_Sign], tree: Tree) -> list[_Sign]:
    """The signs without those that only say how a thing is put together, where others say more."""
    return [
        sign
        for sign in signs
        if sign.class_id not in rules.MADE_UP
        or not any(
            other.class_id not in rules.MADE_UP
            and tree.common([sign.class_id, other.class_id])
            not in (None, other.class_id, *rules.VAGUE_CLASSES)
            for other in signs
        )
    ]


def _agreed(
    options: Sequence[_Option], designated: Sequence[ClassId], prefix: str | None, tree: Tree
) -> _Option:
    """The best option, unless its package or the designator denies its words for another one."""
    best = options[0]
    if best.own.origin is Origin.WORDS and not rules.NAMED_BY_FUNCTION.isdisjoint(
        tree.above(best.class_id)
    ):
        packaged = (one for one in options if one.own.origin is Origin.FOOTPRINT)
        best = next((one for one in packaged if one.class_id == rules.PACKAGED), best)
    if prefix not in rules.DESIGNATORS_FIRM:
        return best
    if best.own.origin is Origin.FOOTPRINT:
        return _numbered(best, options, designated, tree)
    if best.own.origin is not Origin.WORDS:
        return best
    if any(tree.related(best.class_id, class_id) for class_id in designated):
        return best
    strange = not any(_kin(best.class_id, class_id, tree) for class_id in designated)
    for option in options[1:]:
        confirmed = any(tree.related(option.class_id, class_id) for class_id in designated)
        origin = option.own.origin
        if confirmed and (
            origin is Origin.NUMBER_ELSEWHERE
            or (strange and origin in {Origin.WORDS, Origin.FOOTPRINT})
        ):
            return option
    return best


def _numbered(
    best: _Option, options: Sequence[_Option], designated: Sequence[ClassId], tree: Tree
) -> _Option:
    """The option of a part number, where the designator agrees with it and not with the land.

    ``Q3`` of the value ``SFH3710`` on the pads of a resistor is a light sensor.
    """
    if any(_kin(best.class_id, class_id, tree) for class_id in designated):
        return best
    for option in options[1:]:
        if option.own.origin is Origin.NUMBER_ELSEWHERE and any(
            _kin(option.class_id, class_id, tree) for class_id in designated
        ):
            return option
    return best


def _options(signs: Sequence[_Sign], tree: Tree) -> Iterable[_Option]:
    """The narrowest classes that clues point to, with what speaks for each."""
    classes = list(dict.fromkeys(sign.class_id for sign in signs))
    for class_id in classes:
        if any(other != class_id and tree.is_under(other, class_id) for other in classes):
            continue
        own = [sign for sign in signs if sign.class_id == class_id]
        best = min(own, key=lambda sign: (sign.origin, -sign.confidence))
        agreeing: dict[Origin, float] = {}
        for sign in signs:
            if tree.is_under(class_id, sign.class_id):
                known = agreeing.get(sign.origin, 0.0)
                agreeing[sign.origin] = max(known, sign.confidence)
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


def _widened(best: _Option, common: ClassId, signs: Sequence[_Sign]) -> _Option:
    """The class above options that compete, with the best clue now pointing to it."""
    own = next((sign for sign in signs if sign.class_id == common), best.own)
    return _Option(common, own, best.confidence)


def _doubt(
    best: _Option, others: Sequence[_Option], tree: Tree, designated: Sequence[ClassId]
) -> float:
    """What contradicting clues leave of the confidence, as a factor."""
    if best.own.origin is Origin.PART_NUMBER and best.own.confidence >= 0.9:
        return 1.0
    against = any(
        option.own.confidence >= rules.BELIEVED
        and option.own.origin <= Origin.FOOTPRINT
        and not _kin(best.class_id, option.class_id, tree)
        for option in others
        if not tree.is_under(option.class_id, best.class_id)
    )
    if designated and not any(_kin(best.class_id, other, tree) for other in designated):
        against = True
    return rules.CONTRADICTED if against else 1.0


def _kin(one: ClassId, other: ClassId, tree: Tree) -> bool:
    common = tree.common([one, other])
    return common is not None and common not in rules.UNRELATED_BELOW


def _is_outspoken(sign: _Sign, signs: Sequence[_Sign], tree: Tree) -> bool:
    """Whether sure words name another thing, and no designator confirms the unsure one."""
    if sign.origin is not Origin.WORDS:
        return False
    against = any(
        other.origin is Origin.WORDS
        and not other.unsure
        and not _kin(sign.class_id, other.class_id, tree)
        for other in signs
    )
    return against and not any(
        other.origin is Origin.DESIGNATOR and tree.related(sign.class_id, other.class_id)
        for other in signs
    )


def _is_supported(sign: _Sign, signs: Sequence[_Sign], tree: Tree) -> bool:
    return any(
        (
            other is not sign
            and (other.hit is None or other.hit != sign.hit)
            and other.origin is not sign.origin
            and tree.related(sign.class_id, other.class_id)
        )
        or (
            other.origin is Origin.WORDS is sign.origin
            and other.hit != sign.hit
            and not other.unsure
            and tree.related(sign.class_id, other.class_id)
        )
        for other in signs
    )


def _evidence_for(chosen: _Chosen, clues: Sequence[Clue]) -> tuple[Evidence, ...]:
    """The clues for the chosen class, once per place; the best carries what all add up to."""
    if chosen.class_id is None:
        return ()
    best = _pointed(clues[chosen.best].evidence, chosen.class_id)
    first = Evidence(
        kind=best.kind,
        text=best.text,
        field=best.field,
        points_to=best.points_to,
        confidence=chosen.confidence,
        source=best.source,
        rule=best.rule,
        layer=best.layer,
    )
    others = {
        (clue.evidence.kind, clue.evidence.field, clue.evidence.text): clue.evidence
        for place in chosen.standing
        if place != chosen.best and (clue := clues[place]).class_id == chosen.class_id
    }
    others.pop((first.kind, first.field, first.text), None)
    return (first, *others.values())


def _pointed(evidence: Evidence, class_id: ClassId) -> Evidence:
    """The evidence as it points to `class_id`."""
    if evidence.points_to.id == class_id:
        return evidence
    return replace(evidence, points_to=class_target(class_id))
