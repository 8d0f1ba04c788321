"""``/v1/materials/{id}/indicators``: the eleven indicators of raw-materials scanners."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.resources import name_of
from scanner.api.schemas_scanner_indicators import MaterialIndicatorsSchema
from scanner.api.schemas_shared import ExplainQuery
from scanner.core.scanner_indicators import Group, Indicator
from scanner.profile.materials import bounds_answer
from scanner.services import scanner_indicators

routes = Routes("scanner_indicators", __name__, tag="methods", url_prefix="/v1")


@kept.resource(
    routes, "/materials/<material_id>/indicators", MaterialIndicatorsSchema, query=ExplainQuery
)
def get_indicators(query: Mapping[str, Any], material_id: str) -> Response:
    """The eleven scanner indicators in four groups, each on its own scale; nothing is added up."""
    found = scanner_indicators.of_material(context(), material_id)
    explain = query.get("explain", False)
    document = {
        "material": found.material.id,
        "name": found.material.names[answers.language()],
        "assessed_stage": found.material.assessed_stage,
        "groups": [
            {
                "group": group,
                "indicators": [
                    _indicator(one, explain)
                    for one in found.indicators
                    if one.definition.group is group
                ],
            }
            for group in Group
        ],
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _indicator(found: Indicator, explain: bool) -> dict[str, Any]:
    known, figure = found.definition, found.finding.figure
    return {
        "id": known.id,
        "name": name_of(known.names),
        "value": figure.value,
        "at_least": found.finding.at_least,
        "bounds": bounds_answer(figure.bounds, 1.0),
        "level": found.level,
        "worst_level": found.worst,
        "unit": known.unit,
        "scale": {
            "lowest": known.lowest,
            "highest": known.highest,
            "direction": known.direction,
            "moderate": known.moderate,
            "high": known.high,
        },
        "year": figure.year,
        "sources": list(figure.sources),
        "reason": figure.reason,
        **({"terms": [term._asdict() for term in found.finding.terms]} if explain else {}),
    }
