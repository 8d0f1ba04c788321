"""Pages of the part library: the parts in doubt, all parts, and what one part is."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from scanner.core.errors import Conflict, InvalidInput
from scanner.core.evidence import RecognitionState
from scanner.core.search import Subject
from scanner.core.statements import DecisionKind
from scanner.pages.errors import Explained, explain
from scanner.pages.person import company, here
from scanner.pages.search import MOST_ASKED, shown_find
from scanner.pages.wiring import context, open_to
from scanner.services import decisions, parts, review, search
from scanner.services.decisions import Wish
from scanner.services.roles import Scope

routes = Blueprint("library_pages", __name__)
AT_ONCE: Final = 10
ON_ONE_PAGE: Final = 50
MOST_FOUND: Final = 8
NAMEABLE: Final = frozenset({Subject.MATERIAL, Subject.COMPONENT, Subject.ALLOY})
"""What a part can be said to be."""


@routes.get("/review")
@open_to(Scope.PARTS_READ)
def show_review() -> str:
    """The parts in doubt, those first about which a decision matters most."""
    page = review.queue(context(), company(), cursor=request.args.get("cursor"), limit=AT_ONCE)
    return render_template("review.html", page=page, person=here(), done=_done())


@routes.get("/parts")
@open_to(Scope.PARTS_READ)
def list_parts() -> str:
    """The parts that BOMs named, page by page, or those that are called so."""
    asked, state = request.args.get("q", "").strip()[:MOST_ASKED], request.args.get("state")
    page = parts.list_page(
        context(),
        company(),
        state=state if state in set(RecognitionState) else None,
        text=asked or None,
        cursor=request.args.get("cursor"),
        limit=ON_ONE_PAGE,
    )
    return render_template("parts.html", page=page, asked=asked, state=state)


@routes.get("/parts/<uuid:part_id>")
@open_to(Scope.PARTS_READ)
def show_part(part_id: UUID) -> str:
    """A part: what it is taken for and why, what was decided about it, and where it is used."""
    return _part(part_id)


@routes.post("/parts/<uuid:part_id>/decision")
@open_to(Scope.PARTS_WRITE)
def decide(part_id: UUID) -> Any:
    """Decide what a part is, for all BOMs; the page of the part, with what is wrong, if unfit."""
    try:
        decisions.decide(context(), company(), part_id, _wish(), by=here().view.actor)
    except InvalidInput as error:
        return _part(part_id, explain(error)), 422
    if request.form.get("next") == "review":
        return redirect(url_for("library_pages.show_review", decided=part_id), 303)
    return redirect(url_for("library_pages.show_part", part_id=part_id), 303)


@routes.post("/parts/<uuid:part_id>/undo")
@open_to(Scope.PARTS_WRITE)
def undo(part_id: UUID) -> Any:
    """Take back the newest decision about a part."""
    try:
        decisions.undo(context(), company(), part_id, by=here().view.actor)
    except Conflict as error:
        return _part(part_id, explain(error)), 409
    if request.form.get("next") == "review":
        return redirect(url_for("library_pages.show_review"), 303)
    return redirect(url_for("library_pages.show_part", part_id=part_id), 303)


def _wish() -> Wish:
    """What the form asks for."""
    try:
        kind = DecisionKind(request.form.get("kind", ""))
    except ValueError as error:
        raise InvalidInput("This is no decision.", advice="Choose one of those offered.") from error
    return Wish(
        kind,
        target=request.form.get("target") or None,
        material=request.form.get("material") or None,
        reason=request.form.get("reason") or None,
    )


def _done() -> parts.PartView | None:
    """The part about which a decision was just made, to tell so and to let it be undone."""
    try:
        part_id = UUID(request.args.get("decided", ""))
    except ValueError:
        return None
    return parts.get(context(), company(), part_id)


def _part(part_id: UUID, problem: Explained | None = None) -> str:
    person = here()
    part = parts.get(context(), company(), part_id, with_names=person.may(Scope.BOMS_READ))
    asked = request.args.get("q", "").strip()[:MOST_ASKED]
    found = search.find(context(), asked, limit=MOST_FOUND, subjects=NAMEABLE)
    return render_template(
        "part.html",
        part=part,
        asked=asked,
        found=[shown_find(one) for one in found],
        problem=problem,
        person=person,
    )
