"""The types of columns: what a cell may hold, said in the annotation of a row class."""

import types
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell must satisfy: its type apart, what it refers to, its bounds, its pattern."""

    refers: str | None = None
    low: float | None = None
    high: float | None = None
    pattern: str | None = None


Cited = Annotated[str, Check(refers="sources")]
"""The key of one row of ``sources``, or several separated by ``;``."""

Material = Annotated[str, Check(refers="materials")]
Country = Annotated[str, Check(refers="countries")]
Class = Annotated[str, Check(refers="classes")]
PresenceWord = Annotated[str, Check(refers="presence_words")]
Fraction = Annotated[float, Check(low=0, high=1)]
Score = Annotated[float, Check(low=0, high=10)]
Grams = Annotated[float, Check(low=0)]
Count = Annotated[int, Check(low=0)]
Element = Annotated[str, Check(pattern=r"[A-Z][a-z]?")]
Key = Annotated[str, Check(pattern=r"[a-z0-9_]+")]
Date = Annotated[str, Check(pattern=r"\d{4}(-\d{2}(-\d{2})?)?")]


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
