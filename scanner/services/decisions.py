"""Deciding what a part is: confirm, replace, nothing inside, dismiss a material; and undoing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.composition import Range
from scanner.core.errors import Conflict, InvalidInput, Place
from scanner.core.evidence import Target
from scanner.core.names import CompanyId, MaterialId, TargetKind
from scanner.core.scan import ScannedPart
from scanner.core.statements import Decision, DecisionKind, Named, StatedContent
from scanner.match import confirmable
from scanner.services import audit, parts, statements
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.services.part_log import PartLog
from scanner.services.parts import Guard, PartView
from scanner.services.statements import EntryKind, Held
from scanner.store import library
from scanner.store import parts as part_rows

REASONED: Final = frozenset({DecisionKind.NOTHING, DecisionKind.DISMISS})
"""Decisions that take materials away need a reason."""

NAMEABLE: Final = (
    TargetKind.CLASS,
    TargetKind.ALLOY,
    TargetKind.SUBSTANCE,
    TargetKind.MATERIAL,
)
"""What a part can be replaced by."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to decide.

    `target` is ``kind:id``: a candidate to confirm, or what the part is instead. `material` is the
    one to dismiss. `contents` is an own composition.
    """

    kind: DecisionKind
    target: str | None = None
    material: str | None = None
    contents: Sequence[StatedContent] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The part as it is now, and how many current versions are brought up to date with it."""

    part: PartView
    refreshing: int


def decide(
    ctx: Context,
    company_id: CompanyId,
    part_id: UUID,
    wish: Wish,
    *,
    by: str,
    guard: Guard | None = None,
    with_names: bool = True,
) -> Decided:
    """Decide about a part, for all BOMs of the company; what is decided so already stays.

    Raises `NotFound` without such a part, `InvalidInput` for a wish that does not fit, and what
    the guard raises.
    """
    with ctx.database.writing() as connection:
        log = PartLog(ctx, company_id, connection, by)
        let(log, part_id, guard, with_names=with_names)
        held = statements.of_parts(company_id, connection, [part_id]).get(part_id)
        named = _named(ctx, _read(ctx, company_id, connection, part_id), wish)
        decision = Decision(0, wish.kind, named, _contents(ctx, wish))
        body, reason = statements.decision_body(decision), _reason(wish)
        if not _holds(held, wish.kind, body, reason):
            number = log.add(part_id, wish.kind, body, reason)
            note = str(number)
            audit.record(company_id, connection, Action.PART_DECIDED, part_id, by=by, note=note)
        refreshing = log.close()
        part = parts.view(ctx, company_id, connection, part_id, with_names=with_names)
    return Decided(part, refreshing)


def undo(
    ctx: Context,
    company_id: CompanyId,
    part_id: UUID,
    *,
    by: str,
    guard: Guard | None = None,
    with_names: bool = True,
) -> Decided:
    """Take back the newest decision: what held before it holds again.

    Raises `NotFound` without such a part, `Conflict` when no decision holds.
    """
    with ctx.database.writing() as connection:
        log = PartLog(ctx, company_id, connection, by)
        let(log, part_id, guard, with_names=with_names)
        holding = statements.of_parts(company_id, connection, [part_id]).get(part_id)
        if holding is None or not holding.decisions:
            raise Conflict(
                "There is no decision about this part to undo.", advice="See its history."
            )
        number = log.add(
            part_id, EntryKind.UNDO, statements.taken_back(holding.decisions[-1].number)
        )
        audit.record(
            company_id, connection, Action.PART_DECISION_UNDONE, part_id, by=by, note=str(number)
        )
        refreshing = log.close()
        part = parts.view(ctx, company_id, connection, part_id, with_names=with_names)
    return Decided(part, refreshing)


def _holds(held: Held | None, kind: str, body: bytes, reason: str | None) -> bool:
    """Whether the newest decision is this one."""
    if held is None or not held.decisions:
        return False
    newest = held.decisions[-1]
    return (newest.kind, newest.body, newest.reason) == (kind, body, reason)


def let(log: PartLog, part_id: UUID, guard: Guard | None, *, with_names: bool) -> None:
    """Let a change go on: the part is there, its guard agrees, and nobody else changes it now."""
    mine = (log.company_id, log.connection, part_id)
    parts.found(library.lock_part(*mine))
    if guard is not None:
        guard(parts.view(log.ctx, *mine, with_names=with_names))


def _read(
    ctx: Context, company_id: CompanyId, connection: Connection, part_id: UUID
) -> list[ScannedPart]:
    """The part in all its wordings, as it is recognised now."""
    holding = statements.of_parts(company_id, connection, [part_id])
    worded = part_rows.wordings(company_id, connection, [part_id])
    return parts.recognised(ctx, worded, holding.get(part_id, statements.NOTHING_HELD))


def _named(ctx: Context, read: Sequence[ScannedPart], wish: Wish) -> tuple[Named, ...]:
    """What the decision names, checked."""
    if wish.kind is DecisionKind.DISMISS:
        return (Named(Target(TargetKind.MATERIAL, known_material(ctx, wish.material))),)
    if wish.material is not None:
        raise _misfit("Only a dismissal names one material.", "/material")
    if wish.kind is DecisionKind.CONFIRM:
        return _confirmed(read, wish.target)
    if wish.kind is DecisionKind.NOTHING and (wish.target is not None or wish.contents):
        raise _misfit("What holds nothing has no target and no contents.", "/kind")
    if wish.kind is DecisionKind.REPLACE and (wish.target is None) == (not wish.contents):
        raise _misfit("A part is replaced by a target or by its own contents.", "/target")
    return () if wish.target is None else (Named(known_target(ctx, wish.target)),)


def _confirmed(read: Sequence[ScannedPart], target: str | None) -> tuple[Named, ...]:
    standing = dict.fromkeys(named for one in read for named in confirmable(one.recognition))
    if target is None:
        if not standing:
            raise _misfit("Nothing was recognised that could be confirmed as it stands.", "/target")
        return tuple(standing)
    candidates = [item for one in read for item in one.recognition.candidates]
    offered = [*standing, *(Named(item.points_to, item.layer) for item in candidates)]
    for named in offered:
        if str(named.target) == target:
            kind = named.target.kind
            others = [one for one in standing if one.layer or one.target.kind is not kind]
            return tuple(dict.fromkeys((named, *others)))
    raise _misfit("This is not among what was recognised, nor a candidate.", "/target")


def known_target(ctx: Context, text: str, pointer: str = "/target") -> Target:
    """The class, alloy, substance or material that ``kind:id`` names; `InvalidInput` for others."""
    try:
        target = statements.target_of(text)
    except ValueError:
        target = None
    recipes = ctx.engine.knowledge.recipes
    if target is None or target.kind not in NAMEABLE or target not in recipes.names:
        raise _misfit(f"The release does not know {text[:100]!r}.", pointer)
    return target


def known_material(ctx: Context, text: str | None, pointer: str = "/material") -> MaterialId:
    """A screened material of the release; `InvalidInput` for another text."""
    if text is None or text not in ctx.engine.assessments:
        raise _misfit("This is none of the screened materials.", pointer)
    return MaterialId(text)


def _contents(ctx: Context, wish: Wish) -> tuple[StatedContent, ...]:
    """The own composition, checked and in order."""
    if wish.contents and wish.kind is not DecisionKind.REPLACE:
        raise _misfit("Only a replacement has contents of its own.", "/contents")
    return checked_contents(ctx, wish.contents)


def checked_contents(
    ctx: Context, contents: Sequence[StatedContent], pointer: str = "/contents"
) -> tuple[StatedContent, ...]:
    """An own composition in the order of its materials.

    `InvalidInput` for an unknown material, one that stands twice, or fractions above a whole.
    """
    seen: dict[str, StatedContent] = {}
    for place, one in enumerate(contents):
        here = f"{pointer}/{place}"
        known_material(ctx, one.material, f"{here}/material")
        if one.material in seen:
            raise _misfit("This material stands there twice.", f"{here}/material")
        if (one.fraction is None) == (one.mass_g is None):
            raise _misfit("Give a mass fraction or grams in one piece.", here)
        if one.fraction is not None and one.fraction.high > 1:
            raise _misfit("A mass fraction is at most 1.", f"{here}/fraction/high")
        seen[one.material] = one
    fractions = [one.fraction for one in contents if one.fraction is not None]
    if sum(_least(fraction) for fraction in fractions) > 1 + 1e-9:
        raise _misfit("The fractions add up to more than the whole part.", pointer)
    return tuple(seen[material] for material in sorted(seen))


def check_form(decision: Decision) -> None:
    """Raise `InvalidInput` unless the kind of a decision and what it names fit together."""
    named, contents = len(decision.named), len(decision.contents)
    fits = {
        DecisionKind.CONFIRM: named > 0 and not contents,
        DecisionKind.REPLACE: named + min(contents, 1) == 1,
        DecisionKind.NOTHING: not named and not contents,
        DecisionKind.DISMISS: named == 1 and not contents,
    }
    if not fits[decision.kind]:
        raise _misfit(f"A decision '{decision.kind}' does not name these things.", "/kind")


def _least(fraction: Range) -> float:
    return fraction.low if fraction.typical is None else fraction.typical


def _reason(wish: Wish) -> str | None:
    reason = plain_text(wish.reason or "", "/reason")
    if not reason and wish.kind in REASONED:
        raise _misfit(f"Say why: a decision '{wish.kind}' needs a reason.", "/reason")
    return reason or None


def _misfit(detail: str, pointer: str) -> InvalidInput:
    return InvalidInput(
        detail, advice="See the part for what can be decided.", place=Place(pointer=pointer)
    )
