"""Material declarations of parts: which substances are in them, by whose word.

Whatever reads declarations, from a form, a table or a file of the trade, hands them to `declare`.
Substances are kept by their CAS numbers; which raw materials they bring is up to the release, and
those that it does not know are kept and told.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from scanner.compose import unknown_substances
from scanner.core.bom import Part
from scanner.core.errors import InvalidInput, NotFound, Place
from scanner.core.names import CompanyId
from scanner.core.statements import Declaration, DeclaredSubstance
from scanner.match import part_key
from scanner.match.substances import cas_is_valid
from scanner.parse.declared import LeftOut
from scanner.services import audit, part_summaries, parts, recall, statements
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.decisions import Decided, let
from scanner.services.options import plain_text
from scanner.services.part_log import PartLog
from scanner.services.parts import Guard, PartView
from scanner.services.statements import EntryKind
from scanner.store import library
from scanner.store import parts as part_rows
from scanner.store.stamps import now

MOST_LEFT_OUT: Final = 200
WHOLE: Final = 1.0 + 1e-6
"""Fractions of declared substances add up to no more, rounding apart."""


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """A declaration, and the part it is of: by its id, or by what a BOM would say of it."""

    declaration: Declaration
    part_id: UUID | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What became of declarations: those that were `known` already were not added again.

    `left_out` is what of a file could not be taken, at most `MOST_LEFT_OUT` of so many in all.
    """

    added: int
    known: int
    parts: int
    unknown_cas: tuple[str, ...]
    refreshing: int
    left_out: tuple[LeftOut, ...] = ()
    left_out_total: int = 0


def declare(
    ctx: Context,
    company_id: CompanyId,
    declared: Sequence[DeclaredPart],
    *,
    by: str,
    left_out: Sequence[LeftOut] = (),
) -> Declared:
    """Add declarations, all of them or none; parts that the library does not have are added.

    A declaration that says what one that holds says is not added again. Raises `InvalidInput` for
    one that does not fit, `NotFound` for an id that names no part.
    """
    fitting = [replace(one, declaration=checked(one.declaration)) for one in declared]
    with ctx.database.writing() as connection:
        log = PartLog(ctx, company_id, connection, by)
        ids = ids_of(ctx, company_id, connection, fitting)
        added = add_to(log, zip(ids, (one.declaration for one in fitting), strict=True))
        note = f"{added} of {len(fitting)}"
        subject = ids[0] if len(set(ids)) == 1 else None
        action = Action.PARTS_DECLARED if subject is None else Action.PART_DECLARED
        audit.record(company_id, connection, action, subject, by=by, note=note)
        refreshing = log.close()
    recipes = ctx.engine.knowledge.recipes
    unknown = {cas for one in fitting for cas in unknown_substances(one.declaration, recipes)}
    return Declared(
        added=added,
        known=len(fitting) - added,
        parts=len(set(ids)),
        unknown_cas=tuple(sorted(unknown)),
        refreshing=refreshing,
        left_out=tuple(left_out[:MOST_LEFT_OUT]),
        left_out_total=len(left_out),
    )


def declare_one(
    ctx: Context,
    company_id: CompanyId,
    part_id: UUID,
    declaration: Declaration,
    *,
    by: str,
    with_names: bool = True,
) -> Decided:
    """Add a declaration as `declare` does; the part as it is then."""
    done = declare(ctx, company_id, [DeclaredPart(declaration, part_id=part_id)], by=by)
    part = parts.get(ctx, company_id, part_id, with_names=with_names)
    return Decided(part, done.refreshing)


def add_to(log: PartLog, declared: Iterable[tuple[UUID, Declaration]]) -> int:
    """Add to the log the declarations that do not hold already; how many these are."""
    given = list(declared)
    wanted = {part_id for part_id, _ in given}
    holding = statements.of_parts(log.company_id, log.connection, wanted)
    known = {
        (part_id, statements.declaration_body(statements.declaration_of(0, one.body)))
        for part_id, held in holding.items()
        for one in held.declarations
    }
    added = 0
    for part_id, declaration in given:
        body = statements.declaration_body(declaration)
        if (part_id, body) not in known:
            known.add((part_id, body))
            log.add(part_id, EntryKind.DECLARE, body)
            added += 1
    return added


def ids_of(
    ctx: Context, company_id: CompanyId, connection: Connection, declared: Sequence[DeclaredPart]
) -> list[UUID]:
    """The part of each declaration; those that are described are added where they are new."""
    described = [one.part for one in declared if one.part is not None]
    made = iter(ensure(ctx, company_id, connection, described))
    ids = [next(made) if one.part_id is None else one.part_id for one in declared]
    known = part_rows.existing(company_id, connection, set(ids))
    if known != set(ids):
        raise NotFound("There is no such part.", advice="List the parts to see their ids.")
    return ids


def ensure(
    ctx: Context, company_id: CompanyId, connection: Connection, described: Sequence[Part]
) -> list[UUID]:
    """The ids of parts that are described as a BOM would; new ones are added in these words."""
    keys = [part_key(part) for part in described]
    known = library.ids_of(company_id, connection, keys)
    new = {key: part for key, part in zip(keys, described, strict=True) if key not in known}
    wordings = []
    for part in new.values():
        scanned = ctx.engine.recognise(part)
        summary = part_summaries.summary_of(ctx.engine, scanned)
        wordings.append(recall.wording_of(scanned, summary))
    made = part_rows.ensure(company_id, connection, wordings, at=now())
    known |= {key: one.part_id for key, one in zip(new, made, strict=True)}
    return [known[key] for key in keys]


def list_all(ctx: Context, company_id: CompanyId, part_id: UUID) -> list[PartView]:
    """The declarations of a part that hold, oldest first; `NotFound` without such a part."""
    with ctx.database.reading() as connection:
        parts.found(library.find_part(company_id, connection, part_id))
        held = statements.of_parts(company_id, connection, [part_id]).get(part_id)
    return [parts.declaration_view(ctx, one) for one in held.declarations] if held else []


def withdraw(
    ctx: Context,
    company_id: CompanyId,
    part_id: UUID,
    number: int,
    *,
    by: str,
    guard: Guard | None = None,
    with_names: bool = True,
) -> Decided:
    """Have a declaration no longer hold; the history keeps it.

    Raises `NotFound` without such a part, or a declaration of this number that holds.
    """
    with ctx.database.writing() as connection:
        log = PartLog(ctx, company_id, connection, by)
        let(log, part_id, guard, with_names=with_names)
        held = statements.of_parts(company_id, connection, [part_id]).get(part_id)
        if held is None or number not in {one.number for one in held.declarations}:
            raise NotFound("No declaration of that number holds for this part.")
        log.add(part_id, EntryKind.WITHDRAW, statements.taken_back(number))
        audit.record(
            company_id,
            connection,
            Action.PART_DECLARATION_REMOVED,
            part_id,
            by=by,
            note=str(number),
        )
        refreshing = log.close()
        part = parts.view(ctx, company_id, connection, part_id, with_names=with_names)
    return Decided(part, refreshing)


def checked(declaration: Declaration) -> Declaration:
    """The declaration, its texts without white space around; `InvalidInput` where it misfits."""
    if not declaration.substances:
        raise _misfit("A declaration names at least one substance.", "/substances")
    for place, substance in enumerate(declaration.substances):
        _check(substance, f"/substances/{place}")
    _check_sums(declaration)
    if declaration.unit_mass_g is not None and not _is_amount(declaration.unit_mass_g):
        raise _misfit("Grams of one piece are above 0.", "/unit_mass_g")
    named = tuple(
        replace(one, name=plain_text(one.name or "", f"/substances/{place}/name") or None)
        for place, one in enumerate(declaration.substances)
    )
    return replace(
        declaration,
        substances=named,
        supplier=plain_text(declaration.supplier or "", "/supplier") or None,
        document=plain_text(declaration.document or "", "/document") or None,
        issued=_day(declaration.issued),
    )


def _check(substance: DeclaredSubstance, here: str) -> None:
    if not cas_is_valid(substance.cas):
        raise _misfit("The check digit of this CAS number is wrong.", f"{here}/cas")
    if (substance.mass_g is None) == (substance.fraction is None):
        raise _misfit("Give grams in one piece, or a mass fraction.", here)
    if substance.mass_g is not None and not _is_amount(substance.mass_g):
        raise _misfit("Grams of a substance are above 0.", f"{here}/mass_g")
    if substance.fraction is not None and not 0 < substance.fraction <= 1:
        raise _misfit("A mass fraction is above 0 and at most 1.", f"{here}/fraction")


def _check_sums(declaration: Declaration) -> None:
    substances = declaration.substances
    if math.fsum(one.fraction for one in substances if one.fraction is not None) > WHOLE:
        raise _misfit("The fractions add up to more than the whole part.", "/substances")
    whole = declaration.unit_mass_g
    grams = math.fsum(one.mass_g for one in substances if one.mass_g is not None)
    if whole is not None and grams > whole * WHOLE:
        raise _misfit("The substances weigh more than the part.", "/substances")


def _is_amount(value: float) -> bool:
    return math.isfinite(value) and value > 0


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _misfit("A date is written as 2026-11-25.", "/issued") from error


def _misfit(detail: str, pointer: str) -> InvalidInput:
    return InvalidInput(
        detail, advice="Correct the declaration; nothing was stored.", place=Place(pointer=pointer)
    )
