"""Scenarios: what is lost lies between its bounds, and never becomes more supply."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import scenarios
from scanner.assess.scenarios import lost
from scanner.core.errors import InvalidInput
from scanner.core.names import Stage
from scanner.core.scenarios import Scenario
from scanner.core.supplies import SupplyScope
from scanner.core.supply import Share

CODES = [f"C{n:02}" for n in range(12)]
FRACTIONS = st.floats(0.001, 1)


def share(country, fraction, *, upper_bound=False):
    return Share(country, fraction, "2020", None, upper_bound, "test")


@st.composite
def supplies(draw):
    """Shares of distinct countries that add up to at most 1.05, as they are printed."""
    countries = draw(st.lists(st.sampled_from(CODES[:8]), min_size=1, unique=True))
    parts = draw(st.lists(st.floats(0.001, 1), min_size=len(countries), max_size=len(countries)))
    total = draw(st.floats(0.05, 1.05)) / sum(parts)
    small = draw(st.sets(st.sampled_from(countries)))
    return [
        share(code, 0.001 if code in small else part * total, upper_bound=code in small)
        for code, part in zip(countries, parts, strict=True)
    ]


some_countries = st.frozensets(st.sampled_from(CODES), min_size=1)


@given(supplies(), some_countries, FRACTIONS)
def test_a_scenario_never_makes_more_supply_nor_takes_more_than_asked(shares, countries, fraction):
    found = lost(shares, countries, fraction)
    assert 0 <= found.low <= found.high <= fraction


@given(supplies(), some_countries, FRACTIONS, FRACTIONS)
def test_stopping_more_loses_no_less(shares, countries, one, other):
    less, more = sorted((one, other))
    before, after = lost(shares, countries, less), lost(shares, countries, more)
    assert before.low <= after.low
    assert before.high <= after.high


@given(supplies(), some_countries, some_countries, FRACTIONS)
def test_more_countries_lose_no_less(shares, countries, others, fraction):
    before, after = (lost(shares, some, fraction) for some in (countries, countries | others))
    assert before.low <= after.low + 1e-12
    assert before.high <= after.high + 1e-12


@given(supplies(), some_countries, FRACTIONS, st.randoms())
def test_the_order_of_shares_changes_nothing(shares, countries, fraction, random):
    shuffled = random.sample(shares, len(shares))
    assert lost(shares, countries, fraction) == lost(shuffled, countries, fraction)


@given(supplies(), FRACTIONS)
def test_what_all_lose_is_the_fraction(shares, fraction):
    found = lost(shares, frozenset(CODES), fraction)
    assert found.high == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("countries", "low", "high"),
    [
        ({"CHN"}, 0.3, 0.3),
        ({"CHN", "RUS"}, 0.35, 0.35),
        ({"CHL"}, 0.0, 0.0005),
        ({"MMR"}, 0.0, 0.15),
        ({"CHN", "MMR"}, 0.3, 0.45),
    ],
    ids=["named", "two", "less-than", "not-named", "named-and-not"],
)
def test_what_is_not_named_may_be_theirs(countries, low, high):
    shares = [share("CHN", 0.6), share("RUS", 0.1), share("CHL", 0.001, upper_bound=True)]
    found = lost(shares, frozenset(countries), 0.5)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_without_shares_nothing_can_be_told():
    assert lost([], frozenset({"CHN"}), 1.0) is None


@pytest.fixture(scope="module")
def cobalt(engine):
    def ask(**options):
        asked = Scenario(frozenset({"COD"}), 1.0, ("cobalt",), **options)
        return scenarios.of_material(engine.facts, "cobalt", asked)

    return ask


def test_losses_are_told_by_scope_and_stage(cobalt):
    found = cobalt()
    extraction = found.losses[0]
    assert (extraction.scope, extraction.stage) == (SupplyScope.WORLD, Stage.EXTRACTION)
    assert extraction.lost.low == pytest.approx(0.628)
    assert [one.country for one in extraction.stopped] == ["COD"]
    assert "COD" not in {one.country for one in extraction.following}
    sizes = [one.fraction for one in extraction.following if not one.upper_bound]
    assert sizes == sorted(sizes, reverse=True)
    assert {one.stage for one in cobalt(stage=Stage.PROCESSING).losses} == {Stage.PROCESSING}


def test_production_is_lost_in_tonnes_of_its_newest_year(cobalt):
    mined = next(one for one in cobalt(scopes=(SupplyScope.PRODUCTION,)).losses
                 if one.of == "cobalt" and one.source == "usgs_mcs2026")  # fmt: skip
    assert (mined.year, mined.unit) == ("2025", "t")
    assert mined.quantity.low == pytest.approx(230_000)


def test_a_supply_that_the_release_lacks_has_a_reason_and_is_not_untouched(engine):
    asked = Scenario(frozenset({"NOR"}), 1.0, ("xenon",))
    found = scenarios.of_material(engine.facts, "xenon", asked)
    assert {one.reason for one in found.losses if one.lost is None} == {"world_missing"}
    assert not found.untouched
    assert replace(found, losses=()).largest is None


def test_members_of_a_group_have_its_sourcing(engine):
    asked = Scenario(frozenset({"CHN"}), 1.0, None, Stage.EXTRACTION, (SupplyScope.EU_SOURCING,))
    found = scenarios.of_material(engine.facts, "dysprosium", asked)
    (only,) = found.losses
    assert only.counted == ("hree",)
    assert only.lost.low > 0


def test_all_materials_come_with_the_largest_loss_first(engine):
    found = scenarios.of_all(engine.facts, Scenario(frozenset({"CHN"}), 1.0))
    assert {one.material for one in found} == set(engine.facts.supply.materials)
    sizes = [one.largest.lost.low for one in found if one.largest is not None]
    assert sizes == sorted(sizes, reverse=True)
    assert [one.largest for one in found][len(sizes) :] == [None] * (len(found) - len(sizes))


@pytest.mark.parametrize(
    ("material", "as_counted"),
    [("cobalt", True), ("manganese", True), ("silicon_metal", True), ("natural_graphite", True),
     ("baryte", True), ("neodymium", False), ("lithium", False), ("tungsten", False),
     ("niobium", False), ("iron_ore", False), ("chromium", False), ("boron", False)],
)  # fmt: skip
def test_the_price_of_another_form_is_no_price_of_the_material(engine, material, as_counted):
    found = scenarios.priced(material, engine.facts.resources.prices(material))
    assert found.as_counted is as_counted


@pytest.mark.parametrize(
    ("asked", "stock", "pointer"),
    [
        (Scenario(frozenset({"ZZZ"}), 1.0), {}, "/countries"),
        (Scenario(frozenset({"CHN"}), 1.0, ("unobtainium",)), {}, "/materials"),
        (Scenario(frozenset({"CHN"}), 1.0), {"unobtainium": 1.0}, "/stock"),
    ],
)
def test_what_the_release_does_not_know_is_refused(engine, asked, stock, pointer):
    with pytest.raises(InvalidInput) as refused:
        scenarios.stakes(engine.facts, asked, stock)
    assert refused.value.place.pointer == pointer
