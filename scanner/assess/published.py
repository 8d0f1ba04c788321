"""The official figures of the EU 2023 assessment, passed on unchanged.

Source: M. Grohol, C. Veeh, Study on the critical raw materials for the EU 2023, final report,
doi:10.2873/725585. A figure that the study does not print is ``None`` with a reason.
"""

from scanner.core.indicators import Figure
from scanner.core.supply import Material

NOT_PUBLISHED = "not_published"
NOT_NEEDED = "not_published_at_assessed_stage"


def supply_risk(material: Material) -> Figure:
    """Supply risk at the bottleneck stage, about 0..6; critical from 1.0."""
    return Figure(
        value=material.supply_risk,
        method="eu-supply-risk-2023",
        year=material.year,
        source=material.source,
        stage=material.assessed_stage,
        reason=None if material.supply_risk is not None else NOT_PUBLISHED,
    )


def economic_importance(material: Material) -> Figure:
    """Economic importance, 0..10; critical from 2.8."""
    return Figure(
        value=material.economic_importance,
        method="eu-economic-importance-2023",
        year=material.year,
        source=material.source,
        reason=None if material.economic_importance is not None else NOT_PUBLISHED,
    )


def import_reliance(material: Material) -> Figure:
    """Net import reliance of the EU at the assessed stage, a fraction 0..1."""
    stage = material.assessed_stage
    figures = material.stages.get(stage) if stage else None
    value = figures.import_reliance if figures else None
    return Figure(
        value=value,
        method="eu-import-reliance-2023",
        year=material.year,
        source=material.parameter_source,
        stage=stage,
        reason=None if value is not None else NOT_NEEDED,
    )


def eol_rir(material: Material) -> Figure:
    """End-of-life recycling input rate, a fraction 0..1."""
    return Figure(
        value=material.eol_rir,
        method="eol-rir-2023",
        year=material.year,
        source=material.parameter_source,
        reason=None if material.eol_rir is not None else NOT_PUBLISHED,
    )
