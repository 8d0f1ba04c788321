"""What is wrong with single rows is reported with its place, and costs no other row."""

from decimal import Decimal
from io import BytesIO

import pytest

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.parse import parse

HEAD = "Part number,Description,Qty,Designator\n"


def read(body, *, head=HEAD, limits=None):
    content = body if isinstance(body, bytes) else (head + body).encode()
    stream = parse(
        BytesIO(content), "csv", name="x", options=ReadOptions(), limits=limits or ReadLimits()
    )
    return [line for chunk in stream for line in chunk], stream


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "missing-quantity"),
        ("-", "missing-quantity"),
        ("TBD", "unreadable-quantity"),
        ("2-3", "unreadable-quantity"),
        ("1.2.3", "unreadable-quantity"),
        ("nan", "unreadable-quantity"),
        ("1e999999999", "unreadable-quantity"),
        ("0x10", "unreadable-quantity"),
        ("1e999", "absurd-quantity"),
        ("-4", "negative-quantity"),
        ("−4", "negative-quantity"),
        ("5000000000", "absurd-quantity"),
    ],
)
def test_a_bad_quantity_keeps_the_line_and_its_neighbours(cell, code):
    lines, stream = read(f"A,Bolt,1,\nB,Nut,{cell},\nC,Pin,3,\n")
    assert [line.part.number for line in lines] == ["A", "B", "C"]
    assert [line.quantity for line in lines] == [1, None, 3]
    (problem,) = stream.problems
    assert problem.code == code
    assert (problem.place.row, problem.place.column) == (3, "Qty")
    assert problem.cell == cell
    assert problem.advice
    assert not problem.fatal


@pytest.mark.parametrize(
    ("cell", "quantity", "unit"),
    [
        ("4", "4", None),
        ("4 pcs", "4", "pcs"),
        ("4 pcs.", "4", "pcs"),
        ('"0,35 m"', "0.35", "m"),
        ("2x", "2", None),
        ("x3", "3", None),
        ("3 ×", "3", None),
        ("1.5kg", "1.5", "kg"),
        ("12 m²", "12", "m²"),
        ("1e3", "1000", None),
        ("4.0", "4", None),
        ("+7", "7", None),
        ("0", "0", None),
        ("1 000 000", "1000000", None),
    ],
)
def test_quantities_with_a_unit_in_the_cell(cell, quantity, unit):
    lines, stream = read(f"A,Bolt,{cell},\n")
    assert (str(lines[0].quantity), lines[0].unit) == (quantity, unit)
    assert not stream.problems


def test_a_number_that_may_be_thousands_or_decimals_is_flagged():
    lines, stream = read('A,Bolt,"1,500",\nB,Nut,2,\n')
    assert lines[0].quantity in (Decimal("1500"), Decimal("1.5"))
    assert [problem.code for problem in stream.problems] == ["ambiguous-number"]


def test_designators_that_disagree_with_the_quantity():
    lines, stream = read('A,Res,3,"R1, R2"\nB,Res,2,"R3, R4"\nC,Cap,0,C1\n')
    assert [line.quantity for line in lines] == [3, 2, 0]
    (problem,) = stream.problems
    assert problem.code == "quantity-disagrees"
    assert problem.place.row == 2


def test_a_cell_of_a_million_characters_is_cut_and_reported():
    lines, stream = read(f"A,{'x' * 1_000_000},1,\nB,Nut,2,\n")
    assert [line.quantity for line in lines] == [1, 2]
    assert len(lines[0].part.description) == ReadLimits().max_cell_chars
    (problem,) = stream.problems
    assert problem.code == "cell-too-long"
    assert (problem.place.row, problem.place.column) == (2, "Description")
    assert len(problem.cell) == 200


@pytest.mark.parametrize("after", [3, 150, 6000, 20_000])
def test_a_quotation_mark_that_stays_open_costs_no_line(after):
    rest = "".join(f"P{number},Nut,{number % 9 + 1},\n" for number in range(after))
    lines, stream = read(f'A,Bolt,1,\nB,"Nut,2,\n{rest}')
    assert len(lines) == after + 2
    assert [line.row for line in lines] == list(range(2, after + 4))
    assert lines[-1].part.number == f"P{after - 1}"
    assert "stray-quote" in [problem.code for problem in stream.problems]
    assert stream.problems[0].place.row == 3


def test_rows_after_a_cell_with_line_breaks_keep_their_physical_line():
    lines, stream = read('A,"Bolt\nlong\r\none",1,\nB,Nut,2,\n')
    assert [line.row for line in lines] == [2, 5]
    assert lines[0].part.description == "Bolt\nlong\r\none"
    assert not stream.problems


def test_a_row_with_more_cells_than_the_header():
    lines, stream = read("A,Bolt, zinc plated,4,R1\nB,Nut,2,\n")
    assert len(lines) == 2
    assert "too-many-columns" in [problem.code for problem in stream.problems]


def test_a_row_beyond_the_limit_of_columns_is_counted_as_a_problem():
    lines, stream = read(f"A,Bolt,1,\nB,{',' * 40}x\nC,Pin,3,\n", limits=ReadLimits(max_columns=9))
    assert [line.part.number for line in lines] == ["A", "C"]
    assert stream.reading.counts.problems == 1
    (problem,) = stream.problems
    assert (problem.code, problem.fatal, problem.place.row) == ("row-too-wide", True, 3)


def test_unreadable_mass():
    lines, stream = read("A,1,heavy\nB,2,3.5\n", head="Part number,Qty,Mass [g]\n")
    assert [line.part.unit_mass_g for line in lines] == [None, 3.5]
    assert stream.problems[0].code == "unreadable-mass"
    assert stream.problems[0].place.column == "Mass [g]"


def test_many_problems_of_a_kind_are_counted_beyond_the_first_thousand():
    _, stream = read("A,Bolt,?,\n" * 2500)
    assert len(stream.problems) == 1001
    assert stream.problems[-1].code == "more-problems"
    assert "1500" in stream.problems[-1].detail


def test_a_damaged_byte_does_not_turn_utf8_into_a_code_page():
    body = "A,Kondensator 10 µF,1,\n" * 20
    content = (HEAD + body).encode() + b"B,Bolt \xff,2,\n"
    lines, stream = read(content)
    assert lines[0].part.description == "Kondensator 10 µF"
    assert stream.reading.encoding == "utf-8"
    assert [problem.code for problem in stream.problems] == ["damaged-text"]
    assert stream.problems[0].place.row == 22


def test_a_long_cell_beyond_the_last_column_is_reported_without_a_name():
    limits = ReadLimits(max_columns=5, max_cell_chars=50)
    _, stream = read(f"A,Bolt,1,,,,,,{'x' * 90}\nB,Nut,2,\n", limits=limits)
    assert [problem.code for problem in stream.problems] == ["cell-too-long", "row-too-wide"]
