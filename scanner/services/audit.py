"""The audit log: who did what and when, in ids only, written with the change itself.

An actor is ``user:<id>``, ``key:<id>``, ``invitation:<id>`` (whoever took it), ``command``
(somebody on the machine), ``service`` (the service by itself, as retention asks for) or ``public``
(somebody without an account, by the form for everybody).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.names import CompanyId
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, id_in
from scanner.store import audit as rows
from scanner.store.stamps import new_id, now
from scanner.store.types import AnyRow

COMMAND: Final = "command"
SERVICE: Final = "service"


class Action(StrEnum):
    """What was done; the first word says what the subject of the entry is."""

    COMPANY_CREATED = "company.created"
    COMPANY_EXPORTED = "company.exported"
    COMPANY_ERASED = "company.erased"
    USER_CREATED = "user.created"
    USER_ROLE_CHANGED = "user.role-changed"
    USER_PASSWORD_CHANGED = "user.password-changed"  # noqa: S105 - a name, no password
    USER_SIGNED_IN = "user.signed-in"
    USER_SIGNED_OUT = "user.signed-out"
    USER_REMOVED = "user.removed"
    INVITATION_CREATED = "invitation.created"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    KEY_CREATED = "key.created"
    KEY_ROTATED = "key.rotated"
    KEY_REVOKED = "key.revoked"
    BOM_CREATED = "bom.created"
    BOM_VERSION_ADDED = "bom.version-added"
    BOM_DELETED = "bom.deleted"
    BOM_EXPIRED = "bom.expired"
    COLUMNS_REMEMBERED = "columns.remembered"
    COLUMNS_FORGOTTEN = "columns.forgotten"
    JOB_CANCELLED = "job.cancelled"
    PART_DECIDED = "part.decided"
    PART_DECISION_UNDONE = "part.decision-undone"
    PART_DECLARED = "part.declared"
    PART_DECLARATION_REMOVED = "part.declaration-removed"
    PARTS_DECLARED = "parts.declared"
    PARTS_IMPORTED = "parts.imported"
    CASE_CREATED = "case.created"
    CASE_CHANGED = "case.changed"
    CASE_DELETED = "case.deleted"
    CASE_EXPIRED = "case.expired"


@dataclass(frozen=True, slots=True)
class AuditEntryView:
    """One entry: `subject` is the id of what was changed, `note` a role or an id that says more."""

    id: UUID
    at: datetime
    actor: str
    action: Action
    subject: UUID | None
    note: str | None


def record(
    company_id: CompanyId,
    connection: Connection,
    action: Action,
    subject: UUID | None,
    *,
    by: str,
    note: str | None = None,
) -> None:
    """Add an entry within the transaction that makes the change."""
    rows.add(
        company_id,
        connection,
        new_id(),
        at=now(),
        actor=by,
        action=action,
        subject=subject,
        note=note,
    )


def list_page(
    ctx: Context,
    company_id: CompanyId,
    *,
    action: Action | None = None,
    cursor: str | None = None,
    limit: int,
) -> Page[AuditEntryView]:
    """The entries of the company, newest first; those of one action, if one is named."""
    before = id_in(cursor)
    with ctx.database.reading() as connection:
        total = rows.count(company_id, connection, action=action)
        rest = rows.page(company_id, connection, action=action, before=before, limit=limit + 1)
    items = tuple(_view(row) for row in rest[:limit])
    return Page(items, cursor_of(items[-1].id) if len(rest) > limit else None, total)


def _view(row: AnyRow) -> AuditEntryView:
    return AuditEntryView(row.id, row.at, row.actor, Action(row.action), row.subject, row.note)
