"""Invitations: an owner asks somebody in, who then chooses a name and a password."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.errors import NotFound
from scanner.core.names import CompanyId
from scanner.services import audit, passwords, tokens, users
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.roles import Role
from scanner.services.users import UserView
from scanner.store import invitations as rows
from scanner.store import unbound
from scanner.store.companies import find_company
from scanner.store.stamps import now
from scanner.store.types import AnyRow

PREFIX: Final = "inv"
VALID_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation that nobody has taken yet."""

    id: UUID
    company_id: CompanyId
    company: str
    email: str
    role: Role
    created_at: datetime
    created_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation just made: the only moment at which its token can be read."""

    invitation: InvitationView
    token: str = field(repr=False)


def create(
    ctx: Context,
    company_id: CompanyId,
    *,
    email: str,
    role: Role,
    by: str = audit.COMMAND,
) -> NewInvitation:
    """A new invitation, valid for a week; `Conflict` when somebody has the address already."""
    address, token, at = users.address_of(email), tokens.make(ctx, PREFIX), now()
    with ctx.database.writing() as connection:
        company = find_company(company_id, connection)
        if company is None:
            raise NotFound("There is no such company.")
        if unbound.find_login(connection, address) is not None:
            raise users.taken(address)
        invitation = InvitationView(
            token.id, company_id, company.name, address, role, at, by, at + VALID_FOR
        )
        rows.add(
            company_id,
            connection,
            token.id,
            email=address,
            role=role,
            digest=token.digest,
            created_by=by,
            at=at,
            expires_at=invitation.expires_at,
        )
        audit.record(company_id, connection, Action.INVITATION_CREATED, token.id, by=by, note=role)
    return NewInvitation(invitation, token.text)


def list_all(ctx: Context, company_id: CompanyId) -> tuple[InvitationView, ...]:
    """The invitations of the company that can still be taken, oldest first."""
    at = now()
    with ctx.database.reading() as connection:
        company = find_company(company_id, connection)
        found = rows.all_of(company_id, connection)
    return tuple(_view(row, company.name) for row in found if company and row.expires_at > at)


def withdraw(
    ctx: Context, company_id: CompanyId, invitation_id: UUID, *, by: str = audit.COMMAND
) -> None:
    """Make an invitation worthless; `NotFound` when the company has none like it."""
    with ctx.database.writing() as connection:
        if not rows.remove(company_id, connection, invitation_id):
            raise NotFound("There is no such invitation.")
        audit.record(company_id, connection, Action.INVITATION_WITHDRAWN, invitation_id, by=by)


def find(ctx: Context, token: str) -> InvitationView:
    """The invitation of a token; `NotFound` when it is unknown, taken, withdrawn or too old."""
    with ctx.database.reading() as connection:
        return _find(ctx, connection, token)


def accept(ctx: Context, token: str, *, name: str, password: str) -> UserView:
    """The person that the invitation was for, who may sign in from now on.

    Raises `NotFound` as `find` does, `InvalidInput` for a password that is too easy to guess, and
    `Conflict` when somebody has taken the address meanwhile.
    """
    hashed = passwords.digest(password, email=find(ctx, token).email)
    with ctx.database.writing() as connection:
        invitation = _find(ctx, connection, token)
        if not rows.remove(invitation.company_id, connection, invitation.id):
            raise _worthless()
        user_id = users.add(
            invitation.company_id,
            connection,
            email=invitation.email,
            name=name,
            role=invitation.role,
            password_hash=hashed,
            by=f"invitation:{invitation.id}",
        )
    return users.get(ctx, invitation.company_id, user_id)


def _find(ctx: Context, connection: Connection, token: str) -> InvitationView:
    parts = tokens.parts(PREFIX, token)
    if parts is None:
        raise _worthless()
    invitation_id, secret = parts
    row = unbound.find_invitation(connection, invitation_id)
    same = tokens.fits(ctx, secret, None if row is None else row.digest)
    if row is None or not same or row.expires_at <= now():
        raise _worthless()
    company = find_company(CompanyId(row.company_id), connection)
    return _view(row, "" if company is None else company.name)


def _worthless() -> NotFound:
    return NotFound(
        "This invitation is unknown, taken, withdrawn or too old.",
        advice="Ask the owner of the account for a new one.",
    )


def _view(row: AnyRow, company: str) -> InvitationView:
    return InvitationView(
        id=row.id,
        company_id=CompanyId(row.company_id),
        company=company,
        email=row.email,
        role=Role(row.role),
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
    )
