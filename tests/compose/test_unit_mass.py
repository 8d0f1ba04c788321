from scanner.compose.unit_mass import unit_mass
from scanner.core.bom import Part
from scanner.core.composition import exactly


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
