"""People who sign in with a password: who they are, what they may do, where they are signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn, Place
from scanner.core.names import CompanyId
from scanner.services import audit, passwords
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.services.roles import SCOPES_OF, Role, Scope
from scanner.store import cases, unbound
from scanner.store import users as rows
from scanner.store.companies import find_company
from scanner.store.stamps import new_id, now
from scanner.store.types import AnyRow


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

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What the person may do, in the order of all scopes."""
        return tuple(scope for scope in Scope if scope in SCOPES_OF[self.role])

    @property
    def actor(self) -> str:
        """The person as the audit log names them."""
        return f"user:{self.id}"


def create(
    ctx: Context,
    company_id: CompanyId,
    *,
    email: str,
    name: str,
    role: Role,
    password: str,
    by: str = audit.COMMAND,
) -> UserView:
    """A new person; `Conflict` when the e-mail address is taken, in whatever company."""
    hashed = passwords.digest(password, email=email)
    with ctx.database.writing() as connection:
        if find_company(company_id, connection) is None:
            raise NotFound("There is no such company.")
        user_id = add(
            company_id, connection, email=email, name=name, role=role, password_hash=hashed, by=by
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
    by: str,
) -> UUID:
    """Add a person within a transaction that makes more than a person; the id."""
    address = address_of(email)
    user_id = new_id()
    added = rows.add(
        company_id,
        connection,
        user_id,
        email=address,
        name=plain_text(name, "/name") or address,
        role=role,
        password_hash=password_hash,
        at=now(),
    )
    if not added:
        raise taken(address)
    audit.record(company_id, connection, Action.USER_CREATED, user_id, by=by, note=role)
    return user_id


def address_of(email: str) -> str:
    """The e-mail address as it is compared; `InvalidInput` when it is none."""
    address = plain_text(email, "/email").casefold()
    local, _, host = address.partition("@")
    if not (local and host) or " " in address or len(address) > 254:
        raise InvalidInput(
            f"'{email}' is not an e-mail address.",
            advice="Write it as name@example.org.",
            place=Place(pointer="/email"),
        )
    return address


def taken(address: str) -> Conflict:
    """What is told of an address that somebody has."""
    return Conflict(f"Somebody signs in as {address} already.", advice="Choose another address.")


def authenticate(ctx: Context, email: str, password: str) -> UserView:
    """The person with this address and password, or `NotSignedIn`.

    An unknown address costs as much time as a wrong password, so that nobody learns who is here.
    """
    with ctx.database.reading() as connection:
        row = unbound.find_login(connection, _folded(email))
    hashed = None if row is None else row.password_hash
    if not passwords.matches(hashed, password) or row is None:
        raise NotSignedIn("The e-mail address or the password is wrong.", advice="Try again.")
    company_id, again = (
        CompanyId(row.company_id),
        passwords.hashed_anew(row.password_hash, password),
    )
    with ctx.database.writing() as connection:
        rows.saw(company_id, connection, row.id, at=now())
        if again is not None:
            rows.change_password(company_id, connection, row.id, password_hash=again)
        return _view(company_id, connection, row.id)


def sign_in(ctx: Context, email: str, password: str) -> tuple[UserView, UUID]:
    """The person with this address and password, and the id of a new session; or `NotSignedIn`."""
    person = authenticate(ctx, email, password)
    return person, open_session(ctx, person)


def open_session(ctx: Context, person: UserView) -> UUID:
    """The id of a new session of a person; it ends after the hours that a setting names."""
    session_id, at = new_id(), now()
    with ctx.database.writing() as connection:
        rows.add_session(
            person.company_id,
            connection,
            session_id,
            user_id=person.id,
            at=at,
            expires_at=at + timedelta(hours=ctx.settings.session_hours),
        )
        audit.record(
            person.company_id, connection, Action.USER_SIGNED_IN, person.id, by=person.actor
        )
    return session_id


def signed_in(ctx: Context, company_id: CompanyId, session_id: UUID) -> UserView | None:
    """Who is signed in by this session, or None when it is over or was ended."""
    with ctx.database.reading() as connection:
        user_id = rows.signed_in(company_id, connection, session_id, at=now())
        return None if user_id is None else _view(company_id, connection, user_id)


def sign_out(ctx: Context, person: UserView, session_id: UUID) -> None:
    """End one session; whoever holds a copy of its cookie is signed out, too."""
    with ctx.database.writing() as connection:
        rows.end_session(person.company_id, connection, session_id)
        audit.record(
            person.company_id, connection, Action.USER_SIGNED_OUT, person.id, by=person.actor
        )


def get(ctx: Context, company_id: CompanyId, user_id: UUID) -> UserView:
    """One person of the company; `NotFound` when it has none like it."""
    with ctx.database.reading() as connection:
        return _view(company_id, connection, user_id)


def find(ctx: Context, email: str) -> UserView:
    """The person with this address, of whatever company; `NotFound` when there is none."""
    with ctx.database.reading() as connection:
        row = unbound.find_login(connection, _folded(email))
        if row is None:
            raise NotFound(f"Nobody signs in as {email}.")
        return _view(CompanyId(row.company_id), connection, row.id)


def list_all(ctx: Context, company_id: CompanyId) -> tuple[UserView, ...]:
    """The people of the company, oldest first."""
    with ctx.database.reading() as connection:
        company = find_company(company_id, connection)
        return tuple(
            _view_of(row, company.name) for row in rows.all_of(company_id, connection) if company
        )


def change_role(
    ctx: Context, company_id: CompanyId, user_id: UUID, role: Role, *, by: str = audit.COMMAND
) -> UserView:
    """The person in another role; `Conflict` when nobody would be an owner any more."""

    def change(connection: Connection) -> None:
        rows.change_role(company_id, connection, user_id, role=role)
        audit.record(company_id, connection, Action.USER_ROLE_CHANGED, user_id, by=by, note=role)

    with ctx.database.writing() as connection:
        before = _view(company_id, connection, user_id)
        if before.role is not role:
            _keeping_an_owner(company_id, connection, change)
        return _view(company_id, connection, user_id)


def set_password(
    ctx: Context,
    person: UserView,
    password: str,
    *,
    keep: UUID | None = None,
    by: str = audit.COMMAND,
) -> None:
    """Give a person another password and end their sessions, but for the one to `keep`."""
    hashed = passwords.digest(password, email=person.email)
    with ctx.database.writing() as connection:
        _view(person.company_id, connection, person.id)
        rows.change_password(person.company_id, connection, person.id, password_hash=hashed)
        rows.end_sessions(person.company_id, connection, person.id, keep=keep)
        audit.record(person.company_id, connection, Action.USER_PASSWORD_CHANGED, person.id, by=by)


def change_password(
    ctx: Context, person: UserView, session_id: UUID, *, old: str, new: str
) -> None:
    """Give oneself another password, which ends all other sessions.

    Raises `InvalidInput` when the old one is wrong, or the new one too easy to guess.
    """
    prove(ctx, person, old, pointer="/old")
    set_password(ctx, person, new, keep=session_id, by=person.actor)


def prove(ctx: Context, person: UserView, password: str, *, pointer: str = "/password") -> None:
    """Raise `InvalidInput`, with its pointer, unless this is the present password of the person."""
    with ctx.database.reading() as connection:
        row = rows.find(person.company_id, connection, person.id)
    if not passwords.matches(None if row is None else row.password_hash, password):
        raise InvalidInput(
            "The present password is wrong.", advice="Try again.", place=Place(pointer=pointer)
        )


def remove(ctx: Context, company_id: CompanyId, user_id: UUID, *, by: str = audit.COMMAND) -> None:
    """Remove a person, who is signed out everywhere; what they made stays.

    Cases that they had in hand are nobody's from now on.

    Raises `NotFound` without such a person, `Conflict` for the last owner.
    """

    def change(connection: Connection) -> None:
        rows.remove(company_id, connection, user_id)
        cases.unassign(company_id, connection, user_id)
        audit.record(company_id, connection, Action.USER_REMOVED, user_id, by=by)

    with ctx.database.writing() as connection:
        _view(company_id, connection, user_id)
        _keeping_an_owner(company_id, connection, change)


def _keeping_an_owner(
    company_id: CompanyId, connection: Connection, change: Callable[[Connection], Any]
) -> None:
    """Make a change; `Conflict`, and no change, when it takes the last owner away."""
    before = rows.lock_role(company_id, connection, Role.OWNER)
    change(connection)
    if before and not rows.lock_role(company_id, connection, Role.OWNER):
        raise Conflict(
            "The company would have no owner any more.", advice="Make somebody else owner first."
        )


def _view(company_id: CompanyId, connection: Connection, user_id: UUID) -> UserView:
    company = find_company(company_id, connection)
    row = rows.find(company_id, connection, user_id)
    if row is None or company is None:
        raise NotFound("There is no such person.")
    return _view_of(row, company.name)


def _view_of(row: AnyRow, company: str) -> UserView:
    return UserView(
        id=row.id,
        company_id=CompanyId(row.company_id),
        company=company,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
    )


def _folded(email: str) -> str:
    return email.encode(errors="replace").decode().replace("\0", "").strip().casefold()
