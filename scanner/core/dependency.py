"""Strategic dependency: tests on the trade of the Union, code by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scanner.core.legal import Verdict
from scanner.core.names import MaterialId, SourceId, Stage
from scanner.core.supply import Share


class DependencyTest(StrEnum):
    """What is asked of the trade in one code.

    CDI1: is what the Union imports from outside concentrated in few countries. CDI2: does more come
    from outside than from within. CDI3: does it import more than it exports. WORLD_EXPORTS: are the
    exports of the world concentrated. The first three are the Commission's, the last is CEPII's.
    """

    CDI1 = "cdi1"
    CDI2 = "cdi2"
    CDI3 = "cdi3"
    WORLD_EXPORTS = "world_exports"


@dataclass(frozen=True, slots=True)
class Tested:
    """A test with its figure (None: see `reason`) and whether that is above the threshold.

    The figure of CDI3 is None without exports, though the answer is YES: there is no ratio.
    """

    test: DependencyTest
    value: float | None
    above: Verdict
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ImportYear:
    """The imports under one code in one year and unit, and CDI1 of them.

    `total` is in `unit` (kUSD or t). `allied` is the fraction from countries that have an agreement
    or a partnership with the Union: it marks, and is in the sum like all others.
    """

    year: str
    unit: str
    total: float | None
    shares: tuple[Share, ...]
    allied: float | None
    cdi1: Tested


@dataclass(frozen=True, slots=True)
class CodeDependency:
    """One code: CDI1 by year in both units, newest first, and what cannot be told yet.

    `counted` are the raw materials under the code. `lasting` says whether CDI1 by value was above
    in at least two of the newest three years. `dependent` is YES only where CDI1 to CDI3 all are.
    """

    code: str
    stage: Stage | None
    note: str | None
    counted: tuple[MaterialId, ...]
    by_value: Sequence[ImportYear]
    by_weight: Sequence[ImportYear]
    others: tuple[Tested, ...]
    lasting: Verdict
    dependent: Verdict
    source: SourceId
