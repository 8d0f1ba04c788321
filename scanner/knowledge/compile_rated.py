"""Tables → amounts of raw materials per kilowatt-hour, kilowatt or device of a class.

They are no fractions, and hold for the class that the source measured and for no narrower one: an
average over chemistries is not that of each.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scanner.core.catalogue import AmountUnit
from scanner.core.composition import Range, nominal
from scanner.core.names import ClassId, MaterialId, SourceId
from scanner.core.recipes import Rated, RatedAmount
from scanner.knowledge import schema
from scanner.knowledge.tables import Tables

_RATED = {
    AmountUnit.G_PER_KWH: (Rated.KILOWATT_HOUR, 1.0),
    AmountUnit.KG_PER_MW: (Rated.KILOWATT, 1.0),
    AmountUnit.MG_PER_DEVICE: (Rated.DEVICE, 0.001),
}
"""Of what, and by how much a figure is multiplied to be grams of it."""

WHOLE = frozenset({"system", "whole_device", "average_2020_EV_pack"})
"""Roles that are the whole thing and not a part of it."""


def compile_rated(tables: Tables) -> Mapping[ClassId, tuple[RatedAmount, ...]]:
    """The amounts of each class that has any, by raw material, in the order of their ids."""
    materials = {
        row.element: row.material
        for row in tables.of(schema.ElementRow)
        if row.context is None and row.material is not None and not row.upstream
    }
    found: dict[tuple[str, str, Rated], list[schema.ClassAmountRow]] = defaultdict(list)
    for row in tables.of(schema.ClassAmountRow):
        if row.unit in _RATED and row.role in WHOLE and row.element in materials:
            rated, _ = _RATED[row.unit]
            found[row.class_id, materials[row.element], rated].append(row)
    amounts: dict[ClassId, list[RatedAmount]] = defaultdict(list)
    for (class_id, material, rated), rows in sorted(found.items()):
        sources = tuple(sorted({SourceId(row.source) for row in rows}))
        amount = RatedAmount(MaterialId(material), rated, _grams(rows), sources)
        amounts[ClassId(class_id)].append(amount)
    return {class_id: tuple(items) for class_id, items in amounts.items()}


def _grams(rows: Sequence[schema.ClassAmountRow]) -> Range:
    """Grams of the unit; figures of several sources span a range."""
    factor = _RATED[rows[0].unit][1]
    figures = list(_figures(rows))
    low, high = min(figures) * factor, max(figures) * factor
    if low == high:
        return nominal(low)
    typical = rows[0].typical if len(rows) == 1 else None
    return Range(low, None if typical is None else typical * factor, high)


def _figures(rows: Iterable[schema.ClassAmountRow]) -> Iterable[float]:
    for row in rows:
        yield from (value for value in (row.low, row.typical, row.high) if value is not None)
