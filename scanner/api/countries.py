"""``/v1/countries``: what each supplies, its indicators, agreements, conflict areas, measures."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.schemas_countries import DayQuery
from scanner.api.schemas_knowledge import CountryDetailSchema, CountryListQuery, CountryPageSchema
from scanner.api.standing import standing_answer
from scanner.core.names import CountryCode
from scanner.core.supply import Country
from scanner.profile.countries import country_answer
from scanner.services import countries, standing

routes = Routes("countries", __name__, url_prefix="/v1")


@kept.resource(routes, "/countries", CountryPageSchema, query=CountryListQuery)
def list_countries(query: Mapping[str, Any]) -> Response:
    """The countries and territories, by ISO 3166-1 alpha-3 code."""
    page = countries.list_page(
        context(),
        cursor=query.get("cursor"),
        limit=answers.limit(query),
        wanted=countries.Wanted(
            eu_member=query.get("eu_member"),
            partnership=query.get("partnership"),
            supplies=query.get("supplies"),
            restricts=query.get("restricts"),
            regime=query.get("regime"),
            sanctioned=query.get("sanctioned"),
        ),
    )
    items = [_country(country) for country in page.items]
    return answers.page(page, items, sources=cited(items))


@kept.resource(routes, "/countries/<iso3>", CountryDetailSchema, query=DayQuery)
def get_country(query: Mapping[str, Any], iso3: str) -> Response:
    """One country: what it supplies, indicators by year, agreements, conflict areas, measures."""
    country = countries.get(context(), iso3)
    document = {
        **_country(country),
        "names": dict(country.names),
        "supplies": _supplies(country.code),
        **standing_answer(standing.of_country(context(), country.code), query.get("on")),
        "release": context().engine.knowledge.release.id,
    }
    return answers.json({**document, "sources": cited(document)})


def _country(country: Country) -> dict[str, Any]:
    return {
        "id": country.code,
        "alpha2": country.alpha2,
        "name": country.names[answers.language()],
        **country_answer(country),
    }


def _supplies(code: CountryCode) -> list[dict[str, Any]]:
    supply = context().engine.knowledge.supply
    found = [
        {
            "material": material,
            "name": supply.materials[material].names[answers.language()],
            "stage": stage,
            "scope": scope,
            "share": share.fraction,
            "upper_bound": share.upper_bound,
            "trade_parameter": share.trade_parameter,
            "year": share.year,
            "source": share.source,
        }
        for (material, stage, scope), shares in supply.shares.items()
        for share in shares
        if share.country == code and share.fraction > 0
    ]
    return sorted(found, key=_biggest_first)


def _biggest_first(supply: Mapping[str, Any]) -> tuple[Any, ...]:
    return (-supply["share"], supply["material"], supply["stage"], supply["scope"])
