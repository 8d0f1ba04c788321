"""Strategic-dependency tests: thresholds, what is missing, and what nobody may average away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import dependency
from scanner.assess.dependency import FLOOR_KUSD, THRESHOLDS, all_of, cdi1, cdi2, cdi3, lasting
from scanner.core.dependency import DependencyTest
from scanner.core.legal import Verdict
from scanner.core.supply import Share

AMOUNTS = st.lists(st.floats(0.1, 1e6), min_size=1, max_size=12)
MONEY = st.floats(0.001, 1e9)
VERDICTS = st.sampled_from(Verdict)


def shares(amounts):
    total = sum(amounts)
    return [
        Share(f"C{n:02}", amount / total, "2024", None, False, "test")
        for n, amount in enumerate(amounts)
    ]


@given(AMOUNTS)
def test_cdi1_lies_between_equal_and_single_suppliers(amounts):
    found = cdi1(shares(amounts))
    assert 1 / len(amounts) - 1e-9 <= found.value <= 1 + 1e-9
    assert (found.above is Verdict.YES) == (found.value > 0.4)


@given(AMOUNTS, st.randoms())
def test_the_order_of_origins_changes_nothing(amounts, random):
    assert cdi1(shares(amounts)) == cdi1(random.sample(shares(amounts), len(amounts)))


@given(AMOUNTS, st.floats(0.1, 0.9))
def test_splitting_a_supplier_makes_it_less_concentrated(amounts, part):
    split = [amounts[0] * part, amounts[0] * (1 - part), *amounts[1:]]
    assert cdi1(shares(split)).value <= cdi1(shares(amounts)).value + 1e-12


def test_one_supplier_is_an_index_of_one():
    """Vinyl chloride from Norway alone: 1, though nobody fears for it: hence the mark of allies."""
    found = cdi1(shares([7.0]))
    assert (found.value, found.above) == (1.0, Verdict.YES)


@given(MONEY, MONEY, MONEY)
def test_more_from_outside_is_never_less_dependent(extra, more, other):
    less, most = sorted((extra, more))
    assert cdi2(less, other).value <= cdi2(most, other).value
    assert cdi3(less, other).value <= cdi3(most, other).value
    assert 0 <= cdi2(less, other).value <= 1


@given(MONEY, MONEY, st.floats(0.01, 100))
def test_the_currency_changes_nothing(extra, other, rate):
    assert cdi2(extra * rate, other * rate).value == pytest.approx(cdi2(extra, other).value)
    assert cdi3(extra * rate, other * rate).value == pytest.approx(cdi3(extra, other).value)


@pytest.mark.parametrize(
    ("found", "above", "value"),
    [
        (cdi2(50, 50), Verdict.NO, 0.5),
        (cdi2(51, 49), Verdict.YES, 0.51),
        (cdi3(100, 100), Verdict.NO, 1.0),
        (cdi3(101, 100), Verdict.YES, 1.01),
        (cdi3(5, 0), Verdict.YES, None),
        (cdi2(0, 0), Verdict.UNKNOWN, None),
        (cdi3(0, 5), Verdict.UNKNOWN, None),
        (cdi2(None, 5), Verdict.UNKNOWN, None),
        (cdi2(5, None), Verdict.UNKNOWN, None),
        (cdi3(5, None), Verdict.UNKNOWN, None),
        (dependency.world_exports([]), Verdict.UNKNOWN, None),
        (dependency.world_exports(shares([3, 1])), Verdict.YES, 0.625),
        (cdi1([]), Verdict.UNKNOWN, None),
    ],
)
def test_thresholds_are_not_above_themselves_and_nulls_stay_null(found, above, value):
    assert (found.above, found.value) == (above, value)
    assert (found.reason is None) == (value is not None)


def test_thresholds_are_those_of_the_sources():
    assert THRESHOLDS == {
        DependencyTest.CDI1: 0.4, DependencyTest.CDI2: 0.5, DependencyTest.CDI3: 1.0,
        DependencyTest.WORLD_EXPORTS: 0.4,
    }  # fmt: skip


@given(st.lists(VERDICTS, min_size=1))
def test_all_are_above_only_where_each_is(answers):
    found = all_of(answers)
    assert (found is Verdict.YES) == (set(answers) == {Verdict.YES})
    assert (found is Verdict.NO) == (Verdict.NO in answers)


@given(st.lists(VERDICTS, max_size=3), st.data())
def test_knowing_more_years_never_turns_an_answer_round(answers, data):
    told = lasting(answers)
    known = [
        data.draw(st.sampled_from([Verdict.YES, Verdict.NO])) if one is Verdict.UNKNOWN else one
        for one in answers
    ]
    if told is not Verdict.UNKNOWN:
        assert lasting(known) is told


@pytest.mark.parametrize(
    ("years", "answer"),
    [("yyn", "yes"), ("yny", "yes"), ("ynn", "no"), ("yun", "unknown"), ("nun", "no"),
     ("yy", "yes"), ("n", "unknown"), ("nnyy", "no")],
)  # fmt: skip
def test_two_of_the_newest_three_years_last(years, answer):
    words = {"y": Verdict.YES, "n": Verdict.NO, "u": Verdict.UNKNOWN}
    assert lasting([words[one] for one in years]) == answer


def code_of(engine, material, code):
    found = dependency.of_material(engine.facts, material)
    return next(one for one in found if one.code == code)


def test_borates_come_from_one_country_as_the_commission_says(engine):
    """The Commission's figure of 2024: 98 % of the EU's borates come from Türkiye."""
    borates = code_of(engine, "boron", "252890").by_value[0]
    assert borates.shares[0].country == "TUR"
    assert borates.shares[0].fraction == pytest.approx(0.98, abs=0.005)
    assert borates.cdi1.above is Verdict.YES
    assert borates.allied > 0.98


def test_every_code_is_told_and_nothing_is_decided_without_data(engine):
    for material in engine.facts.supply.materials:
        for code in dependency.of_material(engine.facts, material):
            assert {one.reason for one in code.others} == {
                "intra_eu_trade_missing", "exports_missing", "world_exports_missing",
            }  # fmt: skip
            assert code.dependent is not Verdict.YES
            for year in (*code.by_value, *code.by_weight):
                assert (year.cdi1.above is Verdict.UNKNOWN) == (year.cdi1.reason is not None)
                assert year.allied is None or 0 <= year.allied <= 1 + 1e-9


def test_tiny_flows_have_a_figure_and_no_answer(engine):
    tiny = [
        year
        for material in engine.facts.supply.materials
        for code in dependency.of_material(engine.facts, material)
        for year in code.by_value
        if year.total < FLOOR_KUSD
    ]
    assert tiny
    assert {year.cdi1.above for year in tiny} == {Verdict.UNKNOWN}
    assert any(year.cdi1.value is not None for year in tiny)
