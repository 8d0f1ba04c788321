"""The rules that keep an answer honest, on parts of the real release."""

import pytest

from scanner.compose import Composer
from scanner.core.bom import Part
from scanner.core.names import Presence
from scanner.match import Matcher


@pytest.fixture(scope="module")
def contents(knowledge):
    matcher, composer = Matcher(knowledge.lexicon), Composer(knowledge.recipes)

    def composed(**fields):
        part = Part(**fields)
        found = composer.compose(part, matcher.recognise(part))
        return {item.material: item for item in found.contents}

    return composed


def sure(found):
    return {material for material, item in found.items() if item.presence is not Presence.POSSIBLE}


def test_limits_in_a_standard_create_no_presence(contents):
    found = contents(material="1.4301", unit_mass_g=100.0)
    assert {"iron_ore", "chromium", "nickel"} <= sure(found)
    assert not {"sulphur", "phosphorus", "phosphate_rock", "molybdenum"} & set(found)


def test_silicon_titanium_and_phosphorus_in_steel_are_not_the_metals(contents):
    for material in ("1.4571", "1.4541", "1.7225", "C45"):
        found = contents(material=material)
        assert not {"silicon_metal", "titanium_metal", "phosphorus"} & set(found), material


def test_process_inputs_are_not_in_the_part(contents):
    parts = (
        {"material": "S235JR"},
        {"description": "NdFeB N42 magnet"},
        {"description": "optical fibre"},
        {"description": "Ball bearing 6204"},
    )
    for part in parts:
        assert not {"coking_coal", "helium", "hydrogen"} & set(contents(**part)), part


def test_natural_graphite_in_an_anode_is_only_possible(contents):
    for description in ("Li-ion battery 18650", "LiFePO4 cell LFP", "NMC811 cell"):
        found = contents(description=description)
        assert found["natural_graphite"].presence is Presence.POSSIBLE
    assert contents(material="Graphite")["natural_graphite"].presence is Presence.POSSIBLE


def test_an_electrode_is_battery_grade_and_steel_is_not(contents):
    assert contents(description="NMC811 cell")["nickel"].grade == "battery"
    assert contents(description="NMC811 cell")["lithium"].grade == "battery"
    assert contents(material="1.4404")["nickel"].grade is None
    assert contents(description="pin, nickel plated")["nickel"].grade is None


def test_dysprosium_in_a_magnet_may_be_absent(contents):
    found = contents(description="NdFeB magnet", unit_mass_g=10.0)
    assert "neodymium" in sure(found)
    assert found["dysprosium"].presence is Presence.POSSIBLE
    assert found["dysprosium"].fraction.low == 0
    assert found["dysprosium"].mass_g.low == 0


def test_neodymium_and_praseodymium_share_their_figure(contents):
    found = contents(description="NdFeB magnet", unit_mass_g=10.0)
    assert found["praseodymium"].presence is Presence.POSSIBLE
    both = [found[one].fraction for one in ("neodymium", "praseodymium")]
    assert sum(one.high for one in both if one) <= 0.325
    assert found["neodymium"].fraction.low < 0.29  # sellers' 29 % hold praseodymium, too


def test_rohs_and_lead_free_remove_no_alloying_element(contents):
    for text in ("CuSn7ZnPb bush RoHS", "CuZn39Pb3 lead-free RoHS"):
        assert "lead" in contents(description=text), text


def test_lead_free_solder_holds_no_lead(contents):
    assert "lead" not in contents(description="Solder wire SAC305 lead-free")


@pytest.mark.parametrize(
    ("description", "absent"),
    [
        ("Red LED", {"lead", "titanium_metal"}),
        ("nickel silver sheet", {"silver"}),
        ("gold colour anodised", {"gold"}),
        ("Battery holder 2xAA", {"lithium", "cobalt", "natural_graphite"}),
        ("Bracket 10 in long", {"indium"}),
        ("Widget & Co.", {"cobalt"}),
    ],
)
def test_words_that_only_look_like_materials(contents, description, absent):
    assert not absent & set(contents(description=description))


def test_silicone_holds_no_semiconductor(contents):
    for description in ("Silicone rubber sheet", "Siliconenrubber mat", "Silikonkautschuk"):
        found = contents(description=description)
        assert not {"gallium", "germanium", "arsenic"} & set(found)


def test_expert_knowledge_and_layers_carry_no_mass(contents):
    found = contents(description="Relay, gold plated contacts", unit_mass_g=20.0)
    assert found["gold"].mass_g is None
    for item in found.values():
        assert not item.expert or item.mass_g is None


def test_a_guess_from_a_designator_is_never_certain(contents):
    for prefix in ("C", "R", "U", "Q", "K", "J"):
        found = contents(designator_prefix=prefix)
        assert all(item.presence is not Presence.CERTAIN for item in found.values()), prefix


def test_what_is_possible_may_be_absent(contents):
    for description in ("MLCC 100nF X7R", "Li-ion battery 18650", "NdFeB N42SH", "white LED"):
        for item in contents(description=description, unit_mass_g=1.0).values():
            if item.presence is Presence.POSSIBLE and item.fraction is not None:
                assert item.fraction.low == 0


def test_fractions_of_a_whole_are_no_more_than_the_whole(contents):
    for material in ("1.4404", "EN AW-6082", "Ti-6Al-4V", "CuZn39Pb3", "SAC305", "N42"):
        fractions = [item.fraction for item in contents(material=material).values()]
        assert all(one is None or one.high <= 1 for one in fractions)
        assert sum(one.low for one in fractions if one) <= 1.0001


@pytest.mark.parametrize(
    ("description", "absent"),
    [
        ("LiFePO4 battery 12V", {"cobalt", "nickel", "manganese"}),
        ("LTO cell lithium titanate", {"natural_graphite"}),
    ],
)
def test_a_chemistry_holds_nothing_of_the_others(contents, description, absent):
    found = contents(description=description)
    assert "lithium" in found
    assert not absent & set(found)


def test_the_mass_of_a_package_holds_for_all_that_comes_in_it(knowledge):
    part = Part(maker_number="W25Q32JVSSIQ", footprint="Package_SO:SOIC-8_3.9x4.9mm")
    composition = Composer(knowledge.recipes).compose(
        part, Matcher(knowledge.lexicon).recognise(part)
    )
    assert composition.unit_mass is not None
    assert 0.05 < composition.unit_mass.grams.low < 0.1


@pytest.mark.parametrize(
    "text",
    ["platinum group metals", "Platingruppenmetalle", "platinagroepmetalen", "PGM catalyst",
     "métaux du groupe du platine", "rare earth oxide", "HREE mix", "LREE concentrate"],
)  # fmt: skip
def test_a_group_names_none_of_its_members(contents, text):
    assert contents(description=text) == {}
    assert contents(material=text) == {}


def test_of_rare_earth_magnets_in_general_no_member_is_certain(contents):
    found = contents(description="rare earth magnet", unit_mass_g=10.0)
    assert {"neodymium", "samarium"} <= set(found)
    assert all(item.presence is not Presence.CERTAIN for item in found.values())
    assert all(item.mass_g is None for item in found.values())


@pytest.mark.parametrize(
    ("material", "parts"),
    [
        ("RuO2", {"ruthenium": 0.7595}),
        ("Nd2O3", {"neodymium": 0.8574}),
        ("TiO2", {"titanium": 0.5993}),
        ("Al2O3", {"aluminium": 0.5293}),
        ("BaTiO3", {"baryte": 0.5889, "titanium": 0.2053}),
        ("MgO", {"magnesite": 0.6030}),
    ],
)
def test_an_oxide_counts_as_the_element_in_it(contents, material, parts):
    found = contents(material=material, unit_mass_g=100.0)
    assert set(found) == set(parts)
    for name, fraction in parts.items():
        assert found[name].basis == "element"
        assert found[name].mass_g.high == pytest.approx(100 * fraction, rel=1e-3)


def test_barium_and_magnesia_come_from_minerals_that_are_not_in_the_part(contents):
    assert contents(material="BaTiO3")["baryte"].upstream
    assert contents(material="MgO")["magnesite"].upstream
    assert not contents(material="BaTiO3")["titanium"].upstream


@pytest.mark.parametrize(
    ("material", "mineral"),
    [("BaSO4", "baryte"), ("SiO2", "silica_sand"), ("CaF2", "fluorspar")],
)
def test_what_is_traded_as_a_mineral_counts_as_the_mineral(contents, material, mineral):
    found = contents(material=material, unit_mass_g=100.0)[mineral]
    assert found.basis == "mineral"
    assert found.mass_g.high == 100


def test_the_origin_of_a_part_changes_nothing_inside(knowledge):
    matcher, composer = Matcher(knowledge.lexicon), Composer(knowledge.recipes)
    for fields in ({"description": "NdFeB magnet"}, {"material": "Cobalt"}):
        here, there = (Part(**fields, origin=origin) for origin in (None, "JP"))
        found = [composer.compose(part, matcher.recognise(part)) for part in (here, there)]
        assert found[0] == found[1]


def test_an_alloy_inside_a_component_is_not_counted_twice(recipes, make):
    relay = make.evidence("class:relay", "component_class")
    named = make.evidence("material:silver", "wording", text="silver contacts")
    composer, part = Composer(recipes), Part(unit_mass_g=10.0)
    alone, both = (
        next(
            item
            for item in composer.compose(part, make.recognition(*reasons)).contents
            if item.material == "silver"
        )
        for reasons in ((relay,), (relay, named))
    )
    assert both.mass_g == alone.mass_g
    assert both.evidence == (0, 1)
