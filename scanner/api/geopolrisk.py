"""``/v1/materials/{id}/import-risk``: GeoPolRisk of imports, and of own purchases by origin."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, bodies, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.concentration import SHOWN, supplier_answer
from scanner.api.contract import Routes
from scanner.api.materials import country_name
from scanner.api.resources import name_of
from scanner.api.schemas_geopolrisk import (
    ImportRiskQuery,
    MaterialImportRiskSchema,
    PurchaseRiskSchema,
    PurchasesSchema,
)
from scanner.core.geopolrisk import ImportRisk, OriginTerm, ProductionBasis, Purchase, Score
from scanner.core.names import CountryCode, MaterialId
from scanner.profile.materials import bounds_answer
from scanner.services import geopolrisk, materials
from scanner.services.roles import Scope

routes = Routes("geopolrisk", __name__, tag="methods", url_prefix="/v1")
ADDRESS = "/materials/<material_id>/import-risk"


@kept.resource(routes, ADDRESS, MaterialImportRiskSchema, query=ImportRiskQuery)
def get_import_risk(query: Mapping[str, Any], material_id: str) -> Response:
    """GeoPolRisk of importing a raw material: score, import risk, characterisation factor."""
    found = geopolrisk.of_material(
        context(), material_id, importer=query["importer"], year=query.get("year")
    )
    explain = query.get("explain", False)
    document = {
        **_head(found.material),
        "importer": list(found.importing.codes),
        "reason": found.reason,
        "scores": [_score(score, explain) for score in found.scores],
    }
    return answers.json({**document, "sources": cited(document)})


@routes.operation(
    "POST",
    ADDRESS,
    scope=Scope.ANALYSES_RUN,
    answer=PurchaseRiskSchema,
    problems=(*bodies.JSON_PROBLEMS, "not-found"),
    extra={**bodies.takes(PurchasesSchema), **answers.IN_A_LANGUAGE},
    headers=answers.LANGUAGE_HEADER,
)
def assess_purchases(material_id: str) -> Response:
    """GeoPolRisk of your own purchases by origin; nothing is stored.

    World production counts as for imports; your purchases take the place of a country's.
    """
    given = bodies.json_object(PurchasesSchema())
    purchases = [
        Purchase(CountryCode(one["country"]), one["weight_t"], one.get("value_kusd"))
        for one in given["origins"]
    ]
    home = given.get("home")
    score = geopolrisk.of_purchases(
        context(), material_id, purchases, home=home, stage=given.get("stage")
    )
    document = {
        **_head(MaterialId(material_id)),
        "home": home,
        "score": _score(score, given["explain"]),
    }
    return answers.named({**document, "sources": cited(document)})


def _head(material: MaterialId) -> dict[str, Any]:
    names = materials.get(context(), material).material.names
    return {
        "material": material,
        "name": names[answers.language()],
        "method": "geopolrisk",
        "release": context().engine.knowledge.release.id,
    }


def _score(score: Score, explain: bool) -> dict[str, Any]:
    return {
        "year": score.year,
        "stage": score.stage,
        "codes": list(score.codes),
        "production": score.production and _production(score.production, explain),
        "mixed_stages": score.mixed_stages,
        "hhi": bounds_answer(score.hhi, SHOWN),
        "import_risk": score.risk and _import_risk(score.risk, explain),
        "score": score.value,
        "bounds": bounds_answer(score.bounds, 1.0),
        "price_usd_per_kg": score.price_usd_per_kg,
        "midpoint_usd_per_kg": score.midpoint,
        "factor": score.factor,
        "factor_reason": score.factor_reason,
        "unweighed_kusd": score.unweighed_kusd,
        "reason": score.reason,
        "sources": list(score.sources),
    }


def _production(basis: ProductionBasis, explain: bool) -> dict[str, Any]:
    shares = {"shares": [supplier_answer(share) for share in basis.shares]} if explain else {}
    return {
        "stage": basis.stage,
        "of": basis.of,
        "name": name_of(basis.names),
        "materials": list(basis.materials),
        "basis": basis.basis,
        "publisher": basis.publisher,
        "year": basis.year,
        "source": basis.source,
        **shares,
    }


def _import_risk(risk: ImportRisk, explain: bool) -> dict[str, Any]:
    origins = {"origins": [_origin(term) for term in risk.origins]} if explain else {}
    return {
        "value": risk.value,
        "bounds": bounds_answer(risk.bounds, 1.0),
        "imports_t": risk.imports_t,
        "domestic_t": risk.domestic_t,
        **origins,
    }


def _origin(term: OriginTerm) -> dict[str, Any]:
    return {
        "country": term.origin,
        "name": country_name(term.origin),
        "weight_t": term.weight_t,
        "instability": term.instability,
        "term": term.term,
    }
