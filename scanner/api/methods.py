"""``/v1/methods``: the methods, the raw materials ranked under each, and how far two agree."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.resources import name_of
from scanner.api.schemas_methods import (
    ComparisonQuery,
    ComparisonSchema,
    MethodPageSchema,
    RankingPageSchema,
    RankingQuery,
)
from scanner.api.schemas_shared import PageQuery
from scanner.core.methods import Method, MethodFigure
from scanner.core.ranking import Places
from scanner.profile.materials import bounds_answer, listing_answer
from scanner.services import methods
from scanner.services.methods import MethodView, RankedMaterial

routes = Routes("methods", __name__, url_prefix="/v1")


@kept.resource(routes, "/methods", MethodPageSchema, query=PageQuery)
def list_methods(query: Mapping[str, Any]) -> Response:
    """The methods that give one figure for a raw material, and how many materials they know."""
    page = methods.list_page(context(), cursor=query.get("cursor"), limit=answers.limit(query))
    return answers.page(page, [_view(one) for one in page.items], release=_release())


@kept.resource(
    routes,
    "/methods/comparison",
    ComparisonSchema,
    query=ComparisonQuery,
    problems=("invalid-input",),
)
def compare_methods(query: Mapping[str, Any]) -> Response:
    """Rank correlation of each two methods over the raw materials that both know."""
    named = query["methods"].split(",") if "methods" in query else ()
    found = methods.comparison(
        context(),
        named=named,
        critical=query.get("critical"),
        strategic=query.get("strategic"),
    )
    return answers.json({"pairs": [asdict(pair) for pair in found], "release": _release()})


@kept.resource(
    routes,
    "/methods/<method_id>",
    RankingPageSchema,
    query=RankingQuery,
    problems=("not-found", "invalid-input"),
)
def rank_materials(query: Mapping[str, Any], method_id: str) -> Response:
    """A method, and the raw materials ranked under it: riskiest first, without figure last."""
    method = methods.get(method_id)
    page = methods.ranking_page(
        context(),
        method,
        cursor=query.get("cursor"),
        limit=answers.limit(query),
        critical=query.get("critical"),
        strategic=query.get("strategic"),
    )
    items = [_ranked(one) for one in page.items]
    return answers.page(
        page,
        items,
        method=_view(methods.view(context(), method)),
        release=_release(),
        sources=cited(items),
    )


def method_answer(method: Method) -> dict[str, Any]:
    """What a method is called, and how its figures are to be read."""
    return {
        "id": method.id,
        "name": name_of(method.names),
        "names": dict(method.names),
        "unit": method.unit,
        "lowest": method.lowest,
        "highest": method.highest,
        "direction": method.direction,
        "documentation": method.page,
    }


def method_figure_answer(figure: MethodFigure) -> dict[str, Any]:
    """What a method says of one material."""
    return {
        "value": figure.value,
        "bounds": bounds_answer(figure.bounds, 1.0),
        "stage": figure.stage,
        "year": figure.year,
        "reason": figure.reason,
        "sources": list(figure.sources),
    }


def places_answer(places: Places | None) -> dict[str, int] | None:
    """The ranks that bounds leave open, or None."""
    return None if places is None else places._asdict()


def _view(view: MethodView) -> dict[str, Any]:
    return {
        **method_answer(view.method),
        "with_figure": view.with_figure,
        "without_figure": view.without_figure,
        "reasons": dict(view.reasons),
    }


def _ranked(one: RankedMaterial) -> dict[str, Any]:
    material, ranked = one.material, one.ranked
    return {
        "material": material.id,
        "name": material.names[answers.language()],
        "critical": listing_answer(material.critical),
        "strategic": listing_answer(material.strategic),
        "rank": ranked.rank,
        "places": places_answer(ranked.places),
        "figure": method_figure_answer(ranked.figure),
    }


def _release() -> str:
    return context().engine.knowledge.release.id
