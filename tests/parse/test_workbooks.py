"""Workbooks: the right sheet, the spreadsheet's own row numbers, numbers as shown."""

import datetime
import zipfile
from contextlib import suppress
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import InvalidInput, NoHeader, NoLines, ScannerError, UnreadableBom
from scanner.parse import parse

HEAD = ["Pos", "Artikelnummer", "Omschrijving", "Aantal"]

MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def workbook(**sheets):
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    dates = book.add_format({"num_format": "dd-mm-yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in rows.items():
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(row - 1, column, cell, dates)
                else:
                    sheet.write(row - 1, column, cell)
    book.close()
    content.seek(0)
    return content


def read(content, *, kind="xlsx", options=None, limits=None):
    stream = parse(
        content, kind, name="x", options=options or ReadOptions(), limits=limits or ReadLimits()
    )
    lines = [line for chunk in stream for line in chunk]
    counts = stream.reading.counts
    assert counts.rows == counts.headers + counts.lines + counts.skipped + counts.problems
    return lines, stream


def test_rows_and_columns_before_the_table_keep_the_numbers_right():
    content = workbook(Blad1={4: ["", "", *HEAD], 6: ["", "", 1, "A-1", "Bout", 4.0]})
    lines, stream = read(content, options=ReadOptions(cells=True))
    assert (lines[0].sheet, lines[0].row) == ("Blad1", 6)
    assert stream.reading.header_row == 4
    assert lines[0].quantity == 4
    assert lines[0].position == "1"
    assert lines[0].cells[0] == ("Pos", "1")


def test_numbers_are_text_as_the_spreadsheet_shows_it():
    rows = {1: HEAD, 2: [1, 1234567890123, "Draad", 0.1 + 0.2], 3: [2, 100.0, "Kabel", 1.234]}
    lines, _ = read(workbook(S=rows))
    assert lines[0].part.number == "1234567890123"
    assert lines[0].quantity == Decimal("0.3")
    assert lines[1].part.number == "100"
    assert lines[1].quantity == Decimal("1.234")


def test_text_with_a_decimal_comma_in_a_workbook():
    lines, _ = read(workbook(S={1: HEAD, 2: [1, "A", "Draad", "0,35 m"]}))
    assert (lines[0].quantity, lines[0].unit) == (Decimal("0.35"), "m")


def test_the_sheet_with_the_list_is_found_and_the_others_named():
    sheets = {
        "Notes": {1: ["Project X"], 2: ["Made by us"]},
        "List": {1: HEAD, 2: [1, "A", "Bout", 2], 3: [2, "B", "Moer", 2]},
        "Prices": {1: ["Artikelnummer", "Prijs"], 2: ["A", 0.2]},
    }
    lines, stream = read(workbook(**sheets))
    assert stream.reading.sheet == "List"
    assert stream.reading.other_sheets == ("Notes", "Prices")
    assert len(lines) == 2


def test_the_caller_chooses_the_sheet():
    sheets = {"One": {1: HEAD, 2: [1, "A", "x", 2]}, "Two": {1: HEAD, 2: [1, "B", "y", 2]}}
    lines, _ = read(workbook(**sheets), options=ReadOptions(sheet="two"))
    assert lines[0].part.number == "B"
    with pytest.raises(InvalidInput) as refused:
        read(workbook(**sheets), options=ReadOptions(sheet="Three"))
    assert "One, Two" in refused.value.advice


def test_a_hidden_sheet_is_not_chosen():
    book = openpyxl.Workbook()
    book.active.title = "Shown"
    for row in (HEAD, [1, "A", "Bout", 2]):
        book.active.append(row)
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    for row in ([*HEAD, "Eenheid"], *[[n, f"B{n}", "Moer", 2, "st"] for n in range(30)]):
        hidden.append(row)
    content = BytesIO()
    book.save(content)
    content.seek(0)
    lines, stream = read(content)
    assert stream.reading.sheet == "Shown"
    assert stream.reading.other_sheets == ("Hidden",)
    assert len(lines) == 1


def test_a_date_made_of_a_part_number_is_reported():
    rows = {1: HEAD, 2: [1, datetime.date(2026, 3, 4), "Bout", 2]}
    lines, stream = read(workbook(S=rows))
    assert lines[0].part.number == "2026-03-04"
    (problem,) = stream.problems
    assert problem.code == "date-in-cell"
    assert (problem.place.sheet, problem.place.row) == ("S", 2)
    assert problem.place.column == "Artikelnummer"


def test_a_workbook_without_cells_says_to_send_the_list():
    with pytest.raises(NoLines) as refused:
        read(workbook(S={}))
    assert "picture" in refused.value.advice
    with pytest.raises(NoLines):
        read(workbook(S={}, T={}))


def test_a_header_without_lines_names_the_sheet():
    with pytest.raises(NoLines) as refused:
        read(workbook(S={3: HEAD}))
    assert (refused.value.place.sheet, refused.value.place.row) == ("S", 3)


def test_cells_without_header_name_the_sheet():
    with pytest.raises(NoHeader) as refused:
        read(workbook(S={1: ["foo", "bar"], 2: [1, 2]}))
    assert refused.value.place.sheet == "S"


def test_a_long_cell_is_cut():
    limits = ReadLimits(max_cell_chars=100)
    lines, stream = read(workbook(S={1: HEAD, 2: [1, "A", "x" * 300, 2]}), limits=limits)
    assert lines[0].part.description == "x" * 100
    assert stream.problems[0].code == "cell-too-long"


@pytest.mark.parametrize("far", [0, 1])
def test_cells_far_apart_are_read_row_by_row(far):
    """The reader that is fast for full sheets asks for room for all cells in between."""
    rows = {1: HEAD, 2: [1, "A", "Bout", 2], 900_000: [2, "B", "Moer", 4]}
    if far:
        rows[3] = ["", "", "", *[""] * 9000, "x"]
    lines, _ = read(workbook(S=rows))
    assert [(line.row, line.part.number) for line in lines] == [(2, "A"), (900_000, "B")]


def test_damaged_workbooks_are_refused():
    with pytest.raises(UnreadableBom):
        read(BytesIO(b"PK\x03\x04 and no more"))
    with pytest.raises(UnreadableBom):
        read(BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), kind="xls")


def test_open_document():
    row = "<table:table-row>{}</table:table-row>"
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="{0}"/>'
    rows = row.format("".join(map(text.format, HEAD))) + row.format(
        number.format(1) + text.format("A-1") + text.format("Magneet NdFeB") + number.format(12)
    )
    xml = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="T">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    content.seek(0)
    lines, stream = read(content, kind="ods")
    assert stream.reading.format == "ods"
    assert (lines[0].part.number, lines[0].quantity) == ("A-1", 12)


SEED = workbook(S={1: HEAD, 2: [1, "A", "Bout", 2], 3: [2, "B", "Moer", 2.5]}).getvalue()


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), max_size=6))
def test_mutated_workbooks_are_read_or_refused(flips):
    content = bytearray(SEED)
    for place, byte in flips:
        content[place] = byte
    with suppress(ScannerError):
        read(BytesIO(bytes(content)))
