"""The eleven indicators of a raw material."""

from dataclasses import dataclass

from scanner.assess import scanner_indicators
from scanner.core.scanner_indicators import Indicator
from scanner.core.supply import Material
from scanner.services import materials
from scanner.services.context import Context


@dataclass(frozen=True, slots=True)
class MaterialIndicators:
    """A material and its eleven indicators, in the order of their groups."""

    material: Material
    indicators: tuple[Indicator, ...]


def of_material(ctx: Context, material_id: str) -> MaterialIndicators:
    """All eleven, known or with the reason why not; `NotFound` without such a material."""
    material = materials.get(ctx, material_id).material
    found = scanner_indicators.of_material(ctx.engine.facts, material.id)
    return MaterialIndicators(material, found)
