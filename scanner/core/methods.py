"""Methods: what can be said of every raw material in one number, and how to read that number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scanner.core.bounds import Bounds
from scanner.core.names import Language, MaterialId, SourceId, Stage
from scanner.core.resources import Resources
from scanner.core.sources import Source
from scanner.core.standing import Standing
from scanner.core.supply import Supply


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a release that methods may read; nothing of it depends on a BOM or a day."""

    supply: Supply
    resources: Resources
    standing: Standing
    sources: Mapping[SourceId, Source]


class Direction(StrEnum):
    """Which end of its scale a method calls risky."""

    HIGH_IS_RISKY = "high_is_risky"
    LOW_IS_RISKY = "low_is_risky"


@dataclass(frozen=True, slots=True)
class MethodFigure:
    """What a method says of one material: a value in its unit, or None with the `reason`.

    `bounds` hold what the sources leave open; `value` lies within them. `year` is the year or
    period of the data, `sources` all that went in; both are empty where nothing did.
    """

    value: float | None
    stage: Stage | None = None
    year: str | None = None
    sources: tuple[SourceId, ...] = ()
    reason: str | None = None
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """One way to put a number on a raw material.

    `unit` is a word (``fraction``, ``years``) or None for an index without one; `lowest` and
    `highest` are None where the scale has no end. `page` is its place in the documentation, from
    the folder ``docs``.
    """

    id: str
    names: Mapping[Language, str]
    unit: str | None
    lowest: float | None
    highest: float | None
    direction: Direction
    page: str
    figure: Callable[[Facts, MaterialId], MethodFigure]
