"""Who belongs to whom: levels, outlines and parent columns."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.parse import parse
from scanner.parse.tree import Levels


def tree_of(text):
    stream = parse(
        BytesIO(text.encode()), "csv", name="x", options=ReadOptions(), limits=ReadLimits()
    )
    lines = [line for chunk in stream for line in chunk]
    return [line.parent for line in lines], [problem.code for problem in stream.problems], lines


@pytest.mark.parametrize(
    "levels",
    [
        ("0", "1", "2", "1"),
        ("1", "2", "3", "2"),
        (".1", "..2", "...3", "..2"),
        ("1.0", "2.0", "3.0", "2.0"),
    ],
)
def test_depths(levels):
    rows = "".join(f"{level},P{at},1\n" for at, level in enumerate(levels))
    parents, problems, lines = tree_of("Level,Part number,Qty\n" + rows)
    assert parents == [None, 0, 1, 0]
    assert not problems
    assert lines[2].level == lines[1].level + 1


def test_several_roots():
    parents, problems, _ = tree_of("Niveau;Artikelnr;Aantal\n0;A;1\n1;B;1\n0;C;1\n1;D;1\n")
    assert parents == [None, 0, None, 2]
    assert not problems


@pytest.mark.parametrize("heading", ["Level", "Pos.", "Item no."])
def test_dotted_outlines(heading):
    text = f"{heading},Part number,Qty\n1,A,1\n1.1,B,1\n1.1.1,C,1\n1.2,D,1\n2,E,1\n2.1,F,1\n"
    parents, problems, _ = tree_of(text)
    assert parents == [None, 0, 1, 0, None, 4]
    assert not problems


def test_outlines_that_a_spreadsheet_made_numbers():
    outlines = ["3", *(f"3.{n}" for n in range(1, 10)), "3.1", "3.10.1"]
    rows = "".join(f"{outline},P{at},1\n" for at, outline in enumerate(outlines))
    parents, _, _ = tree_of("Level,Part number,Qty\n" + rows)
    assert parents[-2:] == [0, 10]


def test_a_level_that_jumps_is_reported_and_hangs_on_the_nearest():
    parents, problems, _ = tree_of("Level,Part number,Qty\n0,A,1\n2,B,1\n1,C,1\nx,D,1\n")
    assert parents == [None, 0, 0, None]
    assert problems == ["broken-level", "unreadable-level"]


def test_positions_in_tens_are_no_tree():
    parents, _, lines = tree_of("Pos,Part number,Qty\n10,A,1\n20,B,1\n30,C,1\n")
    assert parents == [None] * 3
    assert lines[0].level is None


def test_parents_by_part_number_also_below_their_children():
    parents, problems, _ = tree_of(
        "Part number,Parent,Qty\nBOLT,MOTOR,4\nMOTOR,BIKE,1\nBIKE,,1\nROTOR,MOTOR,1\n"
    )
    assert parents == [1, 2, None, 1]
    assert not problems


def test_parents_by_position():
    parents, problems, _ = tree_of("Pos,Part number,Parent,Qty\n1,A,,1\n2,B,1,4\n3,C,2,4\n")
    assert parents == [None, 0, 1]
    assert not problems


def test_a_parent_that_is_the_product_itself():
    parents, problems, _ = tree_of("Part number,Parent,Qty\nA,BIKE,4\nB,A,1\nC,BIKE,1\n")
    assert parents == [None, 0, None]
    assert not problems


def test_an_unknown_parent_is_reported():
    parents, problems, _ = tree_of("Part number,Parent,Qty\nA,,4\nB,A,1\nC,ZZ,1\n")
    assert parents == [None, 0, None]
    assert problems == ["unknown-parent"]


def test_of_several_lines_with_the_name_the_one_above_is_meant():
    parents, _, _ = tree_of("Part number,Parent,Qty\nA,,1\nS,A,1\nX,S,1\nS,A,2\nY,S,1\n")
    assert parents == [None, 0, 1, 0, 3]


@given(st.lists(st.integers(0, 70).map(str) | st.text(max_size=6), max_size=60))
def test_a_parent_by_level_always_stands_above_and_is_shallower(texts):
    levels = Levels(outlines=False, deepest=64)
    found, parents, wrong = levels.place(texts, 0)
    for index, (level, parent) in enumerate(zip(found, parents, strict=True)):
        if parent is not None:
            assert parent < index
            assert found[parent] < level
        assert level is not None or wrong[index] == "unreadable-level"
