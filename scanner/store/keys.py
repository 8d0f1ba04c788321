"""Rows of API keys."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, insert, select, update

from scanner.core.names import CompanyId
from scanner.store.tables import ApiKey
from scanner.store.types import AnyRow


def add(
    company_id: CompanyId,
    connection: Connection,
    key_id: UUID,
    *,
    name: str,
    scopes: Sequence[str],
    digest: bytes,
    at: datetime,
    expires_at: datetime | None,
) -> None:
    """Add a key by the digest of its secret."""
    connection.execute(
        insert(ApiKey).values(
            company_id=company_id,
            id=key_id,
            name=name,
            scopes=list(scopes),
            digest=digest,
            created_at=at,
            expires_at=expires_at,
        )
    )


def all_of(company_id: CompanyId, connection: Connection) -> Sequence[AnyRow]:
    """All keys of the company, oldest first."""
    mine = select(ApiKey).where(ApiKey.company_id == company_id).order_by(ApiKey.id)
    return connection.execute(mine).all()


def find(company_id: CompanyId, connection: Connection, key_id: UUID) -> AnyRow | None:
    """The key's row, or None."""
    return connection.execute(select(ApiKey).where(_mine(company_id, key_id))).one_or_none()


def lock(company_id: CompanyId, connection: Connection, key_id: UUID) -> AnyRow | None:
    """The key's row, which nobody else changes until this transaction ends, or None."""
    mine = select(ApiKey).where(_mine(company_id, key_id)).with_for_update()
    return connection.execute(mine).one_or_none()


def revoke(company_id: CompanyId, connection: Connection, key_id: UUID, *, at: datetime) -> None:
    """Make a key worthless from now on."""
    mine = _mine(company_id, key_id)
    connection.execute(update(ApiKey).where(mine).values(revoked_at=at))


def used(company_id: CompanyId, connection: Connection, key_id: UUID, *, at: datetime) -> None:
    """Note when a key was last used."""
    mine = _mine(company_id, key_id)
    connection.execute(update(ApiKey).where(mine).values(last_used_at=at))


def replace(
    company_id: CompanyId,
    connection: Connection,
    key_id: UUID,
    *,
    replaced_by: UUID,
    expires_at: datetime,
) -> None:
    """Let a key end at this time, in favour of another one."""
    mine = _mine(company_id, key_id)
    connection.execute(
        update(ApiKey).where(mine).values(replaced_by=replaced_by, expires_at=expires_at)
    )


def _mine(company_id: CompanyId, key_id: UUID) -> ColumnElement[bool]:
    return (ApiKey.company_id == company_id) & (ApiKey.id == key_id)
