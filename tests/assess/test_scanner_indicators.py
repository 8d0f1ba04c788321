"""The eleven indicators: values of the release, levels, and their laws."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import indicator_values, scanner_indicators
from scanner.core.methods import Direction
from scanner.core.scanner_indicators import Group, Level

DEFINITIONS = [known for known, _ in scanner_indicators.ELEVEN]
MARKED = [known for known in DEFINITIONS if known.id != "biodiversity"]


@pytest.fixture(scope="module")
def found(engine):
    facts = engine.facts
    return {
        key: {one.definition.id: one for one in scanner_indicators.of_material(facts, key)}
        for key in facts.supply.materials
    }


def test_there_are_eleven_in_four_groups():
    assert len({known.id for known in DEFINITIONS}) == 11
    sizes = [sum(known.group is group for known in DEFINITIONS) for group in Group]
    assert sizes == [3, 4, 1, 3]


def test_every_material_has_all_with_a_value_or_a_reason(found, engine):
    for indicators in found.values():
        assert list(indicators) == [known.id for known in DEFINITIONS]
        for one in indicators.values():
            figure = one.finding.figure
            assert (figure.value is None) == (figure.reason is not None)
            assert set(figure.sources) <= set(engine.knowledge.sources)
            if figure.value is None:
                assert (one.level, one.worst) == (None, None)  # unknown is not low
            else:
                assert one.finding.terms
                assert one.worst is not None


def test_biodiversity_is_not_made_up(found):
    reasons = {one["biodiversity"].finding.figure.reason for one in found.values()}
    assert reasons == {"no_source_that_may_be_shipped"}


@pytest.mark.parametrize(
    ("material", "indicator", "value", "level"),
    [
        # by hand from the tables of the release
        ("cobalt", "reserves-years", 12_000_000 / 310_000, "moderate"),
        ("cobalt", "companionality", 0.85, "high"),
        ("gallium", "production-hhi", 10_000, "high"),
        ("gold", "production-hhi", 465, "low"),
        ("lead", "lack-of-recycling", 0.83, "low"),
        ("neodymium", "lack-of-recycling", 0.01, "high"),
        ("rhodium", "environmental-load", 35_100, "high"),
        ("manganese", "environmental-load", 1.0, "low"),
    ],
)
def test_values_and_levels(found, material, indicator, value, level):
    one = found[material][indicator]
    assert one.finding.figure.value == pytest.approx(value, rel=0.001)
    assert one.level == level


@pytest.mark.parametrize(
    ("material", "indicator", "reason"),
    [
        ("neodymium", "reserves-years", "counted_together"),
        ("boron", "reserves-years", "no_world_total_on_one_basis"),
        ("titanium", "reserves-hhi", "several_commodities"),
        ("gallium", "reserves-years", "no_reserves"),
        ("xenon", "production-hhi", "no_production"),
        ("xenon", "price-volatility", "no_prices"),
        ("dysprosium", "companionality", "not_published"),
        ("dysprosium", "environmental-load", "no_source_that_may_be_shipped"),
    ],
)
def test_what_is_missing_says_why(found, material, indicator, reason):
    assert found[material][indicator].finding.figure.reason == reason


def test_a_lower_limit_has_a_level_only_where_it_settles_it(found):
    antimony = found["antimony"]["reserves-years"]  # "more than" 2 000 000 t
    assert antimony.finding.at_least
    assert (antimony.level, antimony.worst) == (None, Level.HIGH)


def test_restrictions_in_force_are_sure_and_suspended_ones_possible(found):
    gallium = found["gallium"]["export-restrictions"].finding
    assert gallium.figure.value == pytest.approx(1.0, abs=0.01)
    assert "CHN" in {term.country for term in gallium.terms}
    for one in found.values():
        bounds = one["export-restrictions"].finding.figure.bounds
        assert bounds is None or 0 <= bounds.low <= bounds.high <= 1


def test_a_country_without_hdi_widens_the_bounds(found, engine):
    facts = engine.facts
    congo = replace(facts.supply.countries["COD"], development=None)
    supply = replace(facts.supply, countries={**facts.supply.countries, "COD": congo})
    without = indicator_values.supplier_development(replace(facts, supply=supply), "cobalt")
    bounds = without.figure.bounds
    assert bounds.high - bounds.low > 0.7
    before = found["cobalt"]["supplier-development"].finding.figure.value
    assert bounds.low <= before <= bounds.high


def test_a_price_that_does_not_change_has_no_volatility(engine):
    facts = engine.facts
    series = facts.resources.prices("copper")[0]
    still = replace(series, prices=tuple(p._replace(usd_per_kg=9.0) for p in series.prices))
    priced = {**facts.resources.priced, "copper": (still,)}
    same = replace(facts, resources=replace(facts.resources, priced=priced))
    assert indicator_values.price_volatility(same, "copper").figure.value == 0
    short = replace(still, prices=still.prices[:4])
    priced = {**facts.resources.priced, "copper": (short,)}
    same = replace(facts, resources=replace(facts.resources, priced=priced))
    assert indicator_values.price_volatility(same, "copper").figure.reason == "too_few_years"


@given(st.sampled_from(MARKED), st.floats(0, 1e5), st.floats(0, 1e5))
def test_levels_follow_the_direction(known, one, other):
    order = list(Level)
    less, more = sorted((one, other))
    rising = order.index(known.level(more)) - order.index(known.level(less))
    assert rising >= 0 if known.direction is Direction.HIGH_IS_RISKY else rising <= 0


@pytest.mark.parametrize("known", MARKED, ids=lambda known: known.id)
def test_marks_lie_on_the_scale_and_in_order(known):
    risky = known.direction is Direction.HIGH_IS_RISKY
    assert known.moderate < known.high if risky else known.high < known.moderate
    assert known.level(known.lowest) is (Level.LOW if risky else Level.HIGH)
