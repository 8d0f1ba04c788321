"""One raw material of a BOM: the parts behind it, its supply, and what can be done about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from flask import Blueprint, render_template, request, url_for

from scanner.core.errors import NotFound
from scanner.core.names import MaterialId
from scanner.pages.answer import Answer, is_listed
from scanner.pages.language import material_name
from scanner.pages.maps import land, supply_maps
from scanner.pages.measures import measures_in
from scanner.pages.methods import side_by_side
from scanner.pages.person import company
from scanner.pages.rules import shown_rules
from scanner.pages.wiring import context, open_to
from scanner.profile.parts import names_of
from scanner.services import boms
from scanner.services.roles import Scope

routes = Blueprint("bom_material_pages", __name__)
COMPARED: Final = 4
"""The riskiest materials whose indicators the page of a BOM sets side by side."""

Entry = Mapping[str, Any]


def _risk(entry: Entry) -> tuple[bool, float]:
    value = entry["supply_risk"]["value"]
    return value is None, -(value or 0.0)


def _mass(entry: Entry) -> tuple[bool, float]:
    mass = entry["mass_g"]
    return mass is None, 0.0 if mass is None else -(mass["high"] or mass["typical"] or 0.0)


def _share(entry: Entry) -> tuple[bool, float]:
    largest = entry["largest_source"]
    return largest is None, 0.0 if largest is None else -largest["share"]


ORDERS: Final[Mapping[str, Callable[[Entry], Any]]] = {
    "risk": _risk,
    "name": lambda entry: material_name(entry["material"]).casefold(),
    "share": _share,
    "mass": _mass,
    "lines": lambda entry: -entry["lines"],
}
"""The orders of the table of materials; what is unknown comes last."""

LISTS: Final = ("critical", "strategic")


def shown_beside(profile: Entry) -> dict[str, Any]:
    """What the page of a BOM tells beside its profile, of what is certainly or likely inside."""
    known = context().engine.knowledge.supply.materials
    sure = [one for one in Answer(profile).sure if one["material"] in known]
    compared = [MaterialId(one["material"]) for one in sure[:COMPARED]]
    return {
        "rules": shown_rules(sure),
        "compared": compared,
        "side_by_side": side_by_side(compared) if compared else [],
    }


def table(entries: Sequence[Entry]) -> dict[str, Any]:
    """The materials in the order and of the list that the address asks for."""
    order = request.args.get("sort", "risk")
    chosen = request.args.get("list", "")
    order = order if order in ORDERS else "risk"
    chosen = chosen if chosen in LISTS else ""
    wanted = [one for one in entries if not chosen or is_listed(one[chosen])]
    return {
        "entries": sorted(wanted, key=ORDERS[order]),
        "order": order,
        "list": chosen,
        "left_out": len(entries) - len(wanted),
    }


@routes.get("/boms/<uuid:bom_id>/materials/<material_id>")
@open_to(Scope.BOMS_READ)
def show(bom_id: UUID, material_id: str) -> str:
    """One material of a BOM, as its profile has it."""
    bom = boms.get(context(), company(), bom_id)
    stored = boms.profile(context(), company(), bom_id, version=bom.version.number)
    profile = orjson.loads(stored.body)
    entry = next((one for one in profile["materials"] if one["material"] == material_id), None)
    if entry is None:
        raise NotFound(
            f"The profile of this BOM has no raw material '{material_id}'.",
            advice="Choose one from the page of the BOM.",
        )
    known = material_id in context().engine.knowledge.supply.materials
    beside: dict[str, Any] = measures_in(profile, entry) if known else {"todo": None}
    beside["maps"] = supply_maps(MaterialId(material_id))
    cited = names_of({"": entry})
    sources = {key: one for key, one in profile["sources"].items() if key in cited}
    answer = Answer({**profile, "sources": sources}, beside, context().engine.knowledge.sources)
    return render_template(
        "bom_material.html",
        bom=bom,
        answer=answer,
        numbers=answer.numbers,
        entry=entry,
        back=url_for("bom_pages.show", bom_id=bom_id, _anchor=f"material-{material_id}"),
        land=land(),
        **beside,
    )
