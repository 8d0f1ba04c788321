"""Why a recomputed supply risk differs from the published one."""

from dataclasses import dataclass
from enum import StrEnum

from scanner.core.names import Scope, SourceId


class Cause(StrEnum):
    """What is known of a difference; a cause is named where *printed* inputs bring it about.

    AGREES: there is none to speak of. NOT_COMPUTED: an input is missing. SHARES_INCOMPLETE: the
    printed shares of one supply add up to less than half. WORLD_ALONE, EU_SOURCING_ALONE: that
    supply, weighed alone, gives the published value. EOL_RIR_2017: the rate that was printed for
    the material in 2017 does, where 2023 prints one for its group. UNEXPLAINED: none of these.
    """

    AGREES = "agrees"
    NOT_COMPUTED = "not_computed"
    SHARES_INCOMPLETE = "shares_incomplete"
    WORLD_ALONE = "world_alone"
    EU_SOURCING_ALONE = "eu_sourcing_alone"
    EOL_RIR_2017 = "eol_rir_2017"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The cause of a difference and the numbers that go with it.

    `value` is the supply risk under that reading. `eol_rir` is the rate of 2017, or, where nothing
    explains the difference, the one that would (None: none of 0..1 does). `named` is the sum of
    incomplete shares and `scope` says of which supply. `source` is where another input than the
    ones used is printed.
    """

    cause: Cause
    value: float | None = None
    eol_rir: float | None = None
    named: float | None = None
    scope: Scope | None = None
    source: SourceId | None = None
