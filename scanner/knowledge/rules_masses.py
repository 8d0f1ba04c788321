"""What the tables of masses and densities must satisfy."""

from collections.abc import Iterator

from scanner.knowledge import schema, schema_masses
from scanner.knowledge.columns import DensityOf
from scanner.knowledge.tables import Problem, Tables


def densities_are_figures(tables: Tables) -> Iterator[Problem]:
    """A density is a typical value, limits on both sides, or both, in order."""
    for number, row in tables.numbered(schema_masses.DensityRow):
        printed = [value for value in (row.low, row.typical, row.high) if value is not None]
        shown = f"{row.low}, {row.typical}, {row.high}"
        if (row.low is None) != (row.high is None):
            yield Problem("densities", number, "low", shown, "both ends or neither")
        elif not printed:
            yield Problem("densities", number, "typical", shown, "a density needs a figure")
        elif printed != sorted(printed):
            yield Problem("densities", number, "low", shown, "must be low <= typical <= high")
        elif row.low is not None and row.low == row.high:
            rule = "one figure without limits is typical"
            yield Problem("densities", number, "low", shown, rule)


def densities_are_of_something(tables: Tables) -> Iterator[Problem]:
    """What a density is of exists."""
    known = {
        DensityOf.FAMILY: {row.family for row in tables.of(schema.AlloyRow)},
        DensityOf.ALLOY: {row.id for row in tables.of(schema.AlloyRow)},
        DensityOf.MATERIAL: {row.id for row in tables.of(schema.MaterialRow)},
        DensityOf.CLASS: {row.id for row in tables.of(schema.ClassRow)},
    }
    for number, row in tables.numbered(schema_masses.DensityRow):
        if row.item not in known[row.kind]:
            yield Problem("densities", number, "item", row.item, f"not a known {row.kind}")


def coats_are_thicker_on_average(tables: Tables) -> Iterator[Problem]:
    """A coat is not thinner on average than at its thinnest place."""
    for number, row in tables.numbered(schema_masses.DipCoatRow):
        if row.mean_um < row.local_um:
            rule = "must not be below local_um"
            yield Problem("dip_coats", number, "mean_um", f"{row.mean_um:g}", rule)


RULES = (densities_are_figures, densities_are_of_something, coats_are_thicker_on_average)
