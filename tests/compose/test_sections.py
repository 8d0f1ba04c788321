"""Sections of steel by their name: a metre by a table, a piece by its length."""

import pytest

from scanner.compose import Composer, line_masses
from scanner.core.bom import Part
from scanner.core.composition import Per
from scanner.match import Matcher


@pytest.fixture(scope="module")
def composed(knowledge):
    matcher, composer = Matcher(knowledge.lexicon), Composer(knowledge.recipes)

    def one(description, **fields):
        part = Part(description=description, **fields)
        return composer.compose(part, matcher.recognise(part))

    return one


@pytest.mark.parametrize(
    ("description", "kilograms"),
    [
        ("IPE 200 L=3000", 3 * 22.4),
        ("IPE200x3000 S235JR", 3 * 22.4),
        ("HEA 160 S235JR L=6000 mm", 6 * 30.4),
        ("HE 160 A S355J2 6m", 6 * 30.4),
        ("UNP 100 L=2m", 2 * 10.6),
        ("UPN 100 S235JR 2000 mm", 2 * 10.6),
        ("UPE 120 S235JR, lengte 1500", 1.5 * 12.1),
    ],
)
def test_a_piece_weighs_its_length_of_what_the_table_says_of_a_metre(
    composed, description, kilograms
):
    mass = composed(description).unit_mass
    assert mass.grams.typical == pytest.approx(kilograms * 1000)
    assert mass.grams.low == pytest.approx(kilograms * 1000 * 7.75 / 7.85)
    assert (mass.origin, mass.working.formula) == ("geometry", "A·L·ρ")
    assert mass.source in mass.working.sources


def test_without_a_length_there_is_the_mass_of_a_metre(composed):
    found = composed("IPE 200 S235JR")
    assert found.unit_mass is None
    (metre,) = found.stock_masses
    assert metre.per is Per.METRE
    assert metre.grams.typical == pytest.approx(22_400)
    (iron, *_) = line_masses(found, 2, "m")
    assert iron.mass_g.high == pytest.approx(2 * 22_400 * 8.05 / 7.85)


def test_a_hot_dip_coat_follows_the_web_and_the_outline(composed):
    found = composed("HEA 160 S235JR L=6000 ISO 1461")
    zinc = next(one for one in found.contents if one.material == "zinc")
    surface = 0.91e6 * 6 + 2 * 30.4 / 7.85 * 1000
    assert zinc.mass_g.typical == pytest.approx(surface * 70 * 7.133 / 1e6)


@pytest.mark.parametrize(
    "description",
    [
        "HEB 200 L=1000 S235JR",  # stands in no table of the release
        "IPE 205 L=1000 S235JR",  # there is none
        "IPE 200 x 100 x 3000 S235JR",
        "IPE 200 L=3000 + UNP 100 S235JR",
        "houder voor IPE 200 L=300 S235JR",
        "IPE 200 L=3000 met 4 gaten S235JR",
    ],
)
def test_a_section_in_doubt_has_no_mass(composed, description):
    found = composed(description)
    assert found.unit_mass is None
    assert found.stock_masses == ()
