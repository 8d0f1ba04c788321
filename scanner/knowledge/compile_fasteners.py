"""Tables → what nuts, washers and screws of a standard fill, and what a metre of a section is.

Between the smallest and the largest solid that the sizes of the standard leave: a hexagon with
broken edges lies between its inscribed circle and itself, a thread between its core and its
outside. With the pitch P of a metric thread of diameter d, ISO 724 gives the core of a nut,
d − 1.0825·P, and ISO 68-1 that of a screw, d − 1.2269·P.
"""

from collections.abc import Mapping
from math import pi, sqrt

from scanner.core.composition import Range, nominal
from scanner.core.names import SourceId
from scanner.core.recipes import Section, StandardShape
from scanner.knowledge import schema_masses
from scanner.knowledge.columns import FastenerShape
from scanner.knowledge.tables import Tables

CM3_PER_MM3 = 0.001
NUT_CORE = 1.0825
SCREW_CORE = 1.2269
STEEL = 7.85
"""Grams per cubic centimetre by which tables of steel sections reckon (EN 10365)."""


def compile_shapes(tables: Tables) -> Mapping[tuple[str, str], StandardShape]:
    """The shape of each standard and thread (``DIN934``, ``M8``)."""
    return {
        (row.standard, row.thread): _SHAPES[row.shape](row)
        for row in tables.of(schema_masses.FastenerSizeRow)
    }


def compile_sections(tables: Tables) -> Mapping[str, Section]:
    """The sections by name (``HEA160``)."""
    return {
        row.section: Section(
            square_mm=nominal(row.kg_per_metre / STEEL * 1000),
            outline_mm=None if row.m2_per_metre is None else row.m2_per_metre * 1000,
            web_mm=row.web_mm,
            source=SourceId(row.source),
        )
        for row in tables.of(schema_masses.SectionRow)
    }


def _circle(diameter: float) -> float:
    return pi / 4 * diameter * diameter


def _hexagon(flats: float) -> float:
    return sqrt(3) / 2 * flats * flats


def _nut(row: schema_masses.FastenerSizeRow) -> StandardShape:
    outside, pitch = float(row.thread[1:]), row.pitch_mm or 0.0
    low = _circle(row.outer_low_mm or row.outer_mm) - _circle(outside)
    high = _hexagon(row.outer_mm) - _circle(outside - NUT_CORE * pitch)
    volume = Range(low * (row.height_low_mm or row.height_mm), None, high * row.height_mm, False)
    return _shape("(√3/2·s²−π/4·d²)·m", volume, row)


def _washer(row: schema_masses.FastenerSizeRow) -> StandardShape:
    face = _circle(row.outer_mm) - _circle(row.bore_mm or 0.0)
    return _shape("π/4·(D²−d²)·h", nominal(face * row.height_mm), row)


def _screw(row: schema_masses.FastenerSizeRow) -> StandardShape:
    outside, pitch = float(row.thread[1:]), row.pitch_mm or 0.0
    head = Range(
        _circle(row.outer_low_mm or row.outer_mm) * (row.height_low_mm or row.height_mm),
        None,
        _hexagon(row.outer_mm) * row.height_mm,
        known=False,
    )
    core = outside - SCREW_CORE * pitch
    shank = Range(_circle(core) * CM3_PER_MM3, None, _circle(outside) * CM3_PER_MM3, known=False)
    return _shape("√3/2·s²·k+π/4·d²·L", head, row, shank)


def _shape(
    formula: str, volume: Range, row: schema_masses.FastenerSizeRow, shank: Range | None = None
) -> StandardShape:
    sources = tuple(SourceId(key) for key in row.source.split(";"))
    return StandardShape(formula, volume.scaled(CM3_PER_MM3), shank, sources)


_SHAPES = {
    FastenerShape.NUT: _nut,
    FastenerShape.WASHER: _washer,
    FastenerShape.SCREW: _screw,
}
