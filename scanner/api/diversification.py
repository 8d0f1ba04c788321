"""``/v1/materials/{id}/diversification``: who else makes it, by standing with the Union."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.concentration import supplier_answer
from scanner.api.contract import Routes
from scanner.api.schemas_diversification import MaterialRoomSchema
from scanner.api.schemas_shared import ExplainQuery
from scanner.core.diversification import Producer, Room
from scanner.services import diversification

routes = Routes("diversification", __name__, tag="methods", url_prefix="/v1")
SHOWN_PRODUCERS = 10


@kept.resource(
    routes, "/materials/<material_id>/diversification", MaterialRoomSchema, query=ExplainQuery
)
def get_diversification(query: Mapping[str, Any], material_id: str) -> Response:
    """Diversification room: world output outside the largest supplier, by standing with the EU."""
    found = diversification.of_material(context(), material_id)
    explain = query.get("explain", False)
    document = {
        "material": found.material.id,
        "name": found.material.names[answers.language()],
        "assessed_stage": found.material.assessed_stage,
        "stages": [_room(room, explain) for room in found.stages],
        "reason": None if found.stages else "no_production",
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _room(room: Room, explain: bool) -> dict[str, Any]:
    shown = room.producers if explain else room.producers[:SHOWN_PRODUCERS]
    return {
        "stage": room.stage,
        "scope": room.series.scope,
        "commodity": room.series.of,
        "basis": room.series.basis,
        "publisher": room.series.publisher,
        "year": room.year,
        "largest": _producer(room.largest),
        "outside": room.outside,
        "friendly": room.friendly,
        "by_standing": {str(key): part for key, part in room.by_standing.items()},
        "unnamed": room.unnamed,
        "producers": [_producer(producer) for producer in shown],
        "countries": len(room.producers),
        "withheld": list(room.withheld),
        "sources": list(room.sources),
    }


def _producer(producer: Producer) -> dict[str, Any]:
    return {
        **supplier_answer(producer.share),
        "standing": producer.standing,
        "agreements": list(producer.agreements),
        "partnership": producer.partnership,
        "sanctioned": producer.sanctioned,
    }
