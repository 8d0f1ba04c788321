"""People who sign in with a password."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection

from scanner.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn, Place
from scanner.core.names import CompanyId
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.store import companies as rows
from scanner.store import unbound
from scanner.store.stamps import new_id, now

SHORTEST_PASSWORD = 12
HASHER = PasswordHasher()


class Role(StrEnum):
    """What a person may do in a company: everything; upload and analyse; or look."""

    OWNER = "owner"
    ANALYST = "analyst"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class UserView:
    """A person of a company."""

    id: UUID
    company_id: CompanyId
    company: str
    email: str
    name: str
    role: Role
    created_at: datetime
    last_seen_at: datetime | None


def create(
    ctx: Context,
    company_id: CompanyId,
    *,
    email: str,
    name: str,
    role: Role,
    password: str,
) -> UserView:
    """A new person; `Conflict` when the e-mail address is taken, in whatever company."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(
            f"The password has fewer than {SHORTEST_PASSWORD} characters.",
            advice="Choose a longer one; several words are easy to keep in mind.",
            place=Place(pointer="/password"),
        )
    hashed = HASHER.hash(_bytes(password))
    with ctx.database.writing() as connection:
        if rows.find_company(company_id, connection) is None:
            raise NotFound("There is no such company.")
        user_id = add(
            company_id, connection, email=email, name=name, role=role, password_hash=hashed
        )
        return _view(company_id, connection, user_id)


def add(
    company_id: CompanyId,
    connection: Connection,
    *,
    email: str,
    name: str,
    role: Role,
    password_hash: str,
) -> UUID:
    """Add a person within a transaction that makes more than a person; the id."""
    address = _folded(plain_text(email, "/email"))
    if "@" not in address:
        raise InvalidInput(f"'{email}' is not an e-mail address.", place=Place(pointer="/email"))
    if unbound.find_login(connection, address) is not None:
        raise Conflict(f"Somebody signs in as {address} already.", advice="Choose another address.")
    user_id = new_id()
    rows.add_user(
        company_id,
        connection,
        user_id,
        email=address,
        name=plain_text(name, "/name"),
        role=role,
        password_hash=password_hash,
        at=now(),
    )
    return user_id


def authenticate(ctx: Context, email: str, password: str) -> UserView:
    """The person with this address and password, or `NotSignedIn`.

    An unknown address costs as much time as a wrong password, so that nobody learns who is here.
    """
    with ctx.database.reading() as connection:
        row = unbound.find_login(connection, _folded(email))
    hashed = _nobody() if row is None else row.password_hash
    if not _matches(hashed, password) or row is None:
        raise NotSignedIn("The e-mail address or the password is wrong.", advice="Try again.")
    company_id = CompanyId(row.company_id)
    with ctx.database.writing() as connection:
        rows.saw_user(company_id, connection, row.id, at=now())
        if HASHER.check_needs_rehash(hashed):
            rows.change_password(
                company_id, connection, row.id, password_hash=HASHER.hash(_bytes(password))
            )
        return _view(company_id, connection, row.id)


def get(ctx: Context, company_id: CompanyId, user_id: UUID) -> UserView:
    """One person of the company; `NotFound` when it has none like it."""
    with ctx.database.reading() as connection:
        return _view(company_id, connection, user_id)


def _view(company_id: CompanyId, connection: Connection, user_id: UUID) -> UserView:
    company = rows.find_company(company_id, connection)
    row = rows.find_user(company_id, connection, user_id)
    if row is None or company is None:
        raise NotFound("There is no such person.")
    return UserView(
        id=row.id,
        company_id=company_id,
        company=company.name,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
    )


def _folded(email: str) -> str:
    return email.encode(errors="replace").decode().replace("\0", "").strip().casefold()


def _bytes(password: str) -> bytes:
    """The password as bytes, whatever characters it has."""
    return password.encode(errors="surrogatepass")


def _matches(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that no password has, as dear to check as a real one."""
    return HASHER.hash(secrets.token_hex(32))
