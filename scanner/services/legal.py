"""What the law asks of a raw material: tests, conflict regimes and measures on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scanner.assess import legal
from scanner.core.errors import InvalidInput, Place
from scanner.core.geopolrisk import Purchase
from scanner.core.legal import ConflictExposure, MeasureOn, ThirdCountryTest
from scanner.core.supply import Material
from scanner.services import materials, standing
from scanner.services.context import Context


@dataclass(frozen=True, slots=True)
class MaterialLegal:
    """A material with its tests, and its restrictions and sanctions on the day `on`."""

    material: Material
    on: date
    tests: tuple[ThirdCountryTest, ...]
    conflicts: tuple[ConflictExposure, ...]
    restrictions: tuple[MeasureOn, ...]
    sanctions: tuple[MeasureOn, ...]


def of_material(ctx: Context, material_id: str, *, on: date | None = None) -> MaterialLegal:
    """All tests of a material, on a day or on that of the release; `NotFound`.

    The day is never that of the clock: the same question has the same answer tomorrow.
    """
    material = materials.get(ctx, material_id).material
    facts = ctx.engine.facts
    day = on or date.fromisoformat(ctx.engine.knowledge.release.date)
    return MaterialLegal(
        material=material,
        on=day,
        tests=tuple(legal.third_country_tests(facts, material.id)),
        conflicts=tuple(legal.conflicts(facts, material.id)),
        restrictions=legal.measures(standing.restrictions_on(ctx, material.id), day),
        sanctions=legal.measures(standing.sanctions_on(ctx, material.id), day),
    )


def of_purchases(ctx: Context, material_id: str, purchases: Sequence[Purchase]) -> ThirdCountryTest:
    """The test of the benchmark on what a company bought; `NotFound`, `InvalidInput`."""
    material = materials.get(ctx, material_id).material
    for place, one in enumerate(purchases):
        if one.origin not in ctx.engine.facts.supply.countries:
            raise InvalidInput(
                f"There is no country '{one.origin}' in this release.",
                advice="Countries are named by ISO 3166-1 alpha-3 codes, such as NLD.",
                place=Place(pointer=f"/origins/{place}/country"),
            )
    return legal.of_purchases(ctx.engine.facts, material.id, purchases)
