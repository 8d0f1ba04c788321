"""``/v1/materials``: the raw materials of the release with their published figures."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.resources import resources_answer
from scanner.api.schemas_countries import DayQuery
from scanner.api.schemas_knowledge import (
    MaterialDetailSchema,
    MaterialListQuery,
    MaterialPageSchema,
)
from scanner.api.standing import measures_answer
from scanner.core.indicators import Assessment
from scanner.core.names import CountryCode, Scope, Stage
from scanner.core.supply import Share
from scanner.profile.materials import assessment_answer, listing_answer
from scanner.services import materials

routes = Routes("materials", __name__, url_prefix="/v1")


@kept.resource(routes, "/materials", MaterialPageSchema, query=MaterialListQuery)
def list_materials(query: Mapping[str, Any]) -> Response:
    """The raw materials with status and indicators, by id or by the greatest figure."""
    page = materials.list_page(
        context(),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
        critical=query.get("critical"),
        strategic=query.get("strategic"),
        order=query.get("sort", materials.Order.ID),
    )
    items = [_material(assessment) for assessment in page.items]
    return answers.page(page, items, sources=cited(items))


@kept.resource(routes, "/materials/<material_id>", MaterialDetailSchema, query=DayQuery)
def get_material(query: Mapping[str, Any], material_id: str) -> Response:
    """One raw material: supply, production, trade, prices, uses, restrictions, history, sources."""
    assessment = materials.get(context(), material_id)
    material, release = assessment.material, context().engine.knowledge.release
    document = {
        **_material(assessment),
        "names": dict(material.names),
        "substitution_sr": material.substitution_sr,
        "substitution_ei": material.substitution_ei,
        "parameter_source": material.parameter_source,
        "supply": _supply(assessment),
        **resources_answer(material.id),
        **measures_answer(context(), material.id, query.get("on")),
        "note": material.note,
        "release": release.id,
    }
    return answers.json({**document, "sources": cited(document, material.parameter_source)})


def _material(assessment: Assessment) -> dict[str, Any]:
    material = assessment.material
    return {
        "id": material.id,
        "name": material.names[answers.language()],
        "symbol": material.symbol,
        "category": material.category,
        "group": material.group,
        "is_group": material.is_group,
        "critical": listing_answer(material.critical),
        "strategic": listing_answer(material.strategic),
        "assessed_stage": material.assessed_stage,
        **assessment_answer(assessment),
    }


def _supply(assessment: Assessment) -> list[dict[str, Any]]:
    tables = context().engine.knowledge.supply.shares
    return [
        {
            "stage": stage,
            "scope": scope,
            "year": shares[0].year,
            "source": shares[0].source,
            "shares": [_share(share) for share in sorted(shares, key=_biggest_first)],
        }
        for stage in Stage
        for scope in Scope
        if (shares := tables.get((assessment.id, stage, scope)))
    ]


def _share(share: Share) -> dict[str, Any]:
    return {
        "country": share.country,
        "name": country_name(share.country),
        "share": share.fraction,
        "upper_bound": share.upper_bound,
        "trade_parameter": share.trade_parameter,
    }


def _biggest_first(share: Share) -> tuple[bool, float, str]:
    return (share.upper_bound, -share.fraction, share.country)


def country_name(code: CountryCode) -> str:
    """The country's name in the language of the answer; its code where the release has none."""
    country = context().engine.knowledge.supply.countries.get(code)
    return country.names[answers.language()] if country else code
