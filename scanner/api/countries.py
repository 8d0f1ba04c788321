"""``/v1/countries``: governance, development, relation to the EU, and what each supplies."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import cited
from scanner.api.contract import Routes
from scanner.api.schemas_knowledge import CountryDetailSchema, CountryPageSchema
from scanner.api.schemas_shared import PageQuery
from scanner.core.names import CountryCode
from scanner.core.supply import Country
from scanner.profile.countries import country_answer
from scanner.services import countries

routes = Routes("countries", __name__, url_prefix="/v1")


@kept.resource(routes, "/countries", CountryPageSchema, query=PageQuery)
def list_countries(query: Mapping[str, Any]) -> Response:
    """The countries and territories, by ISO 3166-1 alpha-3 code."""
    page = countries.list_page(context(), cursor=query.get("cursor"), limit=answers.limit(query))
    items = [_country(country) for country in page.items]
    return answers.page(page, items, sources=cited(items))


@kept.resource(routes, "/countries/<iso3>", CountryDetailSchema)
def get_country(iso3: str) -> Response:
    """One country with everything that it supplies."""
    country = countries.get(context(), iso3)
    document = {
        **_country(country),
        "names": dict(country.names),
        "supplies": _supplies(country.code),
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
