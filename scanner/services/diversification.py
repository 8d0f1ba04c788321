"""Where else a raw material is made, and how the European Union stands to these countries."""

from dataclasses import dataclass

from scanner.assess import diversification
from scanner.core.diversification import Room
from scanner.core.supply import Material
from scanner.services import materials
from scanner.services.context import Context


@dataclass(frozen=True, slots=True)
class MaterialRoom:
    """A material and the room at each of its stages."""

    material: Material
    stages: tuple[Room, ...]


def of_material(ctx: Context, material_id: str) -> MaterialRoom:
    """The room at every stage that anybody counts; `NotFound` without such a material."""
    material = materials.get(ctx, material_id).material
    return MaterialRoom(material, diversification.rooms(ctx.engine.facts, material.id))
