"""Companies, and what the very first start makes."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from scanner.core.errors import InvalidInput, NotFound, Place
from scanner.core.names import CompanyId
from scanner.services import keys, users
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.settings import write_private
from scanner.store import companies as rows
from scanner.store import unbound
from scanner.store.stamps import new_id, now

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
        rows.add_company(company.id, connection, name=company.name, at=company.created_at)
    return company


def get(ctx: Context, company_id: UUID) -> CompanyView:
    """One company; `NotFound` when there is none like it."""
    with ctx.database.reading() as connection:
        row = rows.find_company(CompanyId(company_id), connection)
    if row is None:
        raise NotFound("There is no such company.")
    return CompanyView(CompanyId(row.id), row.name, row.created_at)


def bootstrap(ctx: Context) -> FirstLogin | None:
    """The first company with an owner and an API key, or None when there is a company.

    The file is written before the transaction ends: nobody is locked out by a crash in between.
    """
    with ctx.database.reading() as connection:
        if unbound.any_company(connection):
            return None
    file = ctx.settings.data / FIRST_LOGIN
    password = secrets.token_urlsafe(18)
    hashed = users.HASHER.hash(password)
    company = CompanyView(CompanyId(new_id()), ctx.settings.first_company, now())
    with ctx.database.writing() as connection:
        if unbound.any_company(connection):
            return None
        rows.add_company(company.id, connection, name=company.name, at=company.created_at)
        users.add(
            company.id,
            connection,
            email=ctx.settings.first_email,
            name="Owner",
            role=users.Role.OWNER,
            password_hash=hashed,
        )
        token = keys.issue(ctx, company.id, connection, name="first key").token
        login = FirstLogin(company, ctx.settings.first_email, password, token, file)
        file.unlink(missing_ok=True)
        write_private(file, str(login))
    return login
