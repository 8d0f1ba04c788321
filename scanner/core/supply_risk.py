"""Supply risk, term by term: what the EU's formula takes in and what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scanner.core.bounds import Bounds
from scanner.core.names import CountryCode, MaterialId, Scope, SourceId, Stage
from scanner.core.supply import SupplyMix


class Parameter(NamedTuple):
    """One input of a formula, a fraction 0..1, with where it comes from.

    `year` is that of the assessment which prints it: 2017 where the study of 2023 does not.
    """

    value: float
    year: str
    source: SourceId


class WeighedShare(NamedTuple):
    """One country's place in a governance-weighted HHI: `term` = fraction² x WGI x t.

    `scaled_wgi` is 0 best to 10 worst. A share printed as "<0.1%" has a term of 0; a country
    without governance or t has None.
    """

    country: CountryCode
    fraction: float
    scaled_wgi: float | None
    trade_parameter: float | None
    term: float | None


@dataclass(frozen=True, slots=True)
class WeighedSupply:
    """A governance-weighted HHI with its terms, biggest share first, 0..10 x t.

    `index` is the sum of the terms, as the EU method has it: what the source does not name counts
    as nothing. It is None where a named country has no term. `bounds` hold what the unnamed part
    and missing governance can make of it; `named` is the sum of the printed shares. `of` is whose
    shares they are: the group's where the study prints none of the member.
    """

    of: MaterialId
    scope: Scope
    index: float | None
    bounds: Bounds
    named: float
    shares: Sequence[WeighedShare]
    year: str
    source: SourceId
    governance_source: SourceId | None


@dataclass(frozen=True, slots=True)
class RecomputedRisk:
    """The supply risk of one stage from its inputs, beside the value that the study prints.

    `value` is None with a `reason`; `bounds` hold what unnamed supply can make of it. `mix` says
    which supply the study weighed. `bottleneck`: the material was assessed at this stage.
    """

    stage: Stage
    bottleneck: bool
    mix: SupplyMix | None
    world: WeighedSupply | None
    eu: WeighedSupply | None
    import_reliance: Parameter | None
    eol_rir: Parameter | None
    substitution: Parameter | None
    value: float | None
    bounds: Bounds | None
    published: float
    reason: str | None

    @property
    def difference(self) -> float | None:
        """Recomputed minus published; None where there is nothing to compare."""
        return None if self.value is None else self.value - self.published
