"""The supply risk of a raw material: published, recomputed term by term, and its trend since."""

from dataclasses import dataclass

from scanner.assess import eu_supply_risk, present_day_risk
from scanner.assess.supply_risk_differences import explain
from scanner.core.explanation import Explanation
from scanner.core.indicators import Assessment
from scanner.core.present_day_risk import PresentDayRisk
from scanner.core.supply_risk import RecomputedRisk
from scanner.services import materials
from scanner.services.context import Context


@dataclass(frozen=True, slots=True)
class MaterialSupplyRisk:
    """The official figures, the recomputation of each stage with its explanation, and the trend."""

    assessment: Assessment
    stages: tuple[tuple[RecomputedRisk, Explanation], ...]
    present_day: PresentDayRisk


def of_material(ctx: Context, material_id: str) -> MaterialSupplyRisk:
    """All of it; `NotFound` when the release has no such material."""
    assessment = materials.get(ctx, material_id)
    facts, material = ctx.engine.facts, assessment.material
    earlier = facts.resources.parameters_2017(material.id)
    recomputed = eu_supply_risk.recompute(facts.supply, material, earlier)
    return MaterialSupplyRisk(
        assessment=assessment,
        stages=tuple((one, explain(material, one, earlier)) for one in recomputed),
        present_day=present_day_risk.trend(facts, material.id),
    )
