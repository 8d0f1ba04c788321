"""``/v1/boms/preview`` and ``/v1/boms/{id}/columns``: what was understood of a file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from scanner.api import answers, bodies
from scanner.api.access import company, context
from scanner.api.contract import Routes
from scanner.api.schemas_boms import UploadSchema
from scanner.api.schemas_lines import VersionQuery
from scanner.api.schemas_readings import PreviewSchema, ReadSchema
from scanner.api.upload_body import PREVIEW
from scanner.profile import line_read, problems_answer, reading_answer
from scanner.services import boms, previews
from scanner.services.roles import Scope

routes = Routes("readings", __name__, tag="boms", url_prefix="/v1")


@routes.operation(
    "POST",
    "/boms/preview",
    scope=Scope.ANALYSES_RUN,
    answer=PreviewSchema,
    problems=(*bodies.FILE_PROBLEMS, "no-header", "no-lines", "reader-failed"),
    extra=PREVIEW,
)
def preview_bom() -> Response:
    """How a file would be read: its columns, its first lines, and what is wrong with rows.

    Send it as for an upload; nothing is stored. Correct a column with `columns`, choose the sheet
    with `sheet`, and send it again, until the answer is what you mean. Without `columns`, those
    that your company's uploads put right for files of the same shape are applied, and
    `input.remembered` says so.
    """
    with bodies.received(UploadSchema) as got:
        found = previews.preview(context(), company(), got.upload, got.options)
    return answers.json(
        {
            "input": reading_answer(found.sha256, found.reading) | {"remembered": found.remembered},
            "lines": [line_read(line) for line in found.lines],
            "problems": problems_answer(found.problems),
        }
    )


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>/columns",
    scope=Scope.BOMS_READ,
    answer=ReadSchema,
    query=VersionQuery,
    problems=("not-found", "not-ready", "invalid-input"),
)
def get_columns(query: Mapping[str, Any], bom_id: UUID) -> Response:
    """How the file of a version was read: its columns, and what became of every row.

    A column that was taken for the wrong field is put right by a further version with `columns`,
    which is remembered for later files of the same shape; `remembered` tells where that was done.
    """
    return answers.json(boms.reading(context(), company(), bom_id, version=query.get("version")))
