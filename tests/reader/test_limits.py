"""Every limit that SECURITY.md names: what is just within it is read, what is beyond is not."""

import io
import re
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import BomTooLarge, UnsafeArchive
from scanner.parse import parse
from scanner.upload import accept

ROOT = Path(__file__).parents[2]
HEAD = "Part number,Description,Qty,Level\n"
MIB = 1024**2


def csv(rows=1, *, description="Bolt", columns=4):
    head = HEAD.strip() + "".join(f",x{n}" for n in range(columns - 4))
    row = f"P-1,{description},1,1" + "," * (columns - 4)
    return "\n".join((head, *[row] * rows, "")).encode()


def levels(deepest):
    rows = (f"P-{level},Bolt,1,{level}\n" for level in range(1, deepest + 1))
    return (HEAD + "".join(rows)).encode()


def workbook(*, entries=0, zeros=0):
    """A workbook of three files and as many more, one of them with so many zeros."""
    files = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    files |= {f"xl/{n}": b"" for n in range(entries - 3)}
    files["xl/worksheets/sheet1.xml"] = b"\0" * zeros
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return content.getvalue()


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sum(entry.file_size for entry in packed.infolist())


BIG = workbook(zeros=8 * MIB)
WITHIN_AND_BEYOND = {
    "max_bytes": (len(csv(2)), csv(2), csv(2) + b"\n", BomTooLarge),
    "max_lines": (5, csv(5), csv(6), BomTooLarge),
    "max_columns": (9, csv(columns=9), csv(columns=10), BomTooLarge),
    "max_cell_chars": (20, csv(description="x" * 20), csv(description="x" * 21), "cell-too-long"),
    "max_depth": (4, levels(4), levels(5), "unreadable-level"),
    "max_unpacked_bytes": (unpacked(BIG), BIG, workbook(zeros=8 * MIB + 1), UnsafeArchive),
    "max_ratio": (
        -(-unpacked(BIG) // len(BIG)),
        BIG,
        workbook(zeros=32 * MIB),
        UnsafeArchive,
    ),
    "max_archive_entries": (40, workbook(entries=40), workbook(entries=41), UnsafeArchive),
}
"""A small limit; a file within it, one beyond, and the error, or what becomes of the line."""

OF_THE_PROCESS = {"reader_memory_bytes", "reader_seconds"}
"""Tried in test_reader.py with files that take too much of either."""


def test_every_limit_is_tried():
    named = re.findall(r"^\| ([a-z][^|]*?) \| [^|]*? \|$", (ROOT / "SECURITY.md").read_text(), re.M)
    assert len(named) + 1 >= len(fields(ReadLimits))  # size and ratio stand in one row
    assert {field.name for field in fields(ReadLimits)} == {*WITHIN_AND_BEYOND, *OF_THE_PROCESS}


@pytest.fixture
def problems_of(tmp_path):
    """Take a file in and, where it is a list, read it: the codes of its problems."""

    def taken(content, limits):
        target = tmp_path / "upload"
        upload = accept(io.BytesIO(content), target, name="bom", limits=limits)
        if content.startswith(b"PK"):
            return set()
        with target.open("rb") as file:
            stream = parse(file, upload.kind, name="bom", options=ReadOptions(), limits=limits)
            assert sum(map(len, stream))
        return {problem.code for problem in stream.problems}

    return taken


@pytest.mark.parametrize("name", WITHIN_AND_BEYOND)
def test_a_limit_is_kept_to_the_letter(problems_of, name):
    limit, within, beyond, what = WITHIN_AND_BEYOND[name]
    limits = replace(ReadLimits(), **{name: limit})
    assert problems_of(within, limits) == set()
    if isinstance(what, str):
        assert problems_of(beyond, limits) == {what}
    else:
        with pytest.raises(what, match=r"\d"):
            problems_of(beyond, limits)
