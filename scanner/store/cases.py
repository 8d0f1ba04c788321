"""Rows of the cases of a help-desk, and of what happened in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from scanner.core.names import CompanyId
from scanner.store.bulk import insert_rows
from scanner.store.tables import CaseCounter, CaseEntry, HelpCase
from scanner.store.types import AnyRow


class Asked(NamedTuple):
    """What a new case is about, and who brought it."""

    language: str
    question: str
    contact: str | None
    origin: str
    created_by: str


class Wanted(NamedTuple):
    """Which cases; None is any."""

    state: str | None = None
    assigned_to: UUID | None = None


def next_number(company_id: CompanyId, connection: Connection, *, year: int) -> int:
    """The number of the next case of a year; others wait for the end of the transaction."""
    first = [(year, 0)]
    same = {"company_id": company_id}
    insert_rows(connection, CaseCounter, ("year", "last"), first, same=same, known_may_stay=True)
    mine = (CaseCounter.company_id == company_id) & (CaseCounter.year == year)
    more = update(CaseCounter).where(mine).values(last=CaseCounter.last + 1)
    return int(connection.execute(more.returning(CaseCounter.last)).scalar_one())


def add(
    company_id: CompanyId,
    connection: Connection,
    case_id: UUID,
    *,
    number: int,
    state: str,
    asked: Asked,
    at: datetime,
) -> None:
    """Add a case."""
    connection.execute(
        insert(HelpCase).values(
            company_id=company_id,
            id=case_id,
            year=at.year,
            month=at.month,
            number=number,
            state=state,
            created_at=at,
            updated_at=at,
            **asked._asdict(),
        )
    )


def find(company_id: CompanyId, connection: Connection, case_id: UUID) -> AnyRow | None:
    """The row of a case, or None."""
    return connection.execute(select(HelpCase).where(_this(company_id, case_id))).one_or_none()


def page(
    company_id: CompanyId,
    connection: Connection,
    *,
    wanted: Wanted,
    before: UUID | None,
    limit: int,
) -> Sequence[AnyRow]:
    """So many cases, newest first, made before this one."""
    query = select(HelpCase).where(_wanted(company_id, wanted))
    if before is not None:
        query = query.where(HelpCase.id < before)
    return connection.execute(query.order_by(HelpCase.id.desc()).limit(limit)).all()


def count(company_id: CompanyId, connection: Connection, *, wanted: Wanted) -> int:
    """How many cases there are."""
    return connection.execute(
        select(func.count()).select_from(HelpCase).where(_wanted(company_id, wanted))
    ).scalar_one()


def change(
    company_id: CompanyId,
    connection: Connection,
    case_id: UUID,
    *,
    values: Mapping[str, Any],
    at: datetime,
) -> bool:
    """Change columns of a case, whose other changes wait for the transaction; whether it is there.

    Without `values` it only notes that something happened in it.
    """
    changed = connection.execute(
        update(HelpCase)
        .where(_this(company_id, case_id))
        .values(**values, updated_at=at)
        .returning(HelpCase.id)
    )
    return changed.one_or_none() is not None


def remove(company_id: CompanyId, connection: Connection, case_id: UUID) -> bool:
    """Remove a case with all that happened in it; whether there was one."""
    mine = (CaseEntry.company_id == company_id) & (CaseEntry.case_id == case_id)
    connection.execute(delete(CaseEntry).where(mine))
    gone = connection.execute(
        delete(HelpCase).where(_this(company_id, case_id)).returning(HelpCase.id)
    )
    return gone.one_or_none() is not None


def entries(company_id: CompanyId, connection: Connection, case_id: UUID) -> Sequence[AnyRow]:
    """What happened in a case, in order."""
    mine = (CaseEntry.company_id == company_id) & (CaseEntry.case_id == case_id)
    return connection.execute(select(CaseEntry).where(mine).order_by(CaseEntry.number)).all()


def add_entry(
    company_id: CompanyId,
    connection: Connection,
    case_id: UUID,
    *,
    kind: str,
    subject: str | None,
    body: str,
    actor: str,
    at: datetime,
) -> int:
    """Add what happened in a case, after `change` has it alone; the number of the entry."""
    mine = (CaseEntry.company_id == company_id) & (CaseEntry.case_id == case_id)
    last = connection.execute(select(func.max(CaseEntry.number)).where(mine)).scalar_one()
    number = int(last or 0) + 1
    connection.execute(
        insert(CaseEntry).values(
            company_id=company_id,
            case_id=case_id,
            number=number,
            kind=kind,
            subject=subject,
            body=body,
            actor=actor,
            at=at,
        )
    )
    return number


def remove_entry(
    company_id: CompanyId, connection: Connection, case_id: UUID, *, kind: str, number: int
) -> bool:
    """Remove one entry of this kind; whether there was one."""
    this = and_(
        CaseEntry.company_id == company_id,
        CaseEntry.case_id == case_id,
        CaseEntry.kind == kind,
        CaseEntry.number == number,
    )
    gone = connection.execute(delete(CaseEntry).where(this).returning(CaseEntry.number))
    return gone.one_or_none() is not None


def unassign(company_id: CompanyId, connection: Connection, user_id: UUID) -> None:
    """Make the cases of a person nobody's."""
    theirs = (HelpCase.company_id == company_id) & (HelpCase.assigned_to == user_id)
    connection.execute(update(HelpCase).where(theirs).values(assigned_to=None))


def counts(company_id: CompanyId, connection: Connection, *, year: int | None) -> Sequence[AnyRow]:
    """`year`, `month`, `state`, `language`, `origin` and the `number` of cases alike in these."""
    alike = (HelpCase.year, HelpCase.month, HelpCase.state, HelpCase.language, HelpCase.origin)
    query = select(*alike, func.count().label("number")).where(_of_year(company_id, year))
    return connection.execute(query.group_by(*alike).order_by(*alike)).all()


def looked_up(
    company_id: CompanyId, connection: Connection, *, year: int | None, kind: str
) -> Sequence[AnyRow]:
    """`subject`, `body` and `case_id` of each thing that was looked up, once a case."""
    theirs = (HelpCase.company_id == CaseEntry.company_id) & (HelpCase.id == CaseEntry.case_id)
    things = (CaseEntry.subject, CaseEntry.body)
    query = (
        select(*things, CaseEntry.case_id)
        .join(HelpCase, theirs)
        .where(_of_year(company_id, year), CaseEntry.kind == kind)
        .distinct()
        .order_by(*things, CaseEntry.case_id)
    )
    return connection.execute(query).all()


def closed_before(
    company_id: CompanyId, connection: Connection, *, moment: datetime
) -> Sequence[UUID]:
    """The ids of cases that were closed before this."""
    mine = (HelpCase.company_id == company_id) & (HelpCase.closed_at < moment)
    return connection.execute(select(HelpCase.id).where(mine).order_by(HelpCase.id)).scalars().all()


def _this(company_id: CompanyId, case_id: UUID) -> ColumnElement[bool]:
    return (HelpCase.company_id == company_id) & (HelpCase.id == case_id)


def _of_year(company_id: CompanyId, year: int | None) -> ColumnElement[bool]:
    mine = HelpCase.company_id == company_id
    return mine if year is None else mine & (HelpCase.year == year)


def _wanted(company_id: CompanyId, wanted: Wanted) -> ColumnElement[bool]:
    found = HelpCase.company_id == company_id
    if wanted.state is not None:
        found &= HelpCase.state == wanted.state
    if wanted.assigned_to is not None:
        found &= HelpCase.assigned_to == wanted.assigned_to
    return found
