"""Ansys Granta MI BoM XML (17/11 to 25/05): nested parts with mass, and the materials in them.

A part of one material has it on its line. Of several, or of one that is not the whole part, each
is a line of its own below the part, with its share of the mass where that is by mass.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from scanner.core.errors import NoLines
from scanner.parse.markup import Element
from scanner.parse.model import Records
from scanner.parse.numbers import grams_of, plain

ROOT = "PartsEco"
_WHOLE = Decimal(100)
_PIECES = frozenset(["", "each"])


def read_xml(root: Element) -> Records:
    """The lines of the document, top down."""
    found = [one for part in root.all("Components", "Part") for one in _lines(part, 0)]
    if not found:
        raise NoLines("The document has no parts.", advice="Export it again with its components.")
    rows = [element.row for element, _ in found]
    return Records(
        [record for _, record in found],
        pointer=None,
        format="granta",
        rows=rows if len(set(rows)) == len(rows) else (),
    )


def _lines(part: Element, level: int) -> Iterator[tuple[Element, dict[str, object]]]:
    mass = _grams(part)
    texts = {"part_number": part.said("PartNumber"), "description": _name(part)}
    record: dict[str, object] = {"level": level, **_amount(part)}
    record.update({field: text for field, text in texts.items() if text})
    if mass is not None:
        record["mass_g"] = plain(mass)
    materials = list(part.all("Materials", "Material"))
    alone = len(materials) == 1 and _percentage(materials[0]) in (None, _WHOLE)
    if alone and materials[0].first("Mass") is None and part.first("Components") is None:
        record["material"] = _name(materials[0])
        materials = []
    yield part, record
    for material in materials:
        yield material, _share(material, level + 1, part, mass)
    for below in part.all("Components", "Part"):
        yield from _lines(below, level + 1)


def _share(material: Element, level: int, part: Element, mass: Decimal | None) -> dict[str, object]:
    """A material as a line: one such share is in each piece of the part."""
    record: dict[str, object] = {"level": level, "quantity": "1"}
    name = _name(material)
    if name:
        record |= {"description": name, "material": name}
    percentage, own = _percentage(material), _grams_of(material.first("Mass"))
    by_mass = part.first("VolumePerUom") is None
    if own is not None:
        record["mass_g"] = plain(own)
    elif percentage is not None and mass is not None and by_mass:
        record["mass_g"] = plain(mass * percentage / _WHOLE)
    return record


def _name(element: Element) -> str:
    """What people call it: its name, else one of the ways in which it is identified."""
    for one in ("Name", "Identity", "ExternalIdentity"):
        if text := element.said(one):
            return text
    return ""


def _amount(part: Element) -> dict[str, str]:
    quantity = part.first("Quantity")
    if quantity is None or not quantity.text.strip():
        return {}
    unit = quantity.attribute("Unit")
    found = {"quantity": quantity.text.strip()}
    return found if unit.casefold() in _PIECES else {**found, "unit": unit}


def _grams(part: Element) -> Decimal | None:
    """Grams of one piece: the mass per unit of the quantity, where that counts pieces."""
    quantity = part.first("Quantity")
    counts = quantity is None or quantity.attribute("Unit").casefold() in _PIECES
    return _grams_of(part.first("MassPerUom")) if counts else None


def _grams_of(mass: Element | None) -> Decimal | None:
    if mass is None:
        return None
    factor = grams_of(mass.attribute("Unit").partition("/")[0])
    number = _number(mass.text)
    return None if factor is None or number is None else number * Decimal(str(factor))


def _percentage(material: Element) -> Decimal | None:
    return _number(material.said("Percentage"))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number < Decimal("1e15") else None
