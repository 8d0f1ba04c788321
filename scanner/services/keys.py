"""API keys: made once, shown once, kept as a digest."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.errors import InvalidInput, NotFound, NotSignedIn
from scanner.core.names import CompanyId
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.store import keys as rows
from scanner.store import unbound
from scanner.store.companies import find_company
from scanner.store.stamps import new_id, now
from scanner.store.types import AnyRow

PREFIX = "rms"
SECRET_BYTES = 32
USE_IS_NOTED_EVERY = timedelta(minutes=10)
"""`last_used_at` is this coarse: a look-up does not pay for a write each time."""


class Scope(StrEnum):
    """What a key may do."""

    BOMS_READ = "boms:read"
    BOMS_WRITE = "boms:write"
    ANALYSES_RUN = "analyses:run"
    KNOWLEDGE_READ = "knowledge:read"
    ADMIN = "admin"


ALL_SCOPES: Final = tuple(Scope)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking: a key, its company and what it may do."""

    company_id: CompanyId
    key_id: UUID
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key without its secret."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: the only moment at which its token can be read."""

    key: KeyView
    token: str = field(repr=False)


def create(
    ctx: Context,
    company_id: CompanyId,
    *,
    name: str,
    scopes: Iterable[str] = ALL_SCOPES,
    expires_at: datetime | None = None,
) -> NewKey:
    """A new key with these scopes; `InvalidInput` for an unknown scope or a past expiry."""
    with ctx.database.writing() as connection:
        if find_company(company_id, connection) is None:
            raise NotFound("There is no such company.")
        return issue(ctx, company_id, connection, name=name, scopes=scopes, expires_at=expires_at)


def issue(
    ctx: Context,
    company_id: CompanyId,
    connection: Connection,
    *,
    name: str,
    scopes: Iterable[str] = ALL_SCOPES,
    expires_at: datetime | None = None,
) -> NewKey:
    """A new key within a transaction that makes more than a key."""
    made_at = now()
    if expires_at is not None and expires_at <= made_at:
        raise InvalidInput("The key would expire before it is made.", advice="Give a later time.")
    key = KeyView(
        id=new_id(),
        name=plain_text(name, "/name"),
        scopes=_known(scopes),
        created_at=made_at,
        expires_at=expires_at,
        last_used_at=None,
        revoked_at=None,
    )
    secret = secrets.token_urlsafe(SECRET_BYTES)
    rows.add(
        company_id,
        connection,
        key.id,
        name=key.name,
        scopes=key.scopes,
        digest=_digest(ctx, secret),
        at=made_at,
        expires_at=expires_at,
    )
    return NewKey(key, f"{PREFIX}_{key.id.hex}_{secret}")


def verify(ctx: Context, token: str) -> Principal:
    """Who holds this token; `NotSignedIn` when it is unknown, expired or revoked.

    All refusals are alike, so that nobody learns which keys exist.
    """
    key_id, secret = _parts(token)
    with ctx.database.reading() as connection:
        row = unbound.find_key(connection, key_id)
    expected = row.digest if row is not None else bytes(hashlib.sha256().digest_size)
    at = now()
    same = hmac.compare_digest(_digest(ctx, secret), expected)
    if row is None or not same or not _is_valid(row, at):
        raise _refused()
    if row.last_used_at is None or at - row.last_used_at >= USE_IS_NOTED_EVERY:
        with ctx.database.writing() as connection:
            rows.used(row.company_id, connection, row.id, at=at)
    return Principal(CompanyId(row.company_id), row.id, frozenset(row.scopes))


def revoke(ctx: Context, company_id: CompanyId, key_id: UUID) -> None:
    """Make a key worthless from now on; `NotFound` when the company has no such key."""
    with ctx.database.writing() as connection:
        if not rows.revoke(company_id, connection, key_id, at=now()):
            raise NotFound("There is no such key.")


def list_all(ctx: Context, company_id: CompanyId) -> tuple[KeyView, ...]:
    """All keys of the company, oldest first, revoked ones too."""
    with ctx.database.reading() as connection:
        return tuple(_view(row) for row in rows.all_of(company_id, connection))


def _view(row: AnyRow) -> KeyView:
    return KeyView(
        id=row.id,
        name=row.name,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )


def _known(scopes: Iterable[str]) -> tuple[str, ...]:
    given = set(scopes)
    unknown = sorted(given - set(ALL_SCOPES))
    if unknown or not given:
        raise InvalidInput(
            f"These are no scopes: {', '.join(unknown)}." if unknown else "A key needs a scope.",
            advice=f"Choose from {', '.join(ALL_SCOPES)}.",
        )
    return tuple(scope.value for scope in ALL_SCOPES if scope in given)


def _is_valid(row: AnyRow, at: datetime) -> bool:
    return row.revoked_at is None and (row.expires_at is None or row.expires_at > at)


def _parts(token: str) -> tuple[UUID, str]:
    pieces = token.split("_", 2)
    if len(pieces) != 3 or pieces[0] != PREFIX:
        raise _refused()
    try:
        return UUID(hex=pieces[1]), pieces[2]
    except ValueError as error:
        raise _refused() from error


def _refused() -> NotSignedIn:
    return NotSignedIn(
        "The API key is unknown, expired or revoked.",
        advice="Check the key, or have a new one made.",
    )


def _digest(ctx: Context, secret: str) -> bytes:
    """SHA-256 with the server's pepper: fast is safe, for the secret has 256 random bits."""
    return hmac.digest(
        ctx.settings.key_pepper.encode(), secret.encode(errors="replace"), hashlib.sha256
    )
