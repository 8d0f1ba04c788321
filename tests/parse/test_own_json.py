"""Our own JSON: what is written is read back to the same BOM, and fits the published schema."""

from dataclasses import replace
from decimal import Decimal

import jsonschema
import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.api.upload_body import BOM_SCHEMA
from scanner.core.bom import Line, Part, Price, ReadLimits
from scanner.parse import Tree, parse_records, record_of

TEXT = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20
).map(str.strip).filter(bool)  # fmt: skip
SAID = st.none() | TEXT.filter(lambda text: "dn" not in text.casefold())
NAMES = st.lists(
    st.from_regex(r"\A[A-Z]{1,3}[0-9]{1,3}[a-c]?\Z") | st.sampled_from(["R1-R9", "J1-2", "?"]),
    max_size=4,
)
PARTS = st.builds(
    Part, number=SAID, maker=SAID, maker_number=SAID, description=SAID, value=SAID,
    footprint=SAID, material=SAID, finish=SAID, cas=SAID, commodity_code=SAID, origin=SAID,
    unit_mass_g=st.none() | st.floats(1e-9, 1e9),
)  # fmt: skip
PRICES = st.none() | st.builds(
    Price,
    st.decimals("0.0001", 10**6, places=4, allow_nan=False),
    st.sampled_from([1, 10, 100, 1000]).map(Decimal),
    st.sampled_from([None, "EUR", "USD"]),
)  # fmt: skip
QUANTITIES = st.none() | st.decimals(0, 10**9, places=6, allow_nan=False)
ROWS = st.lists(
    st.tuples(PARTS, QUANTITIES, SAID, NAMES, st.booleans(), SAID, st.integers(0, 9), PRICES),
    min_size=1,
    max_size=12,
)


@st.composite
def boms(draw):
    """Lines as a reader makes them: a parent is any other line, or what the levels say."""
    rows = draw(ROWS)
    kind = draw(st.sampled_from(["flat", "levels", "parents", "both"]))
    found = []
    for index, (part, quantity, unit, names, fitted, position, draught, price) in enumerate(rows):
        above = None
        if kind in ("parents", "both") and index and draught:
            above = draught % index
        level = None
        if kind in ("levels", "both"):
            level = 0 if not index else min(draught, 1 + found[-1].level)
        if kind == "levels" and level:
            above = max(one.index for one in found if one.level == level - 1)
        ref = position if kind == "both" else None
        found.append(
            Line(
                index, index + 1, part, quantity, unit=unit, position=position, parent=above,
                level=level, designators=tuple(names), fitted=fitted, ref=ref, price=price,
            )
        )  # fmt: skip
    # As a reader would have read the cell: ranges are written out, the letters are kept.
    text = [{"designators": list(line.designators), "description": "x"} for line in found]
    read = [line for chunk in parse_records(text, limits=ReadLimits()) for line in chunk]
    return [
        replace(
            line,
            designators=again.designators,
            part=replace(line.part, designator_prefix=again.part.designator_prefix),
        )
        for line, again in zip(found, read, strict=True)
    ]


def document(lines):
    tree = Tree()
    tree.take(lines)
    tree.settle(deepest=64)
    return orjson.loads(orjson.dumps([record_of(line, tree) for line in lines]))


@settings(deadline=None, max_examples=150)
@given(boms())
def test_what_is_written_is_read_back(lines):
    records = document(lines)
    jsonschema.validate({"lines": records}, BOM_SCHEMA)
    again = [line for chunk in parse_records(records, limits=ReadLimits()) for line in chunk]
    for line, copy in zip(lines, again, strict=True):
        kept = {"cells": (), "ref": None, "level": None}
        assert replace(copy, **kept) == replace(line, **kept)
        assert copy.level in (line.level, None)
        if line.ref is not None and len({one.ref for one in lines if one.ref}) == len(
            [one for one in lines if one.ref]
        ):
            assert copy.ref == line.ref


def test_levels_are_kept_where_they_tell_the_tree():
    part = Part(number="A")
    lines = [
        Line(0, 1, part, Decimal(1), level=0),
        Line(1, 2, part, Decimal(2), level=1, parent=0),
        Line(2, 3, part, None, level=1, parent=0, designators=("C1", "C2")),
    ]
    assert document(lines) == [
        {"level": 0, "part_number": "A", "quantity": "1"},
        {"level": 1, "part_number": "A", "quantity": "2"},
        {"level": 1, "part_number": "A", "quantity": "n/a", "designators": ["C1", "C2"]},
    ]


def test_the_total_of_a_line_is_written_as_one():
    seven = Price(Decimal("9.99"), Decimal(7), "EUR")
    line = Line(0, 1, Part(number="A"), Decimal(7), price=seven)
    (record,) = document([line])
    assert (record["price_line"], record["currency"]) == ("9.99", "EUR")
    ((again,),) = parse_records([record], limits=ReadLimits())
    assert again.price == seven


def test_the_schema_refuses_what_the_service_refuses():
    valid = jsonschema.Draft202012Validator(BOM_SCHEMA)
    jsonschema.Draft202012Validator.check_schema(BOM_SCHEMA)
    assert valid.is_valid({"name": "Pump", "lines": [{"description": "Magnet", "quantity": 2}]})
    for wrong in ({}, {"lines": []}, {"lines": [{"colour": "red"}]}, {"lines": [7]}):
        assert not valid.is_valid(wrong)
