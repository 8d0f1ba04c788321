"""The tables that turn pieces and volumes into mass."""

from dataclasses import dataclass
from typing import Annotated

from scanner.knowledge.columns import (
    Check,
    Cited,
    Class,
    DensityOf,
    FastenerShape,
    Grams,
    GramsPerCm3,
    Key,
    Micrometres,
    Millimetres,
    Table,
)


@dataclass(frozen=True, slots=True)
class MassRow:
    """Grams of one piece of a class, in one package (folded to A–Z0–9) or in general."""

    class_id: Class
    package: Annotated[str, Check(pattern=r"[A-Z0-9]+")] | None
    low: Grams
    typical: Grams | None
    high: Grams
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class StandardMassRow:
    """Grams of one piece of steel of a part that a standard describes (``DIN912``, ``M6X20``)."""

    standard: Annotated[str, Check(pattern=r"(DIN|ISO|EN)\d+")]
    size: Annotated[str, Check(pattern=r"M\d+(\.\d+)?(X\d+)?")]
    grams: Annotated[float, Check(low=1e-3)]
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class DensityRow:
    """Density of a solid: limits, a typical value between them, or one figure without limits.

    That of an alloy goes before that of its family.
    """

    kind: DensityOf
    item: Key
    low: GramsPerCm3 | None
    typical: GramsPerCm3 | None
    high: GramsPerCm3 | None
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class DipCoatRow:
    """Micrometres of hot-dip zinc that a standard asks for: least at any place, and on average.

    For iron thinner than `below_mm` millimetres, or not thicker than `up_to_mm`.
    """

    standard: Annotated[str, Check(pattern=r"ISO\d+")]
    below_mm: Millimetres | None
    up_to_mm: Millimetres | None
    local_um: Micrometres
    mean_um: Micrometres
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class FastenerSizeRow:
    """Sizes in millimetres that a standard gives for a nut, a washer or a screw with full thread.

    `outer_mm` is the width across flats of a hexagon, else the outer diameter; with a tolerance it
    is the largest, and `outer_low_mm` the smallest; so is `height_mm` that of the nut, washer or
    head. `bore_mm` is that of a washer.
    """

    standard: Annotated[str, Check(pattern=r"(DIN|ISO|EN)\d+")]
    thread: Annotated[str, Check(pattern=r"M\d+(\.\d+)?")]
    shape: FastenerShape
    pitch_mm: Millimetres | None
    outer_mm: Millimetres
    outer_low_mm: Millimetres | None
    bore_mm: Millimetres | None
    height_mm: Millimetres
    height_low_mm: Millimetres | None
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A rolled section of steel: mass and surface of a metre, thickness of its web."""

    section: Annotated[str, Check(pattern=r"[A-Z]+\d+")]
    kg_per_metre: Annotated[float, Check(low=0.1)]
    m2_per_metre: Annotated[float, Check(low=0.01)] | None
    web_mm: Millimetres
    source: Cited
    note: str | None


TABLES = (
    Table("piece_masses", MassRow, ("class_id", "package")),
    Table("standard_masses", StandardMassRow, ("standard", "size")),
    Table("densities", DensityRow, ("kind", "item")),
    Table("fastener_sizes", FastenerSizeRow, ("standard", "thread")),
    Table("sections", SectionRow, ("section",)),
    Table("dip_coats", DipCoatRow, ("standard", "local_um")),
)
