"""Which parts depend on what is lost: those that surely lose most first, whatever their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.assess import scenarios
from scanner.core.names import Presence
from scanner.core.scan import Spend, Spending
from scanner.core.scenarios import Scenario
from scanner.profile.scenarios import HeldPart, exposure

HEAD = {
    "materials": [],
    "coverage": {"recognised": 1, "ambiguous": 0, "unrecognised": 0},
    "options": {"annual_units": None},
}
SOME = ("copper", "gallium", "neodymium", "tin", "xenon")


@pytest.fixture(scope="module")
def stakes(engine):
    asked = Scenario(frozenset({"CHN"}), 1.0, SOME[1:])
    return scenarios.stakes(engine.facts, asked, {})


def euros(amount):
    return Spending((Spend("EUR", amount),), 1, 0)


held = st.dictionaries(st.sampled_from(SOME), st.sampled_from(Presence), max_size=3)
lists = st.lists(held, max_size=80).map(
    lambda found: [
        HeldPart(place, 1 + place % 3, one, euros(0.1 * place)) for place, one in enumerate(found)
    ]
)


@given(parts=lists, random=st.randoms())
def test_parts_are_counted_and_ordered_alike_in_any_order(stakes, parts, random):
    told, places = exposure(HEAD, parts, stakes)
    assert exposure(HEAD, random.sample(parts, len(parts)), stakes) == (told, places)
    exposed = [part for part in parts if set(part.materials) - {"copper"}]
    assert told["parts"]["count"] == len(exposed)
    assert told["parts"]["lines"] == sum(part.lines for part in exposed)
    assert len(told["parts"]["shown"]) == len(places) == min(50, len(exposed))


@given(parts=lists)
def test_what_is_only_possible_stands_last(stakes, parts):
    shown = exposure(HEAD, parts, stakes)[0]["parts"]["shown"]
    possible = [part["materials"][0]["presence"] == "possible" for part in shown]
    assert possible == sorted(possible)
    for part in shown:
        assert "copper" not in {one["material"] for one in part["materials"]}


def test_lines_are_unknown_where_those_of_one_part_are(stakes):
    parts = [HeldPart(0, 2, {"tin": Presence.CERTAIN}), HeldPart(1, None, {"tin": Presence.LIKELY})]
    assert exposure(HEAD, parts, stakes)[0]["parts"]["lines"] is None


def test_at_stake_is_what_the_parts_cost_that_surely_hold_what_is_lost(stakes):
    parts = [
        HeldPart(0, 1, {"tin": Presence.CERTAIN}, euros(2.0)),
        HeldPart(1, 1, {"tin": Presence.POSSIBLE, "gallium": Presence.LIKELY}, euros(0.5)),
        HeldPart(2, 3, {"tin": Presence.POSSIBLE}, Spending((Spend(None, 7.0),), 1, 2)),
        HeldPart(3, 1, {"copper": Presence.CERTAIN}, euros(100.0)),
    ]
    head = {**HEAD, "options": {"annual_units": "10"}}
    told = exposure(head, parts, stakes)[0]["parts"]
    assert told["spend"] == {
        "amounts": [{"currency": "EUR", "amount": 2.5, "annual": 25.0}],
        "priced_lines": 2,
        "unpriced_lines": 0,
    }
    assert told["spend_only_possible"] == {
        "amounts": [{"currency": None, "amount": 7.0, "annual": 70.0}],
        "priced_lines": 1,
        "unpriced_lines": 2,
    }
