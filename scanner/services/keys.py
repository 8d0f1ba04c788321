"""API keys: made once, shown once, kept as a digest."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    NotSignedIn,
    Place,
    StorageUnavailable,
)
from scanner.core.names import CompanyId
from scanner.services import audit, tokens
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.services.roles import ALL_SCOPES
from scanner.store import keys as rows
from scanner.store import unbound
from scanner.store.companies import find_company
from scanner.store.stamps import now
from scanner.store.types import AnyRow

PREFIX: Final = "rms"
USE_IS_NOTED_EVERY = timedelta(minutes=10)
"""`last_used_at` is this coarse: a look-up does not pay for a write each time."""

BOTH_WORK_FOR = timedelta(hours=24)
"""How long a rotated key still works beside its successor, unless it is told otherwise."""

MOST_OVERLAP = timedelta(days=365)

log = logging.getLogger(__name__)


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
    replaced_by: UUID | None

    def is_valid(self, at: datetime) -> bool:
        """Whether the key works at that time."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


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
    by: str = audit.COMMAND,
) -> NewKey:
    """A new key with these scopes; `InvalidInput` for an unknown scope or a past expiry."""
    with ctx.database.writing() as connection:
        if find_company(company_id, connection) is None:
            raise NotFound("There is no such company.")
        return issue(
            ctx, company_id, connection, name=name, scopes=scopes, expires_at=expires_at, by=by
        )


def issue(
    ctx: Context,
    company_id: CompanyId,
    connection: Connection,
    *,
    name: str,
    scopes: Iterable[str] = ALL_SCOPES,
    expires_at: datetime | None = None,
    by: str = audit.COMMAND,
) -> NewKey:
    """A new key within a transaction that makes more than a key."""
    made = _add(ctx, company_id, connection, name=name, scopes=scopes, expires_at=expires_at)
    audit.record(company_id, connection, Action.KEY_CREATED, made.key.id, by=by)
    return made


def rotate(
    ctx: Context,
    company_id: CompanyId,
    key_id: UUID,
    *,
    overlap: timedelta = BOTH_WORK_FOR,
    by: str = audit.COMMAND,
) -> NewKey:
    """A new key of the same name and scopes; the old one works for `overlap` longer.

    A key that was made to expire gives its successor as much time as it had itself. Raises
    `NotFound` without such a key, `Conflict` when it is not valid or has a successor.
    """
    if not timedelta(0) <= overlap <= MOST_OVERLAP:
        raise InvalidInput(
            "Both keys can work for 0 to 365 days.",
            advice="Give a time within that.",
            place=Place(pointer="/overlap_hours"),
        )
    with ctx.database.writing() as connection:
        row = rows.lock(company_id, connection, key_id)
        if row is None:
            raise NotFound("There is no such key.")
        old, at = _view(row), now()
        if not old.is_valid(at) or old.replaced_by is not None:
            raise Conflict(
                "The key is revoked, expired or rotated already.", advice="Make a new key."
            )
        lifetime = None if old.expires_at is None else at + (old.expires_at - old.created_at)
        made = _add(
            ctx, company_id, connection, name=old.name, scopes=old.scopes, expires_at=lifetime
        )
        ends = at + overlap
        rows.replace(
            company_id,
            connection,
            key_id,
            replaced_by=made.key.id,
            expires_at=ends if old.expires_at is None else min(ends, old.expires_at),
        )
        audit.record(
            company_id, connection, Action.KEY_ROTATED, key_id, by=by, note=str(made.key.id)
        )
    ctx.verified_keys.forget()
    return made


def _add(
    ctx: Context,
    company_id: CompanyId,
    connection: Connection,
    *,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime | None,
) -> NewKey:
    made_at = now()
    if expires_at is not None and expires_at <= made_at:
        raise InvalidInput(
            "The key would expire before it is made.",
            advice="Give a later time.",
            place=Place(pointer="/expires_at"),
        )
    token = tokens.make(ctx, PREFIX)
    key = KeyView(
        id=token.id,
        name=plain_text(name, "/name"),
        scopes=_known(scopes),
        created_at=made_at,
        expires_at=expires_at,
        last_used_at=None,
        revoked_at=None,
        replaced_by=None,
    )
    rows.add(
        company_id,
        connection,
        key.id,
        name=key.name,
        scopes=key.scopes,
        digest=token.digest,
        at=made_at,
        expires_at=expires_at,
    )
    return NewKey(key, token.text)


def verify(ctx: Context, token: str) -> Principal:
    """Who holds this token; `NotSignedIn` when it is unknown, expired or revoked.

    All refusals are alike, so that nobody learns which keys exist.
    """
    parts = tokens.parts(PREFIX, token)
    if parts is None:
        raise _refused()
    key_id, secret = parts
    with ctx.database.reading() as connection:
        row = unbound.find_key(connection, key_id)
    at = now()
    same = tokens.fits(ctx, secret, None if row is None else row.digest)
    if row is None or not same or not _view(row).is_valid(at):
        raise _refused()
    if row.last_used_at is None or at - row.last_used_at >= USE_IS_NOTED_EVERY:
        _note_use(ctx, CompanyId(row.company_id), row.id, at)
    return Principal(CompanyId(row.company_id), row.id, frozenset(row.scopes))


def _note_use(ctx: Context, company_id: CompanyId, key_id: UUID, at: datetime) -> None:
    """Note that a key is used, unless nothing can be written: then it may still read."""
    try:
        with ctx.database.writing() as connection:
            rows.used(company_id, connection, key_id, at=at)
    except StorageUnavailable as error:
        log.warning("the use of a key is not noted: %s", error)


def principal_of(ctx: Context, token: str) -> Principal:
    """As `verify`, which is asked again only when its answer is older than `KEYS_HOLD_FOR`."""
    digest = hashlib.sha256(token.encode(errors="replace")).digest()
    found: Principal = ctx.verified_keys.get(digest, lambda: verify(ctx, token))
    return found


def revoke(ctx: Context, company_id: CompanyId, key_id: UUID, *, by: str = audit.COMMAND) -> None:
    """Make a key worthless from now on; `NotFound` when the company has no such key."""
    with ctx.database.writing() as connection:
        row = rows.lock(company_id, connection, key_id)
        if row is None:
            raise NotFound("There is no such key.")
        if row.revoked_at is None:
            rows.revoke(company_id, connection, key_id, at=now())
            audit.record(company_id, connection, Action.KEY_REVOKED, key_id, by=by)
    ctx.verified_keys.forget()


def get(ctx: Context, company_id: CompanyId, key_id: UUID) -> KeyView:
    """One key of the company; `NotFound` when it has none like it."""
    with ctx.database.reading() as connection:
        row = rows.find(company_id, connection, key_id)
    if row is None:
        raise NotFound("There is no such key.")
    return _view(row)


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
        replaced_by=row.replaced_by,
    )


def _known(scopes: Iterable[str]) -> tuple[str, ...]:
    given = set(scopes)
    unknown = sorted(given - set(ALL_SCOPES))
    if unknown or not given:
        raise InvalidInput(
            f"These are no scopes: {', '.join(unknown)}." if unknown else "A key needs a scope.",
            advice=f"Choose from {', '.join(ALL_SCOPES)}.",
            place=Place(pointer="/scopes"),
        )
    return tuple(scope.value for scope in ALL_SCOPES if scope in given)


def _refused() -> NotSignedIn:
    return NotSignedIn(
        "The API key is unknown, expired or revoked.",
        advice="Check the key, or have a new one made.",
    )
