"""``/v1/materials/{id}/supply-risk``: published, recomputed term by term, and its trend since."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.materials import country_name
from scanner.api.schemas_shared import ExplainQuery
from scanner.api.schemas_supply_risk import MaterialSupplyRiskSchema
from scanner.core.explanation import Explanation
from scanner.core.present_day_risk import Mover, PresentDayRisk
from scanner.core.supply_risk import Parameter, RecomputedRisk, WeighedSupply
from scanner.profile.materials import bounds_answer, figure_answer
from scanner.services import supply_risk

routes = Routes("supply_risk", __name__, tag="methods", url_prefix="/v1")
SHOWN_MOVERS = 5


@kept.resource(
    routes, "/materials/<material_id>/supply-risk", MaterialSupplyRiskSchema, query=ExplainQuery
)
def get_supply_risk(query: Mapping[str, Any], material_id: str) -> Response:
    """EU supply risk: the official value, what its inputs give, and the trend since 2016–2020."""
    found = supply_risk.of_material(context(), material_id)
    material, explain = found.assessment.material, query.get("explain", False)
    document = {
        "material": material.id,
        "name": material.names[answers.language()],
        "supply_risk": figure_answer(found.assessment.supply_risk),
        "economic_importance": figure_answer(found.assessment.economic_importance),
        "stages": [_stage(*pair, explain) for pair in found.stages],
        "present_day": _present_day(found.present_day, explain),
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _stage(risk: RecomputedRisk, found: Explanation, explain: bool) -> dict[str, Any]:
    return {
        "stage": risk.stage,
        "bottleneck": risk.bottleneck,
        "published": risk.published,
        "recomputed": risk.value,
        "bounds": bounds_answer(risk.bounds, 1.0),
        "difference": risk.difference,
        "explanation": {
            "cause": found.cause,
            "value": found.value,
            "eol_rir": found.eol_rir,
            "named_share": found.named,
            "scope": found.scope,
            "source": found.source,
        },
        "mix": risk.mix,
        "world": _weighed(risk.world, explain),
        "eu_sourcing": _weighed(risk.eu, explain),
        "import_reliance": _parameter(risk.import_reliance),
        "eol_rir": _parameter(risk.eol_rir),
        "substitution": _parameter(risk.substitution),
        "reason": risk.reason,
    }


def _weighed(supply: WeighedSupply | None, explain: bool) -> dict[str, Any] | None:
    if supply is None:
        return None
    return {
        "of": supply.of,
        "index": supply.index,
        "bounds": bounds_answer(supply.bounds, 1.0),
        "named_share": supply.named,
        "year": supply.year,
        "sources": sorted({supply.source, *filter(None, (supply.governance_source,))}),
        **({"shares": [_named(share._asdict()) for share in supply.shares]} if explain else {}),
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "name": country_name(row["country"])}


def _parameter(parameter: Parameter | None) -> dict[str, Any] | None:
    return None if parameter is None else parameter._asdict()


def _present_day(found: PresentDayRisk, explain: bool) -> dict[str, Any]:
    series = found.series
    movers = found.movers if explain else found.movers[:SHOWN_MOVERS]
    return {
        "stage": found.stage,
        "published": found.published,
        "direction": found.direction,
        "then": found.then,
        "now": found.now,
        "change": found.change,
        "then_bounds": bounds_answer(found.then_bounds, 1.0),
        "now_bounds": bounds_answer(found.now_bounds, 1.0),
        "factor": found.factor,
        "year": found.year,
        "shift": found.shift,
        "start_shift": found.start_shift,
        "because": [_mover(mover) for mover in movers],
        "countries": len(found.movers),
        "commodity": None if series is None else series.of,
        "basis": None if series is None else series.basis,
        "publisher": None if series is None else series.publisher,
        "governance_edition": found.edition,
        "governance_years": None
        if found.governance_years is None
        else dict(zip(("then", "now"), found.governance_years, strict=True)),
        "sources": list(found.sources),
        "reason": found.reason,
    }


def _mover(mover: Mover) -> dict[str, Any]:
    return {**_named(mover._asdict()), "moved": mover.moved}
