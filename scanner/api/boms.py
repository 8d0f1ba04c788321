"""``/v1/boms``: upload, versions, lines and profiles of bills of materials."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, request, url_for

from scanner.api import answers, bodies, ndjson, once, preferences
from scanner.api.access import actor, company, context
from scanner.api.contract import Routes
from scanner.api.preferences import Wait
from scanner.api.schemas_boms import (
    BomListQuery,
    BomPageSchema,
    BomSchema,
    UploadSchema,
    VersionListSchema,
    VersionUploadSchema,
)
from scanner.api.schemas_lines import LinePageQuery, LinePageSchema, ProfileQuery
from scanner.api.schemas_profile import StoredProfileSchema
from scanner.api.schemas_shared import PageQuery
from scanner.api.upload_body import UPLOAD, UPLOAD_HEADERS, VERSION_UPLOAD
from scanner.services import boms
from scanner.services.boms import BomView
from scanner.services.replies import Once
from scanner.services.roles import Scope

routes = Routes("boms", __name__, url_prefix="/v1")

Query = Mapping[str, Any]


@routes.operation(
    "POST",
    "/boms",
    scope=Scope.BOMS_WRITE,
    answer=BomSchema,
    status=201,
    problems=(*bodies.FILE_PROBLEMS, *once.PROBLEMS),
    headers=UPLOAD_HEADERS,
    extra=UPLOAD,
)
def create_bom() -> Any:
    """Upload a BOM.

    Send the file as a form, as the raw body, or the lines as JSON. The answer waits a few
    seconds for the profile, or as long as `Prefer: wait=` says: a small BOM comes back `ready`.
    A file that cannot be read as a BOM comes back `failed`, with the problem in its job.
    """
    wait = preferences.wait()
    with bodies.received(UploadSchema) as got:
        asked = once.asked(got, wait.seconds)
        found = once.earlier(asked) or boms.submit(
            context(),
            company(),
            got.upload,
            name=got.name,
            annual_units=got.annual_units,
            documented_only=got.documented_only,
            options=got.options,
            created_by=actor(),
            once=asked,
        )
    return _settled(found, wait, asked)


@routes.operation(
    "GET",
    "/boms",
    scope=Scope.BOMS_READ,
    answer=BomPageSchema,
    query=BomListQuery,
    problems=("invalid-input",),
    headers=answers.LINK_HEADER,
)
def list_boms(query: Query) -> Any:
    """The BOMs of the company, newest first unless `sort` says otherwise."""
    page = boms.list_page(
        context(),
        company(),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
        state=query.get("state"),
        name=query.get("name"),
        order=query.get("sort", boms.Order.NEWEST_FIRST),
    )
    return page, answers.next_link(page)


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>",
    scope=Scope.BOMS_READ,
    answer=BomSchema,
    problems=("not-found",),
    headers={**answers.ETAG_HEADER, **answers.RETRY_HEADER},
    extra=answers.REVALIDATED,
)
def get_bom(bom_id: UUID) -> Any:
    """A BOM with its newest version and that version's job."""
    return answers.bom(boms.get(context(), company(), bom_id))


@routes.operation(
    "DELETE",
    "/boms/<uuid:bom_id>",
    scope=Scope.BOMS_WRITE,
    answer=None,
    status=204,
    problems=("not-found", "precondition-failed"),
    extra={"parameters": [answers.IF_MATCH]},
)
def delete_bom(bom_id: UUID) -> Any:
    """Delete a BOM for good.

    Its versions, files, lines and profiles are removed, and parts that no other BOM names.
    """
    boms.delete(context(), company(), bom_id, by=actor(), guard=answers.guard())
    return Response(status=204)


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>/versions",
    scope=Scope.BOMS_READ,
    answer=VersionListSchema,
    query=PageQuery,
    problems=("not-found", "invalid-input"),
    headers=answers.LINK_HEADER,
)
def list_versions(query: Query, bom_id: UUID) -> Any:
    """The versions of a BOM, newest first."""
    page = boms.versions(
        context(), company(), bom_id, cursor=query.get("cursor"), limit=answers.limit(query)
    )
    return page, answers.next_link(page)


@routes.operation(
    "POST",
    "/boms/<uuid:bom_id>/versions",
    scope=Scope.BOMS_WRITE,
    answer=BomSchema,
    status=201,
    problems=("not-found", "precondition-failed", *bodies.FILE_PROBLEMS, *once.PROBLEMS),
    headers=UPLOAD_HEADERS,
    extra=VERSION_UPLOAD,
)
def create_version(bom_id: UUID) -> Any:
    """Upload a further version of a BOM, in the same forms as the first."""
    boms.get(context(), company(), bom_id)
    wait = preferences.wait()
    with bodies.received(VersionUploadSchema) as got:
        asked = once.asked(got, wait.seconds)
        found = once.earlier(asked) or boms.add_version(
            context(),
            company(),
            bom_id,
            got.upload,
            annual_units=got.annual_units,
            documented_only=got.documented_only,
            options=got.options,
            created_by=actor(),
            once=asked,
            guard=answers.guard(),
        )
    return _settled(found, wait, asked)


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>/lines",
    scope=Scope.BOMS_READ,
    answer=LinePageSchema,
    query=LinePageQuery,
    problems=("not-found", "not-ready", "invalid-input"),
    headers=answers.LINK_HEADER,
    extra=ndjson.LINES,
)
def list_lines(query: Query, bom_id: UUID) -> Any:
    """The lines of a version in the order of the file, each with its evidence and materials.

    With `Accept: application/x-ndjson` all of them come at once, one JSON object a line.
    """
    version = query.get("version")
    wanted = boms.LineFilter(query.get("state"), query.get("material"), query.get("presence"))
    if ndjson.is_asked():
        ndjson.refuse_pages(query)
        found = boms.all_lines(context(), company(), bom_id, version=version, wanted=wanted)
        return ndjson.stream(found)
    page = boms.lines(
        context(),
        company(),
        bom_id,
        version=version,
        wanted=wanted,
        cursor=query.get("cursor"),
        limit=answers.limit(query),
    )
    answer = answers.page(page, page.items)
    answer.vary.add("Accept")
    return answer


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>/profile",
    scope=Scope.BOMS_READ,
    answer=StoredProfileSchema,
    query=ProfileQuery,
    problems=("not-found", "not-ready", "invalid-input"),
    headers=answers.ETAG_HEADER,
    extra=answers.REVALIDATED,
)
def get_profile(query: Query, bom_id: UUID) -> Any:
    """The risk profile of a version: stored bytes that never change; their digest is the ETag.

    What people say about parts makes further profiles, each by its own `decision_revision`.
    """
    wanted = {"version": query.get("version"), "revision": query.get("decision_revision")}
    if "If-None-Match" in request.headers:
        digest = boms.profile_digest(context(), company(), bom_id, **wanted)
        unchanged = None if digest is None else answers.unchanged(digest)
        if unchanged is not None:
            return unchanged
    stored = boms.profile(context(), company(), bom_id, **wanted)
    return answers.tagged(answers.raw_json(answers.enveloped(stored)), stored.sha256)


def _settled(found: BomView | Response, wait: Wait, asked: Once | None) -> Response:
    """The BOM after the time that the caller gives it, with its address; or the answer before."""
    if isinstance(found, Response):
        return found
    headers = {"Location": url_for("boms.get_bom", bom_id=found.id), **wait.headers}
    bom = found
    if wait.seconds:
        number = found.version.number
        bom = boms.wait(context(), company(), found.id, wait.seconds, version=number)
    return once.keep(asked, answers.bom(bom, status=HTTPStatus.CREATED, headers=headers))
