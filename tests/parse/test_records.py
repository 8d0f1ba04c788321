"""JSON lines: our own field names, checked, with a JSON pointer to what is wrong."""

import json
from decimal import Decimal
from io import BytesIO

import pytest

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import (
    BomTooLarge,
    InvalidInput,
    NoLines,
    UnreadableBom,
    UnsupportedType,
)
from scanner.parse import parse, parse_records


def lines_of(records, **options):
    stream = parse_records(records, limits=ReadLimits(**options))
    return [line for chunk in stream for line in chunk], stream


def from_file(document):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    stream = parse(BytesIO(content), "json", name="x", options=ReadOptions(), limits=ReadLimits())
    return [line for chunk in stream for line in chunk], stream


def test_all_fields_arrive():
    lines, stream = lines_of(
        [
            {
                "id": "x-1", "position": 10, "part_number": "A-1", "maker": "Acme",
                "maker_number": "M9", "description": " Magnet ", "quantity": 2.5, "unit": "kg",
                "material": "NdFeB", "finish": "NiCuNi", "cas": "7440-00-8", "origin": "JP",
                "commodity_code": "8505 11", "mass_g": 40, "value": "v", "footprint": "f",
                "designators": ["C1", "C2"], "fitted": True, "remarks": "r",
            }
        ]
    )  # fmt: skip
    (line,) = lines
    assert (line.ref, line.position, line.quantity, line.unit) == (
        "x-1",
        "10",
        Decimal("2.5"),
        "kg",
    )
    assert line.designators == ("C1", "C2")
    assert line.part.description == "Magnet"
    assert line.part.unit_mass_g == 40
    assert line.part.designator_prefix == "C"
    assert ("material", "NdFeB") in line.cells
    assert line.row == 1
    assert stream.reading.format == "json"
    assert stream.reading.counts.rows == 1


def test_quantity_as_text_with_unit():
    lines, _ = lines_of([{"part_number": "A", "quantity": "0,35 m"}])
    assert (lines[0].quantity, lines[0].unit) == (Decimal("0.35"), "m")


def test_small_floats_keep_their_digits():
    lines, _ = lines_of(
        [{"part_number": "A", "quantity": 1e-7}, {"part_number": "B", "quantity": 0.1}]
    )
    assert [line.quantity for line in lines] == [Decimal("0.0000001"), Decimal("0.1")]


def test_bad_lines_are_reported_with_a_pointer_and_kept():
    records = [
        {"part_number": "A"}, {"part_number": "B", "quantity": -1},
        {"part_number": "C", "quantity": 10**12}, {"part_number": "D", "quantity": 4},
    ]  # fmt: skip
    lines, stream = lines_of(records)
    assert [line.quantity for line in lines] == [None, None, None, 4]
    assert [(problem.code, problem.place.pointer) for problem in stream.problems] == [
        ("missing-quantity", "/lines/0/quantity"),
        ("negative-quantity", "/lines/1/quantity"),
        ("absurd-quantity", "/lines/2/quantity"),
    ]


def test_parents_by_id_and_levels():
    lines, stream = lines_of(
        [
            {"id": "a", "part_number": "P", "quantity": 1},
            {"id": "b", "part_number": "Q", "quantity": 1, "parent": "a"},
            {"id": "c", "part_number": "R", "quantity": 1, "parent": "Q"},
            {"id": "d", "part_number": "S", "quantity": 1, "parent": "zz"},
        ]
    )
    assert [line.parent for line in lines] == [None, 0, 1, None]
    assert [problem.code for problem in stream.problems] == ["unknown-parent"]
    lines, _ = lines_of(
        [{"part_number": name, "quantity": 1, "level": n} for n, name in enumerate("AB")]
    )
    assert [line.parent for line in lines] == [None, 0]


@pytest.mark.parametrize(
    ("record", "pointer"),
    [
        ({"partnumber": "A"}, "/lines/0/partnumber"),
        ({"a/b~c": "A"}, "/lines/0/a~1b~0c"),
        ({"part_number": ["A"]}, "/lines/0/part_number"),
        ({"part_number": "A", "quantity": {"n": 1}}, "/lines/0/quantity"),
        ({"part_number": "A", "quantity": True}, "/lines/0/quantity"),
        ({"part_number": "A", "designators": [1]}, "/lines/0/designators"),
        ("A", "/lines/0"),
    ],
)
def test_wrong_keys_and_types(record, pointer):
    with pytest.raises(InvalidInput) as refused:
        lines_of([record])
    assert refused.value.place.pointer == pointer


def test_not_fitted():
    lines, _ = lines_of(
        [{"part_number": "A", "quantity": 1, "fitted": False}, {"value": "10k DNP", "quantity": 1}]
    )
    assert [line.fitted for line in lines] == [False, False]


def test_line_mass_is_shared():
    lines, _ = lines_of([{"part_number": "A", "quantity": 4, "mass_line_g": 10}])
    assert lines[0].part.unit_mass_g == 2.5


def test_designators_count_where_no_quantity_is():
    lines, _ = lines_of([{"value": "1k", "designators": "R1-R3"}])
    assert lines[0].quantity == 3


def test_files():
    record = {"part_number": "A", "quantity": 1}
    assert len(from_file([record])[0]) == 1
    assert len(from_file({"name": "x", "lines": [record, record]})[0]) == 2
    assert from_file(b"\xef\xbb\xbf" + json.dumps([record]).encode())[0][0].quantity == 1


def test_pointer_in_a_bare_list():
    with pytest.raises(InvalidInput) as refused:
        from_file([{"x": 1}])
    assert refused.value.place.pointer == "/0/x"


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (b"[{", UnreadableBom), (b'{"a": NaN}', UnreadableBom), ({"rows": []}, UnreadableBom),
        (b"[" * 100_000, UnreadableBom), ([], NoLines), ({"lines": []}, NoLines),
        ({"bomFormat": "CycloneDX", "components": []}, UnsupportedType), (b"3", UnreadableBom),
    ],
)  # fmt: skip
def test_documents_that_are_no_list(document, error):
    with pytest.raises(error) as refused:
        from_file(document)
    assert refused.value.advice


def test_too_many_lines():
    with pytest.raises(BomTooLarge):
        lines_of([{"part_number": "A"}] * 3, max_lines=2)


def test_newline_delimited_json_is_read():
    lines, stream = from_file(b'{"part_number": "A"}\n\n{"part_number": "B", "quantity": 2}\n')
    assert [line.part.number for line in lines] == ["A", "B"]
    assert lines[1].quantity == Decimal(2)
    assert stream.reading.format == "json"


def test_a_bad_row_of_newline_delimited_json_is_named():
    with pytest.raises(UnreadableBom, match="Row 3") as caught:
        from_file(b'{"part_number": "A"}\n{"part_number": "B"}\n{"part_number" "C"}\n')
    assert caught.value.place.row == 3
