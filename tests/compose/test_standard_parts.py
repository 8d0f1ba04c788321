"""Standard parts: to material by their property class, to mass where a table prints it."""

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
        "ISO 4032 M8 A2",  # no table
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
