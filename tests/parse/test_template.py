"""The empty BOM that we hand out, filled in, is read back to what was typed."""

import csv
import io
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.parse import parse
from scanner.parse.headings import recognise
from scanner.parse.template import FIELDS, HEADINGS, as_csv, as_workbook

LANGUAGES = sorted(HEADINGS)
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=3, max_size=20).map(str.strip)
NAMES = WORDS.filter(lambda text: len(text) > 2)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "part_number": st.integers(1, 9999).map(lambda number: f"A-{number:05d}"),
            "description": NAMES.map(lambda text: f"Deel {text}"),
            "quantity": st.integers(1, 10_000).map(str),
            "unit": st.sampled_from(["st", "kg", "m"]),
            "material": st.sampled_from(["1.4404", "EN AW-6082", "S235JR"]),
            "mass_g": st.integers(1, 5000).map(str),
            "origin": st.sampled_from(["NL", "CN", "DE"]),
        }
    ),
    min_size=1,
    max_size=12,
)


def cells(row):
    return [row.get(field, "") for field in FIELDS]


def read(content, kind):
    stream = parse(BytesIO(content), kind, name="x", options=ReadOptions(), limits=ReadLimits())
    lines = [line for chunk in stream for line in chunk]
    return lines, stream


def as_typed(lines):
    return [
        {
            "part_number": line.part.number,
            "description": line.part.description,
            "quantity": str(line.quantity),
            "unit": line.unit,
            "material": line.part.material,
            "mass_g": str(Decimal(line.part.unit_mass_g).quantize(Decimal(1))),
            "origin": line.part.origin,
        }
        for line in lines
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_known_without_its_cells(language):
    for field, heading in zip(FIELDS, HEADINGS[language], strict=True):
        known = recognise(heading)
        assert known.field == field
        assert known.confidence >= 0.9


@settings(deadline=None, max_examples=60)
@given(rows=ROWS, language=st.sampled_from(LANGUAGES))
def test_filled_in_csv_is_read_back(rows, language):
    empty = as_csv(language).decode("utf-8-sig")
    text = io.StringIO(newline="")
    delimiter = "," if language == "en" else ";"
    csv.writer(text, delimiter=delimiter).writerows(map(cells, rows))
    lines, stream = read((empty + text.getvalue()).encode(), "csv")
    assert as_typed(lines) == rows
    assert not stream.problems


@settings(deadline=None, max_examples=25)
@given(rows=ROWS, language=st.sampled_from(LANGUAGES))
def test_filled_in_workbook_is_read_back(rows, language):
    book = load_workbook(BytesIO(as_workbook(language)))
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(cells(row))
    out = BytesIO()
    book.save(out)
    lines, stream = read(out.getvalue(), "xlsx")
    assert as_typed(lines) == rows
    assert not stream.problems


def test_levels_that_nobody_fills_in_are_no_problem_and_others_are():
    head = as_csv("nl").decode("utf-8-sig")
    flat, stream = read(f"{head}1;;A-1;As;2\r\n2;;A-2;Bus;1\r\n".encode(), "csv")
    assert [line.level for line in flat] == [None, None]
    assert not stream.problems
    deep, stream = read(f"{head}1;0;A-1;Pomp;1\r\n2;1;A-2;As;1\r\n3;;A-3;Bus;1\r\n".encode(), "csv")
    assert [line.level for line in deep][:2] == [0, 1]
    assert [problem.code for problem in stream.problems] == ["unreadable-level"]


def test_cells_of_the_workbook_keep_what_is_typed():
    sheet = load_workbook(BytesIO(as_workbook("nl"))).worksheets[0]
    assert sheet.column_dimensions["C"].number_format == "@"
    assert sheet.freeze_panes == "A2"
