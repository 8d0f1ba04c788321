"""What is stored of lines comes back to the letter, few at a time or all at once."""

from decimal import Decimal
from pathlib import Path

import pytest

from scanner import pipeline
from scanner.core.bom import Line, Part
from scanner.core.composition import Composition, MassGap
from scanner.core.evidence import Recognition, RecognitionState
from scanner.core.scan import LineAmount, ScannedPart
from scanner.services.line_blocks import LineBlock, pack_amounts, pack_lines
from scanner.store import lines as rows

SAMPLES = sorted((Path(__file__).parents[2] / "bom_samples").glob("*/bom.*"))
PART = ScannedPart("own:1", "f", Part(), Recognition(RecognitionState.UNRECOGNISED), Composition())


def block_of(lines, amounts, *, first=0):
    body = pack_lines(lines, list(range(len(lines))))
    return LineBlock.of(rows.Block(first, body, pack_amounts(amounts)))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_lines_come_back_as_they_were(path, engine):
    scan = pipeline.scan_file(path, engine)
    block = block_of([one.line for one in scan.lines], scan.amounts)
    assert len(block.indexes) == len(scan.lines)
    for index, (one, amount) in enumerate(zip(scan.lines, scan.amounts, strict=True)):
        found, brings = block.line(index, one.part)
        assert brings == amount
        for name in set(Line.__slots__) - {"cells"}:
            assert getattr(found.line, name) == getattr(one.line, name), name


def test_every_digit_and_every_gap_comes_back():
    lines = [
        Line(7, 9, Part(), Decimal("4.00"), "m", "Blatt 'µ'", "1.1", None, 2, ("R1",), False, "id"),
        Line(8, 12, Part(), None),
    ]
    amounts = [LineAmount(0.1, None, True), LineAmount(None, MassGap.NO_QUANTITY, False)]
    block = block_of(lines, amounts, first=7)
    assert [block.line(n, PART) for n in block.indexes] == [
        (pipeline.ScannedLine(line, PART), amount)
        for line, amount in zip(lines, amounts, strict=True)
    ]
    assert str(block.line(7, PART)[0].line.quantity) == "4.00"
    assert [block.number(n) for n in block.indexes] == [0, 1]


def test_unfitted_lines_assemblies_and_lines_that_are_there_0_times_do_not_count():
    lines = [Line(n, n, Part(), None, fitted=n != 1) for n in range(6)]
    amounts = [LineAmount(1.0, None, n == 2) for n in range(4)]
    amounts += [LineAmount(0.0, None, False), LineAmount(None, MassGap.NO_QUANTITY, False)]
    assert list(block_of(lines, amounts).counted()) == [0, 3, 5]


def test_a_character_that_one_database_cannot_hold_is_replaced_on_both():
    lines = [Line(0, 1, Part(), None, position="a\0b"), Line(1, 2, Part(), None)]
    block = block_of(lines, [LineAmount(1.0, None, False)] * 2)
    assert [block.line(n, PART)[0].line.position for n in (0, 1)] == ["a\ufffdb", None]
