import pytest

from scanner.core.composition import Range, exactly, nominal, total


def test_a_nominal_figure_is_a_point_whose_range_nobody_knows():
    assert (nominal(0.19).low, nominal(0.19).typical, nominal(0.19).high) == (0.19, 0.19, 0.19)
    assert exactly(0.19).known
    assert not nominal(0.19).known


@pytest.mark.parametrize(
    ("left", "right", "known"),
    [
        (Range(0.1, None, 0.2), exactly(2), True),
        (nominal(0.1), exactly(2), False),
        (Range(0.1, None, 0.2), nominal(2), False),
        (nominal(0.1), nominal(2), False),
    ],
)
def test_a_product_or_sum_is_known_where_all_of_it_is(left, right, known):
    assert left.times(right).known is known
    assert total([left, right]).known is known


def test_scaling_keeps_what_is_known():
    assert not nominal(0.1).scaled(3).known
    assert Range(0.1, None, 0.2).scaled(3).known


def test_the_sum_of_nothing_is_exactly_nothing():
    assert total([]) == exactly(0)
