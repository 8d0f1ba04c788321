"""Companies, their end, and what the very first start makes."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.errors import InvalidInput, NotFound, Place
from scanner.core.names import CompanyId
from scanner.services import audit, keys, passwords, users
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.services.roles import Role
from scanner.settings import write_private
from scanner.store import companies as rows
from scanner.store import unbound
from scanner.store.database import FIRST_LOCK
from scanner.store.stamps import new_id, now
from scanner.store.types import AnyRow

FIRST_LOGIN = "first-login.txt"


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A company."""

    id: CompanyId
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FirstLogin:
    """What the first start made: shown once, and kept in a file that only its owner can read."""

    company: CompanyView
    email: str
    password: str = field(repr=False)
    token: str = field(repr=False)
    file: Path

    def __str__(self) -> str:
        """The lines to print and to keep."""
        return (
            f"Company:   {self.company.name}\n"
            f"Sign in:   {self.email}\n"
            f"Password:  {self.password}\n"
            f"API key:   {self.token}\n"
        )


def create(ctx: Context, *, name: str) -> CompanyView:
    """A new company without people or keys."""
    called = plain_text(name, "/name")
    if not called:
        raise InvalidInput(
            "A company needs a name.", advice="Give one.", place=Place(pointer="/name")
        )
    company = CompanyView(CompanyId(new_id()), called, now())
    with ctx.database.writing() as connection:
        _add(company, connection, by=audit.COMMAND)
    return company


def _add(company: CompanyView, connection: Connection, *, by: str) -> None:
    rows.add_company(company.id, connection, name=company.name, at=company.created_at)
    audit.record(company.id, connection, Action.COMPANY_CREATED, company.id, by=by)


def get(ctx: Context, company_id: UUID) -> CompanyView:
    """One company; `NotFound` when there is none like it."""
    with ctx.database.reading() as connection:
        row = rows.find_company(CompanyId(company_id), connection)
    if row is None:
        raise NotFound("There is no such company.")
    return _view(row)


def list_all(ctx: Context) -> tuple[CompanyView, ...]:
    """All companies, oldest first: for whoever runs the service."""
    with ctx.database.reading() as connection:
        return tuple(_view(row) for row in unbound.companies(connection))


def erase(ctx: Context, company_id: UUID, *, by: str = audit.COMMAND) -> None:
    """Remove a company with all that it has, for good; `NotFound` when there is none like it.

    The audit log stays: it holds ids only, and says that this was done.
    """
    gone = CompanyId(company_id)
    with ctx.database.writing() as connection:
        if rows.find_company(gone, connection) is None:
            raise NotFound("There is no such company.")
        rows.remove_company(gone, connection)
        audit.record(gone, connection, Action.COMPANY_ERASED, company_id, by=by)
    ctx.verified_keys.forget()


def _view(row: AnyRow) -> CompanyView:
    return CompanyView(CompanyId(row.id), row.name, row.created_at)


def bootstrap(ctx: Context) -> FirstLogin | None:
    """The first company with an owner and an API key, or None when there is a company.

    The file is written before the transaction ends: nobody is locked out by a crash in between.
    """
    with ctx.database.reading() as connection:
        if unbound.any_company(connection):
            return None
    file = ctx.settings.data / FIRST_LOGIN
    password = passwords.generate()
    hashed = passwords.digest(password)
    company = CompanyView(CompanyId(new_id()), ctx.settings.first_company, now())
    with ctx.database.writing() as connection:
        ctx.database.alone(connection, FIRST_LOCK)
        if unbound.any_company(connection):
            return None
        _add(company, connection, by=audit.SERVICE)
        users.add(
            company.id,
            connection,
            email=ctx.settings.first_email,
            name="Owner",
            role=Role.OWNER,
            password_hash=hashed,
            by=audit.SERVICE,
        )
        made = keys.issue(ctx, company.id, connection, name="first key", by=audit.SERVICE)
        token = made.token
        login = FirstLogin(company, ctx.settings.first_email, password, token, file)
        file.unlink(missing_ok=True)
        write_private(file, str(login))
    return login
