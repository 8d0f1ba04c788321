"""Rows of what requests with an idempotency key led to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, select, update

from scanner.core.names import CompanyId
from scanner.store.bulk import insert_rows
from scanner.store.tables import Reply
from scanner.store.types import AnyRow

ABOUT_A_PART = "POST /v1/parts/"
"""How the routes begin whose answers are about one part."""


def find(company_id: CompanyId, connection: Connection, *, route: str, key: str) -> AnyRow | None:
    """What the request of this route and key led to, or None when there was none."""
    mine = _mine(company_id, route, key)
    return connection.execute(select(Reply).where(mine)).one_or_none()


def add(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID | None,
    *,
    route: str,
    key: str,
    sha256: str,
    held_until: datetime,
    at: datetime,
) -> None:
    """Add a request that made this version, or none, unless there is one of this route and key.

    It waits for the end of a transaction that adds the same.
    """
    insert_rows(
        connection,
        Reply,
        ("route", "key", "version_id", "sha256", "held_until", "created_at"),
        [(route, key, version_id, sha256, held_until, at)],
        same={"company_id": company_id},
        known_may_stay=True,
    )


def hold(
    company_id: CompanyId,
    connection: Connection,
    *,
    route: str,
    key: str,
    held_until: datetime,
    at: datetime,
) -> bool:
    """Take over a request without answer that nobody holds; false when there is none like it."""
    free = (Reply.status.is_(None)) & (Reply.held_until <= at)
    taken = connection.execute(
        update(Reply)
        .where(_mine(company_id, route, key), free)
        .values(held_until=held_until)
        .returning(Reply.version_id)
    )
    return taken.one_or_none() is not None


def answer(
    company_id: CompanyId,
    connection: Connection,
    *,
    route: str,
    key: str,
    status: int,
    headers: dict[str, Any],
    body: bytes | None,
    case_id: UUID | None = None,
) -> None:
    """Keep the answer of a request, which is about this case, if about any."""
    connection.execute(
        update(Reply)
        .where(_mine(company_id, route, key))
        .values(status=status, headers=headers, body=body, case_id=case_id)
    )


def forget_parts(company_id: CompanyId, connection: Connection) -> None:
    """Remove the answers about one part: they name BOMs that use it."""
    about = Reply.route.startswith(ABOUT_A_PART)
    connection.execute(delete(Reply).where(Reply.company_id == company_id, about))


def purge(company_id: CompanyId, connection: Connection, *, made_before: datetime) -> None:
    """Remove what is older."""
    old = (Reply.company_id == company_id) & (Reply.created_at < made_before)
    connection.execute(delete(Reply).where(old))


def _mine(company_id: CompanyId, route: str, key: str) -> ColumnElement[bool]:
    return (Reply.company_id == company_id) & (Reply.route == route) & (Reply.key == key)
