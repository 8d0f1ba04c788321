"""``/v1/cases``: the cases of a help-desk, the replies made of them, and their statistics."""

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, request, url_for

from scanner.api import answers, bodies
from scanner.api.access import actor, company, context, principal
from scanner.api.contract import Routes
from scanner.api.schemas_cases import (
    CaseChangeInput,
    CaseFileSchema,
    CaseInput,
    CaseListQuery,
    CaseNoteInput,
    CasePageSchema,
    CaseStatisticsQuery,
    CaseStatisticsSchema,
    LookUpInput,
    ReplyQuery,
    ReplySchema,
)
from scanner.core.cases import CaseState, LookedUp
from scanner.core.errors import NotAllowed
from scanner.core.names import Language
from scanner.profile import canonical
from scanner.services import case_replies, cases
from scanner.services.cases import CaseFile, Guard, Question
from scanner.services.looked_up import Thing
from scanner.services.roles import Scope

routes = Routes("cases", __name__, url_prefix="/v1")
IF_MATCH = {
    **answers.IF_MATCH,
    "description": "The `ETag` of the case as you know it: 412 when something happened in it, or "
    "was changed, since.",
}
GUARDED = {"parameters": [IF_MATCH]}
LOCATION = {"Location": {"description": "Address of the case.", "schema": {"type": "string"}}}
Query = Mapping[str, Any]
_CASE = CaseFileSchema()


@routes.operation(
    "GET",
    "/cases",
    scope=Scope.CASES_READ,
    answer=CasePageSchema,
    query=CaseListQuery,
    problems=("invalid-input",),
    headers=answers.LINK_HEADER,
)
def list_cases(query: Query) -> Any:
    """The cases of the company, newest first."""
    state = query.get("state")
    page = cases.list_page(
        context(),
        company(),
        state=None if state is None else CaseState(state),
        assigned_to=query.get("assigned_to"),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
    )
    return page, answers.next_link(page)


@routes.operation(
    "POST",
    "/cases",
    scope=Scope.CASES_WRITE,
    answer=CaseFileSchema,
    status=201,
    problems=bodies.JSON_PROBLEMS,
    headers={**LOCATION, **answers.ETAG_HEADER},
    extra=bodies.takes(CaseInput),
    done_once=True,
)
def create_case() -> Any:
    """Make a case; it gets the next number of the year."""
    given = bodies.json_object(CaseInput())
    question = Question(given["question"], Language(given["language"]), given.get("contact"))
    made = cases.create(context(), company(), question, by=actor())
    response = _file(made, HTTPStatus.CREATED)
    response.headers["Location"] = url_for("cases.get_case", case_id=made.case.id)
    return response


@routes.operation(
    "GET",
    "/cases/statistics",
    scope=Scope.CASES_READ,
    answer=CaseStatisticsSchema,
    query=CaseStatisticsQuery,
    problems=("invalid-input",),
)
def get_case_statistics(query: Query) -> Any:
    """How many cases there were, by month, state, language, and what they were about."""
    found = case_replies.statistics(context(), company(), year=query.get("year"))
    told = asdict(found)
    lists = {name: told[name] for name in told if name != "total"}
    return {
        "total": found.total,
        **{
            name: [{"value": value, "cases": number} for value, number in pairs]
            for name, pairs in lists.items()
        },
    }


@routes.operation(
    "GET",
    "/cases/<uuid:case_id>",
    scope=Scope.CASES_READ,
    answer=CaseFileSchema,
    problems=("not-found",),
    headers=answers.ETAG_HEADER,
    extra=answers.REVALIDATED,
)
def get_case(case_id: UUID) -> Any:
    """A case with all that happened in it."""
    return _file(cases.get(context(), company(), case_id))


@routes.operation(
    "PATCH",
    "/cases/<uuid:case_id>",
    scope=Scope.CASES_WRITE,
    answer=CaseFileSchema,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict", "precondition-failed"),
    headers=answers.ETAG_HEADER,
    extra={**bodies.takes(CaseChangeInput), **GUARDED},
)
def change_case(case_id: UUID) -> Any:
    """Change a case: its state, who has it in hand, its question, contact or language."""
    given = bodies.json_object(CaseChangeInput())
    if "state" in given:
        given["state"] = CaseState(given["state"])
    return _file(cases.change(context(), company(), case_id, given, by=actor(), guard=_guard()))


@routes.operation(
    "DELETE",
    "/cases/<uuid:case_id>",
    scope=Scope.CASES_WRITE,
    answer=None,
    status=204,
    problems=("not-found", "precondition-failed"),
    extra=GUARDED,
)
def delete_case(case_id: UUID) -> Response:
    """Delete a case for good; its number is never given again."""
    cases.delete(context(), company(), case_id, by=actor(), guard=_guard())
    return Response(status=HTTPStatus.NO_CONTENT)


@routes.operation(
    "POST",
    "/cases/<uuid:case_id>/notes",
    scope=Scope.CASES_WRITE,
    answer=CaseFileSchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict"),
    headers=answers.ETAG_HEADER,
    extra=bodies.takes(CaseNoteInput),
    done_once=True,
)
def add_case_note(case_id: UUID) -> Any:
    """Add a note to a case."""
    text = bodies.json_object(CaseNoteInput())["text"]
    changed = cases.note(context(), company(), case_id, text, by=actor())
    return _file(changed, HTTPStatus.CREATED)


@routes.operation(
    "POST",
    "/cases/<uuid:case_id>/looked-up",
    scope=Scope.CASES_WRITE,
    answer=CaseFileSchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict"),
    headers=answers.ETAG_HEADER,
    extra=bodies.takes(LookUpInput),
    done_once=True,
)
def add_looked_up(case_id: UUID) -> Any:
    """Keep what was looked up for the caller; the same thing is kept once.

    A BOM asks for the scope `boms:read`, too.
    """
    given = bodies.json_object(LookUpInput())
    subject = LookedUp(given["subject"])
    if subject is LookedUp.BOM and Scope.BOMS_READ not in principal().scopes:
        raise NotAllowed(
            f"This key lacks the scope {Scope.BOMS_READ}.",
            advice="Use a key with that scope, or have one made.",
        )
    thing = Thing(subject, given["id"])
    changed = cases.look_up(context(), company(), case_id, thing, by=actor())
    return _file(changed, HTTPStatus.CREATED)


@routes.operation(
    "DELETE",
    "/cases/<uuid:case_id>/looked-up/<int:number>",
    scope=Scope.CASES_WRITE,
    answer=None,
    status=204,
    problems=("not-found", "precondition-failed"),
    extra=GUARDED,
)
def forget_looked_up(case_id: UUID, number: int) -> Response:
    """Take something that was looked up out of a case."""
    cases.forget(context(), company(), case_id, number, by=actor(), guard=_guard())
    return Response(status=HTTPStatus.NO_CONTENT)


@routes.operation(
    "GET",
    "/cases/<uuid:case_id>/reply",
    scope=Scope.CASES_READ,
    answer=ReplySchema,
    query=ReplyQuery,
    problems=("not-found", "invalid-input"),
)
def get_case_reply(query: Query, case_id: UUID) -> Any:
    """The text of a reply in Dutch or English, made of what was looked up and of nothing else."""
    language = query.get("language")
    made = case_replies.make(
        context(),
        company(),
        case_id,
        language=None if language is None else Language(language),
        with_boms=Scope.BOMS_READ in principal().scopes,
    )
    left_out = [{"number": number, "reason": reason} for number, reason in made.left_out]
    return {
        "text": made.text,
        "language": made.language,
        "release": made.release,
        "left_out": left_out,
    }


def _file(found: CaseFile, status: int = HTTPStatus.OK) -> Response:
    """A case under its ETag."""
    body = canonical(_shown(found))
    tag = answers.halves(_known(found), body)
    known = answers.unchanged(tag) if request.method in ("GET", "HEAD") else None
    return known or answers.tagged(answers.raw_json(body, status=status), tag)


def _shown(found: CaseFile) -> dict[str, Any]:
    return dict(_CASE.dump({**asdict(found.case), "entries": list(found.entries)}))


def _known(found: CaseFile) -> str:
    """What names a case as people decide by it: all of it but when it was last touched."""
    return answers.digest(canonical({**_shown(found), "updated_at": None}))


def _guard() -> Guard | None:
    """What `If-Match` asks of a case before it is changed; None without the header."""
    return answers.guard_of("case", _known)
