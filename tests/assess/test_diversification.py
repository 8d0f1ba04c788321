"""The room to diversify: figures of the release, and its laws."""

from dataclasses import replace

import pytest

from scanner.assess import diversification
from scanner.core.diversification import Standing
from scanner.core.names import Stage
from scanner.core.standing import AgreementStatus
from scanner.core.supplies import SupplyScope


@pytest.fixture(scope="module")
def rooms(engine):
    facts = engine.facts
    return {key: diversification.rooms(facts, key) for key in facts.supply.materials}


def every(rooms):
    return [room for found in rooms.values() for room in found]


def test_the_parts_add_up_to_what_is_outside(rooms):
    assert len(every(rooms)) > 100
    for room in every(rooms):
        parts = sum(room.by_standing.values()) + room.unnamed
        assert parts == pytest.approx(room.outside)
        assert 0 <= room.friendly <= room.outside + 1e-9
        assert room.outside + room.largest.share.fraction <= 1.06  # rounding of the sources


def test_only_who_produces_is_named_and_the_largest_is_left_out(rooms):
    for room in every(rooms):
        assert room.series.scope in {SupplyScope.PRODUCTION, SupplyScope.WORLD}
        codes = [one.share.country for one in room.producers]
        assert room.largest.share.country not in codes
        assert len(codes) == len(set(codes))
        assert all(one.share.fraction > 0 for one in room.producers)
        known = [one.share.fraction for one in room.producers if not one.share.upper_bound]
        assert all(fraction <= room.largest.share.fraction for fraction in known)


def test_each_country_stands_as_the_release_says(rooms, engine):
    relations = {code: one.relation for code, one in engine.facts.supply.countries.items()}
    for room in every(rooms):
        for one in (room.largest, *room.producers):
            relation = relations[one.share.country]
            assert (one.standing is Standing.EU) == relation.eu_member
            if one.standing is Standing.PARTNERSHIP:
                assert relation.partnership
                assert not one.agreements
            if one.standing is Standing.OTHER:
                assert not relation.partnership
                assert not one.agreements


def test_the_newest_production_comes_before_the_study(rooms):
    scopes = {room.stage: room.series.scope for room in rooms["tungsten"]}
    assert scopes == {Stage.EXTRACTION: SupplyScope.PRODUCTION, Stage.PROCESSING: SupplyScope.WORLD}


def test_gallium_has_no_room(rooms):
    (gallium,) = rooms["gallium"]
    assert gallium.largest.share.country == "CHN"
    assert gallium.outside < 0.02


def test_who_is_sanctioned_is_marked(rooms):
    (processing,) = [room for room in rooms["aluminium"] if room.stage is Stage.PROCESSING]
    marked = {one.share.country for one in processing.producers if one.sanctioned}
    assert "RUS" in marked


def test_an_agreement_that_is_only_signed_does_not_count(engine):
    facts = engine.facts
    signed = tuple(
        replace(one, status=AgreementStatus.SIGNED) for one in facts.standing.agreements["CHL"]
    )
    agreements = {**facts.standing.agreements, "CHL": signed}
    without = replace(facts, standing=replace(facts.standing, agreements=agreements))
    before, after = (
        diversification.at_stage(one, "lithium", Stage.PROCESSING) for one in (facts, without)
    )
    chile = next(one for one in after.producers if one.share.country == "CHL")
    assert chile.standing is Standing.PARTNERSHIP  # Chile has one beside the agreement
    assert after.friendly == pytest.approx(before.friendly)
    assert after.by_standing[Standing.AGREEMENT] < before.by_standing[Standing.AGREEMENT]


def test_without_output_there_is_no_room(rooms):
    assert rooms["xenon"] == ()
