"""Standard parts: to material by their property class, to mass where a table prints it."""

from math import pi, sqrt

import pytest

from scanner.compose import Composer
from scanner.core.bom import Part
from scanner.match import Matcher


@pytest.fixture(scope="module")
def composed(knowledge):
    matcher, composer = Matcher(knowledge.lexicon), Composer(knowledge.recipes)

    def one(description, **fields):
        part = Part(description=description, **fields)
        return composer.compose(part, matcher.recognise(part))

    return one


def printed(knowledge, standard, size):
    return knowledge.recipes.standard_masses[standard, size]


@pytest.mark.parametrize(
    "text",
    [
        "DIN 912 M6x20",
        "DIN 912 M6x20 8.8",
        "DIN912 M6 x 20 - 8.8 verzinkt",
        "Schraube DIN EN ISO 4762 M6×20 8.8",
    ],
)
def test_steel_weighs_what_the_table_prints(composed, knowledge, text):
    mass = composed(text).unit_mass
    table = printed(knowledge, "DIN912", "M6X20")
    assert mass.grams == table.grams
    assert mass.origin == "standard mass"
    assert mass.working.formula == "m"
    assert "M6" in mass.working.text


def test_stainless_steel_weighs_as_much_more_as_it_is_denser(composed, knowledge):
    mass = composed("ISO 4762 M6x20 A2-70").unit_mass
    steel = printed(knowledge, "ISO4762", "M6X20").grams.typical
    assert mass.grams.low == pytest.approx(steel * 7.9 / 7.85)
    assert mass.grams.high == pytest.approx(steel * 8.0 / 7.85)
    assert not mass.grams.known
    assert len(mass.working.sources) > 1


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("ISO 4762 M6x20 A2-70", {"iron_ore", "chromium", "nickel"}),
        ("ISO 4762 M6x20 A4-80", {"iron_ore", "chromium", "nickel", "molybdenum"}),
        ("ISO 4014 M8x40 10.9", {"iron_ore"}),
        ("Cilinderkopschroef M6x20 8.8 verzinkt", {"iron_ore", "zinc"}),
        ("DIN 125 verzinkt", {"iron_ore", "zinc"}),
        ("Groefkogellager 6204-2RS", {"iron_ore", "chromium"}),
        ("O-ring 20x2 FKM", {"fluorspar"}),
    ],
)
def test_property_classes_and_names_tell_the_material(composed, text, sure):
    found = {item.material for item in composed(text).contents if item.presence.rank < 2}
    assert sure <= found


@pytest.mark.parametrize(
    "text",
    [
        "DIN 125 verzinkt",  # no size
        "ISO 4014 M8x40 A2",  # no table
        "DIN 934 M8x30 A2",  # a nut has no length
        "DIN 933 M8 8.8",  # a screw has one
        "DIN 934 M8 / ISO 4032 M8 8",  # two nuts of different height
        "DIN 912 M6x1x20 8.8",  # a fine thread
        "DIN 912 M6x20 + M8x20 8.8",  # which of them
        "DIN 912 M6x20 Titan Grade 5 / A2",
        "DIN 912 M6x20 POM",
        "M6x20 8.8",
        "O-ring 20x2 NBR",
        "Deep groove ball bearing 6204-2RS",
    ],
)
def test_without_standard_size_and_material_there_is_no_mass(composed, text):
    mass = composed(text).unit_mass
    assert mass is None or mass.working is None


STEEL = {"low": 7.75, "high": 8.05}


def test_a_nut_lies_between_its_inscribed_ring_and_its_sharp_hexagon(composed):
    mass = composed("Zeskantmoer DIN 934 M8 8").unit_mass
    low = pi / 4 * (12.73**2 - 8**2) * 6.14
    high = (sqrt(3) / 2 * 13**2 - pi / 4 * (8 - 1.0825 * 1.25) ** 2) * 6.5
    assert mass.grams.low == pytest.approx(low * STEEL["low"] / 1000)
    assert mass.grams.high == pytest.approx(high * STEEL["high"] / 1000)
    assert (mass.grams.typical, mass.grams.known) == (None, False)
    assert mass.origin == "geometry"
    assert mass.working.formula == "(√3/2·s²−π/4·d²)·m·ρ"
    assert "din934_grade2h" in mass.working.sources


def test_a_screw_lies_between_its_core_and_its_outside(composed):
    mass = composed("Sechskantschraube DIN 933 M8x30 8.8 verzinkt").unit_mass
    low = pi / 4 * (13**2 * 5.3 + (8 - 1.2269 * 1.25) ** 2 * 30)
    high = sqrt(3) / 2 * 13**2 * 5.3 + pi / 4 * 8**2 * 30
    assert mass.grams.low == pytest.approx(low * STEEL["low"] / 1000)
    assert mass.grams.high == pytest.approx(high * STEEL["high"] / 1000)
    assert mass.working.text == "DIN 933 M8x30"


def test_stainless_steel_has_its_own_density_and_fractions(composed):
    found = composed("moer ISO 4032 M10 A2-70")
    chromium = next(one for one in found.contents if one.material == "chromium")
    assert found.unit_mass.origin == "geometry"
    assert chromium.mass_g.low == pytest.approx(chromium.fraction.low * found.unit_mass.grams.low)


@pytest.mark.parametrize("size", ["M5", "M6", "M8", "M10", "M12", "M16", "M20"])
def test_a_washer_of_iso_7089_fills_what_the_table_of_din_125_weighs(knowledge, size):
    """The two standards describe the same washer, and two sources agree on it."""
    shape = knowledge.recipes.standard_shapes["ISO7089", size]
    printed_grams = printed(knowledge, "DIN125", size).grams.typical
    assert shape.cm3.high * 7.85 == pytest.approx(printed_grams, rel=0.05)


def test_a_printed_mass_goes_before_sizes(composed, knowledge):
    mass = composed("Scheibe DIN 125 / ISO 7089 M8 St").unit_mass
    assert mass.origin == "standard mass"
    assert mass.grams == printed(knowledge, "DIN125", "M8").grams
