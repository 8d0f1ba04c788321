"""``/v1/company``: what a company is, its people and invitations, its audit log, and its export."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, url_for

from scanner.api import answers, bodies
from scanner.api.access import actor, company, context
from scanner.api.contract import Routes
from scanner.api.schemas_company import (
    AuditPageSchema,
    AuditQuery,
    CompanySchema,
    InvitationInput,
    InvitationListSchema,
    MemberListSchema,
    MemberSchema,
    NewInvitationSchema,
    RoleInput,
)
from scanner.services import audit, companies, exports, invitations, retention, users
from scanner.services.audit import Action
from scanner.services.roles import Role, Scope

routes = Routes("company", __name__, url_prefix="/v1")
ZIP = "application/zip"


@routes.operation("GET", "/company", scope=Scope.ADMIN, answer=CompanySchema)
def get_company() -> Any:
    """The company of the key, and how long what it stores is kept."""
    found = companies.get(context(), company())
    return {
        "id": found.id,
        "name": found.name,
        "created_at": found.created_at,
        "retention": retention.terms(context()),
    }


@routes.operation(
    "GET",
    "/company/export",
    scope=Scope.ADMIN,
    answer=None,
    problems=("storage-full",),
    content_type=ZIP,
)
def export_company() -> Response:
    """All that the service holds of the company, as a ZIP.

    People, keys and invitations without secrets, remembered corrections of columns, the audit log,
    what people said about parts, and of every version of every BOM the file as it came, its lines
    and its newest profile.
    """
    pieces = exports.of_company(context(), company(), by=actor())
    response = answers.streamed(pieces, mimetype=ZIP)
    response.headers["Content-Disposition"] = 'attachment; filename="company.zip"'
    return response


@routes.operation("GET", "/members", scope=Scope.ADMIN, answer=MemberListSchema)
def list_members() -> Any:
    """The people of the company, oldest first."""
    return whole(users.list_all(context(), company()))


@routes.operation(
    "GET",
    "/members/<uuid:user_id>",
    scope=Scope.ADMIN,
    answer=MemberSchema,
    problems=("not-found",),
)
def get_member(user_id: UUID) -> Any:
    """A person of the company."""
    return users.get(context(), company(), user_id)


@routes.operation(
    "PATCH",
    "/members/<uuid:user_id>",
    scope=Scope.ADMIN,
    answer=MemberSchema,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict"),
    extra=bodies.takes(RoleInput),
)
def change_member(user_id: UUID) -> Any:
    """Give a person another role; the last owner stays owner."""
    role = Role(bodies.json_object(RoleInput())["role"])
    return users.change_role(context(), company(), user_id, role, by=actor())


@routes.operation(
    "DELETE",
    "/members/<uuid:user_id>",
    scope=Scope.ADMIN,
    answer=None,
    status=204,
    problems=("not-found", "conflict"),
)
def remove_member(user_id: UUID) -> Response:
    """Remove a person, who is signed out everywhere; what they uploaded stays."""
    users.remove(context(), company(), user_id, by=actor())
    return Response(status=HTTPStatus.NO_CONTENT)


@routes.operation("GET", "/invitations", scope=Scope.ADMIN, answer=InvitationListSchema)
def list_invitations() -> Any:
    """The invitations that can still be taken, oldest first."""
    return whole(invitations.list_all(context(), company()))


@routes.operation(
    "POST",
    "/invitations",
    scope=Scope.ADMIN,
    answer=NewInvitationSchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "conflict"),
    extra=bodies.takes(InvitationInput),
    done_once=True,
)
def create_invitation() -> Any:
    """Invite somebody by e-mail address; the answer holds the way in, valid for a week.

    The service sends no mail: hand `address` to the person. It is not kept for an
    `Idempotency-Key`: sent again, the request invites nobody twice and is a conflict (409).
    """
    given = bodies.json_object(InvitationInput())
    made = invitations.create(
        context(), company(), email=given["email"], role=Role(given["role"]), by=actor()
    )
    invitation = made.invitation
    shown = {
        "id": invitation.id,
        "email": invitation.email,
        "role": invitation.role,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
        "address": url_for("people_pages.take_invitation", token=made.token),
    }
    return shown, {"Cache-Control": "no-store"}


@routes.operation(
    "DELETE",
    "/invitations/<uuid:invitation_id>",
    scope=Scope.ADMIN,
    answer=None,
    status=204,
    problems=("not-found",),
)
def withdraw_invitation(invitation_id: UUID) -> Response:
    """Make an invitation worthless."""
    invitations.withdraw(context(), company(), invitation_id, by=actor())
    return Response(status=HTTPStatus.NO_CONTENT)


@routes.operation(
    "GET",
    "/audit",
    scope=Scope.ADMIN,
    answer=AuditPageSchema,
    query=AuditQuery,
    problems=("invalid-input",),
    headers=answers.LINK_HEADER,
)
def list_audit(query: Mapping[str, Any]) -> Any:
    """The audit log, newest first: who did what and when, in ids only."""
    wanted = query.get("action")
    page = audit.list_page(
        context(),
        company(),
        action=None if wanted is None else Action(wanted),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
    )
    return page, answers.next_link(page)


def whole(items: Sequence[Any]) -> dict[str, Any]:
    """A list that comes on one page, for it is short."""
    return {"items": items, "next": None, "total": len(items)}
