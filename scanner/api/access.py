"""Who is asking: the API key of a request, its company and its scopes."""

from typing import Final, Literal, TypeAlias, cast

from flask import current_app, g, request

from scanner import logs
from scanner.core.errors import NotAllowed, NotSignedIn
from scanner.core.names import CompanyId
from scanner.services.context import Context
from scanner.services.keys import Principal, principal_of
from scanner.services.roles import Scope

EXTENSION = "scanner-context"
PUBLIC: Final = "public"
Access: TypeAlias = Scope | Literal["public"]
"""What a route asks of its caller: a key with this scope, or nothing."""


def context() -> Context:
    """The settings, database, engine and queue of this application."""
    return cast(Context, current_app.extensions[EXTENSION])


def require(access: Access) -> None:
    """Check the key of this request.

    Raises `NotSignedIn` without a valid key and `NotAllowed` without the scope.
    """
    if access == PUBLIC:
        return
    header = request.headers.get("Authorization", "")
    if not header and open_without_key(context(), access):
        return
    found = g.principal = principal_in(context(), header)
    logs.bind(company_id=found.company_id, key_id=found.key_id)
    if access not in found.scopes:
        raise NotAllowed(
            f"This key lacks the scope {access}.",
            advice="Use a key with that scope, or have one made.",
        )


def open_without_key(ctx: Context, access: str) -> bool:
    """Whether what asks for this is open to everybody: the figures of the release, if so set."""
    return access == Scope.KNOWLEDGE_READ and ctx.settings.public_lookup


def principal() -> Principal:
    """The key that this request carries; only after `require`."""
    return cast(Principal, g.principal)


def company() -> CompanyId:
    """The company whose key this request carries; only after `require`."""
    return principal().company_id


def actor() -> str:
    """The key that this request carries, as the audit log names it; only after `require`."""
    return f"key:{principal().key_id}"


def key_id() -> str | None:
    """The id of the valid key that this request carries, if it carries one."""
    found: Principal | None = g.get("principal")
    return None if found is None else found.key_id.hex


def principal_in(ctx: Context, authorization: str) -> Principal:
    """The key that this header carries; `NotSignedIn` when it carries no valid one."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn(
            "The request carries no API key.",
            advice="Send the header Authorization: Bearer <key>.",
        )
    return principal_of(ctx, token.strip())
