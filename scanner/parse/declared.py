"""Material declarations of the trade: IPC-1752A and -1752B, and IEC 62474 (chemSHERPA among them).

Both nest substances in materials, materials in parts of the product, and give masses or shares of
what lies around. Here each product gets one declaration: grams of each CAS number in one piece.
What cannot be told so (no CAS number, no amount, a range) is left out, and told.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from scanner.core.bom import Part
from scanner.core.errors import BomTooLarge, Place, UnreadableBom, UnsupportedType
from scanner.core.statements import Declaration, DeclaredSubstance
from scanner.parse.markup import Element, read_xml

GRAMS: Final = {"mg": 0.001, "g": 1.0, "kg": 1000.0, "µg": 1e-6, "ug": 1e-6, "t": 1e6}
SHARES: Final = {"ppm": 1e-6, "masspercent": 0.01, "mass%": 0.01, "%": 0.01, "percent": 0.01}
MOST_SUBSTANCES: Final = 200_000
WHOLE: Final = 0.99
"""A declaration is full where its substances weigh at least so much of the product's mass."""

ROUNDING: Final = 1.02
"""Substances that weigh up to so much of the product's mass differ from it by rounding."""

_CAS = re.compile(r"^\d{2,7}-\d{2}-\d$")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d")
_LAYERS = ("SubProduct", "ProductPart", "HomogeneousMaterial", "Material")
_ADVICE = "Ask the supplier for a declaration with CAS numbers and masses (IPC-1752 class D)."


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a declaration that was not taken: where, what, and why not."""

    row: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeclaredProduct:
    """A product and what is declared of one piece. `part.number` is the receiver's own number."""

    row: int
    part: Part
    declaration: Declaration


class Declared(NamedTuple):
    """Everything in one file."""

    products: list[DeclaredProduct]
    left_out: list[LeftOut]


class _Amount(NamedTuple):
    """Grams in one piece of the product, where they are known."""

    grams: float | None
    reason: str = ""


@dataclass(slots=True)
class _Substances:
    """What is found inside one product."""

    left_out: list[LeftOut]
    grams: dict[str, list[float]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    complete: bool = True

    def leave(self, element: Element, reason: str) -> None:
        """Note what is not taken; the declaration is then none of the whole product."""
        self.complete = False
        name = element.attribute("name") or element.name
        self.left_out.append(LeftOut(element.row, name[:200], reason))


def read_declarations(stream: BinaryIO) -> Declared:
    """The declarations of a file; `UnreadableBom` where it holds none that can be taken."""
    root = read_xml(stream)
    if root.name not in ("MainDeclaration", "Main"):
        raise UnsupportedType(
            f"The file is an XML document of a kind that is not read ({root.name[:40]}).",
            advice="Send an IPC-1752A, IPC-1752B or IEC 62474 declaration.",
        )
    response = next(_named(root, "Response"), None)
    products: list[DeclaredProduct] = []
    left_out: list[LeftOut] = []
    for product in _named(root, "Product"):
        found = _product(product, response, left_out)
        if found is not None:
            products.append(found)
    if not products:
        reason = f" ({left_out[0].reason})" if left_out else ""
        raise UnreadableBom(
            f"The declaration names no substance with a CAS number and a mass{reason}.",
            advice=_ADVICE,
            place=Place(row=root.row),
        )
    return Declared(products, left_out)


def _named(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.walk() if one.name == name)


def _product(
    product: Element, response: Element | None, left_out: list[LeftOut]
) -> DeclaredProduct | None:
    identity = product.first("ProductID")
    part = _part(identity, response)
    if identity is None or (part.number is None and part.maker_number is None):
        left_out.append(LeftOut(product.row, "Product", "it has no number"))
        return None
    whole = _own_mass(identity)
    found = _Substances(left_out)
    layered = any(one.name == "HomogeneousMaterial" for one in product.walk())
    _inside(product, _Amount(whole), 1.0, found, layered=layered)
    _above_thresholds(product, found)
    substances = tuple(
        DeclaredSubstance(cas, found.names.get(cas), mass_g=math.fsum(grams))
        for cas, grams in sorted(found.grams.items())
    )
    if len(substances) > MOST_SUBSTANCES:
        raise BomTooLarge(
            f"A product declares more than {MOST_SUBSTANCES} substances.", advice="Split the file."
        )
    if not substances:
        left_out.append(LeftOut(product.row, _name(part), "it names no substance with a mass"))
        return None
    total = math.fsum(one.mass_g or 0.0 for one in substances)
    if whole is not None and whole < total <= whole * ROUNDING:
        whole = total
    declaration = Declaration(
        number=0,
        full=whole is not None and found.complete and total >= whole * WHOLE,
        substances=substances,
        unit_mass_g=whole,
        supplier=part.maker,
        document=_said(response, "docID"),
        issued=_day(response),
    )
    return DeclaredProduct(product.row, part, declaration)


def _part(identity: Element | None, response: Element | None) -> Part:
    company = None if response is None else response.first("SupplyCompany")
    return Part(
        number=_said(identity, "requesterItemNumber", "requesterIdentifier"),
        maker=_said(company, "name"),
        maker_number=_said(identity, "itemNumber", "identifier"),
        description=_said(identity, "itemName", "name"),
    )


def _name(part: Part) -> str:
    return part.maker_number or part.number or ""


def _said(element: Element | None, *names: str) -> str | None:
    if element is None:
        return None
    return next(filter(None, map(element.attribute, names)), None)


def _day(response: Element | None) -> str | None:
    found = _DAY.match(_said(response, "date") or "")
    return found[0] if found else None


def _inside(
    element: Element, around: _Amount, times: float, found: _Substances, *, layered: bool
) -> None:
    """Take the substances below an element that weighs `around` and is there so many times.

    Where a product has homogeneous materials, lists beside them repeat what is in these.
    """
    for child in element.children:
        if child.name == "Substance":
            _substance(child, around, times, found)
        elif child.name in _LAYERS:
            _layer(child, around, times, found, layered=layered)
        elif child.name == "SubstanceCategoryList" and layered and element.name not in _LAYERS:
            continue
        elif child.name != "Compliance":
            _inside(child, around, times, found, layered=layered)
            if child.name == "SubstanceCategory":
                _category(child, found)


def _layer(
    layer: Element, around: _Amount, times: float, found: _Substances, *, layered: bool
) -> None:
    """A part of the product, or a material in it."""
    identity = layer.first("ProductID")
    amount = _amount(layer if identity is None else identity, around)
    count = _number(_said(layer, "numberOfUnits", "numberOfInstances") or "1")
    if count is None:
        found.leave(layer, "how many of it there are cannot be read")
        return
    _inside(layer, amount, times * count, found, layered=layered)
    below = islice(layer.walk(), 1, None)
    if not any(one.name in ("Substance", *_LAYERS) for one in below):
        found.leave(layer, "it names no substance")


def _substance(substance: Element, around: _Amount, times: float, found: _Substances) -> None:
    cas = _cas(substance)
    if cas is None:
        found.leave(substance, "it has no CAS number")
        return
    amount = _amount(substance, around)
    if amount.grams is None:
        found.leave(substance, amount.reason)
        return
    if amount.grams > 0:
        found.grams.setdefault(cas, []).append(amount.grams * times)
        if name := substance.attribute("name"):
            found.names.setdefault(cas, name[:200])


def _category(category: Element, found: _Substances) -> None:
    """A category of IPC-1752 class C without substances: only over its threshold it is there."""
    over = any(one.attribute("overThreshold") == "true" for one in category.all("Threshold"))
    if over and category.first("Substance") is None:
        found.leave(category, "it is over its threshold, and no substance is named")


def _above_thresholds(product: Element, found: _Substances) -> None:
    """IEC 62474 tells by name and not by CAS number what is above a threshold."""
    for listed in product.all("Compliance", "DsDsg"):
        threshold = listed.first("ComplianceThreshold")
        if threshold is not None and threshold.attribute("aboveComplianceThreshold") == "true":
            complete = found.complete
            found.leave(listed, "it is above its threshold, and listed without a CAS number")
            found.complete = complete


def _cas(substance: Element) -> str | None:
    for one in substance.walk():
        for name in ("identity", "entryIdentity", "casNumber"):
            text = one.attribute(name)
            if one.name in ("SubstanceID", "UniqueID", "EntryID", "Substance") and _CAS.match(text):
                return text
    return None


def _own_mass(identity: Element) -> float | None:
    return _amount(identity, _Amount(None)).grams


def _amount(element: Element, around: _Amount) -> _Amount:
    """Grams by its mass, or by its share of what lies around."""
    mass = element.first("Amount") or element.first("Mass")
    share = element.first("Concentration") or element.first("MassPercent")
    if mass is not None:
        number = _number(_said(mass, "value", "mass") or "")
        unit = (_said(mass, "UOM", "unitOfMeasure") or "").casefold()
        if number is not None and unit in GRAMS:
            return _Amount(number * GRAMS[unit])
        if number is not None and unit in SHARES:
            return _of(around, number * SHARES[unit])
        if number is not None and share is None:
            return _Amount(None, f"its unit '{unit[:20]}' is not known")
    if share is not None:
        number = _number(_said(share, "value", "massPercent") or "")
        unit = (_said(share, "UOM") or "%").casefold()
        if number is not None and unit in SHARES:
            return _of(around, number * SHARES[unit])
    return _Amount(None, "no amount is given, or a range")


def _of(around: _Amount, share: float) -> _Amount:
    if around.grams is None:
        return _Amount(None, "its share is known, and not of what mass")
    return _Amount(around.grams * share)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number < 1e12 else None
