"""Tables of companies, and of who may do what in them and did."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner.store.tables_shared import Table, company_key, of_company, own_id, owned_by


class Company(Table):
    """A tenant."""

    __tablename__ = "company"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class User(Table):
    """A person of a company who signs in with a password; `login` finds who has an address."""

    __tablename__ = "user"
    __table_args__ = (of_company(), UniqueConstraint("company_id", "email"))
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]


class Login(Table):
    """Whose an e-mail address is: one person's among all companies. Belongs to no company."""

    __tablename__ = "login"
    __table_args__ = (
        owned_by("user", "user_id", ondelete="CASCADE"),
        Index(None, "company_id", "user_id"),
    )
    email: Mapped[str] = mapped_column(primary_key=True)
    company_id: Mapped[UUID]
    user_id: Mapped[UUID]


class Session(Table):
    """A person who is signed in somewhere; a cookie that names no such row is worth nothing."""

    __tablename__ = "session"
    __table_args__ = (
        owned_by("user", "user_id", ondelete="CASCADE"),
        Index(None, "company_id", "user_id"),
    )
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    user_id: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Invitation(Table):
    """An invitation to join a company; only a digest of its secret is kept."""

    __tablename__ = "invitation"
    __table_args__ = (of_company(), Index(None, "id"))
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    email: Mapped[str]
    role: Mapped[str]
    digest: Mapped[bytes]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    expires_at: Mapped[datetime]


class AuditEntry(Table):
    """Who did what and when, in ids only; it stays when what it names, or the company, is gone."""

    __tablename__ = "audit_entry"
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[UUID | None]
    note: Mapped[str | None]


class ApiKey(Table):
    """A key for programs; only a digest of its secret is kept."""

    __tablename__ = "api_key"
    __table_args__ = (of_company(), Index(None, "id"))
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    name: Mapped[str]
    scopes: Mapped[list[str]]
    digest: Mapped[bytes]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    replaced_by: Mapped[UUID | None]
