"""Workbooks: the sheet that holds the list, and its rows as text."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import BinaryIO, Protocol, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import (
    EncryptedWorkbook,
    InvalidInput,
    NoLines,
    Place,
    UnreadableBom,
    UnsupportedType,
)
from scanner.parse.header import score
from scanner.parse.memo import Memo
from scanner.parse.model import CHUNK_LINES, Block, Note
from scanner.parse.opendocument import open_sheets
from scanner.parse.shapes import find_remembered

_SMELTERS = frozenset(["declaration", "smelter list"])
"""Sheets that the templates of the Responsible Minerals Initiative have."""

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
"""What the standard library says of a damaged archive."""

_HEAD = 60
_SURE = 1_000
"""How much a header of a remembered shape is worth: more than any other."""

_BOX = 20_000_000
"""A sheet whose corner cells span more cells than this, nearly all empty, is read row by row:
the fast reader would ask for memory for all of them."""

_SPARSE = 50
_WIDE = re.compile(rb'r="([A-Z]{2,3})\d')
_ROW_NUMBER = re.compile(rb'\br="(\d{1,9})"')

_CHUNK = 1 << 20

Cell = object


class _Sheet(Protocol):
    name: str
    hidden: bool

    def rows(self) -> Iterator[list[Cell]]:
        """All rows from row 1 on, empty ones too."""


class WorkbookTable:
    """The rows of one sheet: the one asked for, else the one that looks most like a list."""

    encoding: str | None = None
    delimiter: str | None = None

    def __init__(
        self, stream: BinaryIO, kind: str, options: ReadOptions, limits: ReadLimits
    ) -> None:
        self.format = kind
        self._limits = limits
        self._numbers = Memo(_number)
        sheets = _open(stream, kind)
        chosen = _choose(sheets, kind, options)
        self.sheet: str | None = chosen.name
        self.other_sheets = tuple(sheet.name for sheet in sheets if sheet.name != chosen.name)
        self._chosen = chosen

    def blocks(self) -> Iterator[Block]:
        """All rows of the sheet in blocks, numbered as the spreadsheet shows them."""
        rows = self._chosen.rows()
        number = 1
        while batch := list(islice(rows, CHUNK_LINES)):
            notes: list[Note] = []
            if len(set(map(len, batch))) == 1:
                texts: list[tuple[str, ...]] = list(
                    zip(*self._columns(batch, number, notes), strict=True)
                )
            else:
                # Rows of a sheet read row by row may be of any width.
                texts = [
                    tuple(column[0] for column in self._columns([row], number + at, notes))
                    for at, row in enumerate(batch)
                ]
            texts = texts or [()] * len(batch)
            yield Block(range(number, number + len(batch)), texts, notes)
            number += len(batch)

    def _columns(
        self, batch: Sequence[Sequence[Cell]], number: int, notes: list[Note]
    ) -> Iterator[Sequence[str]]:
        """The rows as columns of text; `number` is that of the first row."""
        numbers, longest = self._numbers, self._limits.max_cell_chars
        for index, column in enumerate(zip(*batch, strict=True)):
            kinds = set(map(type, column))
            texts = cast("Sequence[str]", column)
            if not kinds <= {str, float}:
                texts = [
                    self._odd(cell, number + at, index, notes) for at, cell in enumerate(column)
                ]
            elif kinds != {str}:
                texts = [
                    cell if cell.__class__ is str else numbers[cast("float", cell)]
                    for cell in column
                ]
            if max(map(len, texts)) > longest:
                texts = self._cut(texts, number, index, notes)
            yield texts

    def _cut(
        self, texts: Sequence[str], number: int, index: int, notes: list[Note]
    ) -> Sequence[str]:
        longest = self._limits.max_cell_chars
        for at, text in enumerate(texts):
            if len(text) > longest:
                notes.append(Note("cell-too-long", number + at, index, text[:200]))
        return [text[:longest] for text in texts]

    @staticmethod
    def _odd(cell: Cell, number: int, column: int, notes: list[Note]) -> str:
        text = _text(cell)
        if isinstance(cell, date):
            notes.append(Note("date-in-cell", number, column, text))
        return text


def _text(cell: Cell) -> str:
    """A cell as the spreadsheet shows it in its plain format: 1.0 is `1`, a date is ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, str | int | timedelta) else ""


def _number(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def _choose(sheets: Sequence[_Sheet], kind: str, options: ReadOptions) -> _Sheet:
    if options.sheet is not None:
        for sheet in sheets:
            if sheet.name.strip().casefold() == options.sheet.strip().casefold():
                return sheet
        raise InvalidInput(
            f"The workbook has no sheet '{options.sheet}'.",
            advice=f"Its sheets are: {', '.join(sheet.name for sheet in sheets)}.",
            place=Place(pointer="/sheet"),
        )
    if len(sheets) == 1:
        return sheets[0]
    if {sheet.name.strip().casefold() for sheet in sheets} >= _SMELTERS:
        raise UnsupportedType(
            "The workbook reports smelters and refiners (CMRT or EMRT), and is no list of parts.",
            advice="Send the bill of materials itself; such reports are not read.",
        )
    best: _Sheet | None = None
    best_worth = -1.0
    for sheet in sorted(sheets, key=lambda sheet: sheet.hidden):
        if sheet.hidden and best is not None:
            break
        head = [[_text(cell) for cell in row] for row in islice(sheet.rows(), _HEAD)]
        filled = sum(any(row) for row in head)
        worth = score(head, options) + filled / (2 * _HEAD) if filled else -1.0
        if find_remembered(head, options, kind) is not None:
            worth += _SURE
        if worth > best_worth:
            best, best_worth = sheet, worth
    if best is None:
        raise _no_cells()
    return best


class _Loaded:
    """A sheet in the fast reader's memory."""

    def __init__(self, book: CalamineWorkbook, name: str, *, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self._book = book
        self._sheet: CalamineSheet | None = None

    def rows(self) -> Iterator[list[Cell]]:
        try:
            sheet = self._sheet = self._sheet or self._book.get_sheet_by_name(self.name)
        except CalamineError as error:
            raise _refusal(error) from error
        if sheet.start is None:
            return
        left: list[Cell] = [""] * sheet.start[1]
        for row in sheet.iter_rows():
            yield [*left, *row] if left else cast("list[Cell]", row)


class _Streamed:
    """A sheet read row by row, for workbooks whose cells lie far apart."""

    def __init__(self, stream: BinaryIO, name: str, *, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self._stream = stream

    def rows(self) -> Iterator[list[Cell]]:
        # Slow to import, and rarely needed.
        from openpyxl import load_workbook  # noqa: PLC0415

        try:
            book = load_workbook(self._stream, read_only=True, data_only=True)
            sheet = book[self.name]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield list(row)
        except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
            raise _refusal(error) from error


def _open(stream: BinaryIO, kind: str) -> list[_Sheet]:
    """The sheets of the workbook that can hold cells."""
    sparse = kind == "xlsx" and _has_sparse_sheet(stream)
    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
    except CalamineError as error:
        if kind == "ods":
            return list(open_sheets(stream))
        raise _refusal(error) from error
    sheets: list[_Sheet] = []
    for data in book.sheets_metadata:
        if data.typ != SheetTypeEnum.WorkSheet:
            continue
        hidden = data.visible != SheetVisibleEnum.Visible
        sheets.append(
            _Streamed(stream, data.name, hidden=hidden)
            if sparse
            else _Loaded(book, data.name, hidden=hidden)
        )
    if not sheets:
        raise _no_cells()
    return sheets


def _no_cells() -> NoLines:
    return NoLines(
        "No sheet of the workbook holds cells with text.",
        advice="Send the list itself as a table, not as a picture or a chart.",
    )


def _refusal(error: Exception) -> UnreadableBom:
    if "password" in f"{type(error).__name__} {error}".casefold():
        return EncryptedWorkbook(
            "The workbook is protected by a password.",
            advice="Remove the password in the spreadsheet program and save it again.",
        )
    return UnreadableBom(
        f"The workbook is damaged or written in an unusual way ({str(error)[:200]}).",
        advice="Open it in the spreadsheet program, save it again as .xlsx or .csv, and send that.",
    )


def _has_sparse_sheet(stream: BinaryIO) -> bool:
    """Whether a sheet spans very many cells and fills hardly any of them."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            return any(_is_sparse(archive, name) for name in sheets if name.endswith(".xml"))
    except _DAMAGE as error:
        raise _refusal(error) from error


def _is_sparse(archive: zipfile.ZipFile, name: str) -> bool:
    last_row = cells = rows = 0
    widest = b"Z"
    tail = b""
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            text = tail + chunk
            cells += chunk.count(b"<c ")
            rows += chunk.count(b"<row")
            widest = max(
                {widest, *_WIDE.findall(text)}, key=lambda letters: (len(letters), letters)
            )
            # The highest row stands last in what spreadsheets write; a file that lies about
            # this harms only the isolated process.
            at = text.rfind(b"<row ")
            number = _ROW_NUMBER.search(text, at, at + 200) if at >= 0 else None
            last_row = max(last_row, int(number[1]) if number else 0)
            tail = text[-200:]
    width = 0
    for letter in widest.decode("ascii"):
        width = width * 26 + ord(letter) - 64
    box = max(last_row, rows) * width
    return box > _BOX and box > _SPARSE * cells
