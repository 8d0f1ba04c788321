"""Rows of the audit log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from scanner.core.names import CompanyId
from scanner.store.tables import AuditEntry
from scanner.store.types import AnyRow

_ADD = insert(AuditEntry)


def add(
    company_id: CompanyId,
    connection: Connection,
    entry_id: UUID,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: UUID | None,
    note: str | None,
) -> None:
    """Add an entry."""
    connection.execute(
        _ADD,
        {
            "company_id": company_id,
            "id": entry_id,
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "note": note,
        },
    )


def page(
    company_id: CompanyId,
    connection: Connection,
    *,
    action: str | None,
    before: UUID | None,
    limit: int,
) -> Sequence[AnyRow]:
    """So many entries, newest first, made before this one; of one action, if one is named."""
    query = select(AuditEntry).where(_mine(company_id, action))
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return connection.execute(query.order_by(AuditEntry.id.desc()).limit(limit)).all()


def count(company_id: CompanyId, connection: Connection, *, action: str | None) -> int:
    """How many entries there are, of one action if one is named."""
    return connection.execute(
        select(func.count()).select_from(AuditEntry).where(_mine(company_id, action))
    ).scalar_one()


def purge(company_id: CompanyId, connection: Connection, *, made_before: datetime) -> None:
    """Remove what is older."""
    old = (AuditEntry.company_id == company_id) & (AuditEntry.at < made_before)
    connection.execute(delete(AuditEntry).where(old))


def _mine(company_id: CompanyId, action: str | None) -> ColumnElement[bool]:
    mine = AuditEntry.company_id == company_id
    return mine if action is None else mine & (AuditEntry.action == action)
