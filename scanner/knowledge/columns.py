"""The types of columns: what a cell may hold, said in the annotation of a row class."""

import types
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints


class CompositionKind(StrEnum):
    """What the item of a composition row names."""

    ELEMENT = "element"
    PHASE = "phase"
    ALLOY = "alloy"
    MATERIAL = "material"


class FigureBasis(StrEnum):
    """What the figures of an alloy row are.

    NOMINAL: one published value. RANGE: limits on both sides. BALANCE: the rest, computed.
    MINIMUM: a lower limit. DESIGNATION: encoded in the standard name. COMPOUND: computed from a
    compound's share. PRESENCE: no figure. LIMIT_MAX: an upper limit only, which says nothing
    about presence.
    """

    NOMINAL = "nominal"
    RANGE = "range"
    BALANCE = "balance"
    MINIMUM = "minimum"
    DESIGNATION = "designation"
    COMPOUND = "compound"
    PRESENCE = "presence"
    LIMIT_MAX = "limit_max"


class MassBasis(StrEnum):
    """What a mass fraction counts: the contained element, or the mineral as it is traded."""

    ELEMENT = "element"
    MINERAL = "mineral"


class DensityOf(StrEnum):
    """What a density is of: all alloys of a family, one alloy, a metal, or a class."""

    FAMILY = "family"
    ALLOY = "alloy"
    MATERIAL = "material"
    CLASS = "class"


class FastenerShape(StrEnum):
    """What a fastener is in outline: a hexagon with a thread, a ring, or a hexagon on a shank."""

    NUT = "nut"
    WASHER = "washer"
    SCREW = "screw"


class GovernanceUse(StrEnum):
    """Which of the two governance figures a row is; they are never mixed."""

    NEWEST = "newest"
    STUDY_2023 = "study_2023"


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell must satisfy: its type apart, what it refers to, its bounds, its pattern.

    `several`: it may name several rows, separated by ``;``.
    """

    refers: str | None = None
    several: bool = False
    low: float | None = None
    high: float | None = None
    pattern: str | None = None


Cited = Annotated[str, Check(refers="sources", several=True)]
"""The key of one row of ``sources``, or several separated by ``;``."""

Material = Annotated[str, Check(refers="materials")]
Materials = Annotated[str, Check(refers="materials", several=True)]
"""The id of one raw material, or several separated by ``;``."""

Country = Annotated[str, Check(refers="countries")]
Class = Annotated[str, Check(refers="classes")]
PresenceWord = Annotated[str, Check(refers="presence_words")]
Fraction = Annotated[float, Check(low=0, high=1)]
Score = Annotated[float, Check(low=0, high=10)]
Grams = Annotated[float, Check(low=0)]
GramsPerCm3 = Annotated[float, Check(low=0.1, high=23)]
Millimetres = Annotated[float, Check(low=0.01)]
Micrometres = Annotated[float, Check(low=0.01)]
Amount = Annotated[float, Check(low=0)]
"""What is not negative, in the unit that its row names."""

Count = Annotated[int, Check(low=0)]
Element = Annotated[str, Check(pattern=r"[A-Z][a-z]?")]
Key = Annotated[str, Check(pattern=r"[a-z0-9_]+")]
Grade = Annotated[str, Check(pattern=r"battery|magnet")]
"""What a role makes of a material: fit for a battery's electrode, or part of a magnet."""

DATE = Check(pattern=r"\d{4}(-\d{2}(-\d{2})?)?")
Date = Annotated[str, DATE]
"""A day, a month or a year of ISO 8601."""


@dataclass(frozen=True, slots=True)
class CellType:
    """What one column holds: its plain type, whether a cell may be empty, and its checks."""

    kind: type[Any]
    optional: bool
    check: Check


def cell_types(row: type[Any]) -> dict[str, CellType]:
    """The columns of a row class in order, read from its annotations."""
    hints = get_type_hints(row, include_extras=True)
    return {name: _cell_type(hint) for name, hint in hints.items()}


def _cell_type(hint: Any) -> CellType:
    if get_origin(hint) in {Union, types.UnionType}:
        inner = _cell_type(next(kind for kind in get_args(hint) if kind is not types.NoneType))
        return CellType(inner.kind, True, inner.check)
    if get_origin(hint) is Annotated:
        kind, check = get_args(hint)
        return CellType(kind, False, check)
    return CellType(hint, False, Check())


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV of a release: its name, the class of its rows, the columns that identify a row."""

    name: str
    row: type[Any]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the CSV, in order."""
        return tuple(item.name for item in fields(self.row))

    def check(self, column_name: str) -> Check:
        """What the cells of one column must satisfy."""
        return cell_types(self.row)[column_name].check
