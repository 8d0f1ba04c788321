"""``/v1/cases``: the cases of a help-desk, the replies made of them, and their statistics."""

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, url_for

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
from scanner.services import case_replies, cases
from scanner.services.cases import CaseFile, Question
from scanner.services.looked_up import Thing
from scanner.services.roles import Scope

routes = Routes("cases", __name__, url_prefix="/v1")
LOCATION = {"Location": {"description": "Address of the case.", "schema": {"type": "string"}}}
Query = Mapping[str, Any]


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
    headers=LOCATION,
    extra=bodies.takes(CaseInput),
    done_once=True,
)
def create_case() -> Any:
    """Make a case; it gets the next number of the year."""
    given = bodies.json_object(CaseInput())
    question = Question(given["question"], Language(given["language"]), given.get("contact"))
    made = cases.create(context(), company(), question, by=actor())
    return _file(made), {"Location": url_for("cases.get_case", case_id=made.case.id)}


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
)
def get_case(case_id: UUID) -> Any:
    """A case with all that happened in it."""
    return _file(cases.get(context(), company(), case_id))


@routes.operation(
    "PATCH",
    "/cases/<uuid:case_id>",
    scope=Scope.CASES_WRITE,
    answer=CaseFileSchema,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict"),
    extra=bodies.takes(CaseChangeInput),
)
def change_case(case_id: UUID) -> Any:
    """Change a case: its state, who has it in hand, its question, contact or language."""
    given = bodies.json_object(CaseChangeInput())
    if "state" in given:
        given["state"] = CaseState(given["state"])
    return _file(cases.change(context(), company(), case_id, given, by=actor()))


@routes.operation(
    "DELETE",
    "/cases/<uuid:case_id>",
    scope=Scope.CASES_WRITE,
    answer=None,
    status=204,
    problems=("not-found",),
)
def delete_case(case_id: UUID) -> Response:
    """Delete a case for good; its number is never given again."""
    cases.delete(context(), company(), case_id, by=actor())
    return Response(status=HTTPStatus.NO_CONTENT)


@routes.operation(
    "POST",
    "/cases/<uuid:case_id>/notes",
    scope=Scope.CASES_WRITE,
    answer=CaseFileSchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict"),
    extra=bodies.takes(CaseNoteInput),
    done_once=True,
)
def add_case_note(case_id: UUID) -> Any:
    """Add a note to a case."""
    text = bodies.json_object(CaseNoteInput())["text"]
    return _file(cases.note(context(), company(), case_id, text, by=actor()))


@routes.operation(
    "POST",
    "/cases/<uuid:case_id>/looked-up",
    scope=Scope.CASES_WRITE,
    answer=CaseFileSchema,
    status=201,
    problems=(*bodies.JSON_PROBLEMS, "not-found", "conflict"),
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
    return _file(cases.look_up(context(), company(), case_id, thing, by=actor()))


@routes.operation(
    "DELETE",
    "/cases/<uuid:case_id>/looked-up/<int:number>",
    scope=Scope.CASES_WRITE,
    answer=None,
    status=204,
    problems=("not-found",),
)
def forget_looked_up(case_id: UUID, number: int) -> Response:
    """Take something that was looked up out of a case."""
    cases.forget(context(), company(), case_id, number, by=actor())
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


def _file(found: CaseFile) -> dict[str, Any]:
    return {**asdict(found.case), "entries": list(found.entries)}
