"""Measures: what can be done about a raw material, and about those of a company's BOM."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from scanner.assess import measures
from scanner.core.measures import MaterialMeasures
from scanner.core.names import CompanyId, MaterialId
from scanner.core.supply import Material
from scanner.profile.measures import product_measures
from scanner.services import boms, materials
from scanner.services.context import Context


@dataclass(frozen=True, slots=True)
class BomMeasures:
    """The measures for the materials of one version that are certainly or likely inside.

    Measures are not part of the profile: they are told on the release that the service runs on,
    from the masses of the profile.
    """

    version: int
    profile_sha256: str
    profile_release: str
    annual_units: str | None
    materials: tuple[Mapping[str, Any], ...]
    left_out: tuple[MaterialId, ...]


def of_material(ctx: Context, material_id: str) -> tuple[Material, MaterialMeasures]:
    """The measures of one material; `NotFound` without such a material."""
    material = materials.get(ctx, material_id).material
    return material, measures.of_material(ctx.engine.facts, material.id)


def of_bom(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    version: int | None = None,
    revision: int | None = None,
) -> BomMeasures:
    """The measures of a version's materials, highest supply risk first.

    Raises what `boms.profile` raises.
    """
    stored = boms.profile(ctx, company_id, bom_id, version=version, revision=revision)
    return of_document(ctx, orjson.loads(stored.body), stored.version, stored.sha256)


def of_document(
    ctx: Context, document: Mapping[str, Any], version: int, sha256: str
) -> BomMeasures:
    """The measures for a profile that is at hand."""
    known = ctx.engine.knowledge.supply.materials
    sure = [one for one in document["materials"] if one["presence"] != "possible"]
    return BomMeasures(
        version=version,
        profile_sha256=sha256,
        profile_release=document["knowledge"]["release"],
        annual_units=document["options"]["annual_units"],
        materials=tuple(_of_entry(ctx, one, document) for one in sure if one["material"] in known),
        left_out=tuple(
            MaterialId(one["material"])
            for one in document["materials"]
            if one["presence"] == "possible" or one["material"] not in known
        ),
    )


def _of_entry(
    ctx: Context, entry: Mapping[str, Any], document: Mapping[str, Any]
) -> Mapping[str, Any]:
    found = measures.of_material(ctx.engine.facts, MaterialId(entry["material"]))
    return {
        "material": entry["material"],
        "presence": entry["presence"],
        "supply_risk": entry["supply_risk"]["value"],
        **product_measures(entry, found, document["options"]["annual_units"]),
    }
