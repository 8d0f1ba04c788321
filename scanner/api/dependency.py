"""``/v1/materials/{id}/dependency``: strategic-dependency tests of the Union's trade."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.concentration import supplier_answer
from scanner.api.contract import Routes
from scanner.api.schemas_dependency import MaterialDependencySchema
from scanner.api.schemas_shared import ExplainQuery
from scanner.core.dependency import CodeDependency, ImportYear, Tested
from scanner.services import dependency

routes = Routes("dependency", __name__, tag="methods", url_prefix="/v1")
SHOWN = 3


@kept.resource(
    routes, "/materials/<material_id>/dependency", MaterialDependencySchema, query=ExplainQuery
)
def get_dependency(query: Mapping[str, Any], material_id: str) -> Response:
    """Strategic dependency of a raw material: tests of EU imports from outside, code by code.

    With `explain` every year and every country of origin.
    """
    found = dependency.of_material(context(), material_id)
    explain = query.get("explain", False)
    document = {
        "material": found.material.id,
        "name": found.material.names[answers.language()],
        "method": "dependency",
        "thresholds": {str(test): limit for test, limit in dependency.THRESHOLDS.items()},
        "floor_kusd": dependency.FLOOR_KUSD,
        "codes": [_code(one, explain) for one in found.codes],
        "not_held": [
            {"code": one.code, "stage": one.stage, "note": one.note, "source": one.source}
            for one in found.not_held
        ],
        "reason": None if found.codes else "no_trade_code",
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _code(one: CodeDependency, explain: bool) -> dict[str, Any]:
    return {
        "code": one.code,
        "stage": one.stage,
        "note": one.note,
        "materials": list(one.counted),
        "by_value": _years(one.by_value, explain),
        "by_weight": _years(one.by_weight, explain),
        "others": [_tested(found) for found in one.others],
        "lasting": one.lasting,
        "dependent": one.dependent,
        "source": one.source,
    }


def _years(years: Sequence[ImportYear], explain: bool) -> list[dict[str, Any]]:
    """All years, or the newest, and beside it the newest with a figure where it has none."""
    told = next((year for year in years if year.cdi1.value is not None), None)
    shown = years if explain else [year for year in years[:1] if year is not told]
    if not explain and told is not None:
        shown = [*shown, told]
    return [_year(year, explain) for year in shown]


def _year(one: ImportYear, explain: bool) -> dict[str, Any]:
    return {
        "year": one.year,
        "unit": one.unit,
        "total": one.total,
        **_tested(one.cdi1),
        "allied_share": one.allied,
        "countries": len(one.shares),
        "origins": [
            supplier_answer(share) for share in (one.shares if explain else one.shares[:SHOWN])
        ],
    }


def _tested(one: Tested) -> dict[str, Any]:
    return {"test": one.test, "value": one.value, "above": one.above, "reason": one.reason}
