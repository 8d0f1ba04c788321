"""``/v1/boms/{id}/materials``: the raw materials of a profile, ranked under any method."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from scanner.api import answers
from scanner.api.access import company, context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.methods import method_answer, method_figure_answer, places_answer
from scanner.api.schemas_bom_materials import BomMaterialsQuery, BomMaterialsSchema
from scanner.core.exposure import Exposure
from scanner.profile.parts import range_answer
from scanner.services import bom_materials
from scanner.services.roles import Scope

routes = Routes("bom_materials", __name__, tag="boms", url_prefix="/v1")


@routes.operation(
    "GET",
    "/boms/<uuid:bom_id>/materials",
    scope=Scope.BOMS_READ,
    answer=BomMaterialsSchema,
    query=BomMaterialsQuery,
    problems=("not-found", "not-ready", "invalid-input"),
    headers=answers.LANGUAGE_HEADER,
    extra=answers.IN_A_LANGUAGE,
)
def rank_bom_materials(query: Mapping[str, Any], bom_id: UUID) -> Response:
    """The raw materials of a version under a method, and what the ranges of its masses change.

    The profile stays as it is: this is an order of what it says.
    """
    found = bom_materials.ranked(
        context(),
        company(),
        bom_id,
        rank_by=query["rank_by"],
        weighted=query.get("weighted", False),
        version=query.get("version"),
        revision=query.get("decision_revision"),
    )
    materials = [_exposure(one) for one in found.materials]
    return answers.named(
        {
            "version": found.version,
            "profile_sha256": found.profile_sha256,
            "profile_release": found.profile_release,
            "method": method_answer(found.method),
            "materials": materials,
            "left_out": list(found.left_out),
            "release": context().engine.knowledge.release.id,
            "sources": cited(materials),
        }
    )


def _exposure(one: Exposure) -> dict[str, Any]:
    known = context().engine.knowledge.supply.materials
    return {
        "material": one.held.material,
        "name": known[one.held.material].names[answers.language()],
        "presence": one.held.presence,
        "rank": one.rank,
        "places": places_answer(one.places),
        "figure": method_figure_answer(one.figure),
        "mass_g": range_answer(one.held.mass_g),
        "mass_complete": one.held.complete,
        "exposure": range_answer(one.exposure),
        "exposure_ranks": one.exposure_ranks._asdict(),
        "exposure_places": places_answer(one.exposure_places),
        "exposure_reason": one.exposure_reason,
    }
