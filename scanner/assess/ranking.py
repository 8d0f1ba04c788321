"""Ranks under a method, the ranks that bounds leave open, and the correlation of two rankings.

Ranks are those of a competition: equal values share the better rank, and 1 is the riskiest. What
has no value has no rank and is in no correlation.

    Spearman's rho    the correlation (Pearson) of the ranks, ties at their mean rank
    Kendall's tau-b   (concordant - discordant pairs) / sqrt(pairs untied in x · pairs untied in y)

Sources: C. Spearman, American Journal of Psychology 15 (1904) 72; M. G. Kendall, Biometrika 33
(1945) 239, for ties.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from math import sqrt
from statistics import correlation
from typing import TypeVar

from scanner.core.bounds import Bounds
from scanner.core.methods import Direction, Method, MethodFigure
from scanner.core.names import MaterialId
from scanner.core.ranking import Agreement, Places, Ranked

K = TypeVar("K", bound=Hashable)

FEWEST = 3
"""Materials in common below which a correlation says nothing."""

TOO_FEW_IN_COMMON = "too_few_in_common"
ALL_EQUAL = "all_equal"


def risk(direction: Direction, value: float) -> float:
    """A value turned so that more is riskier."""
    return value if direction is Direction.HIGH_IS_RISKY else -value


def ranks(values: Mapping[K, float]) -> dict[K, int]:
    """The rank of each, 1 for the greatest; equal values share one."""
    falling = sorted(-value for value in values.values())
    return {key: bisect_left(falling, -value) + 1 for key, value in values.items()}


def places(bounds: Mapping[K, Bounds]) -> dict[K, Places]:
    """The ranks that each can have when every value may be anywhere within its bounds."""
    lows = sorted(one.low for one in bounds.values())
    highs = sorted(one.high for one in bounds.values())
    count = len(bounds)
    return {
        key: Places(
            best=count - bisect_right(lows, one.high) + 1,
            worst=count - bisect_right(highs, one.low) + (one.high <= one.low),
        )
        for key, one in bounds.items()
    }


def ranked(method: Method, figures: Mapping[MaterialId, MethodFigure]) -> list[Ranked]:
    """All materials, the riskiest first and those without a value last, equal ones by id."""
    values = _risks(method, figures)
    found = ranks(values)
    open_places = places({key: _bounds(method, figures[key], values[key]) for key in values})

    def place(one: Ranked) -> tuple[bool, int, str]:
        return one.rank is None, one.rank or 0, one.material

    every = [
        Ranked(key, figure, found.get(key), open_places.get(key)) for key, figure in figures.items()
    ]
    return sorted(every, key=place)


def agreement(
    first: Method,
    of_first: Mapping[MaterialId, MethodFigure],
    second: Method,
    of_second: Mapping[MaterialId, MethodFigure],
) -> Agreement:
    """How alike two methods order the materials, risk against risk."""
    x, y = _risks(first, of_first), _risks(second, of_second)
    common = sorted(x.keys() & y.keys())
    every = of_first.keys() | of_second.keys()
    pairs = [x[key] for key in common], [y[key] for key in common]
    reason = None
    if len(common) < FEWEST:
        reason = TOO_FEW_IN_COMMON
    elif any(len(set(values)) == 1 for values in pairs):
        reason = ALL_EQUAL
    return Agreement(
        first=first.id,
        second=second.id,
        common=len(common),
        spearman=None if reason else spearman(*pairs),
        kendall=None if reason else kendall(*pairs),
        reason=reason,
        only_first=tuple(sorted(x.keys() - y.keys())),
        only_second=tuple(sorted(y.keys() - x.keys())),
        neither=tuple(sorted(every - x.keys() - y.keys())),
    )


def spearman(x: Sequence[float], y: Sequence[float]) -> float:
    """Spearman's rho, -1..1; raises `StatisticsError` where one side is constant."""
    return _within(correlation(_mean_ranks(x), _mean_ranks(y)))


def kendall(x: Sequence[float], y: Sequence[float]) -> float:
    """Kendall's tau-b, -1..1; raises `ZeroDivisionError` where one side is constant."""
    balance = untied_x = untied_y = 0
    for (a, b), (c, d) in combinations(zip(x, y, strict=True), 2):
        in_x, in_y = (a > c) - (a < c), (b > d) - (b < d)
        balance += in_x * in_y
        untied_x += in_x != 0
        untied_y += in_y != 0
    return _within(balance / sqrt(untied_x * untied_y))


def _within(value: float) -> float:
    """A correlation without the rounding that takes it out of -1..1."""
    return max(-1.0, min(1.0, value))


def _mean_ranks(values: Sequence[float]) -> list[float]:
    rising = sorted(values)
    return [(bisect_left(rising, one) + bisect_right(rising, one) + 1) / 2 for one in values]


def _risks(method: Method, figures: Mapping[MaterialId, MethodFigure]) -> dict[MaterialId, float]:
    return {
        key: risk(method.direction, figure.value)
        for key, figure in figures.items()
        if figure.value is not None
    }


def _bounds(method: Method, figure: MethodFigure, value: float) -> Bounds:
    if figure.bounds is None:
        return Bounds(value, value)
    ends = [risk(method.direction, end) for end in (figure.bounds.low, figure.bounds.high)]
    return Bounds(min(ends), max(ends))
