"""The page of a disruption: countries supply less, and what that means for one BOM."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, request

from scanner.core.names import CountryCode, MaterialId
from scanner.core.scenarios import Loss, Scenario
from scanner.pages.knowledge import cited_page
from scanner.pages.language import country_name
from scanner.pages.person import company
from scanner.pages.wiring import context, open_to
from scanner.services import boms, scenarios
from scanner.services.roles import Scope

routes = Blueprint("scenario_pages", __name__)
PERCENTS: Final = (100, 75, 50, 25, 10)
SHOWN_NEXT: Final = 3


@routes.get("/boms/<uuid:bom_id>/scenario")
@open_to(Scope.BOMS_READ)
def show(bom_id: UUID) -> str:
    """The form, and once a country is chosen, the materials and parts that depend on it."""
    bom = boms.get(context(), company(), bom_id)
    supply = context().engine.knowledge.supply
    suppliers = {share.country for shares in supply.shares.values() for share in shares}
    chosen, percent = request.args.get("country", ""), _percent()
    shown: dict[str, Any] = {
        "bom": bom,
        "chosen": chosen,
        "percent": percent,
        "percents": PERCENTS,
        "countries": sorted(suppliers, key=country_name),
        "told": None,
    }
    if chosen in supply.countries:
        shown |= _told(bom_id, Scenario(frozenset([CountryCode(chosen)]), percent / 100))
    return cited_page("scenario.html", shown)


def _told(bom_id: UUID, scenario: Scenario) -> dict[str, Any]:
    at_stake = scenarios.take(context(), scenario, {})
    told = scenarios.of_bom(context(), company(), bom_id, at_stake)
    losses = {
        one["material"]: _loss(at_stake.losses[MaterialId(one["material"])].largest)
        for one in told["materials"]
    }
    return {"told": told, "losses": losses}


def _loss(found: Loss | None) -> dict[str, Any]:
    """When and by whom the largest loss of a material was counted, and who else supplies."""
    if found is None:
        return {"year": None, "source": None, "following": []}
    following = [(share.country, share.fraction) for share in found.following[:SHOWN_NEXT]]
    return {"year": found.year, "source": found.source, "following": following}


def _percent() -> int:
    asked = request.args.get("percent", "")
    return int(asked) if asked in set(map(str, PERCENTS)) else PERCENTS[0]
