"""``/v1/parts``: the company's part library, and decisions about its parts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from scanner.api import answers, bodies
from scanner.api.access import actor, company, context, principal
from scanner.api.contract import Routes
from scanner.api.schemas_parts import (
    DecidedSchema,
    DecisionInput,
    PartListQuery,
    PartPageSchema,
    PartSchema,
)
from scanner.core.composition import Range
from scanner.core.errors import InvalidInput, Place
from scanner.core.names import MaterialId
from scanner.core.statements import DecisionKind, StatedContent
from scanner.profile import canonical
from scanner.services import decisions, parts
from scanner.services.decisions import Decided, Wish
from scanner.services.parts import Guard, PartView
from scanner.services.roles import Scope

routes = Routes("parts", __name__, url_prefix="/v1")

IF_MATCH = {
    **answers.IF_MATCH,
    "description": "The `ETag` of the part as you know it: 412 when something was decided or "
    "declared about it since, or it is recognised otherwise. Where it is used does not matter.",
}
CHANGE = {"parameters": [IF_MATCH]}
CHANGE_PROBLEMS = ("not-found", "precondition-failed")


@routes.operation(
    "GET",
    "/parts",
    scope=Scope.PARTS_READ,
    answer=PartPageSchema,
    query=PartListQuery,
    problems=("invalid-input",),
    headers=answers.LINK_HEADER,
)
def list_parts(query: Mapping[str, Any]) -> Any:
    """The part library: every part that the company's BOMs ever named, by key."""
    page = parts.list_page(
        context(),
        company(),
        state=query.get("state"),
        material=query.get("material"),
        decided=query.get("decided"),
        text=query.get("text"),
        order=query.get("sort", parts.Order.KEY),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
    )
    return answers.page(page, page.items)


@routes.operation(
    "GET",
    "/parts/<uuid:part_id>",
    scope=Scope.PARTS_READ,
    answer=PartSchema,
    problems=("not-found",),
    headers=answers.ETAG_HEADER,
    extra=answers.REVALIDATED,
)
def get_part(part_id: UUID) -> Any:
    """All that is known of a part.

    Its wordings with evidence, candidates, negations and the materials in one piece; decisions and
    declarations that hold; the history; where it is used.
    """
    part = parts.get(context(), company(), part_id, with_names=sees_boms())
    body = canonical(part)
    tag = answers.halves(_known(part), body)
    return answers.unchanged(tag) or answers.tagged(answers.raw_json(body), tag)


@routes.operation(
    "PUT",
    "/parts/<uuid:part_id>/decision",
    scope=Scope.PARTS_WRITE,
    answer=DecidedSchema,
    problems=(*bodies.JSON_PROBLEMS, *CHANGE_PROBLEMS),
    extra={**bodies.takes(DecisionInput), **CHANGE},
)
def decide(part_id: UUID) -> Any:
    """Decide what a part is, for all BOMs of the company.

    The profiles of current versions that use it are brought up to date in the background; earlier
    profiles stay at `decision_revision`. Nothing of the history is ever lost, and the same decision
    again adds nothing to it.
    """
    given = bodies.json_object(DecisionInput())
    wish = Wish(
        kind=DecisionKind(given["kind"]),
        target=given.get("target"),
        material=given.get("material"),
        contents=[
            StatedContent(
                MaterialId(one["material"]),
                _range(one.get("fraction"), f"/contents/{place}/fraction"),
                _range(one.get("mass_g"), f"/contents/{place}/mass_g"),
            )
            for place, one in enumerate(given["contents"])
        ],
        reason=given.get("reason"),
    )
    done = decisions.decide(
        context(),
        company(),
        part_id,
        wish,
        by=actor(),
        guard=guard(),
        with_names=sees_boms(),
    )
    return decided(done)


@routes.operation(
    "DELETE",
    "/parts/<uuid:part_id>/decision",
    scope=Scope.PARTS_WRITE,
    answer=DecidedSchema,
    problems=(*CHANGE_PROBLEMS, "conflict"),
    extra=CHANGE,
)
def undo_decision(part_id: UUID) -> Any:
    """Undo the newest decision: what held before holds again, and the history says so."""
    done = decisions.undo(
        context(), company(), part_id, by=actor(), guard=guard(), with_names=sees_boms()
    )
    return decided(done)


def decided(done: Decided, *, status: int = 200) -> Response:
    """A part as it is after a change."""
    return answers.json({"part": done.part, "refreshing": done.refreshing}, status=status)


def sees_boms() -> bool:
    """Whether the key of this request may read BOMs, and so their names."""
    return Scope.BOMS_READ in principal().scopes


def guard() -> Guard | None:
    """What `If-Match` asks of a part before it is changed; None without the header.

    A BOM that was brought up to date has changed nothing of what somebody decides by.
    """
    return answers.guard_of("part", _known)


def _known(part: PartView) -> str:
    """What names the part as people decide by it: all of it but where it is used."""
    return answers.digest(canonical({**part, "used_in": None}))


def _range(given: Mapping[str, float] | None, pointer: str) -> Range | None:
    if given is None:
        return None
    try:
        return Range(given["low"], given.get("typical"), given["high"])
    except ValueError as error:
        raise InvalidInput(
            "A range goes from low over typical to high.",
            advice="Order its numbers.",
            place=Place(pointer=pointer),
        ) from error
