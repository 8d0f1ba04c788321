"""Rows of people, of their logins, and of where they are signed in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from scanner.core.names import CompanyId
from scanner.store.bulk import insert_rows
from scanner.store.tables import Login, Session, User
from scanner.store.types import AnyRow


def add(
    company_id: CompanyId,
    connection: Connection,
    user_id: UUID,
    *,
    email: str,
    name: str,
    role: str,
    password_hash: str,
    at: datetime,
) -> bool:
    """Add a person who may sign in; false when somebody of any company has the address.

    It waits for the end of a transaction that takes the same address.
    """
    insert_rows(
        connection,
        User,
        ("id", "email", "name", "role", "password_hash", "created_at"),
        [(user_id, email, name, role, password_hash, at)],
        same={"company_id": company_id},
        known_may_stay=True,
    )
    if find(company_id, connection, user_id) is None:
        return False
    insert_rows(
        connection,
        Login,
        ("email", "user_id"),
        [(email, user_id)],
        same={"company_id": company_id},
        known_may_stay=True,
    )
    mine = (Login.company_id == company_id) & (Login.user_id == user_id)
    return connection.execute(select(Login.email).where(mine)).one_or_none() is not None


def find(company_id: CompanyId, connection: Connection, user_id: UUID) -> AnyRow | None:
    """The person's row, or None."""
    mine = (User.company_id == company_id) & (User.id == user_id)
    return connection.execute(select(User).where(mine)).one_or_none()


def all_of(company_id: CompanyId, connection: Connection) -> Sequence[AnyRow]:
    """The people of the company, oldest first."""
    mine = select(User).where(User.company_id == company_id).order_by(User.id)
    return connection.execute(mine).all()


def lock_role(company_id: CompanyId, connection: Connection, role: str) -> Sequence[UUID]:
    """The ids of the people with this role, whom nobody else changes until the end."""
    mine = (User.company_id == company_id) & (User.role == role)
    return connection.execute(select(User.id).where(mine).with_for_update()).scalars().all()


def saw(company_id: CompanyId, connection: Connection, user_id: UUID, *, at: datetime) -> None:
    """Note when a person last signed in."""
    _change(company_id, connection, user_id, last_seen_at=at)


def change_password(
    company_id: CompanyId, connection: Connection, user_id: UUID, *, password_hash: str
) -> None:
    """Replace the hash of a person's password."""
    _change(company_id, connection, user_id, password_hash=password_hash)


def change_role(company_id: CompanyId, connection: Connection, user_id: UUID, *, role: str) -> None:
    """Give a person another role."""
    _change(company_id, connection, user_id, role=role)


def remove(company_id: CompanyId, connection: Connection, user_id: UUID) -> None:
    """Remove a person, whose address is free again."""
    mine = (User.company_id == company_id) & (User.id == user_id)
    connection.execute(delete(User).where(mine))


def add_session(
    company_id: CompanyId,
    connection: Connection,
    session_id: UUID,
    *,
    user_id: UUID,
    at: datetime,
    expires_at: datetime,
) -> None:
    """Note that a person is signed in; forget those of the person's sessions that are over."""
    over = (Session.user_id == user_id) & (Session.expires_at <= at)
    connection.execute(delete(Session).where(Session.company_id == company_id, over))
    connection.execute(
        insert(Session).values(
            company_id=company_id,
            id=session_id,
            user_id=user_id,
            created_at=at,
            expires_at=expires_at,
        )
    )


def signed_in(
    company_id: CompanyId, connection: Connection, session_id: UUID, *, at: datetime
) -> UUID | None:
    """Who is signed in by this session, or None when it is over or ended."""
    mine = (Session.company_id == company_id) & (Session.id == session_id)
    return connection.execute(
        select(Session.user_id).where(mine, Session.expires_at > at)
    ).scalar_one_or_none()


def end_session(company_id: CompanyId, connection: Connection, session_id: UUID) -> None:
    """Sign a person out in one place."""
    mine = (Session.company_id == company_id) & (Session.id == session_id)
    connection.execute(delete(Session).where(mine))


def end_sessions(
    company_id: CompanyId, connection: Connection, user_id: UUID, *, keep: UUID | None = None
) -> int:
    """Sign a person out everywhere, or everywhere else; how many sessions that ends."""
    mine = (Session.company_id == company_id) & (Session.user_id == user_id)
    ended = delete(Session).where(mine, Session.id != keep) if keep else delete(Session).where(mine)
    return connection.execute(ended).rowcount


def _change(company_id: CompanyId, connection: Connection, user_id: UUID, **values: object) -> None:
    mine = (User.company_id == company_id) & (User.id == user_id)
    connection.execute(update(User).where(mine).values(**values))
