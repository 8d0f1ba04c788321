"""``/v1/keys``: the API keys of a company, by a key that may look after them."""

from dataclasses import asdict
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, url_for

from scanner.api import bodies
from scanner.api.access import actor, company, context
from scanner.api.company import whole
from scanner.api.contract import Routes
from scanner.api.schemas_company import (
    KeyInput,
    KeyListSchema,
    KeySchema,
    NewKeySchema,
    RotationInput,
)
from scanner.services import keys
from scanner.services.keys import NewKey
from scanner.services.roles import ALL_SCOPES, Scope

routes = Routes("keys", __name__, url_prefix="/v1")
LOCATION = {"Location": {"description": "Address of the key.", "schema": {"type": "string"}}}


@routes.operation("GET", "/keys", scope=Scope.ADMIN, answer=KeyListSchema)
def list_keys() -> Any:
    """The keys of the company, oldest first, revoked ones too, without their secrets."""
    return whole(keys.list_all(context(), company()))


@routes.operation(
    "POST",
    "/keys",
    scope=Scope.ADMIN,
    answer=NewKeySchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "conflict"),
    headers=LOCATION,
    extra=bodies.takes(KeyInput),
    done_once=True,
)
def create_key() -> Any:
    """Make a key; the answer is the only one that holds its token.

    Nor is it kept for an `Idempotency-Key`: sent again, the request makes no second key and is a
    conflict (409). Should the answer be lost, revoke the key of this name and make another.
    """
    given = bodies.json_object(KeyInput())
    made = keys.create(
        context(),
        company(),
        name=given["name"],
        scopes=given.get("scopes", ALL_SCOPES),
        expires_at=given.get("expires_at"),
        by=actor(),
    )
    return _shown_once(made)


@routes.operation(
    "GET",
    "/keys/<uuid:key_id>",
    scope=Scope.ADMIN,
    answer=KeySchema,
    problems=("not-found",),
)
def get_key(key_id: UUID) -> Any:
    """One key, without its secret."""
    return keys.get(context(), company(), key_id)


@routes.operation(
    "POST",
    "/keys/<uuid:key_id>/rotate",
    scope=Scope.ADMIN,
    answer=NewKeySchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict"),
    headers=LOCATION,
    extra=bodies.takes(RotationInput),
    done_once=True,
)
def rotate_key(key_id: UUID) -> Any:
    """Make the successor of a key, of the same name and scopes; both work for a while.

    Its token is shown once, as that of a key that is made.
    """
    hours = bodies.json_object(RotationInput())["overlap_hours"]
    made = keys.rotate(context(), company(), key_id, overlap=timedelta(hours=hours), by=actor())
    return _shown_once(made)


@routes.operation(
    "DELETE",
    "/keys/<uuid:key_id>",
    scope=Scope.ADMIN,
    answer=None,
    status=204,
    problems=("not-found",),
)
def revoke_key(key_id: UUID) -> Response:
    """Make a key worthless from now on; it stays in the list."""
    keys.revoke(context(), company(), key_id, by=actor())
    return Response(status=HTTPStatus.NO_CONTENT)


def _shown_once(made: NewKey) -> Any:
    shown = {**asdict(made.key), "token": made.token}
    location = url_for("keys.get_key", key_id=made.key.id)
    return shown, {"Location": location, "Cache-Control": "no-store"}
