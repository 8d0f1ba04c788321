"""The commodity codes of the release: what the review of their rows asks for."""

import pytest

from scanner.core.catalogue import AmountUnit, FiguresOf, IntensityUnit, Printed
from scanner.core.evidence import Target
from scanner.core.names import Presence, TargetKind

RARE_EARTH_CODES = ("28053021", "28053029", "28053031", "28053039")
JOINT_CODES = ("28112910", "690210", "690220")


@pytest.fixture
def catalogue(knowledge):
    return knowledge.catalogue


def test_all_codes_are_there_with_their_headings(catalogue):
    by_length = {2: 0, 4: 0, 6: 0, 8: 0}
    for code in catalogue.codes:
        by_length[len(code)] += 1
    assert by_length == {2: 97, 4: 1229, 6: 5613, 8: 9759}
    magnets = catalogue.codes["850511"]
    assert magnets.name("nl") == magnets.name("en") == magnets.name_en
    mixtures = catalogue.codes["28053010"]
    assert mixtures.name("nl") == mixtures.name_nl != mixtures.name("en")
    assert catalogue.codes[magnets.parent].parent == "85"
    assert catalogue.codes["85"].parent is None


@pytest.mark.parametrize("code", RARE_EARTH_CODES + JOINT_CODES)
def test_a_joint_code_holds_one_of_its_materials_not_each(catalogue, code):
    found = catalogue.contents[code]
    assert {one.presence for one in found} == {Presence.POSSIBLE}
    assert not any(one.fraction for one in found)


def test_scandium_has_a_code_of_its_own(catalogue):
    (scandium,) = catalogue.contents["28053040"]
    assert scandium.presence is Presence.CERTAIN
    assert scandium.fraction == Printed(0.95, None, 1)


def test_a_bare_board_has_no_figures_of_populated_ones(catalogue):
    found = catalogue.contents["853400"]
    assert "palladium" not in {one.material for one in found}
    assert all(one.fraction is None and one.presence is Presence.POSSIBLE for one in found)


def test_figures_of_a_catalyst_are_of_its_monolith(catalogue):
    found = [one for one in catalogue.contents["842132"] if one.fraction]
    assert {one.material: one.fraction.typical for one in found} == {
        "palladium": 0.0007, "platinum": 0.0017, "rhodium": 0.0003,
    }  # fmt: skip
    assert {one.figures_of for one in found} == {FiguresOf.MONOLITH}


@pytest.mark.parametrize(
    ("code", "material"),
    [
        ("850300", "neodymium"),
        ("850440", "gallium"),
        ("853224", "palladium"),
        ("853221", "niobium"),
        ("854121", "gallium"),
    ],
)
def test_what_only_end_uses_tell_is_possible(catalogue, code, material):
    found = [one for one in catalogue.contents[code] if one.material == material]
    assert found
    assert all(one.presence is Presence.POSSIBLE for one in found)


def test_rows_read_backwards_from_end_uses_are_possible(catalogue):
    rows = [one for found in catalogue.contents.values() for one in found]
    read_back = [one for one in rows if "ec2023_annex6" in one.sources]
    assert len(read_back) > 1000
    assert {one.presence for one in read_back} == {Presence.POSSIBLE}


def test_iron_and_steel_hold_no_silicon_or_titanium_metal(catalogue):
    not_in_iron = {"silicon_metal", "titanium_metal", "titanium", "phosphorus", "sulphur"}
    for code, found in catalogue.contents.items():
        if code.startswith(("72", "73")):
            assert not not_in_iron & {one.material for one in found}, code


def test_amounts_keep_the_unit_that_they_count(catalogue):
    found = catalogue.intensities["850231"]
    assert {one.unit for one in found} == {IntensityUnit.KG_PER_MW}
    neodymium = next(one for one in found if one.material == "neodymium")
    assert neodymium.amount.low < neodymium.amount.typical < neodymium.amount.high
    assert neodymium.values > 1


def test_a_nominal_value_claims_no_range():
    assert Printed.of(0.19, 0.19, 0.19) == Printed(None, 0.19, None)
    assert Printed.of(0.19, None, 0.19) == Printed(None, 0.19, None)
    assert Printed.of(0.18, None, 0.2) == Printed(0.18, None, 0.2)
    assert Printed.of(0.18, None, None) == Printed(0.18, None, None)
    assert Printed.of(0.0, None, None) == Printed(0.0, None, None)
    assert Printed.of(None, None, None) is None


def test_amounts_per_unit_are_answered_and_reckoned_with_nowhere(knowledge):
    entry = knowledge.catalogue.classes["wind_dd_pm"]
    neodymium = next(one for one in entry.amounts if one.element == "Nd")
    assert neodymium.unit is AmountUnit.KG_PER_MW
    assert neodymium.amount.low < neodymium.amount.typical < neodymium.amount.high
    inside = knowledge.recipes.ingredients[Target(TargetKind.CLASS, "wind_dd_pm")]
    assert {one.fraction for one in inside if one.element == "Nd"} == {None}


def test_a_stack_without_lye_holds_no_potassium(knowledge):
    entry = knowledge.catalogue.classes["electrolyser_pem"]
    assert "K" not in {one.element for one in entry.amounts}
