import pytest

from scanner.core.bom import Part
from scanner.core.names import EvidenceKind
from scanner.match.naming import SYMBOLS, Namer


@pytest.fixture(scope="module")
def namer(knowledge):
    return Namer(knowledge.lexicon)


def told(namer, text, *, of_materials=False):
    return {item.points_to.id for item in namer.find("material", text, of_materials=of_materials)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CuZn40Al2Mn2", {"gen_brass", "copper", "zinc", "aluminium", "manganese"}),
        ("23CrMoB4", {"gen_steel", "chromium", "molybdenum"}),
        ("X3CrNiMoBN17-13-4", {"gen_stainless_steel", "chromium", "nickel", "molybdenum"}),
        ("X33CrS3", {"gen_tool_steel", "chromium"}),
        ("AlMg7Zn1", {"gen_aluminium", "aluminium", "magnesium", "zinc"}),
        ("TiAl5Sn2.5", {"gen_titanium_alloy", "titanium_metal", "aluminium", "tin"}),
        ("brazing rod CuP7", {"copper", "phosphorus"}),
        ("CW799R", {"gen_brass", "copper"}),
        ("UNS S31111", {"gen_stainless_steel"}),
        ("EN AW-5999-H111", {"gen_aluminium", "magnesium"}),
    ],
)
def test_names_tell_what_is_in_an_alloy_that_nobody_listed(namer, text, expected):
    assert told(namer, text) == expected


def test_a_temper_written_onto_a_number_hides_nothing(namer):
    assert told(namer, "ENAW6082T651") == {"al_6082"}


@pytest.mark.parametrize("text", ["1.4988", "1.0777", "C 45", "MS 58", "A5999P", "S890Q"])
def test_short_names_count_where_materials_are_spoken_of(namer, text):
    assert told(namer, text, of_materials=True)
    assert not told(namer, text)


@pytest.mark.parametrize(
    "text",
    ["TiAlN coating 5 um", "AlNiCo 5", "CU 2 pcs", "10Cr", "M4x10 NiCd 4", "SN74HC00", "Al 2 x 3",
     "GaAs 5", "CRNI18-10"],
)  # fmt: skip
def test_what_only_looks_like_a_name(namer, text):
    assert not told(namer, text)


def test_in_iron_silicon_and_phosphorus_are_no_raw_materials(namer):
    assert "silicon_metal" not in told(namer, "54SiCr6-2")
    assert "silicon_metal" in told(namer, "AlSi14Mg")


def test_symbols_are_raw_materials_of_the_release(knowledge):
    assert set(SYMBOLS.values()) <= set(knowledge.supply.materials)


def test_a_listed_grade_is_never_read_by_rule(release_matcher):
    found = release_matcher.recognise(Part(material="CuZn39Pb3"))
    assert [item.kind for item in found.evidence] == [EvidenceKind.DESIGNATION]
    assert not any(item.rule.startswith("naming/") for item in found.evidence)
