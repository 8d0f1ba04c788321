"""Reading the tables of a release into typed rows, and saying what is wrong with them."""

import csv
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from scanner.knowledge import columns
from scanner.knowledge.columns import Table
from scanner.knowledge.schema import TABLES

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a release: the file, row (as an editor counts), column and rule."""

    table: str
    row: int | None
    column: str | None
    value: str
    rule: str

    def __str__(self) -> str:
        """The problem as one line of text."""
        place = f"{self.table}.csv"
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.rule} (found {self.value!r})"


class Tables:
    """All rows of a release, by row class, with the numbers of their rows in the file."""

    def __init__(self, content: Mapping[type[Any], tuple[tuple[int, Any], ...]]) -> None:
        self._content = content

    def of(self, row: type[Row]) -> Iterator[Row]:
        """The rows of one class in file order."""
        for _, item in self._content.get(row, ()):
            yield item

    def numbered(self, row: type[Row]) -> Iterator[tuple[int, Row]]:
        """The rows of one class with their row numbers in the file."""
        yield from self._content.get(row, ())

    def keeping(self, row: type[Row], wanted: Callable[[Row], bool]) -> "Tables":
        """The same tables, of one class only with the rows that are wanted."""
        kept = tuple((number, item) for number, item in self.numbered(row) if wanted(item))
        return Tables({**self._content, row: kept})

    def counts(self) -> dict[str, int]:
        """The number of rows per table."""
        return {table.name: len(self._content.get(table.row, ())) for table in TABLES}


def read(folder: Path) -> tuple[Tables, list[Problem]]:
    """All tables of the release in `folder`, and the cells that do not fit their column.

    A row with a cell that does not fit is left out of the tables and reported.
    """
    content: dict[type[Any], tuple[tuple[int, Any], ...]] = {}
    problems: list[Problem] = []
    for table in TABLES:
        rows, found = _read_table(folder, table)
        content[table.row] = rows
        problems += found
    return Tables(content), problems


def _read_table(folder: Path, table: Table) -> tuple[tuple[tuple[int, Any], ...], list[Problem]]:
    path = folder / f"{table.name}.csv"
    if not path.is_file():
        return (), [Problem(table.name, None, None, "", "the table is missing")]
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        headings = tuple(next(reader, ()))
        if headings != table.columns:
            rule = f"the headings must be {','.join(table.columns)}"
            return (), [Problem(table.name, 1, None, ",".join(headings), rule)]
        return _read_rows(reader, table)


def _read_rows(
    reader: Iterator[list[str]], table: Table
) -> tuple[tuple[tuple[int, Any], ...], list[Problem]]:
    converters = _converters(table.row)
    rows: list[tuple[int, Any]] = []
    problems: list[Problem] = []
    for number, cells in enumerate(reader, start=2):
        if len(cells) != len(converters):
            rule = f"the row must have {len(converters)} cells"
            problems.append(Problem(table.name, number, None, str(len(cells)), rule))
            continue
        values: list[object] = []
        for name, convert, cell in zip(table.columns, converters, cells, strict=True):
            try:
                values.append(convert(cell))
            except ValueError as error:
                problems.append(Problem(table.name, number, name, cell, str(error)))
        if len(values) == len(cells):
            rows.append((number, table.row(*values)))
    return tuple(rows), problems


def _converters(row: type[Any]) -> tuple[Callable[[str], object], ...]:
    return tuple(_converter(cell) for cell in columns.cell_types(row).values())


def _converter(column: columns.CellType) -> Callable[[str], object]:
    """How a cell becomes a value of its column; the function raises `ValueError`."""
    kinds: dict[type[Any], Callable[[str], object]] = {
        str: _text,
        float: _number,
        int: _integer,
        bool: _flag,
    }
    convert = _choice(column.kind) if issubclass(column.kind, StrEnum) else kinds[column.kind]
    if column.optional:
        return lambda cell: None if cell == "" else convert(cell)
    return convert


def _text(cell: str) -> str:
    if cell == "":
        raise ValueError("a value is required")
    if cell != cell.strip():
        raise ValueError("no white space around the value")
    return cell


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise ValueError("must be a number") from None
    if not math.isfinite(value):
        raise ValueError("must be a finite number")
    return value


def _integer(cell: str) -> int:
    if not cell.isdecimal():
        raise ValueError("must be a whole number")
    return int(cell)


def _flag(cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise ValueError("must be yes or no")
    return cell == "yes"


def _choice(kind: type[StrEnum]) -> Callable[[str], object]:
    choices = {member.value: member for member in kind}

    def convert(cell: str) -> object:
        if cell not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return choices[cell]

    return convert
