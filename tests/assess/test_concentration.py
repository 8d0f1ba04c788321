"""The Herfindahl–Hirschman index against worked numbers and its own laws."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import concentration
from scanner.core.names import CountryCode, MaterialId, Scope, SourceId, Stage
from scanner.core.supply import Share


def share(country: str, fraction: float, *, t: float | None = 1.0, bound: bool = False) -> Share:
    return Share(CountryCode(country), fraction, "2016-2020", t, bound, SourceId("s"))


class near:  # noqa: N801 - reads as a word in the assertions
    """Equal to bounds within rounding."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def __eq__(self, bounds: object) -> bool:
        return (bounds.low, bounds.high) == pytest.approx((self.low, self.high))

    __hash__ = None


fractions = st.lists(st.floats(0.001, 1.0), min_size=1, max_size=12).map(
    lambda parts: [part / sum(parts) for part in parts]
)
shares = fractions.map(lambda parts: [share(f"C{i:02}", part) for i, part in enumerate(parts)])


def test_one_country_is_a_monopoly():
    assert concentration.herfindahl([share("CHN", 1.0)]) == near(1.0, 1.0)


def test_two_equal_countries():
    bounds = concentration.herfindahl([share("CHN", 0.5), share("AUS", 0.5)])
    assert bounds == near(0.5, 0.5)


def test_unnamed_remainder_gives_bounds():
    bounds = concentration.herfindahl([share("CHN", 0.6)])
    assert bounds == near(0.36, 0.36 + 0.16)


def test_printed_upper_bound_counts_as_nothing_at_best():
    bounds = concentration.herfindahl([share("CHN", 1.0), share("AUS", 0.001, bound=True)])
    assert bounds.low == pytest.approx(1.0)


def test_no_shares_no_index():
    assert concentration.herfindahl([]) is None
    assert concentration.governance_weighted([], lambda _: 5.0) is None


def test_country_without_governance_widens_the_bounds():
    bounds = concentration.governance_weighted([share("XXX", 1.0)], lambda _: None)
    assert bounds == near(0.0, 10.0)


def test_largest_puts_upper_bounds_last():
    found = concentration.largest([share("AAA", 0.001, bound=True), share("BBB", 0.0005)])
    assert [item.country for item in found] == ["BBB", "AAA"]


@given(shares)
def test_index_lies_between_equal_shares_and_monopoly(items):
    bounds = concentration.herfindahl(items)
    assert 1 / len(items) - 1e-9 <= bounds.low <= bounds.high <= 1 + 1e-9


@given(shares, st.randoms())
def test_order_does_not_matter(items, random):
    shuffled = list(items)
    random.shuffle(shuffled)
    assert concentration.herfindahl(items) == concentration.herfindahl(shuffled)


@given(shares)
def test_splitting_a_country_lowers_the_index(items):
    first = items[0]
    halves = [replace(first, fraction=first.fraction / 2), share("NEW", first.fraction / 2)]
    whole = concentration.herfindahl(items)
    assert concentration.herfindahl([*halves, *items[1:]]).low < whole.low


@given(shares, st.floats(0, 9), st.floats(0, 1))
def test_worse_governance_never_lowers_the_weighted_index(items, wgi, worse):
    good = concentration.governance_weighted(items, lambda _: wgi)
    bad = concentration.governance_weighted(items, lambda _: wgi + worse)
    assert bad.low >= good.low
    assert bad.high >= good.high


@given(shares, st.floats(0, 10))
def test_uniform_governance_is_a_factor(items, wgi):
    plain = concentration.herfindahl(items)
    weighted = concentration.governance_weighted(items, lambda _: wgi)
    assert weighted.low == pytest.approx(plain.low * wgi)


PUBLISHED = [
    # material, stage, scope, governance-weighted HHI recomputed independently from the study's
    # Annex 7 and the WGI 2016-2020 means (2024 edition)
    ("aluminium", Stage.EXTRACTION, Scope.GLOBAL, 0.748),
    ("aluminium", Stage.PROCESSING, Scope.EU_SOURCING, 0.386),
    ("antimony", Stage.EXTRACTION, Scope.GLOBAL, 2.403),
    ("antimony", Stage.EXTRACTION, Scope.EU_SOURCING, 2.876),
    ("boron", Stage.EXTRACTION, Scope.EU_SOURCING, 5.866),
    ("cobalt", Stage.EXTRACTION, Scope.GLOBAL, 3.644),
    ("cerium", Stage.PROCESSING, Scope.GLOBAL, 4.17),
]


@pytest.mark.parametrize(("material", "stage", "scope", "expected"), PUBLISHED)
def test_governance_weighted_index_of_the_release(engine, material, stage, scope, expected):
    found = engine.assessments[MaterialId(material)].concentration
    (item,) = [c for c in found if (c.stage, c.scope) == (stage, scope)]
    assert item.governance_hhi.low == pytest.approx(expected, abs=0.0006)


def test_published_values_are_passed_on_unchanged(engine):
    dysprosium = engine.assessments[MaterialId("dysprosium")]
    assert dysprosium.supply_risk.value == 5.6
    assert dysprosium.supply_risk.stage is Stage.PROCESSING
    assert dysprosium.largest_source.share.country == "CHN"
    assert dysprosium.largest_source.share.fraction == 1.0


def test_what_is_not_published_is_null_with_a_reason(engine):
    gaps = [
        figure
        for assessment in engine.assessments.values()
        for figure in (assessment.supply_risk, assessment.import_reliance, assessment.eol_rir)
        if figure.value is None
    ]
    assert gaps
    assert all(figure.reason for figure in gaps)
