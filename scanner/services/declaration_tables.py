"""Declarations of many parts in one table: CSV, a substance a row.

The first row names the columns, in any order. Rows of one part, basis, supplier, document and date
are one declaration. All of a table is taken, or nothing.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from scanner.core.bom import Part
from scanner.core.errors import InvalidInput, InvalidRows, Place
from scanner.core.statements import Declaration, DeclaredSubstance
from scanner.services.declarations import DeclaredPart, checked

COLUMNS: Final[Mapping[str, str]] = {
    "part_number": "the company's own part number",
    "maker": "manufacturer",
    "maker_number": "the manufacturer's part number",
    "cas": "CAS number of the substance",
    "substance": "its name",
    "amount": "how much of it is in one piece",
    "unit": "`g`, `mg`, `kg`, `fraction`, `%` or `ppm`",
    "basis": "`full` where all substances of the whole part are named, else `partial`",
    "part_mass_g": "grams of one piece",
    "supplier": "who declares",
    "document": "name or number of the document",
    "date": "its date, ISO 8601",
}
"""The headings of the table, and what stands below."""

NEEDED: Final = ("cas", "amount", "unit", "basis")
GRAMS: Final[Mapping[str, float]] = {"g": 1.0, "mg": 0.001, "kg": 1000.0}
FRACTIONS: Final[Mapping[str, float]] = {"fraction": 1.0, "%": 0.01, "ppm": 1e-6}
BASES: Final[Mapping[str, bool]] = {"full": True, "partial": False}
MOST_ROWS: Final = 200_000
ADVICE: Final = "Correct the table and send all of it again; nothing was stored."


class _Head(NamedTuple):
    """What rows of one declaration have in common."""

    part: Part
    full: bool
    unit_mass_g: float | None
    supplier: str | None
    document: str | None
    issued: str | None


class _Misfit(Exception):
    """Something wrong with one cell."""

    def __init__(self, column: str, detail: str) -> None:
        super().__init__(detail)
        self.column, self.detail = column, detail


def declared_parts(body: bytes) -> list[DeclaredPart]:
    """The declarations of a table; `InvalidRows` names every row that does not fit."""
    wrong: list[tuple[Place, str]] = []
    found: dict[_Head, list[tuple[int, DeclaredSubstance]]] = {}
    for row, cells in _rows(body):
        try:
            head, substance = _head(cells), _substance(cells)
            found.setdefault(head, []).append((row, substance))
        except _Misfit as misfit:
            wrong.append((Place(row=row, column=misfit.column), misfit.detail))
    declared = []
    for head, rows in found.items():
        try:
            declared.append(DeclaredPart(_declaration(head, rows), part=head.part))
        except InvalidInput as error:
            wrong.append((_row_of(error, rows), error.detail))
    if not wrong and not declared:
        wrong = [(Place(row=1), "There is no row below the headings.")]
    if wrong:
        raise InvalidRows.of(sorted(wrong, key=_by_row), advice=ADVICE)
    return declared


def _rows(body: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that are not empty, by their headings, each with its number in the file."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        detail = f"Byte {error.start} is no UTF-8."
        raise InvalidRows.of([(Place(row=1), detail)], advice="Save it as CSV UTF-8.") from error
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        heads = [head.strip().casefold() for head in next(table, [])]
        _check_heads(heads)
        for cells in table:
            if any(cell.strip() for cell in cells):
                if table.line_num > MOST_ROWS:
                    detail = f"A table has at most {MOST_ROWS} rows."
                    raise InvalidRows.of([(Place(row=table.line_num), detail)], advice="Split it.")
                yield table.line_num, dict(zip(heads, map(str.strip, cells), strict=False))
    except csv.Error as error:
        place = Place(row=max(1, table.line_num))
        raise InvalidRows.of([(place, f"{error}.")], advice=ADVICE) from error


def _check_heads(heads: list[str]) -> None:
    wrong = [
        *(f"There is no column '{name}'." for name in NEEDED if name not in heads),
        *(f"The column '{head}' is not known." for head in heads if head not in COLUMNS),
        *(f"The column '{head}' is there twice." for head in set(heads) if heads.count(head) > 1),
    ]
    if not {"part_number", "maker_number"} & set(heads):
        wrong.append("There is no column 'part_number' or 'maker_number'.")
    if wrong:
        advice = f"Columns are {', '.join(COLUMNS)}."
        raise InvalidRows.of([(Place(row=1), detail[:300]) for detail in wrong], advice=advice)


def _head(cells: Mapping[str, str]) -> _Head:
    part = Part(
        number=cells.get("part_number") or None,
        maker=cells.get("maker") or None,
        maker_number=cells.get("maker_number") or None,
    )
    if part.number is None and part.maker_number is None:
        raise _Misfit("part_number", "The row names no part.")
    if "\0" in "".join(cells.values()):
        raise _Misfit("part_number", "The row holds a character that cannot be stored.")
    basis = cells["basis"].casefold() if "basis" in cells else ""
    if basis not in BASES:
        raise _Misfit("basis", "The basis is 'full' or 'partial'.")
    mass = cells.get("part_mass_g")
    return _Head(
        part=part,
        full=BASES[basis],
        unit_mass_g=_number("part_mass_g", mass) if mass else None,
        supplier=cells.get("supplier") or None,
        document=cells.get("document") or None,
        issued=cells.get("date") or None,
    )


def _substance(cells: Mapping[str, str]) -> DeclaredSubstance:
    unit = cells.get("unit", "").casefold()
    amount = _number("amount", cells.get("amount", ""))
    if unit not in {**GRAMS, **FRACTIONS}:
        known = ", ".join((*GRAMS, *FRACTIONS))
        raise _Misfit("unit", f"The unit is one of {known}.")
    return DeclaredSubstance(
        cas=cells.get("cas", ""),
        name=cells.get("substance") or None,
        mass_g=amount * GRAMS[unit] if unit in GRAMS else None,
        fraction=amount * FRACTIONS[unit] if unit in FRACTIONS else None,
    )


def _number(column: str, text: str) -> float:
    """A number with a point or a comma for decimals and nothing for thousands."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise _Misfit(column, f"'{text[:50]}' is no number.") from None


def _declaration(head: _Head, rows: list[tuple[int, DeclaredSubstance]]) -> Declaration:
    return checked(
        Declaration(
            number=0,
            full=head.full,
            substances=tuple(substance for _, substance in rows),
            unit_mass_g=head.unit_mass_g,
            supplier=head.supplier,
            document=head.document,
            issued=head.issued,
        )
    )


def _row_of(error: InvalidInput, rows: list[tuple[int, DeclaredSubstance]]) -> Place:
    """Where in the table a declaration does not fit: the row of the substance, or the first."""
    pointer = (error.place.pointer if error.place else "") or ""
    _, _, rest = pointer.partition("/substances/")
    place, _, column = rest.partition("/")
    if place.isdecimal():
        return Place(row=rows[int(place)][0], column=column if column == "cas" else "amount")
    return Place(row=rows[0][0])


def _by_row(wrong: tuple[Place, str]) -> int:
    return wrong[0].row or 0
