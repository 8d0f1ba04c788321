"""Layers of known surface and thickness: area times thickness times density; elsewhere presence."""

import pytest

from scanner.compose import Composer, line_masses
from scanner.compose.thicknesses import thicknesses
from scanner.core.bom import Part
from scanner.core.composition import MassGap, Range
from scanner.core.names import Presence
from scanner.match import Matcher

PLATE = 2 * (500 * 300 + 2 * 500 + 2 * 300) / 1000
"""Square millimetres of a plate of 500 × 300 × 2 mm, times a thousandth."""


@pytest.fixture(scope="module")
def composed(knowledge):
    matcher, composer = Matcher(knowledge.lexicon), Composer(knowledge.recipes)

    def one(description, **fields):
        part = Part(description=description, **fields)
        return composer.compose(part, matcher.recognise(part))

    return one


def layer(composition, material):
    (found,) = [one for one in composition.contents if one.material == material]
    return found


@pytest.mark.parametrize(
    ("description", "material", "grams"),
    [
        ("plaat S235JR 2 mm 500x300 verzinkt 8 µm", "zinc", PLATE * 8 * 7.133 / 1000),
        ("plaat S235JR 2 mm 500x300 zinc plated min. 8 um", "zinc", PLATE * 8 * 7.133 / 1000),
        ("plaat S235JR 2 mm 500x300 Fe/Zn 8", "zinc", PLATE * 8 * 7.133 / 1000),
        ("plaat S235JR 2 mm 500x300 Zn12", "zinc", PLATE * 12 * 7.133 / 1000),
        ("Blech 2 mm 500x300 S235JR vernickelt 10 µm", "nickel", PLATE * 10 * 8.902 / 1000),
        ("sheet 2 mm 500x300 S235JR chrome plated 0,3 µm", "chromium", PLATE * 0.3 * 7.19 / 1000),
        ("plaat 2 mm 500x300 CuZn37 vertind 5 micron", "tin", PLATE * 5 * 7.31 / 1000),
        ("plaat 2 mm 500x300 CuZn37 5 µm Au", "gold", PLATE * 5 * 19.3 / 1000),
    ],
)
def test_a_layer_weighs_its_surface_times_thickness_times_density(
    composed, description, material, grams
):
    found = layer(composed(description), material)
    assert found.mass_g.typical == pytest.approx(grams)
    assert not found.mass_g.known
    assert found.presence is Presence.LIKELY
    assert found.gap is None
    assert found.working.formula == "A·t·ρ"
    assert set(found.working.sources) <= set(found.sources)


def test_a_range_of_thickness_is_carried_on(composed):
    found = layer(composed("plaat S235JR 2 mm 500x300 verzinkt 5-8 µm"), "zinc")
    assert found.mass_g.low == pytest.approx(PLATE * 5 * 7.133 / 1000)
    assert found.mass_g.typical is None
    assert found.mass_g.high == pytest.approx(PLATE * 8 * 7.133 / 1000)


def test_several_layers_each_have_their_thickness(composed):
    found = composed("strip CuSn6 0,2x10 L=50 2 µm Ni 0,2 µm Au")
    surface = (20.4 * 50 + 2 * 2) / 1000
    assert layer(found, "nickel").mass_g.typical == pytest.approx(surface * 2 * 8.902 / 1000)
    assert layer(found, "gold").mass_g.typical == pytest.approx(surface * 0.2 * 19.3 / 1000)
    assert layer(found, "gold").working.text == "0,2 µm Au"


def test_a_layer_adds_to_what_the_alloy_holds_of_it(composed):
    bare = layer(composed("plaat 2 mm 500x300 CuZn37"), "zinc")
    coated = layer(composed("plaat 2 mm 500x300 CuZn37 verzinkt 8 µm"), "zinc")
    grams = PLATE * 8 * 7.133 / 1000
    assert coated.mass_g.low == pytest.approx(bare.mass_g.low + grams)
    assert coated.mass_g.high == pytest.approx(bare.mass_g.high + grams)


def test_beside_an_unknown_amount_in_the_alloy_a_layer_is_no_total(composed):
    found = layer(composed("plaat 2 mm 500x300 messing verzinkt 8 µm"), "zinc")
    assert (found.mass_g, found.fraction) == (None, None)


@pytest.mark.parametrize(
    ("thickness", "local", "mean"),
    [(1, 35, 45), (1.5, 45, 55), (3, 45, 55), (5, 55, 70), (8, 70, 85)],
)
def test_the_hot_dip_standard_sets_the_coat_by_the_thickness(composed, thickness, local, mean):
    found = layer(composed(f"strip 100x{thickness} L=1000 S235JR ISO 1461"), "zinc")
    surface = (2 * (100 + thickness) * 1000 + 2 * 100 * thickness) / 1000
    grams = Range(*(surface * um * 7.133 / 1000 for um in (local, mean, mean)))
    assert found.mass_g.low == pytest.approx(grams.low)
    assert found.mass_g.typical == pytest.approx(grams.typical)
    assert found.working.text == "ISO 1461"
    assert "iso1461_chienyou" in found.sources


def test_a_thickness_in_a_text_goes_before_that_of_the_standard(composed):
    dipped = {"description": "strip 100x5 L=1000 S235JR ISO 1461", "finish": "verzinkt 120 µm"}
    found = layer(composed(**dipped), "zinc")
    assert found.working.text == "verzinkt 120 µm"
    assert found.mass_g.typical == pytest.approx(211 * 120 * 7.133 / 1000)


def test_by_the_metre_the_fraction_multiplies(composed):
    found = composed("rond 20 S235JR verzinkt 8 µm")
    uses = line_masses(found, 2, "m")
    zinc = uses[[one.material for one in found.contents].index("zinc")]
    grams = 3.141592653589793 * 20 * 2000 * 0.008 * 7.133 / 1000
    assert zinc.mass_g.low < grams < zinc.mass_g.high


@pytest.mark.parametrize(
    ("description", "material"),
    [
        ("contact pin 5 µm Au", "gold"),
        ("bout M8x30 ISO 4017 8.8 A2K", "zinc"),
        ("Zylinderschraube DIN 912 M6x20 10.9 A3L", "zinc"),
        ("bout M8x30 8.8 verzinkt 8 µm", "zinc"),
        ("plaat S235JR 2 mm 500x300 verzinkt", "zinc"),
        ("plaat S235JR 2 mm 500x300 gezet verzinkt 8 µm", "zinc"),
        ("bracket 200x100 S235JR ISO 1461", "zinc"),
    ],
)
def test_without_surface_or_thickness_a_layer_is_there_in_an_unknown_amount(
    composed, description, material
):
    found = layer(composed(description), material)
    assert found.mass_g is None
    assert found.fraction is None
    assert found.gap is MassGap.PRESENCE_ONLY


@pytest.mark.parametrize(
    ("text", "layers", "found"),
    [
        ("Ni 3 µm, Au 0,1 µm", ["Ni", "Au"], [("Ni", 3.0), ("Au", 0.1)]),
        ("3µm Ni / 0.1µm Au", ["Au", "Ni"], [("Ni", 3.0), ("Au", 0.1)]),
        ("Ni/Au 0,1 µm", ["Ni", "Au"], []),
        ("Au 0,1 µm 3 µm", ["Au"], []),
        ("Ni 3 µm Au", ["Ni", "Au"], []),
        ("gal Zn 8 c", ["Zn"], [("Zn", 8.0)]),
        ("Zn 8", ["Zn"], []),
        ("verzinkt 0 µm", ["verzinkt"], []),
        ("verzinkt", ["verzinkt"], []),
        ("8 µm", [], []),
    ],
)
def test_a_thickness_belongs_to_the_layer_beside_it_or_to_none(text, layers, found):
    read = thicknesses(text, layers)
    assert [(one.layer, one.micrometres.low) for one in read] == found
