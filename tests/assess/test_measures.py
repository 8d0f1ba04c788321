"""Measures: what moving, replacing and recycling would change, against the laws of the sums."""

from dataclasses import replace

import pytest

from scanner.assess import diversification, measures
from scanner.core.diversification import Standing
from scanner.core.measures import MOVED, RECYCLED
from scanner.core.names import Stage
from scanner.core.supplies import SupplyScope


@pytest.fixture(scope="module")
def found(engine):
    facts = engine.facts
    return {key: measures.of_material(facts, key) for key in facts.supply.materials}


def shifts(found):
    moves = [one for every in found.values() for one in every.diversify]
    lifts = [one.shift for every in found.values() for one in every.reshore if one.shift]
    return moves, lifts


def test_what_leaves_the_supplier_arrives_at_the_targets(found):
    moves, lifts = shifts(found)
    assert len(moves) > 80
    assert len(lifts) > 5
    for one in (*moves, *lifts):
        assert sum(target.receives for target in one.targets) == pytest.approx(one.moved)
        assert one.share_before - one.share_after == pytest.approx(one.moved)
        assert one.share_after >= 0
        assert one.supplier not in {target.country for target in one.targets}


def test_a_third_moves_or_all_that_the_largest_has(found):
    for one in shifts(found)[0]:
        assert one.moved == pytest.approx(min(MOVED, one.share_before))
        assert one.after.low < one.before.low


def test_only_friends_without_measures_are_named_and_the_union_is_never_left(found, engine):
    facts = engine.facts
    rooms = {
        (key, room.stage): room
        for key in facts.supply.materials
        for room in diversification.rooms(facts, key)
    }
    for key, every in found.items():
        for one in every.diversify:
            room = rooms[key, one.stage]
            standing = {p.share.country: p for p in (room.largest, *room.producers)}
            for target in one.targets:
                producer = standing[target.country]
                assert producer.standing is not Standing.OTHER
                assert not producer.sanctioned
            assert diversification.standing(facts, one.supplier) is not Standing.EU


def test_the_index_after_is_that_of_the_shares_by_hand(engine):
    """Magnesium: the Union bought 97 % in China; a third of all goes to four others."""
    shift = next(
        one for one in measures.of_material(engine.facts, "magnesium").diversify
        if one.stage is Stage.PROCESSING
    )  # fmt: skip
    assert (shift.scope, shift.supplier) == (SupplyScope.EU_SOURCING, "CHN")
    mix = {
        one.country: one.fraction
        for one in engine.facts.supply.shares["magnesium", "processing", "eu_sourcing"]
        if not one.upper_bound
    }
    assert shift.before.low == pytest.approx(sum(s**2 for s in mix.values()))
    mix["CHN"] -= shift.moved
    for target in shift.targets:
        mix[target.country] = mix.get(target.country, 0) + target.receives
    assert shift.after.low == pytest.approx(sum(s**2 for s in mix.values()))


def test_the_supply_risk_at_another_rate_is_that_of_the_formula(found, engine):
    seen = 0
    for key, every in found.items():
        recycling = every.recycling
        if recycling is None:
            continue
        seen += 1
        material = engine.facts.supply.materials[key]
        assert recycling.supply_risk == material.supply_risk
        again = recycling.without * (1 - recycling.eol_rir.value)
        assert again == pytest.approx(material.supply_risk)
        assert (recycling.at_benchmark is None) == (recycling.eol_rir.value >= RECYCLED)
        if recycling.at_benchmark is not None:
            assert recycling.at_benchmark <= recycling.supply_risk
    assert seen > 60


def test_an_index_of_one_says_nothing_of_substitutes(found):
    for every in found.values():
        if every.substitution is not None:
            assert 0 < every.substitution.index.value < 1
            assert every.substitution.without > every.substitution.supply_risk


def test_reshoring_lifts_to_the_benchmark_and_only_strategic_ones(found, engine):
    for key, every in found.items():
        strategic = engine.facts.supply.materials[key].strategic is not None
        for one in every.reshore:
            assert (one.benchmark is not None) == strategic
            assert one.producers or one.reserves or one.benchmark is not None
            if one.shift is not None:
                assert one.domestic < one.benchmark
                assert one.domestic + one.shift.moved <= one.benchmark + 1e-9


def test_without_knowing_who_produces_nothing_is_said(engine):
    facts = engine.facts
    bare = replace(
        facts,
        supply=replace(facts.supply, shares={}),
        resources=replace(facts.resources, series={}, holdings={}),
    )
    said = measures.of_material(bare, "cobalt")
    assert (said.diversify, said.reshore) == ((), ())
