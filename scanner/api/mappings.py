"""``/v1/column-mappings``: corrections of columns that are remembered for files of one shape."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response

from scanner.api.access import actor, company, context
from scanner.api.company import whole
from scanner.api.contract import Routes
from scanner.api.schemas_readings import ColumnMappingListSchema
from scanner.services import mappings
from scanner.services.roles import Scope

routes = Routes("mappings", __name__, tag="boms", url_prefix="/v1")


@routes.operation("GET", "/column-mappings", scope=Scope.BOMS_READ, answer=ColumnMappingListSchema)
def list_column_mappings() -> Any:
    """What is remembered of columns, oldest first; 200 at most, then the oldest goes.

    An upload with `columns` is remembered once its file was read, and applied to later files of
    the same kind and headings that come without `columns`.
    """
    return whole(mappings.list_all(context(), company()))


@routes.operation(
    "DELETE",
    "/column-mappings/<uuid:mapping_id>",
    scope=Scope.BOMS_WRITE,
    answer=None,
    status=204,
    problems=("not-found",),
)
def forget_column_mapping(mapping_id: UUID) -> Response:
    """Apply a correction no longer; what was read with it stays as it is."""
    mappings.forget(context(), company(), mapping_id, by=actor())
    return Response(status=HTTPStatus.NO_CONTENT)
