"""What the pages show of measures: those of a raw material, and of one in a BOM."""

from collections.abc import Mapping
from typing import Any

from scanner.core.names import MaterialId
from scanner.pages.wiring import context
from scanner.profile.measures import measures_answer, product_measures
from scanner.services import measures


def measures_to_take(material: MaterialId) -> dict[str, Any]:
    """The measures of one raw material."""
    _, found = measures.of_material(context(), material)
    return {"todo": {**measures_answer(found), "reduce": None, "stock": None}}


def measures_in(profile: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """The measures for one material of a profile."""
    _, found = measures.of_material(context(), entry["material"])
    return {"todo": product_measures(entry, found, profile["options"]["annual_units"])}
