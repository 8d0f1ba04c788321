"""``/v1/components``: the tree of component classes, and what is in them."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.resources import ingredients, name_of
from scanner.api.schemas_catalogue import ComponentDetailSchema, ComponentPageSchema
from scanner.api.schemas_shared import PageQuery
from scanner.core.catalogue import ClassEntry
from scanner.core.evidence import Target
from scanner.core.names import TargetKind
from scanner.profile.catalogue import amount_answer, constituent_answer, mass_answer
from scanner.services import components

routes = Routes("components", __name__, url_prefix="/v1")


@kept.resource(routes, "/components", ComponentPageSchema, query=PageQuery)
def list_components(query: Mapping[str, Any]) -> Response:
    """The component classes by id, each with the class above it."""
    page = components.list_page(context(), cursor=query.get("cursor"), limit=answers.limit(query))
    return answers.page(page, [_component(entry) for entry in page.items])


@kept.resource(routes, "/components/<class_id>", ComponentDetailSchema)
def get_component(class_id: str) -> Response:
    """One component class: words, designators, composition, raw materials and piece masses."""
    entry = components.get(context(), class_id)
    known = context().engine.knowledge.catalogue.classes
    document = {
        **_component(entry),
        "names": dict(entry.names),
        "above": [_component(one) for one in components.above(context(), entry)],
        "children": [_component(known[child]) for child in entry.children],
        "words": {language: list(words) for language, words in sorted(entry.words.items())},
        "designators": list(entry.designators),
        "part_numbers": entry.part_numbers,
        "composition": [constituent_answer(one) for one in entry.constituents],
        "materials": ingredients(Target(TargetKind.CLASS, entry.id)),
        "amounts": [amount_answer(one) for one in entry.amounts],
        "masses": [mass_answer(one) for one in entry.masses],
        "own_sources": list(entry.sources),
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document, *entry.sources)})


def _component(entry: ClassEntry) -> dict[str, Any]:
    return {"id": entry.id, "parent": entry.parent, "name": name_of(entry.names)}
