"""GeoPolRisk: the formula against worked numbers and its own laws."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scanner.assess import geopolrisk
from scanner.core.bounds import Bounds
from scanner.core.geopolrisk import Purchase
from scanner.core.names import CountryCode

AUS, CHN, NLD, XXX = map(CountryCode, ("AUS", "CHN", "NLD", "XXX"))
INSTABILITY = {AUS: 0.3, CHN: 0.6, NLD: 0.4}
CODES = [CountryCode(f"C{number:02}") for number in range(12)]

weights = st.floats(1e-3, 1e9)
unstable = st.floats(0.0, 1.0) | st.none()
supplies = st.lists(st.tuples(weights, unstable), min_size=1, max_size=len(CODES)).map(
    lambda found: (
        [Purchase(code, weight) for code, (weight, _) in zip(CODES, found, strict=False)],
        {code: one for code, (_, one) in zip(CODES, found, strict=False)},
    )
)


def risk(purchases, instability=INSTABILITY.get, **options):
    return geopolrisk.import_risk(purchases, instability, **options)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-12)


def test_stable_is_0_and_unstable_is_1():
    assert geopolrisk.instability(2.5) == 0.0
    assert geopolrisk.instability(0.0) == 0.5
    assert geopolrisk.instability(-2.5) == 1.0
    assert geopolrisk.instability(-3.1) == 1.0
    assert geopolrisk.instability(None) is None


def test_imports_are_weighed_by_instability():
    found = risk([Purchase(CHN, 60.0), Purchase(AUS, 40.0)])
    assert found.value == near(0.6 * 0.6 + 0.4 * 0.3)
    assert found.bounds == Bounds(near(found.value), near(found.value))
    assert [(term.origin, term.term) for term in found.origins] == [
        (CHN, near(0.36)),
        (AUS, near(0.12)),
    ]


def test_production_at_home_dilutes_and_what_no_source_names_may_be_at_home():
    found = risk([Purchase(CHN, 60.0)], domestic_t=20.0, unnamed_t=40.0)
    assert found.value == near(0.6 * 60 / 80)
    assert found.bounds == Bounds(near(0.6 * 60 / 120), near(found.value))


def test_what_comes_from_home_has_no_instability():
    found = risk([Purchase(CHN, 50.0), Purchase(NLD, 50.0)], home={NLD})
    assert found.value == near(0.3)
    assert found.origins[1].instability == 0.0


def test_an_origin_without_an_indicator_is_never_low_risk():
    found = risk([Purchase(XXX, 10.0), Purchase(AUS, 90.0)])
    assert found.value == near(0.1 * 1.0 + 0.9 * 0.3)
    assert found.bounds == Bounds(near(0.9 * 0.3), near(found.value))
    assert next(term for term in found.origins if term.origin == XXX).instability is None


def test_no_supply_no_risk():
    assert risk([]) is None
    assert risk([], domestic_t=5.0).value == 0.0


@given(supplies)
def test_a_risk_lies_between_0_and_1_and_in_its_bounds(supply):
    purchases, instability = supply
    found = risk(purchases, instability.get)
    assert 0.0 <= found.bounds.low <= found.value <= 1.0 + 1e-9
    assert sum(term.term for term in found.origins) == near(found.value)


@given(supplies, st.randoms(use_true_random=False))
def test_order_and_splitting_of_purchases_do_not_matter(supply, random):
    purchases, instability = supply
    whole = risk(purchases, instability.get)
    halves = [replace_weight(one, one.weight_t / 2) for one in purchases for _ in range(2)]
    random.shuffle(halves)
    split = risk(halves, instability.get)
    assert (split.value, split.bounds.low) == (near(whole.value), near(whole.bounds.low))


@given(supplies, st.integers(0, 11), st.floats(0.0, 1.0))
def test_a_less_stable_origin_never_lowers_the_risk(supply, place, worse):
    purchases, instability = supply
    code = purchases[place % len(purchases)].origin
    before = instability[code]
    assume(before is not None and worse >= before)
    assert risk(purchases, {**instability, code: worse}.get).value >= (
        risk(purchases, instability.get).value - 1e-12
    )


@given(supplies, st.floats(0.0, 1e9), st.floats(0.0, 1e9))
def test_more_production_at_home_never_raises_the_risk(supply, less, more):
    purchases, instability = supply
    less, more = sorted((less, more))
    assert risk(purchases, instability.get, domestic_t=more).value <= (
        risk(purchases, instability.get, domestic_t=less).value + 1e-12
    )


@given(supplies, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_score_lies_between_0_and_1_and_in_its_bounds(supply, low, high):
    purchases, instability = supply
    hhi = Bounds(*sorted((low, high)))
    value, bounds = geopolrisk.score(hhi, risk(purchases, instability.get))
    assert 0.0 <= bounds.low <= value <= bounds.high + 1e-12 <= 1.0 + 1e-9


def test_what_is_missing_stays_missing():
    found = risk([Purchase(CHN, 1.0)])
    assert geopolrisk.score(None, found) is None
    assert geopolrisk.score(Bounds(0.5, 0.5), None) is None
    assert geopolrisk.midpoint(None, 2.0) is None
    assert geopolrisk.midpoint(0.5, None) is None
    assert geopolrisk.factor(None, 1.0) is None
    assert geopolrisk.factor(1.0, None) is None
    assert geopolrisk.factor(1.0, 0.0) is None


def test_the_price_is_that_of_what_has_value_and_weight():
    bought = [Purchase(CHN, 10.0, 30.0), Purchase(AUS, 10.0, 50.0), Purchase(NLD, 80.0)]
    assert geopolrisk.price(bought) == 4.0
    assert geopolrisk.price([Purchase(NLD, 80.0)]) is None
    assert geopolrisk.midpoint(0.25, 4.0) == 1.0
    assert geopolrisk.factor(1.0, 0.5) == 2.0


def replace_weight(purchase, weight_t):
    return purchase._replace(weight_t=weight_t)
