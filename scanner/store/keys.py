"""Rows of API keys."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

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


def revoke(company_id: CompanyId, connection: Connection, key_id: UUID, *, at: datetime) -> bool:
    """Make a key worthless from now on; whether there is such a key. The first time stays."""
    mine = (ApiKey.company_id == company_id) & (ApiKey.id == key_id)
    connection.execute(
        update(ApiKey).where(mine, ApiKey.revoked_at.is_(None)).values(revoked_at=at)
    )
    return connection.execute(select(ApiKey.id).where(mine)).one_or_none() is not None


def used(company_id: CompanyId, connection: Connection, key_id: UUID, *, at: datetime) -> None:
    """Note when a key was last used."""
    mine = (ApiKey.company_id == company_id) & (ApiKey.id == key_id)
    connection.execute(update(ApiKey).where(mine).values(last_used_at=at))
