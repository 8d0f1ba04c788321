"""The materials of a product under a method: what their masses change, and what is not known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import ranking
from scanner.assess.exposure import exposures
from scanner.assess.methods import BY_ID
from scanner.core.composition import Range
from scanner.core.exposure import Held, RangeRanks
from scanner.core.methods import MethodFigure
from scanner.core.names import MaterialId, Presence

METHOD = BY_ID["geopolrisk"]
IDS = [MaterialId(name) for name in "abcdef"]

values = st.floats(0.0, 1.0) | st.none()
ranges = st.tuples(*[st.floats(0.0, 1e3)] * 3).map(lambda three: Range(*sorted(three)))
masses = st.tuples(ranges | st.none(), st.booleans()).map(
    lambda pair: (pair[0], pair[1] and pair[0] is not None)
)
products = st.lists(st.tuples(values, masses), min_size=1, max_size=len(IDS))


def figure(value):
    return MethodFigure(value, reason=None if value is not None else "none")


def held(key, mass=None, *, complete=True, presence=Presence.CERTAIN):
    return Held(MaterialId(key), presence, mass, complete and mass is not None)


def of(materials, method=METHOD, **figures):
    known = {MaterialId(key): figure(value) for key, value in figures.items()}
    return {one.held.material: one for one in exposures(materials, method, known)}


def test_exposure_is_figure_times_mass():
    found = of([held("a", Range(1.0, 2.0, 4.0))], a=0.5)["a"]
    assert found.exposure == Range(0.5, 1.0, 2.0)
    assert found.exposure_ranks == RangeRanks(1, 1, 1)
    assert found.exposure_reason is None


def test_amounts_can_turn_the_order_round_and_ranges_leave_it_open():
    found = of(
        [
            held("a", Range(1.0, 1.0, 1.0)),
            held("b", Range(2.0, 10.0, 20.0)),
            held("c", Range(0, 4, 8)),
        ],
        a=0.9,
        b=0.3,
        c=0.1,
    )
    assert [found[key].rank for key in "abc"] == [1, 2, 3]
    assert found["a"].exposure_ranks == RangeRanks(1, 2, 2)
    assert found["b"].exposure_ranks == RangeRanks(2, 1, 1)
    assert found["a"].exposure_places == (1, 2)
    assert found["b"].exposure_places == (1, 3)
    assert found["c"].exposure_places == (2, 3)


def test_a_mass_that_is_unknown_or_incomplete_may_be_the_greatest():
    found = of(
        [held("a", Range(5, 5, 5)), held("b"), held("c", Range(1, 1, 1), complete=False)],
        a=0.5, b=0.5, c=0.5,
    )  # fmt: skip
    assert found["a"].exposure_places == (1, 3)
    assert found["b"].exposure_places == (1, 3)
    assert found["c"].exposure_places == (1, 3)
    assert (found["b"].exposure, found["b"].exposure_reason) == (None, "no_mass_known")


def test_without_a_figure_there_is_neither_rank_nor_exposure():
    found = of([held("a", Range(1, 1, 1)), held("b", Range(1, 1, 1))], a=None, b=0.1)["a"]
    assert (found.rank, found.exposure, found.exposure_places) == (None, None, None)
    assert found.exposure_reason == "no_figure"


@pytest.mark.parametrize("method", ["eol-rir-2023", "present-day-supply-risk"])
def test_what_is_no_quantity_of_risk_is_not_multiplied(method):
    found = of([held("a", Range(1, 1, 1))], BY_ID[method], a=0.5)["a"]
    assert (found.rank, found.exposure, found.exposure_reason) == (1, None, "not_a_quantity")


def test_what_is_only_possible_stands_apart():
    materials = [
        held("a", Range(1, 1, 1), presence=Presence.POSSIBLE),
        held("b", Range(1, 1, 1), presence=Presence.LIKELY),
        held("c", Range(1, 1, 1)),
    ]
    known = {
        MaterialId(key): figure(value) for key, value in {"a": 0.9, "b": 0.2, "c": 0.3}.items()
    }
    found = exposures(materials, METHOD, known)
    assert [(one.held.material, one.rank) for one in found] == [("c", 1), ("b", 2), ("a", 1)]


def test_weighted_they_stand_in_the_order_of_exposure():
    materials = [held("a", Range(1, 1, 1)), held("b", Range(9, 9, 9)), held("c")]
    known = {MaterialId(key): figure(value) for key, value in {"a": 0.9, "b": 0.2, "c": 1}.items()}
    found = exposures(materials, METHOD, known, weighted=True)
    assert [one.held.material for one in found] == ["b", "a", "c"]


@given(products, st.data())
def test_every_rank_that_masses_can_give_is_among_the_places(product, data):
    materials = [
        held(key, mass, complete=complete)
        for key, (_, (mass, complete)) in zip(IDS, product, strict=False)
    ]
    known = {key: figure(value) for key, (value, _) in zip(IDS, product, strict=False)}
    found = {one.held.material: one for one in exposures(materials, METHOD, known)}
    drawn = {}
    for one in materials:
        value = known[one.material].value
        if value is None:
            continue
        low, high = (0.0, 1e6) if one.mass_g is None else (one.mass_g.low, one.mass_g.high)
        mass = data.draw(st.floats(low, high if one.complete else 1e6))
        drawn[one.material] = value * mass
    for key, rank in ranking.ranks(drawn).items():
        assert found[key].exposure_places.best <= rank <= found[key].exposure_places.worst


@given(products)
def test_the_order_of_materials_does_not_matter(product):
    materials = [
        held(key, mass, complete=complete)
        for key, (_, (mass, complete)) in zip(IDS, product, strict=False)
    ]
    known = {key: figure(value) for key, (value, _) in zip(IDS, product, strict=False)}
    assert exposures(materials, METHOD, known) == exposures(materials[::-1], METHOD, known)
    other = replace(METHOD, id="other")
    assert exposures(materials, other, known) == exposures(materials, METHOD, known)
