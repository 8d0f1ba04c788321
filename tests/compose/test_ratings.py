"""Capacity and power: read from the text, and only for the class that a source measured."""

import pytest

from scanner.compose.ratings import rated_contents
from scanner.core.bom import Part
from scanner.core.composition import Content, MassGap, Range, exactly, nominal
from scanner.core.names import Presence
from scanner.core.recipes import Rated, RatedAmount, Recipes

AMOUNTS = {
    "battery": (
        RatedAmount("lithium", Rated.KILOWATT_HOUR, nominal(100.0), ("study",)),
        RatedAmount("cobalt", Rated.KILOWATT_HOUR, Range(100.0, None, 200.0), ("study",)),
    ),
    "module": (RatedAmount("tellurium", Rated.KILOWATT, Range(0.02, 0.09, 0.2), ("survey",)),),
    "phone": (RatedAmount("gold", Rated.DEVICE, nominal(0.03), ("test",)),),
}
RECIPES = Recipes({}, {}, (), {}, {"lfp": "battery"}, rated=AMOUNTS)


def content(material, presence="certain", mass=None):
    gap = None if mass else MassGap.PRESENCE_ONLY
    return Content(
        material, Presence(presence), None, mass, gap, ("cathode",), "element", False, None, False,
        (0,), ("handbook",),
    )  # fmt: skip


def rated(make, text, class_id, *contents, value=None, **more):
    reason = make.evidence(f"class:{class_id}", "component_class", **more)
    part = Part(description=text, value=value)
    return rated_contents(contents, part, make.recognition(reason), RECIPES)


@pytest.mark.parametrize(
    ("text", "kilowatt_hours"),
    [
        ("Battery 2 kWh", 2.0),
        ("Accu 0,5 kWh", 0.5),
        ("Akku 360Wh", 0.36),
        ("Battery system 1.5 MWh", 1500.0),
        ("Batterij 36V 10Ah", 0.36),
        ("Batterie 10 Ah / 36 V DC", 0.36),
        ("cell 3,7V 2600mAh", 3.7 * 2.6 / 1000),
        ("Battery 360 Wh (36V 10Ah)", 0.36),
    ],
)
def test_energy_makes_a_mass(make, text, kilowatt_hours):
    (found,) = rated(make, text, "battery", content("lithium"))
    assert found.mass_g.typical == pytest.approx(100 * kilowatt_hours)
    assert not found.mass_g.known
    assert found.gap is None
    assert found.sources == ("handbook", "study")
    assert found.working.formula.endswith("kWh × g/kWh")


@pytest.mark.parametrize(("text", "kilowatts"), [("400 Wp", 0.4), ("0,4 kW", 0.4), ("2 MW", 2000)])
def test_power_makes_a_mass(make, text, kilowatts):
    (found,) = rated(make, f"CdTe module {text}", "module", content("tellurium"))
    assert found.mass_g.low == pytest.approx(0.02 * kilowatts)
    assert found.mass_g.high == pytest.approx(0.2 * kilowatts)
    assert found.working.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Battery 36V",
        "Battery 10Ah",
        "Battery 36V/48V 10Ah",
        "Battery 5-10 kWh",
        "Battery 2 x 5 kWh",
        "Battery 10S4P 36V 10Ah",
        "Battery 5 kWh or 10 kWh",
        "Battery 0 kWh",
        "mAh counter 100 mWh",
    ],
)
def test_a_doubt_makes_no_mass(make, text):
    (found,) = rated(make, text, "battery", content("lithium"))
    assert (found.mass_g, found.gap) == (None, MassGap.PRESENCE_ONLY)


def test_an_average_of_a_class_is_not_that_of_the_kinds_below_it(make):
    (found,) = rated(make, "LFP cell 1 kWh", "lfp", content("lithium"))
    assert found.mass_g is None


def test_a_guess_of_the_class_makes_no_mass(make):
    (found,) = rated(make, "1 kWh", "battery", content("lithium"), confidence=0.5)
    assert found.mass_g is None


def test_what_is_only_possible_may_be_absent(make):
    (found,) = rated(make, "Battery 2 kWh", "battery", content("cobalt", "possible"))
    assert found.mass_g == Range(0.0, None, 400.0)


def test_a_mass_that_is_known_already_stays(make):
    (found,) = rated(make, "Battery 2 kWh", "battery", content("lithium", mass=exactly(7.0)))
    assert found.mass_g == exactly(7.0)


def test_a_rating_adds_no_material(make):
    found = rated(make, "Battery 2 kWh", "battery", content("nickel"))
    assert [(one.material, one.mass_g) for one in found] == [("nickel", None)]


def test_a_device_needs_no_rating(make):
    (found,) = rated(make, "Smartphone 128 GB", "phone", content("gold"))
    assert found.mass_g.typical == 0.03


def test_a_rating_may_stand_in_the_value(make):
    (found,) = rated(make, "Battery", "battery", content("lithium"), value="2 kWh")
    assert found.mass_g.typical == pytest.approx(200)


def test_the_release_states_what_its_rows_state(knowledge):
    rated_by = knowledge.recipes.rated
    te = next(one for one in rated_by["pv_module_cdte"] if one.material == "tellurium")
    assert te.grams == Range(17.0, 91.84, 242.87)
    assert te.rated is Rated.KILOWATT
    cobalt = next(one for one in rated_by["li_ion_generic"] if one.material == "cobalt")
    assert cobalt.grams == nominal(133.33333333)
    silver = next(one for one in rated_by["smartphone"] if one.material == "silver")
    assert (silver.grams.low, silver.grams.high) == pytest.approx((0.09, 0.35))
    assert silver.grams.typical is None
    assert len(silver.sources) == 2
    assert "hdd" not in rated_by
