"""``/v1/materials/{id}/concentration``: how concentrated supply is, over the years."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.materials import country_name
from scanner.api.resources import name_of
from scanner.api.schemas_concentration import ConcentrationQuery, MaterialConcentrationSchema
from scanner.core.concentration import ConcentrationSeries, ConcentrationYear
from scanner.core.supply import Share
from scanner.profile.materials import bounds_answer, share_answer
from scanner.services import concentration

routes = Routes("concentration", __name__, tag="methods", url_prefix="/v1")
SHOWN = 10_000.0


@kept.resource(
    routes,
    "/materials/<material_id>/concentration",
    MaterialConcentrationSchema,
    query=ConcentrationQuery,
)
def get_concentration(query: Mapping[str, Any], material_id: str) -> Response:
    """Concentration of a raw material: index, biggest suppliers and trend of every supply."""
    found = concentration.of_material(
        context(),
        material_id,
        scope=query.get("scope"),
        stage=query.get("stage"),
        top=query["top"],
    )
    explain = query.get("explain", False)
    document = {
        "material": found.material.id,
        "name": found.material.names[answers.language()],
        "assessed_stage": found.material.assessed_stage,
        "method": "hhi",
        "series": [_series(one, explain) for one in found.series],
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _series(found: ConcentrationSeries, explain: bool) -> dict[str, Any]:
    supply, trend = found.supply, found.trend
    return {
        "scope": supply.scope,
        "stage": supply.stage,
        "of": supply.of,
        "name": name_of(supply.names),
        "materials": list(supply.materials),
        "basis": supply.basis,
        "unit": supply.unit,
        "publisher": supply.publisher,
        "trend": None
        if trend is None
        else {
            "first": trend.first,
            "last": trend.last,
            "change": trend.change * SHOWN,
            "tendency": trend.tendency,
        },
        "years": [_year(one, explain) for one in found.years],
    }


def _year(found: ConcentrationYear, explain: bool) -> dict[str, Any]:
    supply = found.supply
    return {
        "year": supply.year,
        "hhi": bounds_answer(found.hhi, SHOWN),
        "largest": [supplier_answer(share) for share in found.largest],
        "top_share": found.top,
        "named_share": found.named,
        "countries": len(supply.shares),
        "total": supply.total,
        "withheld": list(supply.withheld),
        "source": supply.source,
        "reason": supply.reason,
        **({"shares": [supplier_answer(share) for share in supply.shares]} if explain else {}),
    }


def supplier_answer(share: Share) -> dict[str, Any]:
    """A country's share with its name in the language of the answer."""
    return {**share_answer(share), "name": country_name(share.country)}
