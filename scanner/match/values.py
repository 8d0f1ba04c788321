"""What a value with its unit tells about a class (``100nF``, ``4k7 1% 0805``, ``16 MHz``).

Rolling bearings are numbered alike by all makers (ISO 15, DIN 623-1), so a number with the sign of
its seals is read here, too, and so are cores of a cable with their cross-section (``3G1,5``,
IEC 60228). A value that many things have (a frequency, a thread, a number of
poles) is an unsure clue: it counts only beside another one.
"""

import re
from typing import NamedTuple

from scanner.core.names import ClassId

_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+)?\s?"
_MICRO = "u\u00b5\u03bc"
_OHM = "(?:[oO]hms?|OHMS?|[\u03a9\u2126])"
_END = r"(?![A-Za-z])"
_IMPEDANCE = re.compile(
    r"\b(?:\d+[.,]?\d*\s?[MG]Hz|RF|VHF|UHF|coax\w*|koax\w*|impedan\w*|antenn\w*|R?DS\s?\(?on\)?|Ron|Rds|DCR|ESR"
    r"|audio|speakers?|loudspeakers?|Lautsprecher|luidspreker|haut-parleur|BNC|SMA|RG-?\d+)\b",
    re.IGNORECASE,
)
"""Beside these, ohms are those of a line, a switch or a coil and say nothing of a resistor."""
_SIZE = re.compile(r"(?<![\w.,])(?:01005|0201|0402|0603|0805|1206|1210)(?![\w.,])")


class Value(NamedTuple):
    """A class that a value tells, the text that tells it, and whether it needs a second clue."""

    class_id: ClassId
    text: str
    unsure: bool = False


_SURE = (
    ("capacitor", re.compile(rf"{_NUMBER}(?:[pnm{_MICRO}]F|[PNU]F|MFD){_END}")),
    ("capacitor", re.compile(rf"^\d+(?:[.,]\d+)?[pn{_MICRO}]\d*$")),
    ("inductor", re.compile(rf"{_NUMBER}(?:[nm{_MICRO}]H|[NU]H){_END}")),
    ("resistor", re.compile(rf"{_NUMBER}[mkKM]?{_OHM}{_END}")),
    ("resistor", re.compile(r"^\d+(?:[.,]\d+)?[RkKM]\d*$")),
    (
        "bearing",
        re.compile(
            r"(?<![\w.,])(?:6[0-489]\d{1,2}|16\d{3})[-\s/]?(?:2?RS[HR12]?|2?Z{1,2}|2ZR|DDU|LLU)"
            r"(?!\w)"
        ),
    ),
    ("bearing", re.compile(r"(?<!\w)(?:NU|NJ|NUP)\s?[23]\d{1,3}(?:\s?EC[PJM])?(?!\w)")),
    ("bearing", re.compile(r"(?<!\w)UC(?:P|F|FL|T)\s?2\d{2}(?!\w)")),
    ("cable", re.compile(r"(?<!\w)(?:\d{1,2}\s?AWG|AWG\s?\d{1,2})(?!\w)", re.IGNORECASE)),
    (
        "cable",
        re.compile(
            r"(?<![\w.,-])\d{1,2}G(?:0[.,]5|0[.,]75|1[.,]5|2[.,]5|[146]|10|16|25|35)(?![\w.,])"
        ),
    ),
    ("cable", re.compile(rf"{_NUMBER}mm(?:\u00b2|2|\^2)(?!\w)")),
    (
        "cable",
        re.compile(
            r"(?<![\w.,])(?:[3-7]|12|18|25)\s?G\s?(?:0[.,]5|0[.,]75|1|1[.,]5|2[.,]5|4|6|10|16|25)"
            r"(?![\w.,])"
        ),
    ),
    ("resistor", re.compile(r"(?<![\w.,])\d{1,3}[RkK]\d{1,2}(?=\s.*(?:\d\s?%|W\b|\b\d{4}\b))")),
    ("resistor", re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?[RkK](?=[\s,].*\d\s?%)")),
    ("resistor", re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?[RkK](?=[\s,]+(?:0402|0603|0805|1206)\b)")),
)
_UNSURE = (
    ("battery", re.compile(rf"{_NUMBER}m?Ah{_END}", re.IGNORECASE)),
    (
        "integrated_circuit",
        re.compile(
            r"(?<!\w)(?:P?DIP|SOIC|SOP?|[TS]S?SOP|MSOP|[LT]QFP|V?QFN|DFN|PLCC|BGA|SOT-?23-)-?\s?\d{1,3}"
            r"(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("crystal", re.compile(rf"{_NUMBER}[kKM]Hz{_END}")),
    (
        "fastener_steel",
        re.compile(r"(?<![\w.])M\d{1,2}(?:[.,]\d)?(?:\s?[xX\u00d7*]\s?\d{1,3})?(?![\w/])"),
    ),
    ("connector", re.compile(r"\b(?:fe)?male\b", re.IGNORECASE)),
    ("connector", re.compile(r"(?<![\w.,])[1-4]\s?[xX\u00d7]\s?\d{1,2}(?![\w.,])")),
    (
        "connector",
        re.compile(
            r"(?<![\w.,])\d{1,3}\s?-?\s?(?:pins?|pos|position|polig|pol|voies|broches|contacts|way|P)"
            r"(?![A-Za-z])",
            re.IGNORECASE,
        ),
    ),
)
_CHIPS = {"capacitor": "mlcc", "resistor": "chip_resistor"}
"""What a value becomes beside the size of a chip: larger capacitors of other kinds have other
sizes."""


_FREQUENCY = re.compile(rf"{_NUMBER}[kM]Hz")
"""Behind a frequency a capacitance is the load of a crystal (``32,768 kHz 12,5 pF``)."""

_PACKAGE = re.compile(
    r"(?<![A-Za-z0-9])(?:H?[TV]?SSOP|HT?SOP|[MQ]SOP|TVSOP|SOIC|SO-?(?=8|14|16|20|24|28)|SOP-?(?=8|14|16)"
    r"|[HLTPV]{0,2}QFP|[HUVWXT]{0,2}[QD]FN|[WVX]SON|LFCSP|WLCSP|T?SOT-?23-(?=[5-8](?!\d))|TSOT(?=-?23))"
    r"(?:-?\d{1,3}|\b)",
    re.IGNORECASE,
)

READ_CHARS = 200
"""A value stands near the beginning of a text."""


def value_class(value: str) -> Value | None:
    """What the value in a text tells; ``None`` where it has none that tells a class."""
    value = value[:READ_CHARS]
    for name, pattern in _SURE:
        if match := pattern.search(value):
            if name == "resistor" and _IMPEDANCE.search(value):
                continue
            if name == "capacitor" and _FREQUENCY.search(value, 0, match.start()):
                continue
            if name in _CHIPS and (size := _SIZE.search(value, match.end())):
                return Value(ClassId(_CHIPS[name]), value[match.start() : size.end()])
            return Value(ClassId(name), match[0])
    for name, pattern in _UNSURE:
        if match := pattern.search(value):
            return Value(ClassId(name), match[0], unsure=True)
    return None


def package(text: str) -> str | None:
    """The name of a package in a text that only semiconductors have (``TSSOP-16``, ``QFN32``)."""
    match = _PACKAGE.search(text[:READ_CHARS])
    return None if match is None else match[0]
