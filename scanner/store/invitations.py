"""Rows of invitations to join a company."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from scanner.core.names import CompanyId
from scanner.store.tables import Invitation
from scanner.store.types import AnyRow


def add(
    company_id: CompanyId,
    connection: Connection,
    invitation_id: UUID,
    *,
    email: str,
    role: str,
    digest: bytes,
    created_by: str,
    at: datetime,
    expires_at: datetime,
) -> None:
    """Add an invitation by the digest of its secret."""
    connection.execute(
        insert(Invitation).values(
            company_id=company_id,
            id=invitation_id,
            email=email,
            role=role,
            digest=digest,
            created_at=at,
            created_by=created_by,
            expires_at=expires_at,
        )
    )


def all_of(company_id: CompanyId, connection: Connection) -> Sequence[AnyRow]:
    """The invitations of the company that nobody has taken, oldest first."""
    mine = select(Invitation).where(Invitation.company_id == company_id)
    return connection.execute(mine.order_by(Invitation.id)).all()


def remove(company_id: CompanyId, connection: Connection, invitation_id: UUID) -> bool:
    """Remove an invitation; whether there was one."""
    mine = (Invitation.company_id == company_id) & (Invitation.id == invitation_id)
    gone = connection.execute(delete(Invitation).where(mine).returning(Invitation.id))
    return gone.one_or_none() is not None


def purge(company_id: CompanyId, connection: Connection, *, over_before: datetime) -> None:
    """Remove what nobody took in time."""
    mine = Invitation.company_id == company_id
    connection.execute(delete(Invitation).where(mine, Invitation.expires_at < over_before))
