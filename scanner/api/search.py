"""``/v1/search``: anything in the release, by a few letters of any of its names."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, url_for

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.contract import Routes
from scanner.api.resources import name_of
from scanner.api.schemas_search import FITS, FoundListSchema, SearchQuery
from scanner.core.search import Subject
from scanner.services import search
from scanner.services.search import Found

routes = Routes("search", __name__, url_prefix="/v1")

USUAL: Final = 10
DETAILS: Final = {
    Subject.MATERIAL: ("materials.get_material", "material_id"),
    Subject.COUNTRY: ("countries.get_country", "iso3"),
    Subject.COMPONENT: ("components.get_component", "class_id"),
    Subject.ALLOY: ("alloys.get_alloy", "designation"),
    Subject.CODE: ("codes.get_code", "hs"),
}


@kept.resource(routes, "/search", FoundListSchema, query=SearchQuery)
def find_anything(query: Mapping[str, Any]) -> Response:
    """Materials, countries, components, alloys and commodity codes by a few letters of a name."""
    subjects = {Subject(query["subject"])} if "subject" in query else search.EVERYTHING
    found = search.find(context(), query["q"], limit=query.get("limit", USUAL), subjects=subjects)
    release = context().engine.knowledge.release.id
    return answers.json({"items": [_found(one) for one in found], "release": release})


def _found(found: Found) -> dict[str, Any]:
    endpoint, argument = DETAILS[found.subject]
    arguments: dict[str, Any] = {argument: found.id}
    return {
        "subject": found.subject,
        "id": found.id,
        "name": name_of(found.names),
        "text": found.text,
        "fit": FITS[found.fit],
        "address": url_for(endpoint, **arguments),
    }
