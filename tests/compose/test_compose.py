import pytest

from scanner.compose import Composer
from scanner.core.bom import Part
from scanner.core.composition import MassGap, Range, exactly, nominal
from scanner.core.names import Presence

EIGHT_GRAMS = Part(unit_mass_g=8.0)


@pytest.fixture
def contents(recipes):
    def composed(recognition, part=EIGHT_GRAMS):
        return {
            item.material: item for item in Composer(recipes).compose(part, recognition).contents
        }

    return composed


def test_nothing_recognised_is_nothing_composed(contents, make):
    assert contents(make.recognition()) == {}


def test_an_alloy_makes_the_whole_part(contents, make):
    found = contents(make.recognition(make.evidence("alloy:stainless", "designation")))
    assert found["chromium"].mass_g == Range(1.36, 1.44, 1.52)
    assert found["chromium"].presence is Presence.CERTAIN
    assert found["chromium"].sources == ("handbook",)
    assert found["chromium"].evidence == (0,)


def test_a_nominal_figure_stays_one_in_the_mass(contents, make):
    found = contents(make.recognition(make.evidence("alloy:cast", "designation")))
    assert found["chromium"].fraction == nominal(0.19)
    assert found["chromium"].mass_g == nominal(0.19 * 8)


def test_what_may_be_absent_begins_at_nothing_and_ends_nobody_knows_where(contents, make):
    found = contents(make.recognition(make.evidence("alloy:cast", "designation")))
    assert found["copper"].fraction == Range(0.0, None, 0.01, known=False)


def test_an_alloy_beside_a_component_is_in_it_in_an_unknown_amount(contents, make):
    found = contents(
        make.recognition(
            make.evidence("alloy:brass", "wording"), make.evidence("class:relay", "component_class")
        )
    )
    assert found["copper"].fraction is None
    assert found["copper"].gap is MassGap.NO_FRACTION
    assert found["silver"].mass_g == Range(0.008, None, 0.016)


def test_two_alloys_share_a_part_in_unknown_amounts(contents, make):
    found = contents(
        make.recognition(
            make.evidence("alloy:brass", "designation"),
            make.evidence("alloy:stainless", "designation"),
        )
    )
    assert {item.gap for item in found.values()} == {MassGap.NO_FRACTION}


def test_roles_in_one_recipe_add_up(contents, make):
    found = contents(make.recognition(make.evidence("class:ic", "part_number")))
    assert found["copper"].fraction == Range(0.25, 0.3, 0.35)
    assert found["copper"].roles == ("leadframe", "wire")
    assert found["copper"].sources == ("handbook", "other")


def test_the_same_thing_seen_twice_counts_once(contents, make):
    once = contents(make.recognition(make.evidence("class:ic", "part_number")))
    twice = contents(
        make.recognition(
            make.evidence("class:ic", "part_number"), make.evidence("class:ic", "component_class")
        )
    )
    assert twice["copper"].mass_g == once["copper"].mass_g
    assert twice["copper"].evidence == (0, 1)


def test_different_things_add(contents, make):
    found = contents(
        make.recognition(
            make.evidence("class:relay", "component_class"),
            make.evidence("material:nickel", "wording", text="nickel plated", layer=True),
        )
    )
    assert found["nickel"].presence is Presence.LIKELY
    assert found["nickel"].evidence == (0, 1)
    assert not found["nickel"].expert
    assert set(found) == {"silver", "copper", "nickel", "lead"}


def test_a_layer_has_no_mass_and_is_never_certain(contents, make):
    found = contents(
        make.recognition(make.evidence("alloy:brass", "wording", text="brass plated", layer=True))
    )
    assert found["copper"].presence is Presence.LIKELY
    assert found["copper"].mass_g is None


def test_a_material_column_says_what_the_part_is_made_of(contents, make):
    named = make.evidence("material:nickel", "wording", text="Nickel", field="material")
    found = contents(make.recognition(named), Part(material="nickel", unit_mass_g=2.0))
    assert found["nickel"].mass_g == exactly(2.0)
    beside = contents(make.recognition(named), Part(material="Nickel 5 µm", unit_mass_g=2.0))
    assert beside["nickel"].mass_g is None
    assert beside["nickel"].presence is Presence.LIKELY


def test_a_substance_makes_the_whole_part(contents, make):
    found = contents(make.recognition(make.evidence("substance:1-1-1", "substance")))
    assert found["baryte"].mass_g == exactly(0.59 * 8)


def test_a_named_substance_is_in_the_part_only(contents, make):
    found = contents(make.recognition(make.evidence("substance:1-1-1", "wording")))
    assert found["baryte"].presence is Presence.LIKELY
    assert found["baryte"].mass_g is None


def test_a_guessed_class_makes_nothing_certain(contents, make):
    guessed = make.evidence("class:relay", "component_class", confidence=0.55)
    assert contents(make.recognition(guessed))["silver"].presence is Presence.LIKELY


def test_expert_knowledge_carries_no_mass(contents, make):
    found = contents(make.recognition(make.evidence("class:relay", "component_class")))
    assert found["nickel"].expert
    assert found["nickel"].mass_g is None
    assert found["nickel"].gap is not None


def test_graphite_may_be_synthetic(contents, make):
    anode = contents(make.recognition(make.evidence("class:cell", "part_number")))
    assert anode["natural_graphite"].presence is Presence.POSSIBLE
    assert anode["natural_graphite"].grade == "battery"
    assert anode["natural_graphite"].fraction == Range(0.0, None, 0.2)
    named = make.evidence("material:natural_graphite", "wording", text="Graphite", field="material")
    column = contents(make.recognition(named), Part(material="Graphite"))
    assert column["natural_graphite"].presence is Presence.POSSIBLE
    natural = make.evidence("material:natural_graphite", "wording", text="natural graphite")
    assert contents(make.recognition(natural))["natural_graphite"].presence is Presence.LIKELY


def test_upstream_materials_say_so(contents, make):
    found = contents(make.recognition(make.evidence("class:cell", "part_number")))
    assert found["fluorspar"].upstream
    assert found["fluorspar"].gap is MassGap.PRESENCE_ONLY


def test_a_denial_removes_what_weaker_evidence_says(contents, make):
    relay = make.evidence("class:relay", "component_class")
    denied = make.evidence("material:lead", "wording", text="lead-free")
    assert "lead" in contents(make.recognition(relay))
    assert "lead" not in contents(make.recognition(relay, negations=[denied]))


def test_no_denial_removes_what_a_designation_says(contents, make):
    alloy = make.evidence("alloy:leaded", "designation")
    for text in ("lead-free", "RoHS"):
        denied = make.evidence("material:lead", "wording", text=text)
        assert "lead" in contents(make.recognition(alloy, negations=[denied]))


def test_rohs_removes_nothing_certain(contents, make):
    relay = make.evidence("class:relay", "component_class")
    rohs = [
        make.evidence("material:lead", "wording", text="RoHS compliant"),
        make.evidence("material:silver", "wording", text="RoHS compliant"),
    ]
    found = contents(make.recognition(relay, negations=rohs))
    assert "lead" not in found
    assert "silver" in found


def test_without_a_mass_the_fractions_stay(contents, make):
    found = contents(make.recognition(make.evidence("class:ic", "part_number")), Part())
    assert found["copper"].mass_g is None
    assert found["copper"].fraction is not None
    assert found["copper"].gap is MassGap.NO_UNIT_MASS


def test_contents_are_in_the_order_of_their_ids(recipes, make):
    found = Composer(recipes).compose(
        EIGHT_GRAMS,
        make.recognition(
            make.evidence("class:relay", "component_class"),
            make.evidence("alloy:stainless", "designation"),
        ),
    )
    ids = [item.material for item in found.contents]
    assert ids == sorted(ids)
