"""Stock in four languages: volume by hand, and every doubt that leaves it without a mass."""

from math import pi, sqrt

import pytest

from scanner.compose.dimensions import dimensions
from scanner.compose.geometry import solid

KNOWN = {"S235JR", "1.4301", "EN AW-6082", "304L", "RVS"}


def made(text, *, of_class=False):
    found = dimensions(text, KNOWN)
    return None if found is None else solid(found, of_class=of_class)


def grams_per_cm3_of_1(volume):
    assert volume is not None
    return volume.high


@pytest.mark.parametrize(
    ("text", "cm3"),
    [
        ("Rond 20 mm L=100 S235JR", pi * 10**2 * 100 / 1000),
        ("rond 20 mm L = 0,1 m", pi * 10**2 * 100 / 1000),
        ("Ø20x100 1.4301", pi * 10**2 * 100 / 1000),
        ("⌀ 20 x 100 mm 1.4301", pi * 10**2 * 100 / 1000),
        ("Round bar dia 20 x 100, S235JR", pi * 10**2 * 100 / 1000),
        ("Rundstahl EN 10060 Ø 20 h9 S235JR L=100", pi * 10**2 * 100 / 1000),
        ("Barre ronde 20 longueur 100 S235JR", pi * 10**2 * 100 / 1000),
        ('Round bar 1/2" L=100 S235JR', pi * 6.35**2 * 100 / 1000),
        ("plaat 2 mm 500x300 1.4301", 300),
        ("plaat 500x300x2 1.4301", 300),
        ("plaat 1.4301 50x30x0,2 cm", 300),
        ("Blech t=2 500 x 300 mm 1.4301", 300),
        ("tôle ép. 2 500x300 1.4301", 300),
        ("sheet 1.5 x 1000 x 2000 1.4301", 3000),
        ("Plaat EN AW-6082 T6 20x300x500", 3000),
        ("strip 30x5x1000 S235JR", 150),
        ("Flachstahl 30x5 S235JR, Länge 1000", 150),
        ("fer plat 30 x 5 longueur 1 m S235JR", 150),
        ("Vierkant 20 S235JR L=100", 40),
        ("Vierkantstahl 20x20x100 S235JR", 40),
        ("zeskant SW17 S235JR L=50", sqrt(3) / 2 * 17**2 * 50 / 1000),
        ("Hexagon bar AF 17 L=50 S235JR", sqrt(3) / 2 * 17**2 * 50 / 1000),
        ("Sechskant 17 x 50 S235JR", sqrt(3) / 2 * 17**2 * 50 / 1000),
        ("RVS buis 33,7x2 L=6m", pi * (33.7 - 2) * 2 * 6),
        ("Rohr 33.7 x 2 x 6000 1.4301", pi * (33.7 - 2) * 2 * 6),
        ("tube 304L 33,7 x 2 longueur 6 m", pi * (33.7 - 2) * 2 * 6),
        ("koker 40x40x2 L=1000 S235JR", 2 * 2 * (40 + 40 - 4)),
        ("Rechteckrohr 60x40x3x1000 S235JR", 2 * 3 * (60 + 40 - 6)),
    ],
)
def test_volume_of_a_piece(text, cm3):
    assert made(text).piece.high == pytest.approx(cm3)


@pytest.mark.parametrize(
    ("text", "cm3"),
    [
        ("strip 30x5 S235JR", 150),
        ("Rundstahl 20 mm S235JR", pi * 100),
        ("buis 33,7x2 1.4301", pi * 31.7 * 2),
        ("Draad 1 mm 1.4301", pi / 4),
    ],
)
def test_a_section_without_a_length_has_a_volume_per_metre_only(text, cm3):
    found = made(text)
    assert found.piece is None
    assert found.metre.high == pytest.approx(cm3)


def test_a_sheet_by_its_thickness_alone_has_a_volume_per_square_metre():
    found = made("plaat 2 mm 1.4301")
    assert (found.piece, found.metre) == (None, None)
    assert found.square_metre.high == pytest.approx(2000)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("hoekprofiel 40x40x4 S235JR", 308),
        ("L-profiel 50x50x5 S235JR", 480),
        ("Winkelstahl 100x100x10 S235JR", 1920),
        ("koker 40x40x2 S235JR", 294),
        ("square tube 100x100x5 S235JR", 1870),
    ],
)
def test_ranges_of_rolled_sections_hold_what_the_mills_print(text, published):
    """Areas in mm² as the tables of EN 10056-1 and EN 10219-2 give them, rounded."""
    section = made(text).metre
    assert section.low <= published <= section.high
    assert section.high / section.low < 1.11
    assert section.typical is None


def test_a_nominal_size_is_a_figure_whose_range_nobody_states():
    assert not made("Rond 20 mm L=100 S235JR").piece.known


@pytest.mark.parametrize(
    "text",
    [
        "200x100x5 EN AW-6082",  # a plate, an angle or a hollow section
        "40x40x4 S235JR",
        "Ø20x2 1.4301",  # a disc or a tube
        "M6x20 1.4301",
        "Cilinderkopschroef M6x20 1.4301",
        "Bush Ø20x30 1.4301",
        "buisklem 40x2 S235JR",
        "Bracket sheet metal 2 mm 500x300 S235JR",
        "plaat 2 mm 500x300 S235JR geperforeerd",
        "plaat 2 mm 500x300 met 4 gaten S235JR",
        "plaat 1.000x500x2 S235JR",  # one or a thousand
        "plaat 1,000x500x2 S235JR",
        "plaat 500x300 S235JR",
        "plaat 2 mm 3 mm 500x300 S235JR",
        "plaat 2 mm 500x300 S355",  # nobody said what S355 is
        "rond 20 x 100 L=200 S235JR",
        "rond S235JR",
        "rond 0 L=100 S235JR",
        "rond buis 20x2 vierkant S235JR",
        'pipe 2" x 3 L=1000 S235JR',  # nominal pipe size
        "buis 20x16 S235JR",  # outer and inner diameter
        "koker 40x2 S235JR",
        "IPE 100 S235JR L=3000",
        "Ring 50x10 1.4301",
        "plaat 3 mm 2x1 m S235JR",  # 2 mm or 2 m
        "rond 1/0 L=100 S235JR",
        "rond 20 L=100 S235JR " + "x" * 200,
        "",
    ],
)
def test_a_doubt_leaves_no_solid(text):
    assert made(text) is None


@pytest.mark.parametrize(
    ("text", "cm3"),
    [
        ("magnet 20x10x5", 1.0),
        ("Scheibenmagnet Ø10x5", pi / 4 * 100 * 5 / 1000),
        ("schijfmagneet 10x5", pi / 4 * 100 * 5 / 1000),
        ("Ringmagnet Ø20xØ10x5", pi / 4 * (400 - 100) * 5 / 1000),
        ("ring 20x10x5", pi / 4 * (400 - 100) * 5 / 1000),
        ("bloc 20 x 10 x 5 mm", 1.0),
    ],
)
def test_what_is_one_solid_by_its_class(text, cm3):
    assert made(text, of_class=True).piece.high == pytest.approx(cm3)


@pytest.mark.parametrize(
    ("text", "surface", "volume"),
    [
        ("plaat 2 mm 500x300 1.4301", 2 * (500 * 300 + 2 * 500 + 2 * 300), 300_000),
        ("rond 20 S235JR", pi * 20, pi * 100),
        ("rond 20 L=100 S235JR", pi * 20 * 100 + 2 * pi * 100, pi * 100 * 100),
        ("strip 30x5 S235JR", 70, 150),
        ("plaat 2 mm 1.4301", 2, 2),
        ("magnet 20x10x5", 2 * (200 + 50 + 100), 1000),
        ("ring magnet 20x10x5", pi / 2 * 300 + pi * 30 * 5, pi / 4 * 300 * 5),
    ],
)
def test_the_surface_that_a_layer_covers(text, surface, volume):
    coated = made(text).coated
    assert coated.typical == pytest.approx(surface / volume)
    assert coated.low == coated.high == coated.typical


@pytest.mark.parametrize(
    ("text", "outside", "both", "section"),
    [
        ("buis 33.7x3.2 S235JR", pi * 33.7, pi * (33.7 + 27.3), pi * 30.5 * 3.2),
        ("koker 40x40x2 S235JR", 160 - (8 - 2 * pi) * 6, 4 * 76, 304),
    ],
)
def test_a_layer_may_cover_a_hollow_bar_inside_as_well(text, outside, both, section):
    coated = made(text).coated
    assert coated.low == pytest.approx(outside / section)
    assert coated.high == pytest.approx(both / section)
    assert coated.typical is None


@pytest.mark.parametrize(
    ("text", "thickness"),
    [
        ("plaat 2 mm 500x300 1.4301", 2),
        ("buis 33.7x3.2 S235JR", 3.2),
        ("strip 30x5 S235JR", 5),
        ("koker 40x40x2 S235JR", 2),
        ("hoekprofiel 40x40x4 S235JR", 4),
        ("rond 20 S235JR", 20),
    ],
)
def test_how_thick_the_material_is(text, thickness):
    assert made(text).thinnest == thickness


def test_what_was_read_is_told_as_it_was_written():
    assert dimensions("Plaat 2 mm, 500×300 S235JR", KNOWN).text == "2 mm 500×300"
