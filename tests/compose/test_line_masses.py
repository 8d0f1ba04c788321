import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.compose import Composer, line_masses
from scanner.core.bom import Part
from scanner.core.composition import MassGap, Range, total


@pytest.fixture
def composed(recipes, make):
    def one(class_id, part):
        reason = make.evidence(f"class:{class_id}", "part_number")
        return Composer(recipes).compose(part, make.recognition(reason))

    return one


def test_pieces_multiply_the_mass_of_a_piece(composed):
    (use,) = line_masses(composed("ic", Part(unit_mass_g=2.0)), 3.0, "pcs")
    assert use.mass_g == Range(1.5, 1.7999999999999998, 2.0999999999999996)
    assert use.gap is None


def test_a_line_bought_by_mass_needs_no_mass_of_a_piece(composed):
    (use,) = line_masses(composed("ic", Part()), 2.0, "kg")
    assert use.mass_g.low == pytest.approx(500)
    assert use.mass_g.high == pytest.approx(700)


def test_gaps_say_what_is_missing(composed):
    (no_mass,) = line_masses(composed("ic", Part()), 2.0, None)
    assert (no_mass.mass_g, no_mass.gap) == (None, MassGap.NO_UNIT_MASS)
    for unit in ("m", "l", "set"):
        (use,) = line_masses(composed("ic", Part(unit_mass_g=2.0)), 2.0, unit)
        assert (use.mass_g, use.gap) == (None, MassGap.UNIT_NOT_CONVERTIBLE)
    no_fraction = line_masses(composed("cell", Part()), 2.0, "kg")
    assert no_fraction[0].gap is MassGap.PRESENCE_ONLY


def test_answers_run_parallel_to_the_contents(composed):
    composition = composed("relay", Part(unit_mass_g=1.0))
    assert len(line_masses(composition, 1.0, None)) == len(composition.contents)
    assert len(line_masses(composition, 1.0, "box")) == len(composition.contents)


NUMBERS = st.floats(0, 1e9)
RANGES = st.tuples(NUMBERS, NUMBERS, NUMBERS).map(lambda three: Range(*sorted(three)))


@given(RANGES, RANGES)
def test_products_of_ranges_hold_the_products_of_their_members(one, other):
    product = one.times(other)
    assert product.low <= one.typical * other.typical <= product.high
    assert product == other.times(one)


@given(st.lists(RANGES, min_size=1, max_size=20), st.randoms())
def test_sums_do_not_depend_on_order(ranges, random):
    shuffled = list(ranges)
    random.shuffle(shuffled)
    assert total(ranges) == total(shuffled)
