"""Tables → densities of alloys, raw materials and classes."""

from collections.abc import Mapping

from scanner.core.composition import Range, nominal
from scanner.core.evidence import Target
from scanner.core.names import SourceId, TargetKind
from scanner.core.recipes import Density
from scanner.knowledge import schema, schema_masses
from scanner.knowledge.columns import DensityOf
from scanner.knowledge.tables import Tables

_KINDS = {
    DensityOf.ALLOY: TargetKind.ALLOY,
    DensityOf.MATERIAL: TargetKind.MATERIAL,
    DensityOf.CLASS: TargetKind.CLASS,
}


def compile_densities(tables: Tables) -> Mapping[Target, Density]:
    """The density of each thing that has one; an alloy's own goes before its family's."""
    rows = list(tables.of(schema_masses.DensityRow))
    families = {row.item: _density(row) for row in rows if row.kind is DensityOf.FAMILY}
    found = {
        Target(TargetKind.ALLOY, alloy.id): families[alloy.family]
        for alloy in tables.of(schema.AlloyRow)
        if alloy.family in families
    }
    for row in rows:
        if row.kind is not DensityOf.FAMILY:
            found[Target(_KINDS[row.kind], row.item)] = _density(row)
    return found


def _density(row: schema_masses.DensityRow) -> Density:
    sources = tuple(SourceId(key) for key in row.source.split(";"))
    return Density(_figure(row.low, row.typical, row.high), sources)


def _figure(low: float | None, typical: float | None, high: float | None) -> Range:
    if low is not None and high is not None:
        return Range(low, typical, high)
    if typical is not None:
        return nominal(typical)
    raise ValueError("a density without a figure passed the rules")
