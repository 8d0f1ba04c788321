"""What lines of one part add up to, and which of them bring nothing."""

from collections import defaultdict
from decimal import Decimal
from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from scanner.compose import Tree, Usage, roll_up, usages
from scanner.core.bom import Line, Part, Price
from scanner.core.composition import MassGap

PARTS = [Part(description=name) for name in ("screw", "cable", "bracket")]


def line(index, part, quantity="1", unit=None, *, parent=None, fitted=True, price=None):
    number = None if quantity is None else Decimal(quantity)
    return Line(
        index, index + 1, PARTS[part], number, unit, parent=parent, fitted=fitted, price=price
    )


def euros(amount, per=1):
    return Price(Decimal(amount), Decimal(per), "EUR")


def usage_of(lines):
    tree = Tree.of(lines)
    places = [PARTS.index(one.part) for one in lines]
    return usages(tree, roll_up(tree), places, len(PARTS))


def test_no_lines():
    assert usages(Tree(), roll_up(Tree()), [], 0) == []


def test_amounts_add_up_per_part_and_unit():
    found = usage_of([line(0, 0, "2"), line(1, 1, "3", "m"), line(2, 0, "4"), line(3, 1, "5")])
    assert found == [
        Usage(lines=2, totals={None: 6.0}),
        Usage(lines=2, totals={"m": 3.0, None: 5.0}),
        Usage(),
    ]
    assert [one.counts for one in found] == [True, True, False]


def test_what_lines_cost_adds_up_per_part_and_currency_down_the_tree():
    lines = [
        line(0, 2, "2", price=euros("1000")),
        line(1, 0, "3", parent=0, price=euros("12", 100)),
        line(2, 0, "1", price=euros("0.5")),
        line(3, 0, "4", price=Price(Decimal(3), Decimal(1), None)),
        line(4, 1, "4"),
        line(5, 1, None, price=euros("7")),
        line(6, 1, "4", fitted=False, price=euros("7")),
    ]
    screw, cable, bracket = usage_of(lines)
    assert screw.spend == {"EUR": 2 * 3 * 0.12 + 0.5, None: 12.0}
    assert (screw.lines, screw.priced_lines) == (3, 3)
    assert (cable.spend, cable.priced_lines) == ({}, 0), "no price, no quantity, not fitted"
    assert (bracket.spend, bracket.priced_lines) == ({}, 0), "its lines cost, not the assembly"


def test_a_line_that_is_there_0_times_brings_nothing_and_is_counted_apart():
    (screw, cable, _) = usage_of([line(0, 0, "0"), line(1, 1, "0"), line(2, 1, "3")])
    assert screw == Usage(lines=1, zero_lines=1)
    assert not screw.counts
    assert cable == Usage(lines=2, zero_lines=1, totals={None: 3.0})


def test_what_hangs_below_an_assembly_that_is_not_there_brings_nothing():
    for quantity, fitted in (("0", True), ("2", False)):
        lines = [line(0, 0, quantity, fitted=fitted), line(1, 1, "3", parent=0)]
        assert usage_of(lines)[1] == Usage(lines=1, zero_lines=1)


def test_unknown_amounts_and_assemblies_are_told_apart():
    lines = [line(0, 0), line(1, 1, None, parent=0), line(2, 2, fitted=False), line(3, 1, "2")]
    assembly, cable, bracket = usage_of(lines)
    assert assembly == Usage(lines=1, assembly_lines=1)
    assert cable == Usage(lines=2, gaps={MassGap.NO_QUANTITY}, totals={None: 2.0})
    assert bracket == Usage(lines=1, unfitted_lines=1)


LINES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(st.none(), st.decimals(0, 100, places=2)),
        st.sampled_from([None, "m", "kg"]),
        st.booleans(),
    ),
    max_size=30,
)


@given(LINES, st.randoms())
def test_as_one_would_count_by_hand_in_any_order(drawn, random):
    random.shuffle(drawn)
    lines = [
        line(n, part, quantity, unit, fitted=fitted)
        for n, (part, quantity, unit, fitted) in enumerate(drawn)
    ]
    for part, found in enumerate(usage_of(lines)):
        mine = [one for one in lines if one.part == PARTS[part]]
        known = [one for one in mine if one.fitted and one.quantity]
        amounts = defaultdict(list)
        for one in known:
            amounts[one.unit].append(float(one.quantity))
        assert found.totals == {unit: fsum(values) for unit, values in amounts.items()}
        assert found.unfitted_lines == sum(not one.fitted for one in mine)
        assert found.zero_lines == sum(one.fitted and one.quantity == 0 for one in mine)
        assert found.lines == len(mine)
