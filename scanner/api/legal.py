"""``/v1/materials/{id}/legal``: legal lists and tests, conflict regimes, measures on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import Response

from scanner.api import answers, bodies, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.concentration import supplier_answer
from scanner.api.contract import Routes
from scanner.api.schemas_legal import (
    LegalQuery,
    MaterialLegalSchema,
    OwnOriginsSchema,
    PurchaseTestSchema,
)
from scanner.api.standing import regime_answer, restriction_answer, sanction_answer
from scanner.core.geopolrisk import Purchase
from scanner.core.legal import (
    BENCHMARK,
    ConflictExposure,
    ConflictShare,
    MeasureOn,
    ProductGroup,
    ThirdCountryTest,
)
from scanner.core.names import CountryCode, SourceId
from scanner.core.restrictions import Restriction
from scanner.core.supply import Listing
from scanner.profile.materials import listing_answer
from scanner.services import legal, materials
from scanner.services.roles import Scope

routes = Routes("legal", __name__, tag="methods", url_prefix="/v1")
ADDRESS: Final = "/materials/<material_id>/legal"
ACT: Final = SourceId("crma")


@kept.resource(routes, ADDRESS, MaterialLegalSchema, query=LegalQuery)
def get_legal(query: Mapping[str, Any], material_id: str) -> Response:
    """Legal tests of a raw material: lists, the 65 %, conflict regimes, measures on a day.

    Without `on` the day is that of the release.
    """
    found = legal.of_material(context(), material_id, on=query.get("on"))
    explain = query.get("explain", False)
    strategic = found.material.strategic
    document = {
        "material": found.material.id,
        "name": found.material.names[answers.language()],
        "on": found.on.isoformat(),
        "critical": _listing(found.material.critical),
        "strategic": _listing(strategic),
        "benchmark": BENCHMARK,
        "third_country_tests": [_test(one) for one in found.tests],
        "company_duty": {
            "article": "24(1)",
            "applies_to_material": strategic is not None,
            "product_groups": [] if strategic is None else [str(one) for one in ProductGroup],
            "source": ACT,
        },
        "conflict_regimes": [_conflict(one, explain) for one in found.conflicts],
        "export_restrictions": [_measure(one, found.on, explain) for one in found.restrictions],
        "sanctions": [_measure(one, found.on, explain) for one in found.sanctions],
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


@routes.operation(
    "POST",
    ADDRESS,
    scope=Scope.ANALYSES_RUN,
    answer=PurchaseTestSchema,
    problems=(*bodies.JSON_PROBLEMS, "not-found"),
    extra={**bodies.takes(OwnOriginsSchema), **answers.NAMED},
    headers=answers.NAMED_HEADERS,
)
def check_purchases(material_id: str) -> Response:
    """Whether a third country has more than 65 % of your own purchases; nothing is stored.

    It is the benchmark of the Union, held against your purchases: no duty of a company.
    """
    given = bodies.json_object(OwnOriginsSchema())
    purchases = [Purchase(CountryCode(one["country"]), one["weight_t"]) for one in given["origins"]]
    found = legal.of_purchases(context(), material_id, purchases)
    material = materials.get(context(), material_id).material
    document = {
        "material": material.id,
        "name": material.names[answers.language()],
        "strategic": _listing(material.strategic),
        "benchmark": BENCHMARK,
        **_test(found),
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document, ACT)})


def _listing(listing: Listing | None) -> dict[str, Any] | None:
    """A place on a list, and whether a component can show that its qualifier is met."""
    answer = listing_answer(listing)
    if answer is not None and listing is not None:
        answer["grade_shown"] = _shown(listing)
    return answer


def _shown(listing: Listing) -> str:
    if listing.qualifier is None:
        return "not_needed"
    shows = [rule for rule in listing.rules if rule.shown]
    if any(rule.role is None and rule.grade is None for rule in shows):
        return "by_material"
    return "by_role" if shows else "no"


def _test(one: ThirdCountryTest) -> dict[str, Any]:
    return {
        "test": one.test,
        "stage": one.stage,
        "above": one.above,
        "largest": None if one.largest is None else supplier_answer(one.largest),
        "unnamed": one.unnamed,
        "materials": list(one.counted),
        "year": one.year,
        "source": one.source,
        "reason": one.reason,
    }


def _conflict(one: ConflictExposure, explain: bool) -> dict[str, Any]:
    return {
        **regime_answer(one.regime),
        "concerned": one.concerned,
        "supplies": [_conflict_share(share, explain) for share in one.supplies],
    }


def _conflict_share(one: ConflictShare, explain: bool) -> dict[str, Any]:
    return {
        "scope": one.scope,
        "stage": one.stage,
        "at_most": one.at_most,
        "countries": [
            {
                **supplier_answer(found.share),
                "whole_country": found.whole,
                "regions": sum(area.region is not None for area in found.areas),
                **(
                    {
                        "areas": [
                            {"standing": area.standing, "region": area.region, "name": area.name}
                            for area in found.areas
                        ]
                    }
                    if explain
                    else {}
                ),
            }
            for found in one.countries
        ],
        "year": one.year,
        "source": one.source,
    }


def _measure(one: MeasureOn, on: date, explain: bool) -> dict[str, Any]:
    """A measure with what holds on the day; all its periods only where they are asked for."""
    measure = one.measure
    answer = (
        restriction_answer(measure, on)
        if isinstance(measure, Restriction)
        else sanction_answer(measure, on)
    )
    if not explain:
        del answer["periods"]
    return {**answer, "in_force": one.in_force}
