"""Cases of a help-desk: a question, what was looked up for it, notes, and who has it in hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.cases import CaseState, EntryKind, LookedUp, Origin
from scanner.core.errors import Conflict, InvalidInput, NotFound, Place
from scanner.core.names import CompanyId, Language
from scanner.services import audit, looked_up
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.looked_up import Thing
from scanner.services.options import plain_text
from scanner.services.paging import Page, cursor_of, id_in
from scanner.services.roles import SCOPES_OF, Role, Scope
from scanner.store import cases as rows
from scanner.store import users
from scanner.store.companies import find_company
from scanner.store.stamps import new_id, now
from scanner.store.types import AnyRow

MOST_QUESTION: Final = 4_000
MOST_CONTACT: Final = 300
MOST_NOTE: Final = 4_000
MOST_ENTRIES: Final = 500
"""Things that may happen in one case: all of them are told at once."""

LANGUAGES: Final = ("nl", "en")


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case. `number` is what a caller is told; `assigned_to` a person of the company or None."""

    id: UUID
    number: str
    state: CaseState
    language: Language
    question: str
    contact: str | None
    origin: Origin
    assigned_to: UUID | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """Something that happened in a case, as `scanner.store.tables_cases` tells."""

    number: int
    kind: EntryKind
    subject: LookedUp | None
    body: str
    actor: str
    at: datetime


class LookUp(NamedTuple):
    """Something that was looked up, by the number of its entry."""

    number: int
    subject: LookedUp
    body: str


class What(NamedTuple):
    """What happens in a case: its kind, and of what is looked up the subject."""

    kind: EntryKind
    subject: LookedUp | None
    body: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all that happened in it, in order."""

    case: CaseView
    entries: tuple[CaseEntry, ...]

    @property
    def looked_up(self) -> tuple["LookUp", ...]:
        """What was looked up."""
        return tuple(
            LookUp(one.number, one.subject, one.body)
            for one in self.entries
            if one.kind is EntryKind.LOOKED_UP and one.subject is not None
        )


Guard = Callable[[CaseFile], None]
"""What a change asks of a case as it is at that moment: raises where it may not be changed."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, in which language an answer should be, and how to reach them."""

    text: str
    language: Language
    contact: str | None = None
    origin: Origin = Origin.DESK


def create(ctx: Context, company_id: CompanyId, question: Question, *, by: str) -> CaseFile:
    """A new case, the next of this year; `InvalidInput` for a question that cannot be kept."""
    case_id, at = new_id(), now()
    asked = rows.Asked(
        question.language,
        _text(question.text, "/question", MOST_QUESTION),
        _contact(question.contact),
        question.origin,
        by,
    )
    with ctx.database.writing() as connection:
        if find_company(company_id, connection) is None:
            raise NotFound("There is no such company.")
        number = rows.next_number(company_id, connection, year=at.year)
        rows.add(
            company_id, connection, case_id, number=number, state=CaseState.OPEN, asked=asked, at=at
        )
        audit.record(company_id, connection, Action.CASE_CREATED, case_id, by=by)
        return _file(company_id, connection, case_id)


def help_desk(ctx: Context) -> CompanyId:
    """The company that answers who has no account; `NotFound` where the operator names none."""
    try:
        company_id = CompanyId(UUID(ctx.settings.help_desk_company))
    except ValueError as error:
        raise NotFound("No help-desk takes questions here without an account.") from error
    with ctx.database.reading() as connection:
        if find_company(company_id, connection) is None:
            raise NotFound("No help-desk takes questions here without an account.")
    return company_id


def get(ctx: Context, company_id: CompanyId, case_id: UUID) -> CaseFile:
    """A case with all that happened in it; `NotFound` when the company has none like it."""
    with ctx.database.reading() as connection:
        return _file(company_id, connection, case_id)


def list_page(
    ctx: Context,
    company_id: CompanyId,
    *,
    state: CaseState | None = None,
    assigned_to: UUID | None = None,
    cursor: str | None = None,
    limit: int,
) -> Page[CaseView]:
    """The cases of the company, newest first; those in a state, or in somebody's hands."""
    before, wanted = id_in(cursor), rows.Wanted(state, assigned_to)
    with ctx.database.reading() as connection:
        total = rows.count(company_id, connection, wanted=wanted)
        found = rows.page(company_id, connection, wanted=wanted, before=before, limit=limit + 1)
    items = tuple(_view(row) for row in found[:limit])
    return Page(items, cursor_of(items[-1].id) if len(found) > limit else None, total)


def change(
    ctx: Context,
    company_id: CompanyId,
    case_id: UUID,
    changes: Mapping[str, Any],
    *,
    by: str,
    guard: Guard | None = None,
) -> CaseFile:
    """Change `state`, `assigned_to` (None: nobody), `language`, `question` or `contact`.

    A new state and a hand-over are told in the case. `InvalidInput` for a person who may not keep
    cases.
    """
    at = now()
    values: dict[str, Any] = dict(changes)
    if "question" in values:
        values["question"] = _text(values["question"], "/question", MOST_QUESTION)
    if "contact" in values:
        values["contact"] = _contact(values["contact"])
    with ctx.database.writing() as connection:
        before = _held(company_id, connection, case_id, at, guard).case
        happened: list[tuple[EntryKind, str]] = []
        if "state" in values and values["state"] != before.state:
            values["closed_at"] = at if values["state"] is CaseState.CLOSED else None
            happened.append((EntryKind.STATE, values["state"]))
        if "assigned_to" in values and values["assigned_to"] != before.assigned_to:
            _check_member(company_id, connection, values["assigned_to"])
            happened.append((EntryKind.HANDED_OVER, str(values["assigned_to"] or "")))
        rows.change(company_id, connection, case_id, values=values, at=at)
        for kind, body in happened:
            _add(company_id, connection, case_id, What(kind, None, body), by=by, at=at)
        note = " ".join(sorted(changes))
        audit.record(company_id, connection, Action.CASE_CHANGED, case_id, by=by, note=note)
        return _file(company_id, connection, case_id)


def note(ctx: Context, company_id: CompanyId, case_id: UUID, text: str, *, by: str) -> CaseFile:
    """Add a note to a case."""
    said = _text(text, "/text", MOST_NOTE)
    return _happened(ctx, company_id, case_id, What(EntryKind.NOTE, None, said), by=by)


def look_up(
    ctx: Context, company_id: CompanyId, case_id: UUID, thing: Thing, *, by: str
) -> CaseFile:
    """Add what was looked up for a case, once.

    `InvalidInput` for what the release, or the company, does not know.
    """
    known = looked_up.checked(ctx, company_id, thing)
    return _happened(
        ctx, company_id, case_id, What(EntryKind.LOOKED_UP, known.subject, known.id), by=by
    )


def forget(
    ctx: Context,
    company_id: CompanyId,
    case_id: UUID,
    number: int,
    *,
    by: str,
    guard: Guard | None = None,
) -> CaseFile:
    """Take one thing that was looked up out of a case; `NotFound` where there is none."""
    at = now()
    with ctx.database.writing() as connection:
        _held(company_id, connection, case_id, at, guard)
        kind, mine = EntryKind.LOOKED_UP, (company_id, connection, case_id)
        if number > MOST_ENTRIES or not rows.remove_entry(*mine, kind=kind, number=number):
            raise NotFound("Nothing that was looked up has this number in the case.")
        audit.record(company_id, connection, Action.CASE_CHANGED, case_id, by=by, note=kind)
        return _file(company_id, connection, case_id)


def delete(
    ctx: Context, company_id: CompanyId, case_id: UUID, *, by: str, guard: Guard | None = None
) -> None:
    """Remove a case with all that happened in it, for good; its number is never given again."""
    with ctx.database.writing() as connection:
        _held(company_id, connection, case_id, now(), guard)
        rows.remove(company_id, connection, case_id)
        audit.record(company_id, connection, Action.CASE_DELETED, case_id, by=by)


def keepers(ctx: Context, company_id: CompanyId) -> tuple[tuple[UUID, str], ...]:
    """Id and name of the people who may have a case in hand, oldest first."""
    with ctx.database.reading() as connection:
        return tuple(
            (row.id, row.name)
            for row in users.all_of(company_id, connection)
            if Scope.CASES_WRITE in SCOPES_OF[Role(row.role)]
        )


def _happened(
    ctx: Context,
    company_id: CompanyId,
    case_id: UUID,
    what: What,
    *,
    by: str,
) -> CaseFile:
    at = now()
    with ctx.database.writing() as connection:
        found = _held(company_id, connection, case_id, at)
        kept = {(one.subject, one.body) for one in found.looked_up}
        if what.kind is EntryKind.LOOKED_UP and (what.subject, what.body) in kept:
            return found
        _add(company_id, connection, case_id, what, by=by, at=at)
        audit.record(company_id, connection, Action.CASE_CHANGED, case_id, by=by, note=what.kind)
        return _file(company_id, connection, case_id)


def _held(
    company_id: CompanyId,
    connection: Connection,
    case_id: UUID,
    at: datetime,
    guard: Guard | None = None,
) -> CaseFile:
    """The case, which its guard lets be changed, by nobody else until the transaction ends.

    `NotFound` without one.
    """
    if not rows.change(company_id, connection, case_id, values={}, at=at):
        raise _no_case()
    found = _file(company_id, connection, case_id)
    if guard is not None:
        guard(found)
    return found


def _add(
    company_id: CompanyId,
    connection: Connection,
    case_id: UUID,
    what: What,
    *,
    by: str,
    at: datetime,
) -> None:
    number = rows.add_entry(
        company_id,
        connection,
        case_id,
        kind=what.kind,
        subject=what.subject,
        body=what.body,
        actor=by,
        at=at,
    )
    if number > MOST_ENTRIES:
        raise Conflict(
            f"A case holds {MOST_ENTRIES} entries, and this one is full.",
            advice="Close it and go on in a new one.",
        )


def _check_member(company_id: CompanyId, connection: Connection, user_id: UUID | None) -> None:
    if user_id is None:
        return
    row = users.find(company_id, connection, user_id)
    if row is None or Scope.CASES_WRITE not in SCOPES_OF[Role(row.role)]:
        raise InvalidInput(
            "A case can only be handed over to a person of the company who may keep cases.",
            advice="Give the id of an owner, an analyst or somebody of the help-desk, or null.",
            place=Place(pointer="/assigned_to"),
        )


def _text(text: str, pointer: str, most: int) -> str:
    said = plain_text(text, pointer)
    if not 0 < len(said) <= most:
        raise InvalidInput(
            f"The text has {len(said)} characters.",
            advice=f"Write 1 to {most} characters.",
            place=Place(pointer=pointer),
        )
    return said


def _contact(text: str | None) -> str | None:
    said = None if text is None else plain_text(text, "/contact")
    return _text(said, "/contact", MOST_CONTACT) if said else None


def _file(company_id: CompanyId, connection: Connection, case_id: UUID) -> CaseFile:
    row = rows.find(company_id, connection, case_id)
    if row is None:
        raise _no_case()
    return CaseFile(_view(row), _entries(rows.entries(company_id, connection, case_id)))


def _entries(found: Sequence[AnyRow]) -> tuple[CaseEntry, ...]:
    return tuple(
        CaseEntry(
            row.number,
            EntryKind(row.kind),
            None if row.subject is None else LookedUp(row.subject),
            row.body,
            row.actor,
            row.at,
        )
        for row in found
    )


def _view(row: AnyRow) -> CaseView:
    return CaseView(
        id=row.id,
        number=f"{row.year}-{row.number:04}",
        state=CaseState(row.state),
        language=Language(row.language),
        question=row.question,
        contact=row.contact,
        origin=Origin(row.origin),
        assigned_to=row.assigned_to,
        created_at=row.created_at,
        created_by=row.created_by,
        updated_at=row.updated_at,
        closed_at=row.closed_at,
    )


def _no_case() -> NotFound:
    return NotFound("There is no such case.", advice="List the cases to see their ids.")
