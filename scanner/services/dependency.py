"""Strategic dependency: tests of the Union's trade in a raw material."""

from dataclasses import dataclass

from scanner.assess import dependency
from scanner.core.dependency import CodeDependency
from scanner.core.supply import Material
from scanner.core.trade import TradeCode
from scanner.services import materials
from scanner.services.context import Context

THRESHOLDS = dependency.THRESHOLDS
FLOOR_KUSD = dependency.FLOOR_KUSD


@dataclass(frozen=True, slots=True)
class MaterialDependency:
    """A material with its codes that are tested, and those whose flows the release lacks."""

    material: Material
    codes: tuple[CodeDependency, ...]
    not_held: tuple[TradeCode, ...]


def of_material(ctx: Context, material_id: str) -> MaterialDependency:
    """The tests of every code of a material; `NotFound`."""
    material = materials.get(ctx, material_id).material
    codes = dependency.of_material(ctx.engine.facts, material.id)
    tested = {one.code for one in codes}
    known = ctx.engine.knowledge.resources.trade_codes(material.id)
    not_held = tuple(one for one in known if one.code not in tested)
    return MaterialDependency(material, codes, not_held)
