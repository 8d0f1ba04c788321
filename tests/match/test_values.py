import pytest

from scanner.match.values import package, value_class


@pytest.mark.parametrize(
    ("value", "class_id"),
    [
        ("100nF", "capacitor"),
        ("COND 100NF 50V", "capacitor"),
        ("100n", "capacitor"),
        ("4,7 µF", "capacitor"),
        ("2p2", "capacitor"),
        ("100nF 50V 0402", "mlcc"),
        ("10uH", "inductor"),
        ("22 µH", "inductor"),
        ("4k7", "resistor"),
        ("470 Ω", "resistor"),
        ("10 kOhm", "resistor"),
        ("1M", "resistor"),
        ("4R7 1W", "resistor"),
        ("10K 1%", "resistor"),
        ("4k7 1% 0805", "chip_resistor"),
        ("10k 0603", "chip_resistor"),
        ("6204-2RS", "bearing"),
        ("608ZZ", "bearing"),
        ("NU 206 ECP", "bearing"),
        ("UCP204", "bearing"),
        ("HOOK-UP STRND 30AWG GREEN", "cable"),
        ("LifY 0,50 mm²", "cable"),
    ],
)
def test_values_with_a_unit(value, class_id):
    found = value_class(value)
    assert found is not None
    assert found.class_id == class_id
    assert found.text in value
    assert not found.unsure


@pytest.mark.parametrize(
    ("value", "class_id"),
    [("16MHz", "crystal"), ("RING M8", "fastener_steel"), ("header 2x5", "connector"),
     ("Buchse 4-polig", "connector")],
)  # fmt: skip
def test_values_of_many_things_need_a_second_clue(value, class_id):
    assert value_class(value)[::2] == (class_id, True)


@pytest.mark.parametrize("value", ["680", "BAT46W", "5.1V", "12 V 10 A", "FRAME", "kabel 5 m"])
def test_values_that_tell_nothing(value):
    assert value_class(value) is None


def test_a_long_text_takes_no_time():
    assert value_class("4k7 " * 100_000) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Dual op amp, TSSOP-8", "TSSOP-8"),
        ("IC 32-VQFN 5x5", "VQFN"),
        ("NCS20071 SOT-23-5", "SOT-23-5"),
        ("driver SO-8 reel", "SO-8"),
    ],
)
def test_packages_that_only_semiconductors_have(text, seen):
    assert package(text) == seen


@pytest.mark.parametrize("text", ["DIP switch 8-way", "SOT-23 transistor", "SOLENOID 8", "dip 16"])
def test_packages_that_anything_may_have_tell_nothing(text):
    assert package(text) is None


def test_ohms_of_a_line_are_no_resistor():
    assert value_class("antenna 50 ohm SMA male").class_id != "resistor"
    assert value_class("RES 50 ohm 1%").class_id == "resistor"


def test_the_load_of_a_crystal_is_no_capacitor():
    assert value_class("32,768 kHz 12,5pF").class_id == "crystal"
