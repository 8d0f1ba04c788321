"""One small file of our own making per layout, each read to what `*.expected.json` says of it.

`python -m tests.parse.test_layouts NAME …` writes what is read now, to be gone through by hand.
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.parse import parse
from scanner.upload import inspect

FILES = Path(__file__).with_name("files")
EXPECTED = ".expected.json"
LAYOUTS = sorted(
    one.name for one in FILES.iterdir() if one.is_file() and not one.name.endswith(EXPECTED)
)
_LINE = ("row", "level", "parent", "quantity", "unit", "position", "ref")
_PART = (
    "number", "maker", "maker_number", "description", "value", "footprint", "material", "finish",
    "cas", "commodity_code", "origin", "unit_mass_g",
)  # fmt: skip


def reading(path):
    """What is made of a file without any hint; what is absent is left out."""
    limits = ReadLimits()
    kind = inspect(path, limits=limits).kind
    with path.open("rb") as file:
        stream = parse(file, kind, name=path.name, options=ReadOptions(), limits=limits)
        lines = [told(line) for chunk in stream for line in chunk]
    counts = stream.reading.counts
    assert counts.rows == counts.headers + counts.lines + counts.skipped + counts.problems
    return {
        "kind": str(kind),
        "format": stream.reading.format,
        "counts": [counts.rows, counts.headers, counts.lines, counts.skipped, counts.problems],
        "problems": [f"{one.place.row} {one.code}" for one in stream.problems],
        "lines": lines,
    }


def told(line):
    found = {name: getattr(line, name) for name in _LINE}
    found |= {name: getattr(line.part, name) for name in _PART}
    found |= {"designators": list(line.designators) or None, "fitted": line.fitted and None}
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in found.items()
        if value is not None
    }


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_read_as_expected(name):
    expected = json.loads((FILES / f"{name}{EXPECTED}").read_text())
    assert reading(FILES / name) == expected


def written(found):
    """The expectation as a text that people can go through: a line of the BOM a row."""
    lines = ",\n".join("  " + json.dumps(line, ensure_ascii=False) for line in found.pop("lines"))
    head = json.dumps(found, ensure_ascii=False)[:-1]
    return f'{head}, "lines": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    for given in sys.argv[1:]:
        (FILES / f"{given}{EXPECTED}").write_text(written(reading(FILES / given)))
