"""Pages of BOMs: hand one over, read its profile, see its lines, delete it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any, BinaryIO, Final, cast
from uuid import UUID

import orjson
from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from scanner.core.errors import Conflict, ScannerError, StorageUnavailable
from scanner.pages.answer import Answer, without_details
from scanner.pages.bom_materials import shown_beside, table
from scanner.pages.errors import Explained, explain
from scanner.pages.forms import UploadForm
from scanner.pages.person import company, here
from scanner.pages.wiring import SIGNED_IN, context, open_to
from scanner.services import boms, jobs, scratch
from scanner.services.boms import BomView
from scanner.services.roles import Scope
from scanner.upload import Upload, accept

routes = Blueprint("bom_pages", __name__, template_folder="templates")
ON_ONE_PAGE: Final = 25
LINES_ON_ONE_PAGE: Final = 50
LOOK_AGAIN: Final = 3
"""Seconds after which the page of a BOM that is being read loads itself again."""


@routes.get("/")
@open_to(SIGNED_IN)
def home() -> Any:
    """The form to hand over a BOM, and the BOMs that are there; look-ups for who sees no BOMs."""
    if not here().may(Scope.BOMS_READ):
        return redirect(url_for("knowledge_pages.list_materials"), 303)
    return _home(UploadForm())


@routes.post("/")
@open_to(Scope.BOMS_WRITE)
def hand_over() -> Any:
    """Take a BOM; the form again, with what is wrong, when it cannot be taken."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _home(form), 422
    try:
        bom = _submit(form)
    except StorageUnavailable:
        raise
    except ScannerError as error:
        return _home(form, explain(error)), 422
    return redirect(url_for("bom_pages.show", bom_id=bom.id), 303)


def _home(form: UploadForm, problem: Explained | None = None) -> str:
    page = boms.list_page(
        context(), company(), cursor=request.args.get("cursor"), limit=ON_ONE_PAGE
    )
    return render_template("home.html", form=form, page=page, problem=problem, person=here())


@routes.get("/boms/<uuid:bom_id>")
@open_to(Scope.BOMS_READ)
def show(bom_id: UUID) -> Any:
    """A BOM: its profile when it is ready, else how far it is or why it cannot be read."""
    bom = boms.get(context(), company(), bom_id)
    if bom.version.state == "processing":
        return render_template("processing.html", bom=bom, seconds=LOOK_AGAIN, person=here())
    if bom.version.state == "failed":
        problem = explain(bom.version.problem) if bom.version.problem else None
        return render_template("failed.html", bom=bom, problem=problem, person=here())
    stored = boms.profile(context(), company(), bom_id, version=bom.version.number)
    profile = orjson.loads(stored.body)
    beside = shown_beside(profile)
    answer = Answer(without_details(profile), beside, context().engine.knowledge.sources)
    return render_template(
        "bom.html",
        bom=bom,
        answer=answer,
        numbers=answer.numbers,
        table=table(answer.sure),
        stored=stored,
        person=here(),
        **beside,
    )


@routes.get("/boms/<uuid:bom_id>/lines")
@open_to(Scope.BOMS_READ)
def show_lines(bom_id: UUID) -> Any:
    """The lines of a BOM, page by page."""
    bom = boms.get(context(), company(), bom_id)
    cursor = request.args.get("cursor")
    page = boms.lines(
        context(),
        company(),
        bom_id,
        version=bom.version.number,
        cursor=cursor,
        limit=LINES_ON_ONE_PAGE,
    )
    return render_template("lines.html", bom=bom, page=page)


@routes.post("/boms/<uuid:bom_id>/cancel")
@open_to(Scope.BOMS_WRITE)
def cancel(bom_id: UUID) -> Any:
    """Stop the work on a BOM; nothing to do where it is over meanwhile."""
    bom = boms.get(context(), company(), bom_id)
    with suppress(Conflict):
        jobs.cancel(context(), company(), bom.job.id, by=here().view.actor)
    return redirect(url_for("bom_pages.show", bom_id=bom_id), 303)


@routes.post("/boms/<uuid:bom_id>/delete")
@open_to(Scope.BOMS_WRITE)
def delete(bom_id: UUID) -> Any:
    """Remove a BOM with all that came from it."""
    boms.delete(context(), company(), bom_id, by=here().view.actor)
    return redirect(url_for("bom_pages.home"), 303)


def _submit(form: UploadForm) -> BomView:
    """The BOM that the form hands over, after a short wait for its result."""
    name = (form.name.data or "").strip() or None
    with _received(form) as upload:
        bom = boms.submit(
            context(),
            company(),
            upload,
            name=name,
            annual_units=form.units,
            documented_only=form.documented_only.data,
            created_by=here().view.actor,
        )
    return boms.wait(context(), company(), bom.id, context().settings.default_wait)


@contextmanager
def _received(form: UploadForm) -> Iterator[Upload]:
    file, text = form.file.data, form.lines.data or ""
    pasted = not file
    stream = BytesIO(text.encode()) if pasted else file.stream
    with scratch.place(context().settings.upload_folder) as target:
        yield accept(
            cast(BinaryIO, stream),
            target,
            name=_("Pasted lines") if pasted else file.filename,
            content_type="text/csv" if pasted else file.mimetype,
            limits=context().settings.read_limits,
        )
