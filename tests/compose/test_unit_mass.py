import pytest

from scanner.compose.unit_mass import unit_mass
from scanner.core.bom import Part
from scanner.core.composition import exactly
from scanner.core.evidence import Evidence, Recognition, RecognitionState, Target
from scanner.core.names import EvidenceKind, TargetKind


def found(part, recipes, make, class_id="ic", **more):
    reason = make.evidence(f"class:{class_id}", "part_number", **more)
    return unit_mass(part, make.recognition(reason), recipes)


def test_the_mass_of_the_line_comes_first(recipes, make):
    mass = found(Part(unit_mass_g=3.0, footprint="SOIC-8"), recipes, make)
    assert (mass.grams, mass.origin, mass.source) == (exactly(3.0), "bom", None)


def test_the_mass_of_a_package(recipes, make):
    for footprint in ("SOIC-8", "Package_SO:SOIC-8_3.9x4.9mm", "SOIC 8"):
        mass = found(Part(footprint=footprint), recipes, make)
        assert (mass.origin, mass.source) == ("package mass", "sheet")


def test_a_package_mass_holds_for_the_classes_below(recipes, make):
    assert found(Part(footprint="SOIC-8"), recipes, make, "mcu") is not None
    assert found(Part(footprint="SOIC-8"), recipes, make, "cell") is None


def test_the_mass_of_a_class(recipes, make):
    mass = found(Part(), recipes, make, "relay")
    assert mass.origin == "class mass"


def test_a_guess_lends_no_mass(recipes, make):
    assert found(Part(), recipes, make, "relay", confidence=0.55) is None


def test_nobody_knows(recipes, make):
    assert unit_mass(Part(), make.recognition(), recipes) is None
    assert unit_mass(Part(unit_mass_g=0.0), make.recognition(), recipes) is None


@pytest.fixture(scope="module")
def of_release(knowledge):
    def one(class_id, **fields):
        reason = Evidence(
            EvidenceKind.PART_NUMBER, "text", "description", Target(TargetKind.CLASS, class_id),
            0.9, "own", "rule",
        )  # fmt: skip
        recognition = Recognition(RecognitionState.RECOGNISED, (reason,))
        return unit_mass(Part(**fields), recognition, knowledge.recipes)

    return one


@pytest.mark.parametrize(
    ("class_id", "text", "package"),
    [
        ("ic_leadframe", "SOIC-8_3.9x4.9mm_P1.27mm", "SOIC8"),
        ("ic_leadframe", "Package_SO:SOIC-8-1EP_3.9x4.9mm_P1.27mm_EP2.29x3mm", "SOIC8"),
        ("ic_leadframe", "SOT-23-6", "SOT236"),
        ("ic_leadframe", "LQFP-100_14x14mm_P0.5mm", "LQFP100"),
        ("ic_leadframe", "DIP-8_W7.62mm", "DIP8"),
        ("transistor", "SOT-23", "SOT23"),
        ("transistor", "SOT-23-3", "SOT23"),
        ("transistor", "Package_TO_SOT_THT:TO-220-3_Vertical", "TO220"),
        ("transistor", "TO-252-2", "TO252"),
        ("diode", "D_SOD-123", "SOD123"),
        ("chip_resistor_thick", "R_0402_1005Metric", "0402"),
        ("chip_resistor_thick", "Resistor_SMD:R_0402_1005Metric_Pad0.72x0.64mm", "0402"),
        ("bearing", "608-2RS", "6082RS"),
    ],
)
def test_land_patterns_and_names_of_packages(of_release, knowledge, class_id, text, package):
    masses = knowledge.recipes.package_masses.values()
    wanted = {found[package] for found in masses if package in found}
    assert of_release(class_id, footprint=text) in wanted


@pytest.mark.parametrize(
    ("class_id", "text"),
    [
        ("chip_resistor_thick", "R_01005_0402Metric"),  # 0.4 mm x 0.2 mm, no 0402 of inches
        ("chip_resistor_thick", "R_0603_1608Metric"),
        ("transistor", "SOT-23-5"),
        ("transistor", "SOT-23-6"),
        ("transistor", "TO-220-5"),
        ("ic_leadframe", "SOIC-14_3.9x8.7mm_P1.27mm"),
        ("ic_leadframe", "TSOT-23-6"),
        ("diode", "D_SOD-123F"),
        ("bearing", "6204-2RS"),
    ],
)
def test_a_name_that_is_nearly_that_of_a_package(of_release, class_id, text):
    assert of_release(class_id, footprint=text) is None


@pytest.mark.parametrize(
    "text",
    ["2x AA", "2 × AA", "AA 4x1.5V 4 x AA", "pack AA", "Battery pack 18650", "4S2P 18650",
     "3S 18650", "10x 18650", "10x18650"],
)  # fmt: skip
def test_several_cells_do_not_weigh_what_one_does(of_release, text):
    for class_id in ("alkaline", "li_ion_generic"):
        assert of_release(class_id, description=text) is None


def test_one_cell_weighs_what_one_does(of_release):
    assert of_release("alkaline", description="AA battery 1.5V").grams.typical == 23
    assert of_release("li_ion_generic", description="INR18650 2600mAh 3.7V").grams.typical == 45
