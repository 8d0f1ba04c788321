"""Measures: what can be done about the supply of one raw material, and what that would change."""

from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import NamedTuple

from scanner.core.bounds import Bounds
from scanner.core.diversification import Standing
from scanner.core.names import CountryCode, MaterialId, SourceId, Stage
from scanner.core.supplies import SupplyScope
from scanner.core.supply_risk import Parameter

MOVED = 1 / 3
"""The part of all sourcing that leaves the largest supplier, in the example of diversifying."""

STOCK_DAYS = 90
"""Days of need in the example of a stock."""

CAPACITY = {Stage.EXTRACTION: 0.10, Stage.PROCESSING: 0.40}
"""Regulation (EU) 2024/1252, Article 5(1)(a): the Union's capacity of 2030 over its annual
consumption of strategic raw materials, at each stage."""

RECYCLED = 0.25
"""Regulation (EU) 2024/1252, Article 5(1)(a): the same for recycling."""

LAW = SourceId("crma")


class MeasureKind(StrEnum):
    """What can be done, in the order in which it is told."""

    DIVERSIFY = "diversify"
    SUBSTITUTE = "substitute"
    REDUCE = "reduce"
    RECYCLE = "recycle"
    STOCK = "stock"
    RESHORE = "reshore"


class Target(NamedTuple):
    """A country to buy more from: its fraction of the world's output, and what it would get.

    `receives` is a fraction of all sourcing; the targets share in proportion to their output.
    """

    country: CountryCode
    output: float
    standing: Standing
    receives: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A part of sourcing moves from its largest supplier to other countries.

    `scope` says whose sourcing stands for the buyer's: the Union's of 2016-2020, else the world's
    output; `of` is the group where the study prints the mix of the group only. Shares and `moved`
    are fractions of all sourcing, `before` and `after` the bounds of the HHI, 0..1.
    """

    stage: Stage
    scope: SupplyScope
    of: MaterialId
    year: str
    supplier: CountryCode
    share_before: float
    share_after: float
    moved: float
    targets: tuple[Target, ...]
    before: Bounds
    after: Bounds
    sources: tuple[SourceId, ...]

    @property
    def available(self) -> float:
        """The fraction of the world's output that the targets make together."""
        return fsum(one.output for one in self.targets)


@dataclass(frozen=True, slots=True)
class Substitution:
    """How far others can do its work: the substitution index, 1 where nothing can.

    `supply_risk` is the published one; `without` what it would be if nothing could.
    """

    index: Parameter
    supply_risk: float
    without: float
    source: SourceId


@dataclass(frozen=True, slots=True)
class Recycling:
    """What secondary material does to the supply risk.

    `supply_risk` is the published one at today's EoL-RIR, `without` that at a rate of 0, and
    `at_benchmark` that at the benchmark of the law, None where the rate is there already.
    """

    eol_rir: Parameter
    supply_risk: float
    without: float
    at_benchmark: float | None
    source: SourceId


class Reserve(NamedTuple):
    """What lies in the ground of a member of the Union, as a fraction of the world's reserves.

    `fraction` is None where the world's total is not printed, or only as a lower limit.
    """

    country: CountryCode
    commodity: str
    fraction: float | None
    year: int
    source: SourceId


@dataclass(frozen=True, slots=True)
class Reshoring:
    """What the Union makes at one stage, and how far that is from the benchmark of the law.

    `producers` are members with their fractions of the world's output, `output` the sum of these.
    `domestic` is the fraction of the Union's sourcing that comes from members, None where the study
    prints no mix. `benchmark` is None where the material is not strategic. `shift` lifts the
    Union's part to the benchmark; None where it is there, or where no member makes any.
    """

    stage: Stage
    year: str | None
    output: float
    producers: tuple[Target, ...]
    reserves: tuple[Reserve, ...]
    domestic: float | None
    benchmark: float | None
    shift: Shift | None
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class MaterialMeasures:
    """All that can be told of one material without knowing a product; stages in order."""

    material: MaterialId
    diversify: tuple[Shift, ...]
    substitution: Substitution | None
    recycling: Recycling | None
    reshore: tuple[Reshoring, ...]
