"""OpenDocument sheets read element by element, for files that the fast reader refuses."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from scanner.core.errors import BomTooLarge, UnreadableBom
from scanner.parse.markup import Element, read_xml

_MOST_CELLS = 20_000_000
_WIDEST = 16_384

Cell = object


class OpenSheet:
    """One sheet of an OpenDocument file."""

    hidden = False

    def __init__(self, table: Element) -> None:
        self.name = table.attribute("name")
        self._table = table

    def rows(self) -> Iterator[list[Cell]]:
        """All rows from row 1 on; empty ones at the end are left out."""
        waiting = cells = 0
        for row in _rows(self._table):
            found = list(_cells(row))
            repeated = _times(row, "number-rows-repeated")
            if not found:
                waiting += repeated
                continue
            cells += (waiting + repeated) * max(len(found), 1)
            if cells > _MOST_CELLS:
                raise BomTooLarge(
                    "A sheet repeats its rows without end.",
                    advice="Save the list as .csv and send that file.",
                )
            yield from ([] for _ in range(waiting))
            yield from (found for _ in range(repeated))
            waiting = 0


def open_sheets(stream: BinaryIO) -> list[OpenSheet]:
    """The sheets of the document; raises `UnreadableBom`."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            content = archive.read("content.xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise UnreadableBom(
            f"The workbook is damaged ({type(error).__name__}).",
            advice="Open it in the spreadsheet program, save it again, and send that file.",
        ) from error
    root = read_xml(BytesIO(content))
    return [OpenSheet(table) for table in root.all("body", "spreadsheet", "table")]


def _rows(element: Element) -> Iterator[Element]:
    for child in element.children:
        if child.name == "table-row":
            yield child
        elif child.name in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Cell]:
    """The cells up to the last one with text."""
    empty = 0
    for cell in row.children:
        if cell.name not in ("table-cell", "covered-table-cell"):
            continue
        value = _value(cell)
        times = _times(cell, "number-columns-repeated")
        if value == "":
            empty += times
            continue
        if empty + times > _WIDEST:
            raise BomTooLarge(
                "A row repeats its cells without end.",
                advice="Save the list as .csv and send that file.",
            )
        yield from ("" for _ in range(empty))
        yield from (value for _ in range(times))
        empty = 0


def _value(cell: Element) -> Cell:
    """Numbers as numbers, everything else as the text that the sheet shows."""
    if cell.attribute("value-type") in ("float", "percentage", "currency"):
        try:
            return float(cell.attribute("value"))
        except ValueError:
            pass
    return "\n".join(_text(child) for child in cell.children if child.name == "p").strip()


def _text(element: Element) -> str:
    return element.text + "".join(
        " " if child.name == "s" else _text(child) for child in element.children
    )


def _times(element: Element, name: str) -> int:
    text = element.attribute(name)
    return int(text) if text.isdecimal() and len(text) < 10 else 1
