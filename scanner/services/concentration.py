"""How concentrated the supply of a raw material is, by whatever counted it."""

from dataclasses import dataclass

from scanner.assess import supplies
from scanner.assess.concentration import over_years
from scanner.core.concentration import ConcentrationSeries
from scanner.core.names import Stage
from scanner.core.supplies import SupplyScope
from scanner.core.supply import Material
from scanner.services import materials
from scanner.services.context import Context

MOST_NAMED = 10
"""How many of the biggest suppliers can be asked for."""


@dataclass(frozen=True, slots=True)
class MaterialConcentration:
    """A material and the concentration of each series of its supply."""

    material: Material
    series: tuple[ConcentrationSeries, ...]


def of_material(
    ctx: Context,
    material_id: str,
    *,
    scope: SupplyScope | None = None,
    stage: Stage | None = None,
    top: int = 5,
) -> MaterialConcentration:
    """All series, or those of one scope or stage, with the `top` suppliers; `NotFound`."""
    material = materials.get(ctx, material_id).material
    found = [
        over_years(series, top)
        for series in supplies.of_material(ctx.engine.facts, material.id)
        if scope in (None, series.scope) and stage in (None, series.stage)
    ]
    return MaterialConcentration(material, tuple(found))
