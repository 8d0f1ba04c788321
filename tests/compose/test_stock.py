"""The mass of stock: whole and of one thing, by the piece, the metre and the square metre."""

import pytest

from scanner.compose import Composer, line_masses
from scanner.compose.stock import stock
from scanner.core.bom import Part
from scanner.core.composition import MassGap, Per, Range
from scanner.core.names import Presence
from scanner.match import Matcher


@pytest.fixture(scope="module")
def composed(knowledge):
    matcher, composer = Matcher(knowledge.lexicon), Composer(knowledge.recipes)

    def one(description, **fields):
        part = Part(description=description, **fields)
        return composer.compose(part, matcher.recognise(part))

    return one


def test_volume_times_density_with_text_formula_and_sources(composed):
    mass = composed("Rond 20 mm L=100 S235JR").unit_mass
    assert mass.grams.typical == pytest.approx(31.4159265 * 7.85)
    assert (mass.origin, mass.per) == ("geometry", Per.PIECE)
    assert (mass.working.text, mass.working.formula) == ("20 mm L=100", "π/4·d²·L·ρ")
    assert mass.source in mass.working.sources
    assert not mass.grams.known


def test_the_fractions_of_the_alloy_hold_for_it(composed):
    found = composed("plaat 2 mm 500x300", material="1.4301")
    chromium = next(item for item in found.contents if item.material == "chromium")
    assert chromium.mass_g.low == pytest.approx(chromium.fraction.low * 300 * 7.9)
    assert chromium.gap is None


def test_dimensions_may_stand_in_the_value(composed):
    assert composed("Rundstahl S235JR", value="Ø20 x 100").unit_mass is not None


def test_a_mass_in_the_file_goes_before_geometry(composed):
    mass = composed("Rond 20 mm L=100 S235JR", unit_mass_g=240.0).unit_mass
    assert (mass.origin, mass.grams.low) == ("bom", 240.0)


@pytest.mark.parametrize(
    ("unit", "amount", "grams"),
    [("m", 2, 2 * 150 * 7.85), ("mm", 500, 75 * 7.85), ("lfm", 1, 150 * 7.85)],
)
def test_metres_multiply_the_mass_of_a_metre(composed, unit, amount, grams):
    found = composed("strip 30x5 S235JR")
    assert found.unit_mass is None
    uses = line_masses(found, amount, unit)
    iron = uses[[item.material for item in found.contents].index("iron_ore")]
    assert iron.gap is None
    assert iron.mass_g.low < grams < iron.mass_g.high * 1.03


def test_square_metres_multiply_the_mass_of_a_square_metre(composed):
    found = composed("Blech 2 mm 1.4301")
    (uses, more) = (line_masses(found, amount, "m²") for amount in (1, 3))
    assert more[0].mass_g == uses[0].mass_g.scaled(3)
    assert all(use.gap is MassGap.UNIT_NOT_CONVERTIBLE for use in line_masses(found, 1, "m"))
    assert all(use.gap is MassGap.NO_UNIT_MASS for use in line_masses(found, 1, None))


@pytest.mark.parametrize(
    "description",
    [
        "Ø20x100 POM",  # no density, no material of ours
        "Rond 20 mm L=100",  # of what?
        "Rond 20 mm L=100 S235JR / 1.4301",  # which of them?
        "Relay 20x10x5",
        "Bearing Ø20x100",
        "verzinkt plaat 2 mm 500x300",  # zinc is a layer
    ],
)
def test_without_one_whole_thing_there_is_no_mass(composed, description):
    found = composed(description)
    assert found.unit_mass is None
    assert found.stock_masses == ()


@pytest.mark.parametrize(
    ("description", "material", "grams"),
    [
        ("Plaat aluminium 2 mm 500x300", "aluminium", 809.67),
        ("aluminium plaat 3mm 1000x2000", "aluminium", 16193.4),
        ("rond koper Ø20 L=100", "copper", 281.487),
        ("Nickelfolie 0,1 mm 100x100", "nickel", 8.902),
        ("koperdraad 1,5 mm L=10m", "copper", 158.336),
        ("zinkplaat 2 mm 500x300", "zinc", 2139.9),
    ],
)
def test_a_metal_that_only_the_description_names_makes_the_whole_piece(
    composed, description, material, grams
):
    (content,) = composed(description).contents
    assert content.material == material
    assert content.presence is Presence.CERTAIN
    assert content.mass_g.typical == pytest.approx(grams, rel=1e-5)
    assert content.gap is None


@pytest.mark.parametrize(
    "description",
    [
        "plaat 500x300x2 mm koper nikkel",  # of which of them?
        "houder voor koperen buis 22x1 L=100",
        "aluminium profiel 40x40 L=1000",  # a section with slots
        "aluminium plaat 2 mm 500x300 met gat",  # something is missing from it
        "plaat 2 mm 500x300 koper plated",
    ],
)
def test_a_named_metal_of_a_piece_in_doubt_is_there_in_an_unknown_amount(composed, description):
    found = composed(description)
    assert found.unit_mass is None
    assert all(content.mass_g is None for content in found.contents)


def test_a_magnet_is_one_solid(composed):
    mass = composed("Neodymium magnet N42 20x10x5").unit_mass
    assert mass.grams == Range(7.4, None, 7.7, known=False)
    assert composed("Ring magnet NdFeB Ø20xØ10x5 N42").unit_mass is not None


def test_a_guess_lends_no_mass(recipes, make):
    unsure = make.recognition(make.evidence("alloy:brass", "designation", confidence=0.5))
    assert stock(Part(description="rond 20 L=100"), unsure, recipes) is None
