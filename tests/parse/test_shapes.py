"""Columns that are remembered by the shape of a table."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import NoHeader
from scanner.parse import parse

ODD = b"Zaak;Hoeveel;Soort\nAs 1.4462;2;staal\nWaaier;1;brons\n"
RIGHT = {"Zaak": "description", "Hoeveel": "quantity", "Soort": "material"}


def read(data, kind="csv", **options):
    stream = parse(
        BytesIO(data), kind, name="x", options=ReadOptions(**options), limits=ReadLimits()
    )
    lines = [line for chunk in stream for line in chunk]
    return lines, stream.reading


def fields(reading):
    return {column.heading: column.field for column in reading.columns}


def workbook(*sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_file_that_could_not_be_read_is_read_by_what_is_remembered():
    with pytest.raises(NoHeader):
        read(ODD)
    _, first = read(ODD, columns=RIGHT)
    lines, again = read(ODD, remembered={first.shape: RIGHT})
    assert fields(again) == RIGHT
    assert (again.shape, again.remembered, first.remembered) == (first.shape, True, False)
    assert [str(line.quantity) for line in lines] == ["2", "1"]


def test_rows_above_the_headings_and_other_lines_make_no_other_shape():
    _, first = read(ODD, columns=RIGHT)
    later = b"Export van 3 mei;;\n;;\nZAAK ;hoeveel;Soort.\nMoer;12;staal\n"
    lines, again = read(later, remembered={first.shape: RIGHT})
    assert (again.header_row, again.remembered, len(lines)) == (3, True, 1)
    assert lines[0].part.description == "Moer"


@pytest.mark.parametrize(
    "other",
    [
        b"Zaak;Soort;Hoeveel\nMoer;staal;1\n",
        b"Zaak;Hoeveel\nMoer;1\n",
        b"Zaak;Hoeveel;Prijs\nMoer;1;2\n",
    ],
    ids=["order", "fewer", "renamed"],
)
def test_other_headings_are_another_shape(other):
    _, first = read(ODD, columns=RIGHT)
    with pytest.raises(NoHeader):
        read(other, remembered={first.shape: RIGHT})


def test_what_the_caller_fixes_now_goes_before_what_is_remembered():
    _, first = read(ODD, columns=RIGHT)
    now = {"Zaak": "part_number", "Hoeveel": "quantity"}
    _, again = read(ODD, columns=now, remembered={first.shape: RIGHT})
    assert fields(again) == {**now, "Soort": None} or fields(again)["Zaak"] == "part_number"
    assert not again.remembered


def test_the_sheet_of_a_remembered_shape_is_found_before_one_that_looks_like_a_list():
    list_like = [["Part number", "Description", "Quantity"], ["A-1", "Shaft", 2]]
    odd = [["Zaak", "Hoeveel", "Soort"], ["Moer", 12, "staal"]]
    book = workbook(("Stock", list_like), ("Lijst", odd))
    _, first = read(book, "xlsx", sheet="Lijst", columns=RIGHT)
    _, plain = read(book, "xlsx")
    _, again = read(book, "xlsx", remembered={first.shape: RIGHT})
    assert (plain.sheet, again.sheet) == ("Stock", "Lijst")


def test_a_kind_of_file_has_shapes_of_its_own():
    _, text = read(ODD, columns=RIGHT)
    rows = [row.split(";") for row in ODD.decode().splitlines()]
    _, book = read(workbook(("Lijst", rows)), "xlsx", columns=RIGHT)
    assert text.shape != book.shape


def test_columns_without_a_row_of_headings_have_no_shape():
    _, reading = read(b"Moer;12\nBout;3\n", columns={"A": "description", "B": "quantity"})
    assert (reading.header_row, reading.shape) == (None, None)


def test_headings_in_two_rows_count_together():
    rows = b"Onderdeel;;Aantal\n;Zaak;\nA-1;Moer;12\nA-2;Bout;4\n"
    columns = {"C": "quantity", "B": "description"}
    _, first = read(rows, columns=columns)
    _, again = read(rows, remembered={first.shape: columns})
    assert fields(again) == fields(first)


def test_a_chosen_column_goes_before_one_that_is_recognised():
    data = b"Description;Qty;Bestelcode\nShaft;2;As lang\n"
    lines, _ = read(data, columns={"Bestelcode": "description"})
    assert lines[0].part.description == "As lang"
