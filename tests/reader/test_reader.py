"""The isolated process: same lines, same errors, and it survives what would kill a server."""

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import InvalidInput, NoHeader, ReaderFailed, UnreadableBom
from scanner.parse import parse
from scanner.reader import read
from scanner.upload import FileKind, Upload, inspect

ROOT = Path(__file__).parents[2]


@pytest.fixture
def upload(tmp_path):
    def made(content, *, kind=None):
        path = tmp_path / "upload"
        path.write_bytes(content)
        if kind is None:
            return inspect(path, limits=ReadLimits())
        return Upload(path, "x", kind, len(content), "")

    return made


def rows(count):
    lines = [
        f"{n};{n % 3};A-{n % 700};Bout µ {n % 700};{n % 50};C{n}, C{n + 1};{n % 9},5\n"
        for n in range(count)
    ]
    head = "Pos;Niveau;Artikelnr;Omschrijving;Aantal;Designator;Massa [g]\n"
    return (head + "".join(lines)).encode()


def sparse_workbook():
    """Two legal cells in opposite corners of the sheet: under 1500 bytes."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Part number</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Qty</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>A-1</t></is></c><c r="B2"><v>4</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
            "</Types>",
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
    return content.getvalue()


def lines_of(upload, options=None, limits=None):
    with read(upload, options or ReadOptions(), limits or ReadLimits()) as stream:
        return [line for chunk in stream for line in chunk], stream


def test_the_process_gives_what_parse_gives(upload):
    content = rows(12_000)
    lines, stream = lines_of(upload(content))
    direct = parse(io.BytesIO(content), "csv", name="x", options=ReadOptions(), limits=ReadLimits())
    assert lines == [line for chunk in direct for line in chunk]
    assert stream.reading == direct.reading
    assert stream.problems == direct.problems
    assert stream.problems


def test_chunks_hold_at_most_5000_lines_in_order(upload):
    with read(upload(rows(12_000)), ReadOptions(), ReadLimits()) as stream:
        sizes = [len(chunk) for chunk in stream]
    assert sum(sizes) == 12_000
    assert max(sizes) <= 5000


def test_options_reach_the_process(upload):
    content = b"aa;bb\nX1;4\n"
    options = ReadOptions(columns={"aa": "part_number", "bb": "quantity"})
    lines, _ = lines_of(upload(content), options)
    assert (lines[0].part.number, lines[0].quantity) == ("X1", 4)


def test_errors_arrive_as_what_they_are(upload):
    with pytest.raises(NoHeader) as refused:
        lines_of(upload(b"foo;bar\n1;2\n"))
    assert refused.value.place.row == 1
    assert refused.value.advice
    with pytest.raises(InvalidInput):
        lines_of(upload(b"Part number;Qty\nA;1\n"), ReadOptions(columns={"A": "nonsense"}))


def test_overlong_options_are_refused(upload):
    options = ReadOptions(columns={str(n): "remarks" for n in range(20_000)})
    with pytest.raises(InvalidInput):
        read(upload(b"Part number;Qty\nA;1\n"), options, ReadLimits())


def test_the_sparse_workbook_is_read(upload):
    content = sparse_workbook()
    assert len(content) < 1500
    lines, stream = lines_of(upload(content))
    assert [(line.row, line.part.number, line.quantity) for line in lines] == [(2, "A-1", 4)]
    counts = stream.reading.counts
    assert counts.rows == 1_048_576
    assert counts.rows == counts.headers + counts.lines + counts.skipped + counts.problems


def test_a_memory_hog_is_stopped(upload):
    """A legal workbook that needs more memory than it may have."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Part number", "Description", "Qty"])
    for row in range(1, 60_000):
        sheet.write_row(row, 0, [f"A{row}", "x" * 2000, 1])
    book.close()
    limits = ReadLimits(reader_memory_bytes=160 * 1024 * 1024)
    with pytest.raises(ReaderFailed) as failed:
        lines_of(upload(content.getvalue()), limits=limits)
    assert failed.value.advice


def test_a_slow_file_is_stopped(upload):
    started = time.monotonic()
    with pytest.raises(ReaderFailed) as failed:
        lines_of(upload(rows(400_000)), limits=ReadLimits(reader_seconds=1))
    assert "time" in failed.value.detail
    assert time.monotonic() - started < 20


def test_leaving_early_ends_the_process(upload):
    with read(upload(rows(50_000)), ReadOptions(), ReadLimits()) as stream:
        next(iter(stream))
        process = stream.process_id
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_damaged_workbook_is_refused_by_the_process(upload):
    with pytest.raises(UnreadableBom):
        lines_of(upload(b"PK\x03\x04 nothing", kind=FileKind.XLSX))


def test_the_process_sees_nothing_of_our_environment(upload, monkeypatch, tmp_path):
    """A module of the user's own or a secret in the environment does not reach the reader."""
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('reached')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SCANNER_SECRET_KEY", "hush")
    with read(upload(rows(50_000)), ReadOptions(), ReadLimits()) as stream:
        chunks = iter(stream)
        next(chunks)
        environment = Path(f"/proc/{stream.process_id}/environ").read_bytes()
        limits = Path(f"/proc/{stream.process_id}/limits").read_text()
    assert b"hush" not in environment
    assert b"PYTHONPATH" not in environment
    assert "Max core file size        0" in limits


def test_it_works_from_another_folder(upload, tmp_path):
    """As an installed package does: the working folder is not on the path."""
    target = upload(b"Part number;Qty\nA;1\n")
    code = (
        "from pathlib import Path; from scanner.reader import read; "
        "from scanner.upload import inspect; from scanner.core.bom import *; "
        f"u = inspect(Path({str(target.path)!r}), limits=ReadLimits()); "
        "print(sum(map(len, read(u, ReadOptions(), ReadLimits()))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "1", done.stderr
