"""``/v1/schemas``, ``/v1/limits`` and the export of a BOM: what files may be, and our own form."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from scanner.api import answers
from scanner.api.access import PUBLIC, company, context
from scanner.api.contract import Routes
from scanner.api.schemas_lines import VersionQuery
from scanner.api.schemas_problem import Document, always
from scanner.api.schemas_shared import Input
from scanner.api.upload_body import BOM_SCHEMA
from scanner.core.names import Language
from scanner.services import bom_documents, templates
from scanner.services.roles import Scope
from scanner.upload import FileKind

routes = Routes("documents", __name__, url_prefix="/v1")

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON_SCHEMA: Final = "application/schema+json"
SECONDS: Final = "Seconds that reading a file may take."


class LimitsSchema(Document):
    """How much one file may hold; more is refused with `bom-too-large` or `unsafe-archive`."""

    kinds = fields.List(
        fields.String(), **always(description="Kinds of files that are read; more may come.")
    )
    max_bytes = fields.Integer(**always(description="Bytes of a file or body."))
    max_lines = fields.Integer(**always(description="Lines."))
    max_columns = fields.Integer(**always(description="Columns of a table."))
    max_cell_chars = fields.Integer(
        **always(description="Characters of a cell; a longer one is cut and reported.")
    )
    max_depth = fields.Integer(**always(description="Levels of a tree of lines."))
    max_unpacked_bytes = fields.Integer(**always(description="Bytes that a workbook unpacks to."))
    max_ratio = fields.Integer(**always(description="Unpacked bytes per packed byte."))
    max_archive_entries = fields.Integer(**always(description="Files inside a workbook."))
    reader_memory_bytes = fields.Integer(
        **always(description="Bytes of memory of the process that reads a file.")
    )
    reader_seconds = fields.Integer(**always(description=SECONDS))


@routes.operation("GET", "/limits", scope=PUBLIC, answer=LimitsSchema)
def get_limits() -> Any:
    """How much one file may hold; an operator sets bytes, lines, memory and time."""
    return {"kinds": [str(kind) for kind in FileKind], **asdict(context().settings.read_limits)}


@routes.operation("GET", "/schemas/bom", scope=PUBLIC, answer=None, content_type=JSON_SCHEMA)
def get_bom_schema() -> Response:
    """The JSON Schema of a BOM in our own JSON: what is taken as lines, and what is exported."""
    response = answers.json(BOM_SCHEMA)
    response.mimetype = JSON_SCHEMA
    return response


class TemplateQuery(Input):
    """In which language."""

    language = fields.String(
        validate=validate.OneOf(sorted(templates.LANGUAGES)),
        metadata={"description": "Of the headings; as `Accept-Language` asks by default."},
    )


@routes.operation(
    "GET",
    "/templates/bom.csv",
    scope=PUBLIC,
    answer=None,
    query=TemplateQuery,
    problems=("invalid-input",),
    content_type=CSV,
)
def get_csv_template(query: Mapping[str, Any]) -> Response:
    """An empty BOM to fill in, as CSV: headings that are read back as what they mean."""
    return _template(query, templates.as_csv, CSV, "csv")


@routes.operation(
    "GET",
    "/templates/bom.xlsx",
    scope=PUBLIC,
    answer=None,
    query=TemplateQuery,
    problems=("invalid-input",),
    content_type=XLSX,
)
def get_workbook_template(query: Mapping[str, Any]) -> Response:
    """An empty BOM to fill in, as a workbook whose cells keep what is typed as it is."""
    return _template(query, templates.as_workbook, XLSX, "xlsx")


def _template(
    query: Mapping[str, Any], write: Callable[[Language], bytes], mimetype: str, ending: str
) -> Response:
    language = Language(query.get("language") or answers.language())
    response = Response(write(language), mimetype=mimetype)
    response.headers["Content-Language"] = language
    response.headers["Content-Disposition"] = f'attachment; filename="bom.{ending}"'
    response.vary.add("Accept-Language")
    return response


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>/export",
    scope=Scope.BOMS_READ,
    answer=None,
    query=VersionQuery,
    problems=("not-found", "not-ready", "invalid-input"),
    content_type="application/json",
)
def export_bom(query: Mapping[str, Any], bom_id: UUID) -> Response:
    """A version as our own JSON, which reads back to the same BOM when it is sent again.

    Lines are told as they were understood. What only the cells of a file say (supplier,
    remarks) is not in it.
    """
    pieces = bom_documents.exported(context(), company(), bom_id, version=query.get("version"))
    response = answers.streamed(pieces, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="bom.json"'
    return response
