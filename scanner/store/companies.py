"""Rows of companies and their people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from scanner.core.names import CompanyId
from scanner.store.tables import Company, User
from scanner.store.types import AnyRow


def add_company(company_id: CompanyId, connection: Connection, *, name: str, at: datetime) -> None:
    """Add the company itself."""
    connection.execute(insert(Company).values(id=company_id, name=name, created_at=at))


def find_company(company_id: CompanyId, connection: Connection) -> AnyRow | None:
    """The company's row, or None."""
    return connection.execute(select(Company).where(Company.id == company_id)).one_or_none()


def add_user(
    company_id: CompanyId,
    connection: Connection,
    user_id: UUID,
    *,
    email: str,
    name: str,
    role: str,
    password_hash: str,
    at: datetime,
) -> None:
    """Add a person who may sign in."""
    connection.execute(
        insert(User).values(
            company_id=company_id,
            id=user_id,
            email=email,
            name=name,
            role=role,
            password_hash=password_hash,
            created_at=at,
        )
    )


def find_user(company_id: CompanyId, connection: Connection, user_id: UUID) -> AnyRow | None:
    """The person's row, or None."""
    mine = (User.company_id == company_id) & (User.id == user_id)
    return connection.execute(select(User).where(mine)).one_or_none()


def saw_user(company_id: CompanyId, connection: Connection, user_id: UUID, *, at: datetime) -> None:
    """Note when a person last signed in."""
    mine = (User.company_id == company_id) & (User.id == user_id)
    connection.execute(update(User).where(mine).values(last_seen_at=at))


def change_password(
    company_id: CompanyId, connection: Connection, user_id: UUID, *, password_hash: str
) -> None:
    """Replace the hash of a person's password."""
    mine = (User.company_id == company_id) & (User.id == user_id)
    connection.execute(update(User).where(mine).values(password_hash=password_hash))
