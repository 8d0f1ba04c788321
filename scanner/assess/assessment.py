"""All indicators of all materials of one release, computed once."""

from collections.abc import Mapping
from functools import partial

from scanner.assess import (
    concentration,
    diversification,
    governance,
    present_day_risk,
    published,
    scanner_indicators,
)
from scanner.core.indicators import Assessment, Concentration, LargestSource, Outlook
from scanner.core.methods import Facts
from scanner.core.names import MaterialId, Scope, Stage
from scanner.core.supply import Material, Share, Supply


def assess(facts: Facts) -> Mapping[MaterialId, Assessment]:
    """One `Assessment` per material, keyed and ordered by material id."""
    materials = facts.supply.materials
    return {key: _assess(facts, materials[key]) for key in sorted(materials)}


def _assess(facts: Facts, material: Material) -> Assessment:
    supply = facts.supply
    found = tuple(
        _concentration(supply, stage, scope, shares)
        for stage in Stage
        for scope in Scope
        if (shares := supply.shares.get((material.id, stage, scope)))
    )
    return Assessment(
        material=material,
        supply_risk=published.supply_risk(material),
        economic_importance=published.economic_importance(material),
        import_reliance=published.import_reliance(material),
        eol_rir=published.eol_rir(material),
        concentration=found,
        largest_source=_largest_source(material, found),
        outlook=_outlook(facts, material),
    )


def _outlook(facts: Facts, material: Material) -> Outlook:
    stage = material.assessed_stage
    return Outlook(
        present_day=present_day_risk.trend(facts, material.id),
        room=None if stage is None else diversification.at_stage(facts, material.id, stage),
        indicators=scanner_indicators.of_material(facts, material.id),
    )


def _concentration(
    supply: Supply, stage: Stage, scope: Scope, shares: tuple[Share, ...]
) -> Concentration:
    weighted = concentration.governance_weighted(shares, partial(governance.scaled, supply))
    return Concentration(
        stage=stage,
        scope=scope,
        hhi=concentration.herfindahl(shares),
        governance_hhi=weighted,
        named=concentration.named(shares),
        countries=len(shares),
        largest=concentration.largest(shares),
        year=shares[0].year,
        source=shares[0].source,
        governance_source=governance.source(supply, shares),
    )


def _largest_source(material: Material, found: tuple[Concentration, ...]) -> LargestSource | None:
    """The biggest supplier: world supply at the assessed stage, else the nearest there is."""

    def preference(item: Concentration) -> tuple[bool, bool, float]:
        size = item.largest[0].fraction
        return (item.stage != material.assessed_stage, item.scope != Scope.GLOBAL, -size)

    usable = [item for item in found if item.largest and not item.largest[0].upper_bound]
    if not usable:
        return None
    best = min(usable, key=preference)
    return LargestSource(share=best.largest[0], stage=best.stage, scope=best.scope)
