"""``/v1/alloys``: alloys by any of their designations, with their composition."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.resources import ingredients, name_of
from scanner.api.schemas_catalogue import AlloyDetailSchema, AlloyListQuery, AlloyPageSchema
from scanner.core.catalogue import AlloyEntry
from scanner.core.evidence import Target
from scanner.core.names import TargetKind
from scanner.profile.catalogue import constituent_answer
from scanner.services import alloys

routes = Routes("alloys", __name__, url_prefix="/v1")


@kept.resource(routes, "/alloys", AlloyPageSchema, query=AlloyListQuery)
def list_alloys(query: Mapping[str, Any]) -> Response:
    """The alloys by id; with `q` those of which a designation holds it."""
    page = alloys.list_page(
        context(),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
        query=query.get("q"),
    )
    return answers.page(page, [_alloy(entry) for entry in page.items])


@kept.resource(routes, "/alloys/<path:designation>", AlloyDetailSchema)
def get_alloy(designation: str) -> Response:
    """The alloy of a designation in any spelling; all candidates where several are called so."""
    asked = designation.rstrip("/")  # a slash at the end of an address changes nothing
    found = alloys.get(context(), asked)
    document = {
        "designation": asked,
        "ambiguous": len(found) > 1,
        "alloys": [_detail(entry) for entry in found],
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _detail(entry: AlloyEntry) -> dict[str, Any]:
    return {
        **_alloy(entry),
        "names": dict(entry.names),
        "composition": [constituent_answer(one) for one in entry.constituents],
        "materials": ingredients(Target(TargetKind.ALLOY, entry.id)),
        "sources": list(entry.sources),
        "note": entry.note,
    }


def _alloy(entry: AlloyEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": name_of(entry.names),
        "family": entry.family,
        "base": entry.base,
        "designations": list(entry.designations),
    }
