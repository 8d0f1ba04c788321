"""The world's part of the supply risk, then and now: figures of the release, and the laws."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import eu_supply_risk, governance, present_day_risk, supplies
from scanner.core.bounds import Bounds
from scanner.core.names import CountryCode, SourceId
from scanner.core.present_day_risk import Direction
from scanner.core.supply import Share, SupplyMix


@pytest.fixture(scope="module")
def trends(engine):
    return {key: present_day_risk.trend(engine.facts, key) for key in engine.facts.supply.materials}


def test_contributions_add_up_to_the_change(trends):
    told = [one for one in trends.values() if one.reason is None]
    assert len(told) > 30
    for one in told:
        assert sum(mover.moved for mover in one.movers) == pytest.approx(one.change, abs=1e-12)
        assert one.then_bounds.low == one.then <= one.then_bounds.high
        assert one.now_bounds.low == one.now <= one.now_bounds.high
        assert one.direction is present_day_risk.direction(one.then_bounds, one.now_bounds)


def test_there_is_a_trend_or_a_reason(trends):
    for one in trends.values():
        assert (one.direction is None) == (one.reason is not None)
        assert (one.change is None) == (one.reason is not None)


def test_then_is_the_world_part_of_the_recomputed_risk(engine, trends):
    """With the edition of the study it would be the same number; editions differ by little."""
    facts = engine.facts
    cobalt = facts.supply.materials["cobalt"]
    earlier = facts.resources.parameters_2017("cobalt")
    (risk,) = [
        one for one in eu_supply_risk.recompute(facts.supply, cobalt, earlier) if one.bottleneck
    ]
    assert risk.mix is SupplyMix.GLOBAL
    assert trends["cobalt"].then == pytest.approx(risk.value, rel=0.05)
    assert {mover.governance_then for mover in trends["cobalt"].movers}.isdisjoint(
        {share.scaled_wgi for share in risk.world.shares}
    )


def test_the_congo_makes_cobalt_riskier_by_its_share(trends):
    cobalt = trends["cobalt"]
    first = cobalt.movers[0]
    assert cobalt.direction is Direction.RISING
    assert (first.country, first.share_then) == ("COD", 0.628)
    assert first.share_now == pytest.approx(230_000 / 310_000)
    assert first.by_share > 10 * abs(first.by_governance)
    assert (cobalt.year, cobalt.governance_years) == ("2025", ("2016-2020", "2024"))


@pytest.mark.parametrize(
    ("material", "reason"),
    [
        ("tungsten", "other_stage"),  # assessed at processing, production is of mines
        ("platinum", "other_stage"),
        ("neodymium", "counted_together"),
        ("iron_ore", "several_commodities"),  # ore and contained iron
        ("kaolin", "other_basis"),
        ("boron", "world_total_missing"),
        ("germanium", "world_total_missing"),
        ("strontium", "world_supply_not_weighed"),  # EU sourcing alone
        ("gold", "world_supply_not_weighed"),  # import reliance 0
        ("phosphorus", "no_production"),
        ("hree", "not_assessed"),
    ],
)
def test_other_stages_and_bases_give_null_with_the_reason(trends, material, reason):
    assert (trends[material].reason, trends[material].now) == (reason, None)


def test_one_edition_only(engine, trends):
    newest = governance.newest(engine.facts.supply)
    for one in trends.values():
        if one.reason is None:
            assert one.edition == newest.edition
            assert {key for key in one.sources if key.startswith("wgi")} == {newest.source}


def test_a_country_without_governance_gives_null(engine):
    facts = engine.facts
    estimates = {**facts.standing.estimates, CountryCode("COD"): ()}
    without = replace(facts, standing=replace(facts.standing, estimates=estimates))
    assert present_day_risk.trend(without, "cobalt").reason == "governance_missing"


def test_members_of_the_union_have_the_neutral_t_of_the_study(engine):
    """What is assumed for a country without t is what the study prints for every member."""
    for shares in engine.facts.supply.shares.values():
        for share in shares:
            relation = engine.facts.supply.countries[share.country].relation
            assert (share.trade_parameter == 0.8) == relation.eu_member


lows, widths = st.floats(0, 10), st.floats(0, 3)
bounds = st.builds(lambda low, width: Bounds(low, low + width), lows, widths)


@given(bounds, bounds)
def test_a_direction_is_certain_or_not_told(then, now):
    found = present_day_risk.direction(then, now)
    if found is Direction.RISING:
        assert now.low > then.high
    if found is Direction.FALLING:
        assert now.high < then.low
    opposite = {Direction.RISING: Direction.FALLING, Direction.FALLING: Direction.RISING}
    if found in opposite and abs(now.low - then.low) >= 0.05:
        assert present_day_risk.direction(now, then) is opposite[found]


def made(fractions):
    return [
        Share(CountryCode(code), fraction, "2024", None, False, SourceId("s"))
        for code, fraction in fractions.items()
    ]


codes = st.sampled_from(["AAA", "BBB", "CCC", "DDD"])
distributions = st.dictionaries(codes, st.floats(0.01, 1), min_size=1).map(
    lambda parts: {code: part / sum(parts.values()) for code, part in parts.items()}
)


@given(distributions, distributions)
def test_what_moved_is_a_fraction_and_the_same_both_ways(first, second):
    found = supplies.moved(made(first), made(second))
    assert 0 <= found <= 1
    assert found == pytest.approx(supplies.moved(made(second), made(first)))
    assert supplies.moved(made(first), made(first)) == 0


def test_all_moved_where_nobody_supplies_any_more():
    assert supplies.moved(made({"AAA": 1.0}), made({"BBB": 1.0})) == 1
