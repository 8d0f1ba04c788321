"""What land patterns and values tell about a class: conventions of circuit-board libraries.

Land patterns are named alike in KiCad, Eagle and EasyEDA libraries, after IPC-7351: ``C_0603`` is
a chip capacitor, ``CP_Elec`` an electrolytic one. Packages that hold anything (SOT-23, TO-220)
tell nothing.
"""

import re

from scanner.core.names import ClassId

_CHIP = r"(?:01005|0201|0402|0603|0805|1008|1206|1210|1812|2010|2220|2512)"

_PATTERNS = (
    ("none", r"holder|mountinghole|fiducial|testpoint|nettie|jumper|logo|symbol:|frame|wirepad"),
    ("led", rf"(?:^|[:_ -])led(?:[_ -]|\d|$)|^chip-?led|^led{_CHIP}"),
    ("al_electrolytic_cap", r"(?:^|[:_ -])cp_(?:elec|radial|axial)|^capelec|^panasonic_[a-h]$"),
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
    ("diode", r"(?:^|[:_])d_(?:sod|sm[abc]|do|minimelf|melf|powerdi)|^sm[abc]-diode"),
    ("diode", r"^(?:sod-?\d+|do-?\d+|minimelf|do-?214a[abc])"),
    ("crystal", r"(?:^|:)crystal|hc-?49"),
    ("oscillator", r"(?:^|:)oscillator"),
    ("ptc_resettable", r"^ptc-?\d{4}"),
    ("fuse", r"(?:^|:)fuse"),
    ("relay", r"(?:^|:)relay"),
    ("transformer", r"(?:^|:)transformer"),
    ("terminal_block", r"terminalblock|terminal_block|screw_terminal"),
    ("connector", r"(?:^|:)(?:connector|jst_|molex_|usb_)|pinheader|pinsocket|pinhd|idc-header"),
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

_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+)?\s?"
_MICRO = "u\u00b5\u03bc"
_OHM = "(?:[oO]hms?|[\u03a9\u2126])"

_VALUES = (
    (ClassId("capacitor"), re.compile(rf"{_NUMBER}[pnm{_MICRO}]F(?![A-Za-z])")),
    (ClassId("capacitor"), re.compile(rf"^\d+(?:[.,]\d+)?[pn{_MICRO}]\d*$")),
    (ClassId("inductor"), re.compile(rf"{_NUMBER}[nm{_MICRO}]H(?![A-Za-z])")),
    (ClassId("resistor"), re.compile(rf"{_NUMBER}[mkKM]?{_OHM}(?![A-Za-z])")),
    (ClassId("resistor"), re.compile(r"^\d+(?:[.,]\d+)?[RkKM]\d*$")),
)

NOTHING = ClassId("none")
"""What stands on the drawing and is no part: a hole, a mark, a test pad."""


def footprint_class(footprint: str) -> tuple[ClassId, str] | None:
    """The class that a land pattern tells, and the text that tells it; ``None`` for the others."""
    for class_id, pattern in _ANY:
        if match := pattern.search(footprint):
            return None if class_id == NOTHING else (class_id, match[0].strip(":_- "))
    return None


def value_class(value: str) -> tuple[ClassId, str] | None:
    """The class whose unit a value has (``100nF``, ``4k7``), and the text that tells it."""
    for class_id, pattern in _VALUES:
        if match := pattern.search(value):
            return class_id, match[0]
    return None
