import pytest

from scanner.match.footprints import footprint_class


@pytest.mark.parametrize(
    ("footprint", "class_id"),
    [
        ("C_0603_1608Metric", "mlcc"),
        ("Capacitor_SMD:C_0805_2012Metric", "mlcc"),
        ("C0805K", "mlcc"),
        ("Capacitor_SMD:CP_Elec_10x10", "al_electrolytic_cap"),
        ("CP_EIA-3528-21_Kemet-B", "tantalum_cap"),
        ("R0805", "chip_resistor_thick"),
        ("LibreSolar:R_Shunt_5931_Kelvin", "shunt_resistor"),
        ("CHIP-LED0805", "led"),
        ("LED_SMD:LED_0603_1608Metric", "led"),
        ("Diode_SMD:D_SOD-128", "diode"),
        ("HC49US", "crystal"),
        ("1X04", "connector"),
        ("Connector_JST:JST_PH_B4B-PH-SM4-TB", "connector"),
        ("TSSOP20-NXP", "ic_leadframe"),
        ("Package_SO:SOIC-8_3.9x4.9mm_P1.27mm", "ic_leadframe"),
        ("Package_BGA:BGA-256", "ic_bga"),
    ],
)
def test_land_patterns_that_tell(footprint, class_id):
    found = footprint_class(footprint)
    assert found is not None
    assert found[0] == class_id
    assert found[1] in footprint


@pytest.mark.parametrize(
    "footprint",
    ["SOT-23", "TO-220", "DCK", "T35-2", "BatteryHolder_Keystone_1058",
     "TestPoint_Keystone_5010", "PinJumper", "0603"],
)  # fmt: skip
def test_land_patterns_that_tell_nothing(footprint):
    assert footprint_class(footprint) is None


@pytest.mark.parametrize(
    "footprint",
    ["Fiducial_1mm", "MountingHole:MountingHole_3.2mm", "SMT-JUMPER_2", "Symbol:OSHW-Logo",
     "TestPoint_Pad_D1.0mm", "SolderWirePad_1x01_SMD"],
)  # fmt: skip
def test_what_holds_no_part_is_a_feature_of_the_board(footprint):
    assert footprint_class(footprint)[0] == "board_feature"


@pytest.mark.parametrize(
    ("size", "prefix", "class_id"),
    [("0603", "C", "mlcc"), ("SMD 0805", "R", "chip_resistor_thick"), ("0402", "L", "inductor")],
)
def test_a_size_alone_tells_with_the_designator(size, prefix, class_id):
    assert footprint_class(size, prefix)[0] == class_id
    assert footprint_class(size) is None


@pytest.mark.parametrize("footprint", ["D_SOT-23_ANK", "CVRA-SOD80C", "SOD-123"])
def test_land_patterns_of_diodes(footprint):
    assert footprint_class(footprint)[0] == "diode"


@pytest.mark.parametrize("footprint", ["Pin_Headers:Pin_Header_Straight_1x02", "_Pin2mm_7z"])
def test_land_patterns_of_pins_are_connectors(footprint):
    assert footprint_class(footprint)[0] == "connector"
