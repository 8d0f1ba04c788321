"""``/v1/parts/export``, ``/v1/parts/import``, ``/v1/review``: the part library as a whole."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, bodies, ndjson
from scanner.api.access import actor, company, context
from scanner.api.contract import Routes
from scanner.api.schemas_library import (
    ImportedSchema,
    ImportQuery,
    ReviewPageSchema,
    ReviewQuery,
)
from scanner.services import library_files, review
from scanner.services.roles import Scope

routes = Routes("library", __name__, url_prefix="/v1")


@routes.operation(
    "GET",
    "/parts/export",
    scope=Scope.PARTS_READ,
    answer=None,
    problems=(),
    content_type=ndjson.TYPE,
)
def export_parts() -> Response:
    """What people said about parts, to be taken elsewhere: one JSON object a line, by key.

    Each has the part's `key`, its `wordings`, and the `decisions` and `declarations` that hold.
    """
    response = answers.streamed(library_files.exported(context(), company()), mimetype=ndjson.TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="parts.ndjson"'
    return response


@routes.operation(
    "POST",
    "/parts/import",
    scope=Scope.PARTS_WRITE,
    answer=ImportedSchema,
    query=ImportQuery,
    problems=bodies.ROW_PROBLEMS,
    extra=bodies.takes_rows(ndjson.TYPE, "Lines of an export."),
    done_once=True,
)
def import_parts(query: Mapping[str, Any]) -> Any:
    """Say about parts what an export says, all of it or nothing.

    The same file again changes nothing; what it does not name stays as it is.
    """
    return library_files.import_file(
        context(),
        company(),
        bodies.rows(ndjson.TYPE),
        by=actor(),
        dry_run=query.get("dry_run", False),
    )


@routes.operation(
    "GET",
    "/review",
    scope=Scope.PARTS_READ,
    answer=ReviewPageSchema,
    query=ReviewQuery,
    problems=("invalid-input", "not-found", "not-ready"),
    headers=answers.LINK_HEADER,
)
def list_review(query: Mapping[str, Any]) -> Any:
    """The parts in doubt of all current BOMs, those first about which a decision matters most.

    `priority` is the product of `terms`: the supply risk at stake, the amount, and the doubt.
    """
    page = review.queue(
        context(),
        company(),
        bom_id=query.get("bom"),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
    )
    return answers.page(page, page.items)
