"""Pages of materials, countries and sources."""

from typing import Any

from flask import Blueprint, render_template

from scanner.core.indicators import Assessment
from scanner.core.names import CountryCode, Scope, Stage
from scanner.core.sources import Source
from scanner.pages.language import country_name, material_name
from scanner.pages.maps import land, supply_maps
from scanner.pages.measures import measures_to_take
from scanner.pages.methods import shown_methods
from scanner.pages.resources import shown_resources
from scanner.pages.standing import shown_measures, shown_standing
from scanner.pages.wiring import context, open_to
from scanner.profile.countries import country_answer
from scanner.profile.materials import assessment_answer, listing_answer
from scanner.profile.parts import names_of
from scanner.services import countries, materials, roles

routes = Blueprint("knowledge_pages", __name__)
ALL = 1000
SHOWN_SHARES = 12


@routes.get("/materials")
@open_to(roles.Scope.KNOWLEDGE_READ)
def list_materials() -> str:
    """All raw materials, highest supply risk first."""
    found = materials.list_page(context(), limit=ALL).items
    ordered = sorted(found, key=_riskiest_first)
    entries = [_material(assessment) for assessment in ordered]
    return cited_page("materials.html", {"entries": entries})


@routes.get("/materials/<material_id>")
@open_to(roles.Scope.KNOWLEDGE_READ)
def show_material(material_id: str) -> str:
    """One raw material: status, figures, who supplies and makes it, what for, and since when."""
    assessment = materials.get(context(), material_id)
    shares = context().engine.knowledge.supply.shares
    tables = [
        {
            "stage": stage,
            "scope": scope,
            "year": found[0].year,
            "source": found[0].source,
            "shares": sorted(found, key=lambda s: (s.upper_bound, -s.fraction))[:SHOWN_SHARES],
            "more": max(0, len(found) - SHOWN_SHARES),
        }
        for stage in Stage
        for scope in Scope
        if (found := shares.get((assessment.id, stage, scope)))
    ]
    shown = {"entry": _material(assessment), "tables": tables}
    more = {**shown_resources(assessment.id), **shown_measures(assessment.id)}
    more.update(measures_to_take(assessment.id))
    more.update(maps=supply_maps(assessment.id), land=land())
    return cited_page("material.html", {**shown, **shown_methods(assessment.id), **more})


@routes.get("/countries")
@open_to(roles.Scope.KNOWLEDGE_READ)
def list_countries() -> str:
    """All countries by name."""
    found = countries.list_page(context(), limit=ALL).items
    ordered = sorted(found, key=lambda country: country_name(country.code))
    return cited_page("countries.html", {"countries": ordered})


@routes.get("/countries/<iso3>")
@open_to(roles.Scope.KNOWLEDGE_READ)
def show_country(iso3: str) -> str:
    """One country: what it supplies, indicators, agreements, conflict areas, measures today."""
    country = countries.get(context(), iso3)
    return cited_page(
        "country.html",
        {
            "code": country.code,
            "facts": country_answer(country),
            "supplies": _supplies(country.code),
            **shown_standing(country.code),
        },
    )


def _riskiest_first(assessment: Assessment) -> tuple[bool, float, str]:
    """Highest supply risk first, unknown ones last and marked as such."""
    value = assessment.supply_risk.value
    return (value is None, -(value or 0.0), material_name(assessment.id))


def _material(assessment: Assessment) -> dict[str, Any]:
    material = assessment.material
    return {
        "material": material.id,
        "symbol": material.symbol,
        "is_group": material.is_group,
        "critical": listing_answer(material.critical),
        "strategic": listing_answer(material.strategic),
        **assessment_answer(assessment),
    }


def _supplies(code: CountryCode) -> list[dict[str, Any]]:
    """The world shares of a country, biggest first."""
    found = [
        {
            "material": material,
            "stage": stage,
            "share": share.fraction,
            "year": share.year,
            "source": share.source,
        }
        for (material, stage, scope), shares in context().engine.knowledge.supply.shares.items()
        for share in shares
        if scope == Scope.GLOBAL and share.country == code and not share.upper_bound
    ]
    return sorted(found, key=lambda item: (-item["share"], item["material"], item["stage"]))


def cited_page(template: str, shown: dict[str, Any]) -> str:
    """A page with the sources that it cites, numbered."""
    knowledge = context().engine.knowledge
    keys = sorted(names_of(shown))
    sources: dict[str, Source] = {
        key: source for key, source in knowledge.sources.items() if key in set(keys)
    }
    return render_template(
        template,
        **shown,
        sources=sources,
        numbers={key: place for place, key in enumerate(sorted(sources), start=1)},
        release=knowledge.release,
    )
