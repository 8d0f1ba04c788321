"""Legal tests: yes, no and unknown by what shares and dates say, and nothing by a clock."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import legal
from scanner.core.geopolrisk import Purchase
from scanner.core.legal import BENCHMARK, ShareTest, Verdict
from scanner.core.names import Stage
from scanner.core.restrictions import ExportMeasure, Reported, Restriction, State, Timeline

FRACTIONS = st.floats(0, 1)
WORSE = [Verdict.NO, Verdict.UNKNOWN, Verdict.YES]


@given(FRACTIONS, FRACTIONS)
def test_only_what_is_named_says_yes_and_only_what_is_not_says_unknown(largest, unnamed):
    assert (legal.above(largest, unnamed) is Verdict.YES) == (largest > BENCHMARK)
    assert legal.above(largest, 0.0) is not Verdict.UNKNOWN


@given(FRACTIONS, FRACTIONS, FRACTIONS)
def test_a_larger_share_is_never_less_above(one, other, unnamed):
    less, more = sorted((one, other))
    before, after = legal.above(less, unnamed), legal.above(more, unnamed)
    assert WORSE.index(before) <= WORSE.index(after)


def test_the_benchmark_itself_is_not_above_it():
    assert legal.above(0.65, 0.0) is Verdict.NO


def answers_of(engine, material):
    found = legal.third_country_tests(engine.facts, material)
    return {(one.test, one.stage): one for one in found}


@pytest.mark.parametrize(
    ("material", "asked", "above", "country"),
    [
        ("magnesium", (ShareTest.EU_SOURCING, Stage.PROCESSING), Verdict.YES, "CHN"),
        ("boron", (ShareTest.EU_SOURCING, Stage.EXTRACTION), Verdict.YES, "TUR"),
        ("boron", (ShareTest.EU_SOURCING, Stage.PROCESSING), Verdict.NO, "TUR"),
        ("boron", (ShareTest.WORLD, Stage.EXTRACTION), Verdict.NO, "TUR"),
        ("tungsten", (ShareTest.WORLD, Stage.EXTRACTION), Verdict.YES, "CHN"),
    ],
)
def test_the_study_answers(engine, material, asked, above, country):
    found = answers_of(engine, material)[asked]
    assert (found.above, found.largest.country, found.reason) == (above, country, None)


def test_members_of_the_union_are_no_third_countries(engine):
    found = answers_of(engine, "tungsten")[ShareTest.EU_SOURCING, Stage.EXTRACTION]
    assert found.largest is None
    assert found.above is Verdict.NO
    countries = engine.facts.supply.countries
    for material in engine.facts.supply.materials:
        for one in answers_of(engine, material).values():
            if one.largest is not None:
                assert not countries[one.largest.country].relation.eu_member


def test_without_an_eu_mix_the_answer_is_unknown_with_a_reason(engine):
    found = answers_of(engine, "germanium")[ShareTest.EU_SOURCING, Stage.PROCESSING]
    assert (found.above, found.reason) == (Verdict.UNKNOWN, "eu_sourcing_missing")
    assert legal.figure(engine.facts, "germanium").reason == "eu_sourcing_missing"


def test_a_group_is_named_where_it_stands_for_its_member(engine):
    found = answers_of(engine, "dysprosium")[ShareTest.EU_SOURCING, Stage.EXTRACTION]
    assert found.counted == ("hree",)


WEIGHTS = st.lists(
    st.tuples(st.sampled_from(["CHN", "DEU", "ISR", "USA"]), st.floats(0.01, 1e6)), min_size=1
)


@given(bought=WEIGHTS, random=st.randoms())
def test_purchases_are_judged_whole_in_any_order(engine, bought, random):
    purchases = [Purchase(*one) for one in bought]
    found = legal.of_purchases(engine.facts, "magnesium", purchases)
    shuffled = random.sample(purchases, len(purchases))
    other = legal.of_purchases(engine.facts, "magnesium", shuffled)
    assert found.above is not Verdict.UNKNOWN
    if found.largest is None:
        assert {country for country, _ in bought} == {"DEU"}
    else:
        assert other.largest == found.largest
        assert 0 < found.largest.fraction <= 1


def test_many_purchases_from_one_country_are_all_and_no_more(engine):
    weights = (1.0, 1.4254388752160594, 48574.425438875216, 999999.7113035634, 1.0593995879462454)
    bought = [Purchase("CHN", weight) for weight in weights]
    assert legal.of_purchases(engine.facts, "magnesium", bought).largest.fraction == 1.0


def test_no_purchases_are_unknown(engine):
    found = legal.of_purchases(engine.facts, "magnesium", [])
    assert (found.above, found.reason) == (Verdict.UNKNOWN, "purchases_not_given")


def test_a_regime_says_nothing_of_what_it_is_not_about(engine):
    for one in legal.conflicts(engine.facts, "cobalt"):
        assert not one.concerned
        assert one.supplies == ()


def test_conflict_shares_are_upper_bounds_of_what_is_named(engine):
    for material in ("tin", "tantalum", "tungsten", "gold"):
        for one in legal.conflicts(engine.facts, material):
            assert one.concerned
            assert one.supplies
            for supply in one.supplies:
                named = [item.share for item in supply.countries if not item.share.upper_bound]
                assert sum(share.fraction for share in named) <= supply.at_most + 1e-9
                assert 0 <= supply.at_most <= 1


def test_regions_and_whole_countries_are_told_apart(engine):
    cahra = next(one for one in legal.conflicts(engine.facts, "tin") if one.regime.id == "eu_cahra")
    world = next(one for one in cahra.supplies if one.scope == "world")
    assert {one.share.country: one.whole for one in world.countries}["MMR"] is False


def restriction(**options):
    timeline = Timeline(
        **{
            "start": None, "end": None, "suspended_from": None, "suspended_until": None,
            "reported": Reported.IN_FORCE, "as_of": "2026-01-10", **options,
        }
    )  # fmt: skip
    return Restriction("x", "CHN", "x", (), None, ExportMeasure.BAN, None, timeline, None, None, ())


@pytest.mark.parametrize(
    ("options", "day", "state", "in_force"),
    [
        ({"start": "2025-02-04"}, "2025-02-03", State.NOT_YET, Verdict.NO),
        ({"start": "2025-02-04"}, "2025-02-04", State.IN_FORCE, Verdict.YES),
        ({"start": "2025-02"}, "2025-02-14", State.UNKNOWN, Verdict.UNKNOWN),
        ({"start": "2025-02-04", "end": "2025-12-31"}, "2026-01-01", State.ENDED, Verdict.NO),
        ({"reported": Reported.ANNOUNCED}, "2026-01-10", State.ANNOUNCED, Verdict.NO),
        ({"reported": Reported.ANNOUNCED}, "2026-01-11", State.ANNOUNCED, Verdict.UNKNOWN),
        ({"reported": Reported.UNCLEAR}, "2026-02-01", State.UNKNOWN, Verdict.UNKNOWN),
    ],
)
def test_dates_alone_say_whether_it_is_in_force(options, day, state, in_force):
    on = date.fromisoformat(day)
    (found,) = legal.measures([restriction(**options)], on)
    assert (found.state, found.in_force) == (state, in_force)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_a_measure_in_force_stays_so_until_its_last_day(day):
    one = restriction(start=day.isoformat())
    assert legal.in_force(one, day) is Verdict.YES
    assert legal.in_force(one, day - timedelta(days=1)) is Verdict.NO
    ended = replace(one, timeline=replace(one.timeline, end=day.isoformat()))
    assert legal.in_force(ended, day) is Verdict.YES
    assert legal.in_force(ended, day + timedelta(days=1)) is Verdict.NO


def test_those_in_force_stand_first(engine):
    day = date(2026, 11, 28)
    found = legal.measures(engine.facts.standing.restricted["antimony"], day)
    assert [one.in_force for one in found] == [Verdict.YES, Verdict.UNKNOWN]
