"""Pages of columns: what each column of a file was taken for, put right, and what is remembered."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from scanner.core.bom import Column, column_name
from scanner.core.errors import ScannerError, StorageUnavailable
from scanner.pages import words
from scanner.pages.errors import explain
from scanner.pages.person import company, here
from scanner.pages.wiring import context, open_to
from scanner.services import boms, mappings, rereads
from scanner.services.rereads import FIELDS, Shown
from scanner.services.roles import Scope

routes = Blueprint("column_pages", __name__)
REFUSED: Final = 422
EXAMPLES: Final = 3
"""Cells of each column that are shown."""


@routes.get("/boms/<uuid:bom_id>/columns")
@open_to(Scope.BOMS_READ)
def show(bom_id: UUID) -> Any:
    """What each column of the newest file was taken for, with a choice of what it is."""
    return _page(bom_id)


@routes.post("/boms/<uuid:bom_id>/columns")
@open_to(Scope.BOMS_WRITE)
def correct(bom_id: UUID) -> Any:
    """Read the file again with the columns as they were put right, as a new version."""
    shown = rereads.show(context(), company(), bom_id)
    columns = _chosen(shown)
    twice = _twice(columns)
    if twice:
        name = words.FIELDS[twice]
        return _page(
            bom_id, wrong=_("Two columns were chosen for “%(field)s”.", field=name)
        ), REFUSED
    kept = shown.bom.version
    sheet = kept.sheet
    other = request.form.get("sheet")
    if other in shown.preview.reading.other_sheets:
        columns, sheet = {}, other
    if (columns, sheet) != (kept.columns, kept.sheet):
        rereads.read_again(
            context(), company(), bom_id, columns=columns, sheet=sheet, by=here().view.actor
        )
        boms.wait(context(), company(), bom_id, context().settings.default_wait)
    return redirect(url_for("bom_pages.show", bom_id=bom_id), 303)


@routes.get("/columns")
@open_to(Scope.BOMS_READ)
def list_remembered() -> Any:
    """The corrections that are remembered, newest first."""
    kept = reversed(mappings.list_all(context(), company()))
    return render_template("remembered.html", kept=list(kept), most=mappings.MOST, person=here())


@routes.post("/columns/<uuid:mapping_id>/forget")
@open_to(Scope.BOMS_WRITE)
def forget(mapping_id: UUID) -> Any:
    """Apply a correction no longer."""
    mappings.forget(context(), company(), mapping_id, by=here().view.actor)
    return redirect(url_for("column_pages.list_remembered"), 303)


def _page(bom_id: UUID, *, wrong: str = "") -> Any:
    try:
        shown = rereads.show(context(), company(), bom_id)
    except StorageUnavailable:
        raise
    except ScannerError as error:
        bom = boms.get(context(), company(), bom_id)
        return render_template("failed.html", bom=bom, problem=explain(error), person=here())
    columns = shown.preview.reading.columns
    return render_template(
        "columns.html",
        shown=shown,
        bom=shown.bom,
        reading=shown.preview.reading,
        remembered=shown.bom.version.remembered,
        examples=_examples(shown),
        letters=[column_name(column.index) for column in columns],
        choices=FIELDS,
        given=request.form,
        wrong=wrong,
        person=here(),
    )


def _examples(shown: Shown) -> list[list[str]]:
    """The first cells of each column that hold something."""
    rows = [[text for _, text in line.cells] for line in shown.preview.lines]
    count = len(shown.preview.reading.columns)
    cells = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(count)]
    return [list(dict.fromkeys(column))[:EXAMPLES] for column in cells]


def _chosen(shown: Shown) -> dict[str, str]:
    """The columns to fix: those fixed before, and those for which something else was chosen."""
    columns = shown.preview.reading.columns
    fixed = dict(shown.bom.version.columns)
    for column in columns:
        field = request.form.get(f"column-{column.index}")
        now = None if shown.headless else column.field
        if field is None or field == (now or "") or (field and field not in FIELDS):
            continue
        fixed.pop(column.heading, None)
        fixed.pop(column_name(column.index), None)
        fixed[_key(column, columns)] = field
    return fixed


def _key(column: Column, columns: Sequence[Column]) -> str:
    """What names a column: its heading, or its letter where the heading is not its own."""
    text = column.heading
    alone = sum(other.heading == text for other in columns) == 1
    return text if text and alone else column_name(column.index)


def _twice(columns: dict[str, str]) -> str | None:
    """A field that two columns are fixed to, if there is one."""
    fields = [field for field in columns.values() if field]
    return next((field for field in fields if fields.count(field) > 1), None)
