"""Ranks, the ranks that bounds leave open, and correlations, against worked numbers and laws."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import ranking
from scanner.assess.methods import BY_ID
from scanner.core.bounds import Bounds
from scanner.core.methods import Direction, MethodFigure
from scanner.core.names import MaterialId
from scanner.core.ranking import Places

HIGH = BY_ID["geopolrisk"]
LOW = replace(HIGH, id="low", direction=Direction.LOW_IS_RISKY)

numbers = st.floats(-1e6, 1e6)
values = st.dictionaries(st.integers(0, 30), numbers, min_size=1, max_size=12)
intervals = st.dictionaries(
    st.integers(0, 30),
    st.tuples(numbers, numbers).map(lambda pair: Bounds(min(pair), max(pair))),
    min_size=1,
    max_size=8,
)
series = st.lists(
    st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=15
).filter(lambda pairs: all(len(set(side)) > 1 for side in zip(*pairs, strict=True)))


def figures(**given):
    return {
        MaterialId(key): MethodFigure(value, reason=None if value is not None else "none")
        for key, value in given.items()
    }


def test_equal_values_share_the_better_rank():
    assert ranking.ranks({"a": 3.0, "b": 5.0, "c": 3.0, "d": 1.0}) == {
        "b": 1, "a": 2, "c": 2, "d": 4,
    }  # fmt: skip


@given(values)
def test_a_rank_is_one_more_than_what_is_greater(found):
    ranks = ranking.ranks(found)
    for key, value in found.items():
        assert ranks[key] == 1 + sum(other > value for other in found.values())


@given(intervals, st.data())
def test_bounds_hold_every_rank_that_their_values_can_have(bounds, data):
    open_places = ranking.places(bounds)
    drawn = {
        key: data.draw(st.sampled_from([one.low, one.high, (one.low + one.high) / 2]))
        for key, one in bounds.items()
    }
    for key, rank in ranking.ranks(drawn).items():
        assert open_places[key].best <= rank <= open_places[key].worst


@given(intervals)
def test_bounds_are_reached(bounds):
    for key, found in ranking.places(bounds).items():
        best = {k: one.low if k != key else one.high for k, one in bounds.items()}
        worst = {k: one.high if k != key else one.low for k, one in bounds.items()}
        assert found == Places(ranking.ranks(best)[key], ranking.ranks(worst)[key])


def test_what_has_no_value_has_no_rank_and_stands_last():
    found = ranking.ranked(HIGH, figures(a=None, b=0.2, c=0.9))
    assert [(one.material, one.rank) for one in found] == [("c", 1), ("b", 2), ("a", None)]
    assert found[-1].places is None


def test_where_low_is_risky_the_lowest_stands_first():
    found = ranking.ranked(LOW, figures(a=0.1, b=0.2))
    assert [one.material for one in found] == ["a", "b"]


def test_bounds_of_figures_leave_ranks_open():
    wide = {
        **figures(a=0.5, b=0.4),
        MaterialId("c"): MethodFigure(0.1, bounds=Bounds(0.1, 0.45)),
    }
    places = {one.material: one.places for one in ranking.ranked(HIGH, wide)}
    assert places == {"a": (1, 1), "b": (2, 3), "c": (2, 3)}
    places = {one.material: one.places for one in ranking.ranked(LOW, wide)}
    assert places == {"a": (3, 3), "b": (1, 2), "c": (1, 2)}


def test_published_example_of_rank_correlation():
    """Hours of TV against IQ: rho = -29/165, a textbook example; tau = -1/9 from its ranks."""
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    assert ranking.spearman(iq, hours) == pytest.approx(-29 / 165)
    assert ranking.kendall(iq, hours) == pytest.approx(-1 / 9)


def test_ties_are_heeded():
    assert ranking.spearman([1, 1, 2], [1, 2, 3]) == pytest.approx(0.75**0.5)
    assert ranking.kendall([1, 1, 2], [1, 2, 3]) == pytest.approx(2 / 6**0.5)


@given(series)
def test_correlations_have_their_laws(pairs):
    x, y = (list(side) for side in zip(*pairs, strict=True))
    for correlated in (ranking.spearman, ranking.kendall):
        found = correlated(x, y)
        assert -1.0 <= found <= 1.0
        assert correlated(y, x) == pytest.approx(found)
        assert correlated([-one for one in x], y) == pytest.approx(-found, abs=1e-12)
        assert correlated([one**3 for one in x], y) == pytest.approx(found)
        assert correlated(x, x) == pytest.approx(1.0)


def test_only_what_both_know_is_compared_and_the_rest_is_named():
    first = figures(a=0.1, b=0.2, c=0.3, d=0.4, e=None, f=None)
    second = figures(a=0.4, b=0.3, c=0.1, d=None, e=0.2, f=None)
    found = ranking.agreement(HIGH, first, LOW, second)
    assert (found.common, found.spearman, found.kendall) == (3, 1.0, 1.0)
    assert (found.only_first, found.only_second, found.neither) == (("d",), ("e",), ("f",))


@pytest.mark.parametrize(
    ("second", "reason"),
    [(figures(a=1, b=2, c=None), "too_few_in_common"), (figures(a=1, b=1, c=1), "all_equal")],
)
def test_where_nothing_can_be_said_there_is_a_reason(second, reason):
    found = ranking.agreement(HIGH, figures(a=1, b=2, c=3), HIGH, second)
    assert (found.spearman, found.kendall, found.reason) == (None, None, reason)
