"""``/v1/materials/{id}/measures`` and ``/v1/boms/{id}/measures``: what can be done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import company, context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.schemas_measures import (
    BomMeasuresQuery,
    BomMeasuresSchema,
    MaterialMeasuresSchema,
)
from scanner.profile.measures import measures_answer
from scanner.services import measures
from scanner.services.roles import Scope

routes = Routes("measures", __name__, tag="methods", url_prefix="/v1")


@kept.resource(routes, "/materials/<material_id>/measures", MaterialMeasuresSchema)
def get_measures(material_id: str) -> Response:
    """What can be done about a raw material, in order, and what each would change."""
    material, found = measures.of_material(context(), material_id)
    document = {
        "material": material.id,
        "name": material.names[answers.language()],
        **measures_answer(found),
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>/measures",
    scope=Scope.BOMS_READ,
    answer=BomMeasuresSchema,
    query=BomMeasuresQuery,
    problems=("not-found", "not-ready", "invalid-input"),
    headers=answers.LANGUAGE_HEADER,
    extra=answers.IN_A_LANGUAGE,
)
def get_bom_measures(query: Mapping[str, Any], bom_id: UUID) -> Response:
    """What can be done about the raw materials of a version, highest supply risk first.

    The profile stays as it is: measures are told from its masses and the figures of the release.
    """
    found = measures.of_bom(
        context(),
        company(),
        bom_id,
        version=query.get("version"),
        revision=query.get("decision_revision"),
    )
    known = context().engine.knowledge.supply.materials
    materials = [
        {"name": known[one["material"]].names[answers.language()], **one} for one in found.materials
    ]
    return answers.named(
        {
            "version": found.version,
            "profile_sha256": found.profile_sha256,
            "profile_release": found.profile_release,
            "annual_units": found.annual_units,
            "materials": materials,
            "left_out": list(found.left_out),
            "release": context().engine.knowledge.release.id,
            "sources": cited(materials),
        }
    )
