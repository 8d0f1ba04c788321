"""Headings that are certain by name, and mean something else in the files of other programs.

What the column holds decides: `Item Number` is a position in a drawing's list and the number of the
part in Arena, Windchill and Teamcenter; `Assembly` names a parent, or says yes or no in InvenTree.
"""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from scanner.parse import designators
from scanner.parse.content import are_designators
from scanner.parse.headings import Heading, normalise, recognise

_POSITION_OR_PART = frozenset(["item nr", "item id", "nr"])
_ENOUGH = 0.8
_POSITION = re.compile(r"^\d{1,4}(?:\.\d{1,3})*\.?$")
_LOW = 100
"""Positions start below this, or run in even steps."""

_ANSWERS = frozenset(
    ["true", "false", "yes", "no", "y", "n", "ja", "nee", "nein", "j", "oui", "non", "o", "waar",
     "onwaar", "wahr", "falsch", "vrai", "faux", "x", "✓"]
)  # fmt: skip
_KINDS = frozenset(
    ["part", "assembly", "sub-assembly", "subassembly", "sub assembly", "bulk item", "component",
     "teil", "baugruppe", "unterbaugruppe", "onderdeel", "samenstelling", "pièce", "produit",
     "ensemble", "sous-ensemble"]
)  # fmt: skip
"""What a line is in the lists of drawing programs, which is no name."""
_LINES = re.compile(
    r"^(?:bom[ _]lines?(?:[ _]ids)?|stuklijstregels?|stücklistenpositionen|stücklistenzeilen"
    r"|lignes? de (?:la )?nomenclature)\s*/\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_OF_THE_PRODUCT = re.compile(r"^product[ _](?=.)", re.IGNORECASE)
_PRODUCTS = frozenset(["product", "product tmpl id", "produkt", "produit", "article", "artikel"])
_COMPONENTS = frozenset(["product id", "component", "components", "onderdeel", "komponente"])


def settled(heading: str, field: str, cells: Sequence[str], others: Collection[str | None]) -> str:
    """The field of a column whose heading is known, after a look at its cells.

    `others` are the fields of the other columns; the field is empty where the column tells none.
    """
    if field == "parent" and cells and all(cell.casefold() in _ANSWERS for cell in cells):
        return ""
    if field == "name" and cells and all(cell.casefold() in _KINDS for cell in cells):
        return ""
    if field == "part_number" and "designators" not in others and _list_designators(cells):
        return "designators"
    return _settled_position(normalise(heading), cells, others) if field == "position" else field


def _settled_position(name: str, cells: Sequence[str], others: Collection[str | None]) -> str:
    """What a column holds whose heading is taken for a position."""
    field = "position"
    if name == "bom line" and _share(cells, _is_line_name) >= _ENOUGH:
        return "name"
    if name not in _POSITION_OR_PART:
        return field
    if "part_number" in others or _share(cells, _is_number) < _ENOUGH:
        return field
    counted = _are_low(cells) or ("position" not in others and _run_evenly(cells))
    return field if counted else "part_number"


def may_name_a_part(heading: str) -> bool:
    """Whether a heading that is taken for a position may be that of the numbers of parts."""
    return normalise(heading) in ("item nr", "item id")


def _are_low(cells: Sequence[str]) -> bool:
    """Whether the cells count the lines: short numbers or outlines that start low."""
    counts = [cell for cell in cells if _POSITION.match(cell)]
    low = min((int(re.split(r"\D", cell)[0]) for cell in counts), default=_LOW + 1) <= _LOW
    return low and len(counts) >= _ENOUGH * len(cells)


def _run_evenly(cells: Sequence[str]) -> bool:
    """Whether the cells are numbers in even steps, such as 000010, 000020."""
    if len(cells) < 2 or not all(cell.isdecimal() for cell in cells):
        return False
    steps = {after - before for before, after in pairwise(map(int, cells))}
    return len(steps) == 1 and steps <= {1, 2, 5, 10, 100} and int(cells[0]) <= max(steps)


def of_the_lines(texts: Sequence[str]) -> dict[int, Heading] | None:
    """What the headings of an Odoo export mean, by index: `BoM Lines/Quantity` beside `Quantity`.

    Columns that are not of the lines are of the product; it stands on the first row of its lines.
    ``None`` for other tables.
    """
    rests = {at: match["rest"] for at, text in enumerate(texts) if (match := _LINES.match(text))}
    found = {at: _of_a_line(rest) for at, rest in rests.items()}
    if len(found) < 2 or "quantity" not in {heading.field for heading in found.values()}:
        return None
    product = False
    for at, text in enumerate(texts):
        if at in found:
            continue
        is_product = not product and normalise(text.partition("/")[0]) in _PRODUCTS
        product = product or is_product
        found[at] = Heading("parent" if is_product else "ignored", 0.9)
    return found


def _of_a_line(rest: str) -> Heading:
    if normalise(rest) in _COMPONENTS:
        return Heading("name", 0.9)
    return recognise(_OF_THE_PRODUCT.sub("", rest))


def _list_designators(cells: Sequence[str]) -> bool:
    """Whether the cells are designators beyond doubt: at least one of them lists several."""
    several = any(len(designators.split(cell)) > 1 for cell in cells)
    return several and _share(cells, are_designators) >= _ENOUGH


def _is_line_name(text: str) -> bool:
    """Whether a cell is what Teamcenter calls a line: number, revision and name together."""
    return "/" in text and any(map(str.isalpha, text))


def _is_number(text: str) -> bool:
    return len(text) > 2 and " " not in text and any(map(str.isdigit, text))


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0
