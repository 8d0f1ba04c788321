"""What explains the difference between a recomputed supply risk and the published one.

Only other *printed* inputs explain: one of the two supplies weighed alone, or the recycling rate of
2017. They are not used for the value itself, for what fits one material breaks another, and no
constant is fitted: where nothing printed explains a difference, the answer is *unexplained*.
"""

from collections.abc import Iterator, Sequence

from scanner.core.explanation import Cause, Explanation
from scanner.core.resources import Parameters2017
from scanner.core.supply import Material, SupplyMix
from scanner.core.supply_risk import RecomputedRisk

TOLERANCE = 0.1005
"""Up to this, after rounding to two decimals, values agree: the study prints one decimal."""

LEAST_NAMED = 0.5
"""Below this sum of printed shares it is their gaps that make the difference."""


def agree(value: float, published: float) -> bool:
    """Whether a computed value is the published one, as far as that is printed."""
    return abs(round(value, 2) - published) <= TOLERANCE


def explain(
    material: Material, risk: RecomputedRisk, earlier: Sequence[Parameters2017]
) -> Explanation:
    """Why the value of a stage differs from the published one, if it does."""
    if risk.value is None or risk.eol_rir is None or risk.substitution is None:
        return Explanation(Cause.NOT_COMPUTED)
    if agree(risk.value, risk.published):
        return Explanation(Cause.AGREES, value=risk.value)
    recycled = 1 - risk.eol_rir.value
    before = risk.value / recycled if recycled else 0.0
    readings = [*_incomplete(risk), *_one_supply(risk, recycled * risk.substitution.value)]
    if material.group is not None:
        readings += _rates_of_2017(risk, before, earlier)
    unexplained = Explanation(Cause.UNEXPLAINED, eol_rir=_rate_for(risk.published, before))
    return readings[0] if readings else unexplained


def _incomplete(risk: RecomputedRisk) -> Iterator[Explanation]:
    for weighed in (risk.world, risk.eu):
        if weighed is not None and weighed.named < LEAST_NAMED:
            yield Explanation(
                Cause.SHARES_INCOMPLETE,
                named=weighed.named,
                scope=weighed.scope,
                source=weighed.source,
            )


def _one_supply(risk: RecomputedRisk, factor: float) -> Iterator[Explanation]:
    for cause, mix, weighed in (
        (Cause.WORLD_ALONE, SupplyMix.GLOBAL, risk.world),
        (Cause.EU_SOURCING_ALONE, SupplyMix.EU_SOURCING, risk.eu),
    ):
        if weighed is not None and weighed.index is not None and mix is not risk.mix:
            value = weighed.index * factor
            if agree(value, risk.published):
                yield Explanation(cause, value, scope=weighed.scope, source=weighed.source)


def _rates_of_2017(
    risk: RecomputedRisk, before: float, earlier: Sequence[Parameters2017]
) -> Iterator[Explanation]:
    for parameters in earlier:
        rate = parameters.eol_rir
        if rate is not None and agree(before * (1 - rate), risk.published):
            yield Explanation(
                Cause.EOL_RIR_2017, before * (1 - rate), rate, source=parameters.source
            )


def _rate_for(published: float, before: float) -> float | None:
    """The recycling rate that gives the published value; None where none of 0..1 does."""
    rate = 1 - published / before if before else -1.0
    return rate if 0 <= rate <= 1 else None
