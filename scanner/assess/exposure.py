"""The raw materials of one product under a method: ranks, and what composition does to them.

    exposure = figure x grams in one product, at the low, typical and high end of the mass

It tells which material weighs most when amounts count; it has no unit in which products could be
compared. The ranks that it can have (`exposure_places`) let every mass be anywhere in its range,
independently: they are certain, where ranks at three ends alone could hide a swap. A mass that is
not known, or not complete, may be any amount. Ours; nothing of it is fitted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf

from scanner.assess import ranking
from scanner.core.bounds import Bounds
from scanner.core.composition import Range
from scanner.core.exposure import Exposure, Held, RangeRanks
from scanner.core.methods import Direction, Method, MethodFigure
from scanner.core.names import MaterialId, Presence

NOT_A_QUANTITY = "not_a_quantity"
NO_FIGURE = "no_figure"
NO_MASS = "no_mass_known"


def multiplies(method: Method) -> bool:
    """Whether figure x mass means something: more is riskier, and nothing is 0."""
    return method.direction is Direction.HIGH_IS_RISKY and method.lowest == 0.0


def exposures(
    held: Iterable[Held],
    method: Method,
    figures: Mapping[MaterialId, MethodFigure],
    *,
    weighted: bool = False,
) -> list[Exposure]:
    """The materials of a product by figure, or by exposure where `weighted`, riskiest first.

    What is only possible stands after the rest, and in each what has no rank last.
    """
    every = list(held)
    sure = [one for one in every if one.presence is not Presence.POSSIBLE]
    possible = [one for one in every if one.presence is Presence.POSSIBLE]
    place = _by_exposure if weighted else _by_figure
    return [
        one
        for group in (sure, possible)
        for one in sorted(_of_group(group, method, figures), key=place)
    ]


def _of_group(
    group: Sequence[Held], method: Method, figures: Mapping[MaterialId, MethodFigure]
) -> list[Exposure]:
    ranked = {
        one.material: one
        for one in ranking.ranked(method, {one.material: figures[one.material] for one in group})
    }
    useful = multiplies(method)
    values = {
        one.material: value
        for one in group
        if useful and (value := figures[one.material].value) is not None
    }
    found = {
        one.material: one.mass_g.scaled(values[one.material])
        for one in group
        if one.mass_g is not None and one.material in values
    }
    limits = {
        one.material: _limits(found.get(one.material), complete=one.complete)
        for one in group
        if values.get(one.material)
    }
    limits |= {key: Bounds(0.0, 0.0) for key, value in values.items() if value == 0.0}
    places = ranking.places(limits)
    low, typical, high = (_ranks(found, end) for end in (_low, _typical, _high))
    return [
        Exposure(
            held=one,
            figure=ranked[key].figure,
            rank=ranked[key].rank,
            places=ranked[key].places,
            exposure=found.get(key),
            exposure_ranks=RangeRanks(low.get(key), typical.get(key), high.get(key)),
            exposure_places=places.get(key),
            exposure_reason=_reason(useful, key in values, key in found),
        )
        for one in group
        for key in [one.material]
    ]


def _limits(exposure: Range | None, *, complete: bool) -> Bounds:
    if exposure is None:
        return Bounds(0.0, inf)
    return Bounds(exposure.low, exposure.high if complete else inf)


def _ranks(
    found: Mapping[MaterialId, Range], end: Callable[[Range], float | None]
) -> dict[MaterialId, int]:
    return ranking.ranks(
        {key: value for key, one in found.items() if (value := end(one)) is not None}
    )


def _low(exposure: Range) -> float:
    return exposure.low


def _typical(exposure: Range) -> float | None:
    return exposure.typical


def _high(exposure: Range) -> float:
    return exposure.high


def _reason(useful: bool, has_figure: bool, has_mass: bool) -> str | None:
    if not useful:
        return NOT_A_QUANTITY
    if not has_figure:
        return NO_FIGURE
    return None if has_mass else NO_MASS


def _by_figure(one: Exposure) -> tuple[bool, int, str]:
    return one.rank is None, one.rank or 0, one.held.material


def _by_exposure(one: Exposure) -> tuple[bool, float, float, str]:
    """By the typical exposure, by the high one where there is no typical; unknown ones last."""
    if one.exposure is None:
        return True, 0.0, one.rank or inf, one.held.material
    most = one.exposure.high if one.exposure.typical is None else one.exposure.typical
    return False, -most, one.exposure_ranks.high or inf, one.held.material
