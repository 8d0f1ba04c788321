"""GeoPolRisk of the release: what is put together, and what is left out with a reason."""

from collections import Counter

import pytest

from scanner.assess import concentration, geopolrisk, importing
from scanner.core.geopolrisk import Purchase
from scanner.core.names import CountryCode, MaterialId, Stage

EU, NL = ["EU27"], ["NLD"]


@pytest.fixture(scope="module")
def facts(engine):
    return engine.facts


@pytest.fixture(scope="module")
def of_union(facts):
    union = importing.importer(facts, EU)
    return {key: importing.of_material(facts, key, union) for key in facts.supply.materials}


def newest(facts, material, codes=EU):
    whose = importing.importer(facts, codes)
    return importing.of_material(facts, MaterialId(material), whose).scores[0]


def test_every_score_follows_from_its_terms(facts, of_union):
    scored = 0
    for found in of_union.values():
        for score in found.scores:
            if score.value is None:
                continue
            scored += 1
            shares = score.production.shares
            assert score.hhi == concentration.herfindahl(shares)
            assert score.value == pytest.approx(score.hhi.low * score.risk.value)
            supply = score.risk.imports_t + score.risk.domestic_t
            for term in score.risk.origins:
                unstable = 1.0 if term.instability is None else term.instability
                assert term.term == pytest.approx(unstable * term.weight_t / supply)
            assert score.bounds.low <= score.value <= score.bounds.high
            assert len(score.sources) >= 3
    assert scored > 100


def test_what_has_no_score_says_why(of_union):
    reasons = Counter()
    for found in of_union.values():
        assert (found.reason is None) == bool(found.scores)
        for score in found.scores:
            assert (score.value is None) == (score.reason is not None)
            assert (score.factor is None) == (score.factor_reason is not None)
            reasons[score.reason] += 1
        reasons[found.reason] += 1
    assert {"trade_missing", "trade_counts_others", "production_missing"} <= set(reasons)


def test_copper_weighs_one_copper(of_union):
    for score in of_union[MaterialId("copper")].scores:
        assert score.factor == pytest.approx(1.0)


def test_a_code_that_counts_others_tells_nothing_of_one(of_union):
    tellurium = of_union[MaterialId("tellurium")].scores[0]
    assert (tellurium.value, tellurium.reason) == (None, "trade_counts_others")
    neodymium = of_union[MaterialId("neodymium")].scores[0]
    assert neodymium.value is not None
    assert len(neodymium.production.materials) > 1


def test_trade_and_production_of_one_stage_come_before_mixed_ones(of_union):
    tungsten = [score for score in of_union[MaterialId("tungsten")].scores if score.year == 2024]
    assert [score.mixed_stages for score in tungsten] == [False, True]
    assert tungsten[0].stage is Stage.EXTRACTION


def test_the_union_has_the_production_of_its_members(facts, of_union):
    copper = of_union[MaterialId("copper")].scores[0]
    members = importing.members(facts)
    assert len(members) == 27
    total = next(
        year.world
        for series in facts.resources.production(MaterialId("copper"), Stage.EXTRACTION)
        for year in series.years
        if series.source == copper.production.source and year.year == copper.year
    )
    named = sum(one.fraction for one in copper.production.shares if one.country in members)
    assert copper.risk.domestic_t == pytest.approx(named * total)
    assert newest(facts, "copper", NL).risk.domestic_t == 0.0


def test_an_importer_whose_trade_is_not_held_has_no_score(facts):
    germany = importing.of_material(
        facts, MaterialId("cobalt"), importing.importer(facts, ["DEU", "NLD"])
    )
    assert (germany.scores, germany.reason) == ((), "trade_not_held")


def test_purchases_like_the_imports_of_a_country_have_its_risk(facts):
    cobalt = newest(facts, "cobalt", NL)
    bought = [Purchase(term.origin, term.weight_t) for term in cobalt.risk.origins]
    own = importing.of_purchases(
        facts, MaterialId("cobalt"), bought, importing.importer(facts, NL), Stage.PROCESSING
    )
    assert own.year == cobalt.year
    assert own.hhi == cobalt.hhi
    assert own.value == pytest.approx(cobalt.value)
    assert (own.price_usd_per_kg, own.factor_reason) == (None, "price_missing")


def test_purchases_at_home_have_no_risk(facts):
    home = importing.importer(facts, EU)
    own = importing.of_purchases(
        facts, MaterialId("cobalt"), [Purchase(CountryCode("FIN"), 5.0, 200.0)], home
    )
    assert own.value == 0.0
    assert own.price_usd_per_kg == 40.0
    assert own.factor == 0.0


def test_without_production_by_year_the_shares_of_the_study_count(facts):
    hafnium = importing.of_purchases(
        facts,
        MaterialId("hafnium"),
        [Purchase(CountryCode("FRA"), 1.0), Purchase(CountryCode("USA"), 1.0)],
        importing.importer(facts, NL),
    )
    assert hafnium.production.year == "2016-2020"
    assert hafnium.value == pytest.approx(hafnium.hhi.low * hafnium.risk.value)


def test_one_edition_of_the_indicators_counts(facts):
    estimates = {
        one.year: one.political_stability
        for one in facts.standing.estimates[CountryCode("CHL")]
        if one.edition == "2025"
    }
    lithium = newest(facts, "lithium")
    chile = next(term for term in lithium.risk.origins if term.origin == "CHL")
    assert chile.instability == geopolrisk.instability(estimates[lithium.year])
