"""Present-day supply risk: what became of the world's part of the published one, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scanner.core.bounds import Bounds
from scanner.core.names import CountryCode, SourceId, Stage
from scanner.core.supplies import SupplySeries


class Direction(StrEnum):
    """Where the risk went. STEADY: by less than the study's last decimal shows.

    UNCLEAR: what the sources do not name could turn it round.
    """

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNCLEAR = "unclear"


class Mover(NamedTuple):
    """What one country did to the risk; all movers add up to its change.

    Shares are 0 where a source does not name the country. Governance is 0 best to 10 worst. `t` is
    held; `t_assumed` where the study has none for the country and the neutral one stands in.
    """

    country: CountryCode
    share_then: float
    share_now: float
    governance_then: float
    governance_now: float
    t: float
    t_assumed: bool
    by_share: float
    by_governance: float

    @property
    def moved(self) -> float:
        """The whole contribution to the change."""
        return self.by_share + self.by_governance


@dataclass(frozen=True, slots=True)
class PresentDayRisk:
    """The world's part of the supply risk then (2016-2020) and now, all else held as in 2023.

    `factor` is what the index is multiplied with: the weight of the world's supply, recycling and
    substitution. `then` and `now` are parts of a supply risk, with bounds. `shift` is the fraction
    of the world's supply that lies elsewhere now, `start_shift` the same for the first year of the
    series: that much at most is owed to the change of source. Where nothing can be said there is
    a `reason`, and `series` is what was looked at, if anything.
    """

    stage: Stage | None
    published: float | None
    factor: float | None
    then: float | None
    now: float | None
    then_bounds: Bounds | None
    now_bounds: Bounds | None
    direction: Direction | None
    shift: float | None
    start_shift: float | None
    movers: tuple[Mover, ...]
    series: SupplySeries | None
    year: str | None
    edition: str | None
    governance_years: tuple[str, str] | None
    sources: tuple[SourceId, ...]
    reason: str | None

    @property
    def change(self) -> float | None:
        """Now less then; None where there is nothing to compare."""
        return None if self.now is None or self.then is None else self.now - self.then
