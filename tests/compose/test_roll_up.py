from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.compose import Tree
from scanner.compose import roll_up as of_tree
from scanner.core.bom import Line, Part
from scanner.core.composition import MassGap
from scanner.core.errors import CyclicBom


def roll_up(lines):
    return list(of_tree(Tree.of(lines)))


def line(index, parent=None, quantity="1", unit=None, *, fitted=True, label=None, assembly=None):
    part = Part(number=assembly, description=label or f"line {index}")
    number = None if quantity is None else Decimal(quantity)
    return Line(index, index + 1, part, number, unit, parent=parent, fitted=fitted)


def amounts(lines):
    return [answer.amount for answer in roll_up(lines)]


def test_no_lines():
    assert roll_up([]) == []


def test_a_flat_list():
    assert amounts([line(0, quantity="2"), line(1, quantity="0.5", unit="kg")]) == [2.0, 0.5]


def test_quantities_multiply_down_the_tree():
    lines = [line(0, quantity="2"), line(1, 0, "3"), line(2, 1, "4"), line(3, 0, "0.25", "kg")]
    assert amounts(lines) == [2, 6, 24, 0.5]
    assert [answer.assembly for answer in roll_up(lines)] == [True, True, False, False]


def test_the_order_of_lines_does_not_matter():
    lines = [line(2, 1, "4"), line(0, quantity="2"), line(1, 0, "3")]
    assert amounts(lines) == [24, 2, 6]


def test_unfitted_lines_and_all_below_count_nothing():
    lines = [line(0, quantity=None, fitted=False), line(1, 0, "3"), line(2, 1, None)]
    assert amounts(lines) == [0, 0, 0]
    assert all(answer.gap is None for answer in roll_up(lines))


def test_a_missing_quantity_leaves_a_gap_below():
    lines = [line(0, quantity=None), line(1, 0, "3"), line(2, quantity="5")]
    assert amounts(lines) == [None, None, 5]
    assert roll_up(lines)[1].gap is MassGap.NO_QUANTITY


def test_an_assembly_by_the_dozen_and_one_by_the_kilogram():
    lines = [line(0, quantity="2", unit="dozijn"), line(1, 0, "3"),
             line(2, quantity="2", unit="kg"), line(3, 2, "3")]  # fmt: skip
    answers = roll_up(lines)
    assert [answer.amount for answer in answers] == [2, 72, 2, None]
    assert answers[3].gap is MassGap.UNIT_NOT_CONVERTIBLE


def test_a_shared_assembly_counts_wherever_it_is_used():
    lines = [
        line(0, quantity="1", label="frame"),
        line(1, 0, "2", assembly="A-7"),
        line(2, 1, "10"),
        line(3, 0, "3", label="arm"),
        line(4, 3, "5", assembly="A-7"),
    ]
    answers = roll_up(lines)
    assert [answer.amount for answer in answers] == [1, 2, 170, 3, 15]
    assert answers[4].assembly


def test_an_assembly_written_out_twice_counts_its_own_lines():
    lines = [line(0, quantity="2", assembly="A"), line(1, 0, "3"),
             line(2, quantity="5", assembly="A"), line(3, 2, "7")]  # fmt: skip
    assert amounts(lines) == [2, 6, 5, 35]


def test_a_parent_that_is_not_there_is_the_product():
    assert amounts([line(0, 99, "4"), line(1, 0, "2")]) == [4, 8]


def test_a_cycle_names_its_path():
    lines = [line(0, 2, label="pump"), line(1, 0, label="rotor"), line(2, 1, label="shaft")]
    with pytest.raises(CyclicBom) as caught:
        roll_up(lines)
    assert all(name in caught.value.detail for name in ("pump", "rotor", "shaft"))
    assert caught.value.detail.count(">") == 3


def test_a_line_that_is_its_own_parent_is_a_cycle():
    with pytest.raises(CyclicBom):
        roll_up([line(0, 0)])


def test_a_shared_assembly_inside_itself_is_a_cycle():
    lines = [line(0, assembly="A"), line(1, 0, label="B"), line(2, 1, assembly="A")]
    with pytest.raises(CyclicBom):
        roll_up(lines)


def test_a_long_cycle_is_cut_short():
    lines = [line(index, (index + 1) % 1000) for index in range(1000)]
    with pytest.raises(CyclicBom) as caught:
        roll_up(lines)
    assert len(caught.value.detail) < 400


def test_a_deep_tree_is_no_problem():
    lines = [line(index, index - 1 if index else None) for index in range(50_000)]
    assert amounts(lines)[-1] == 1


def test_more_than_anyone_can_build_is_no_quantity():
    lines = [line(index, index - 1 if index else None, "1000000") for index in range(60)]
    assert roll_up(lines)[-1].gap is MassGap.NO_QUANTITY


QUANTITIES = st.one_of(st.none(), st.decimals(0, 100, places=2))


@st.composite
def trees(draw):
    size = draw(st.integers(1, 25))
    return [
        line(
            index,
            draw(st.one_of(st.none(), st.integers(0, index - 1))) if index else None,
            draw(QUANTITIES),
            fitted=draw(st.booleans()),
        )
        for index in range(size)
    ]


def brute_force(lines, index):
    """The exact amount of one line; 0 where it does not count, None where it is not known."""
    path, place = [], index
    while place is not None:
        path.append(lines[place])
        place = lines[place].parent
    product, unknown = Fraction(1), False
    for step in path:
        if not step.fitted or step.quantity == 0:
            return Fraction(0)
        if step.quantity is None:
            unknown = True
        else:
            product *= Fraction(step.quantity)
    return None if unknown else product


@given(trees(), st.randoms())
def test_as_by_hand_in_any_order(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    answers = {node.index: answer for node, answer in zip(shuffled, roll_up(shuffled), strict=True)}
    for node, answer in zip(lines, roll_up(lines), strict=True):
        expected = brute_force(lines, node.index)
        assert answers[node.index] == answer
        if expected is None or expected > 10**15:
            assert answer.amount is None
        else:
            assert answer.amount == pytest.approx(float(expected))


def test_lines_that_hang_below_a_cycle_do_not_hide_it():
    lines = [line(index, index + 1) for index in range(500)]
    lines += [line(500, 501, label="pump"), line(501, 500, label="rotor")]
    with pytest.raises(CyclicBom) as caught:
        roll_up(lines)
    assert "pump" in caught.value.detail
    assert "line" not in caught.value.detail


@given(trees())
def test_another_use_of_an_assembly_adds_to_what_hangs_from_it(lines):
    inner = [node.index for node in lines if any(other.parent == node.index for other in lines)]
    if not inner or not lines[inner[0]].fitted or lines[inner[0]].quantity is None:
        return
    first = inner[0]
    written_out = replace(lines[first], part=Part(number="S"))
    shared = [written_out if node.index == first else node for node in lines]
    user = line(len(lines), quantity="3", assembly="S")
    once, twice = roll_up(shared), roll_up([*shared, user])
    own = once[first].amount
    for node, before, after in zip(lines, once, twice, strict=False):
        if node.parent == first and before.amount and own:
            assert after.amount == pytest.approx(before.amount / own * (own + 3))
