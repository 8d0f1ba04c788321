"""What the tables of masses and densities must satisfy."""

from collections.abc import Iterator

from scanner.knowledge import schema, schema_masses
from scanner.knowledge.columns import DensityOf, FastenerShape
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


def fasteners_have_their_sizes(tables: Tables) -> Iterator[Problem]:
    """A nut or screw has a pitch, a washer a bore; what is largest is not below the smallest."""
    for number, row in tables.numbered(schema_masses.FastenerSizeRow):
        needed = "bore_mm" if row.shape is FastenerShape.WASHER else "pitch_mm"
        if getattr(row, needed) is None:
            yield Problem("fastener_sizes", number, needed, "", f"a {row.shape} needs one")
        elif row.bore_mm is not None and row.bore_mm >= row.outer_mm:
            shown = f"{row.outer_mm:g}"
            yield Problem("fastener_sizes", number, "outer_mm", shown, "must be above bore_mm")
        for low, high in (("outer_low_mm", "outer_mm"), ("height_low_mm", "height_mm")):
            smallest = getattr(row, low)
            if smallest is not None and smallest > getattr(row, high):
                rule = f"must not be above {high}"
                yield Problem("fastener_sizes", number, low, f"{smallest:g}", rule)


RULES = (
    densities_are_figures,
    densities_are_of_something,
    coats_are_thicker_on_average,
    fasteners_have_their_sizes,
)
