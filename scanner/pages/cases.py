"""Pages of the help-desk: its cases, one case with the reply made of it, and the statistics."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scanner.core.cases import CaseState, LookedUp
from scanner.core.errors import Conflict, InvalidInput, NotAllowed
from scanner.core.names import Language
from scanner.pages.errors import Explained, explain
from scanner.pages.language import LANGUAGES, current
from scanner.pages.person import company, here
from scanner.pages.search import MOST_ASKED, shown_find
from scanner.pages.wiring import context, open_to
from scanner.services import boms, case_replies, cases, search
from scanner.services.cases import CaseFile, LookUp, Question
from scanner.services.looked_up import Thing
from scanner.services.roles import Scope

routes = Blueprint("case_pages", __name__)
ON_ONE_PAGE: Final = 25
MOST_FOUND: Final = 8
REFUSED: Final = 422
MOST_BOMS: Final = 50


@routes.get("/cases")
@open_to(Scope.CASES_READ)
def list_cases() -> str:
    """The cases, newest first, and the form for a new one."""
    return _cases()


@routes.post("/cases")
@open_to(Scope.CASES_WRITE)
def create() -> Any:
    """Make a case, and go to it."""
    form = request.form
    question = Question(
        form.get("question", ""), _language(form.get("language")), form.get("contact") or None
    )
    try:
        made = cases.create(context(), company(), question, by=here().view.actor)
    except InvalidInput as error:
        return _cases(explain(error)), REFUSED
    return _to(made.case.id)


@routes.get("/cases/statistics")
@open_to(Scope.CASES_READ)
def show_statistics() -> str:
    """How many cases there were, by month, state, language, and what they were about."""
    found = case_replies.statistics(context(), company())
    return render_template("case_statistics.html", found=found)


@routes.get("/cases/<uuid:case_id>")
@open_to(Scope.CASES_READ)
def show(case_id: UUID) -> str:
    """A case: the question, what was looked up, the reply made of it, and what happened."""
    return _case(case_id)


@routes.post("/cases/<uuid:case_id>/change")
@open_to(Scope.CASES_WRITE)
def change(case_id: UUID) -> Any:
    """Change its state, language, question or contact, or hand it over."""
    return _after(
        case_id,
        lambda: cases.change(context(), company(), case_id, _changes(), by=here().view.actor),
    )


@routes.post("/cases/<uuid:case_id>/notes")
@open_to(Scope.CASES_WRITE)
def add_note(case_id: UUID) -> Any:
    """Add a note."""
    text = request.form.get("text", "")
    return _after(
        case_id, lambda: cases.note(context(), company(), case_id, text, by=here().view.actor)
    )


@routes.post("/cases/<uuid:case_id>/looked-up")
@open_to(Scope.CASES_WRITE)
def add_looked_up(case_id: UUID) -> Any:
    """Keep what was looked up."""
    given = request.form.get("subject", "")
    subject = LookedUp(given) if given in set(LookedUp) else LookedUp.TEXT
    if subject is LookedUp.BOM and not here().may(Scope.BOMS_READ):
        raise NotAllowed("Your role does not allow this.", advice="Ask the owner.")
    thing = Thing(subject, request.form.get("id", ""))
    return _after(
        case_id, lambda: cases.look_up(context(), company(), case_id, thing, by=here().view.actor)
    )


@routes.post("/cases/<uuid:case_id>/looked-up/<int:number>/forget")
@open_to(Scope.CASES_WRITE)
def forget(case_id: UUID, number: int) -> Any:
    """Take something that was looked up out of the case."""
    cases.forget(context(), company(), case_id, number, by=here().view.actor)
    return _to(case_id)


@routes.post("/cases/<uuid:case_id>/delete")
@open_to(Scope.CASES_WRITE)
def delete(case_id: UUID) -> Response:
    """Remove a case for good."""
    cases.delete(context(), company(), case_id, by=here().view.actor)
    return redirect(url_for("case_pages.list_cases"), 303)


def _after(case_id: UUID, changed: Any) -> Any:
    """The case after a change; the case with what is wrong, where the change does not fit."""
    try:
        changed()
    except InvalidInput as error:
        return _case(case_id, explain(error)), REFUSED
    except Conflict as error:
        return _case(case_id, explain(error)), 409
    return _to(case_id)


def _to(case_id: UUID) -> Response:
    return redirect(url_for("case_pages.show", case_id=case_id), 303)


def _cases(problem: Explained | None = None) -> str:
    state = request.args.get("state")
    mine = request.args.get("mine") == "1"
    page = cases.list_page(
        context(),
        company(),
        state=CaseState(state) if state in set(CaseState) else None,
        assigned_to=here().view.id if mine else None,
        cursor=request.args.get("cursor"),
        limit=ON_ONE_PAGE,
    )
    return render_template(
        "cases.html",
        page=page,
        state=state,
        mine=mine,
        states=list(CaseState),
        spoken=current(),
        names=dict(cases.keepers(context(), company())),
        person=here(),
        problem=problem,
        given=request.form,
    )


def _case(case_id: UUID, problem: Explained | None = None) -> str:
    found = cases.get(context(), company(), case_id)
    asked = request.args.get("q", "").strip()[:MOST_ASKED]
    wished = request.args.get("language")
    language = Language(wished) if wished in LANGUAGES else found.case.language
    sees_boms = here().may(Scope.BOMS_READ)
    reply = case_replies.make(context(), company(), case_id, language=language, with_boms=sees_boms)
    people = cases.keepers(context(), company())
    finds = search.find(context(), asked, limit=MOST_FOUND) if asked else ()
    return render_template(
        "case.html",
        found=found,
        case=found.case,
        looked_up=[_titled(one) for one in found.looked_up],
        reply=reply,
        asked=asked,
        finds=[shown_find(one) for one in finds],
        boms=_boms(found) if sees_boms else (),
        states=list(CaseState),
        people=people,
        names_by_text={str(user_id): name for user_id, name in people},
        person=here(),
        problem=problem,
    )


def _boms(found: CaseFile) -> list[Any]:
    """BOMs that can be added, newest first."""
    kept = {one.body for one in found.looked_up}
    page = boms.list_page(context(), company(), limit=MOST_BOMS)
    return [one for one in page.items if str(one.id) not in kept]


def _titled(one: LookUp) -> dict[str, Any]:
    """Something that was looked up, with the endpoint of its page and the argument for it."""
    pages: dict[LookedUp, tuple[str, str]] = {
        LookedUp.MATERIAL: ("knowledge_pages.show_material", "material_id"),
        LookedUp.COUNTRY: ("knowledge_pages.show_country", "iso3"),
        LookedUp.COMPONENT: ("catalogue_pages.show_component", "class_id"),
        LookedUp.ALLOY: ("catalogue_pages.show_alloy", "designation"),
        LookedUp.CODE: ("catalogue_pages.show_code", "hs"),
        LookedUp.TEXT: ("search_pages.show", "q"),
        LookedUp.BOM: ("bom_pages.show", "bom_id"),
    }
    endpoint, argument = pages[one.subject]
    given: dict[str, Any] = {argument: one.body}
    return {
        "number": one.number,
        "subject": one.subject,
        "body": one.body,
        "page": url_for(endpoint, **given),
    }


def _changes() -> dict[str, Any]:
    """What the form changes; `InvalidInput` for a person that is none."""
    form = request.form
    given: dict[str, Any] = {}
    if form.get("state") in set(CaseState):
        given["state"] = CaseState(form["state"])
    if "assigned_to" in form:
        given["assigned_to"] = _person(form["assigned_to"])
    if "question" in form:
        given["question"] = form["question"]
        given["contact"] = form.get("contact") or None
        given["language"] = _language(form.get("language"))
    return given


def _language(text: str | None) -> Language:
    return Language(text) if text in LANGUAGES else current()


def _person(text: str) -> UUID | None:
    """The person of a choice; nobody for the empty one and for what is no person."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidInput("This is no person.", advice="Choose one of those offered.") from error
