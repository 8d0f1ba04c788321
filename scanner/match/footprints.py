"""What land patterns tell about a class: conventions of circuit-board libraries.

Land patterns are named alike in KiCad, Eagle and EasyEDA libraries, after IPC-7351: ``C_0603`` is
a chip capacitor, ``CP_Elec`` an electrolytic one. Packages that hold anything (SOT-23, TO-220)
tell nothing. The size of a chip alone (``0603``) tells with the reference designator.
"""

import re

from scanner.core.names import ClassId

_CHIP = r"(?:01005|0201|0402|0603|0805|1008|1206|1210|1812|2010|2220|2512)"

_PATTERNS = (
    (
        "board_feature",
        r"mountinghole|fiducial|testpoint_(?:tht)?pad|nettie|solder_?jumper|smt-jumper|logo|symbol:"
        r"|wirepad",
    ),
    ("none", r"holder|testpoint|jumper|frame"),
    ("led", rf"(?:^|[:_ -])led(?:[_ -]|\d|$)|^chip-?led|^led{_CHIP}"),
    (
        "al_electrolytic_cap",
        r"(?:^|[:_ -])cp_(?:elec|radial|axial)|^capelec|^cap?[-_]?ae(?:[-_\d]|$)|^elko"
        r"|^panasonic_[a-h]$",
    ),
    ("tantalum_cap", r"(?:^|[:_ -])cp_eia|tantal|^ct?ase[-_]?[abcd]$"),
    ("mlcc", rf"(?:^|[:_])c_?{_CHIP}(?:[_k-]|$)|^c_{_CHIP}"),
    ("film_cap", r"(?:^|:)c_rect_"),
    ("capacitor", r"(?:^|:)c_(?:disc|axial|radial)"),
    ("shunt_resistor", r"(?:^|:)r_shunt"),
    ("resistor_network", r"(?:^|:)r_(?:array|pack|cat|net)"),
    ("trimmer", r"potentiometer|trimmer|trimpot"),
    ("chip_resistor_thick", rf"(?:^|[:_])r_?{_CHIP}(?:[_k-]|$)|^r_{_CHIP}"),
    ("resistor", r"(?:^|:)r_(?:axial|radial|box|melf|mini)"),
    ("varistor", r"(?:^|:)rv_disc|varistor"),
    ("ferrite_bead", rf"(?:^|:)fb_?{_CHIP}"),
    ("inductor", rf"(?:^|[:_])l_?{_CHIP}(?:[_k-]|$)"),
    ("inductor", r"(?:^|:)l_(?:axial|radial|toroid|bourns)|(?:^|:)inductor|^bourns_sr"),
    ("diode", r"(?:^|[:_])d_(?:so[dt]|sm[abc]|do|minimelf|melf|powerdi)|^sm[abc]-diode"),
    ("diode", r"(?:^|[:-])sod-?\d+|^(?:do-?\d+|minimelf|do-?214a[abc])"),
    ("crystal", r"(?:^|:)crystal|hc-?49"),
    ("oscillator", r"(?:^|:)oscillator"),
    ("ptc_resettable", r"^ptc-?\d{4}"),
    ("fuse", r"(?:^|:)fuse"),
    ("relay", r"(?:^|:)relay"),
    ("transformer", r"(?:^|:)transformer"),
    ("terminal_block", r"terminalblock|terminal_block|screw_terminal"),
    (
        "connector",
        r"(?:^|:)(?:connector|jst_|molex_|usb_)|pin_?headers?|pin_?sockets?|pinhd|idc-header",
    ),
    (
        "connector",
        r"(?:^|[:_ -])(?:header|barrel_?jack|rj-?(?:11|12)|d-?sub|hdr|ffc|fpc|fh12)"
        r"(?:[_ -]?\d|[_:-]|$)",
    ),
    (
        "connector",
        r"(?:^|[:_])pins?[_ ]?\d+(?:[.,_]\d+)?mm|ribbon_?cable"
        r"|(?:^|:)(?:phoenix|wago|samtec|hirose|te_)",
    ),
    ("connector", r"^[12]x\d{1,2}$|rj-?45|magjack"),
    ("switch", r"(?:^|:)(?:button_|sw_)|switch"),
    ("piezo", r"buzzer"),
    ("rf_module", r"(?:^|:)rf_module"),
    ("ic_bga", r"bga|wlcsp"),
    (
        "ic_leadframe",
        r"(?:^|[:_])(?:h?t?ssop|[tlv]?s?soic|msop|[tl]?qfp|p?dip|plcc)(?:[-_]?\d|[-_]|$)",
    ),
    (
        "ic_leadframe",
        r"(?:^|[:_])(?:so(?:ic|p)?-?(?:8|08|14|16|20|24|28)|[vuw]?q?fn|dfn)(?:[-_]?\d|[-_(]|$)",
    ),
)

_ANY = tuple((ClassId(name), re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS)

_SIZE_ALONE = re.compile(rf"(?:smd)?[-_ ]?({_CHIP})", re.IGNORECASE)

NOTHING = ClassId("none")
"""Land patterns that tell no class: holders, frames, pins for a jumper."""

BOARD_FEATURE = ClassId("board_feature")
"""What stands on the drawing and is no part: a hole, a mark, a pad for a wire."""


def footprint_class(footprint: str, prefix: str | None = None) -> tuple[ClassId, str] | None:
    """The class that a land pattern tells, and the text that tells it; ``None`` for the others.

    `prefix` is the letters of the reference designator, with which a bare size tells more.
    """
    if prefix and (size := _SIZE_ALONE.fullmatch(footprint.strip())):
        found = footprint_class(f"{prefix}_{size[1]}")
        return None if found is None else (found[0], size[1])
    for class_id, pattern in _ANY:
        if match := pattern.search(footprint):
            return None if class_id == NOTHING else (class_id, match[0].strip(":_- "))
    return None
