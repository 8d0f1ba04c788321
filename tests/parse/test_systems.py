"""Tables as 40 systems export them (written after their layouts), each read without a hint.

`systems.txt` holds them: a name, the table, and below `--` what each line is: number (or, behind
`~`, the beginning of the description), quantity, and the index of its parent.
"""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.parse import parse

_BLOCKS = Path(__file__).with_name("systems.txt").read_text().removeprefix("== ").split("\n== ")
SYSTEMS = {block.partition("\n")[0]: block.partition("\n")[2] for block in _BLOCKS}
TOLD = {"SAP CS11 German": ["ambiguous-number"]}
"""`1,000` may be one, or a thousand: the file does not say, and the reader says so."""


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_table_of_a_system(system):
    table, expected = SYSTEMS[system].split("--\n")
    stream = parse(
        BytesIO(table.encode()), "csv", name="x", options=ReadOptions(), limits=ReadLimits()
    )
    lines = [line for chunk in stream for line in chunk]
    wanted = [row.split("|") for row in expected.strip().split("\n")]
    doubted = {problem.place.row for problem in stream.problems}
    assert [problem.code for problem in stream.problems] == TOLD.get(system, [])
    assert len(lines) == len(wanted)
    for line, (name, quantity, parent) in zip(lines, wanted, strict=True):
        if name.startswith("~"):
            assert line.part.description.startswith(name[1:])
        elif name:
            assert name in (line.part.number, line.part.maker_number)
        assert line.row in doubted or line.quantity == Decimal(quantity)
        assert line.parent == (int(parent) if parent else None)
