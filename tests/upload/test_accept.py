"""Bytes from strangers: what is accepted, what is refused, and what the refusal says."""

import hashlib
import io
import stat
import struct
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.bom import ReadLimits
from scanner.core.errors import (
    BomTooLarge,
    EmptyFile,
    EncryptedWorkbook,
    ScannerError,
    TruncatedUpload,
    UnreadableBom,
    UnsafeArchive,
    UnsupportedType,
)
from scanner.upload import FileKind, accept, inspect
from scanner.upload.accept import KEPT_BYTES

CSV = b"Part number;Qty\nA;1\n"


def workbook():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.add_worksheet("S").write_row(0, 0, ["Part number", "Qty"])
    book.close()
    return content.getvalue()


XLSX = workbook()


def archive(files, *, method=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return content.getvalue()


def check_refusal(error, target):
    assert error.advice
    assert not target.exists(), "nothing stays of a refused file"


@pytest.fixture(params=["file", "memory"])
def take(tmp_path, request):
    """Accept a file where it is to lie, or in memory if it is small."""

    def accepted(content, *, name="bom", limits=None, **hints):
        target = tmp_path / "upload"
        place = target if request.param == "file" else lambda: target
        try:
            return accept(
                io.BytesIO(content), place, name=name, limits=limits or ReadLimits(), **hints
            )
        except ScannerError as error:
            check_refusal(error, target)
            raise

    return accepted


def test_what_arrives_is_what_is_kept(take):
    upload = take(CSV, name="..\\secret/../list.csv", expected_bytes=len(CSV))
    for opened in (upload.open(), upload.as_file()):
        with opened as file:
            assert file.read() == CSV
    assert upload.kind is FileKind.CSV
    assert upload.size == len(CSV)
    assert upload.sha256 == hashlib.sha256(CSV).hexdigest()
    assert upload.name == "list.csv"


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_only_small_files_are_kept_in_memory(tmp_path, more):
    target, content = tmp_path / "upload", b"a;b\n" + bytes([ord("1")]) * (KEPT_BYTES - 4 + more)
    slow = io.BufferedReader(io.BytesIO(content), 1000)
    upload = accept(slow, lambda: target, name="list.csv", limits=ReadLimits())
    assert target.exists() == (upload.body is None) == (more > 0)
    assert (upload.size, upload.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with upload.open() as file, upload.as_file() as same:
        assert same.fileno() >= 0
        assert file.read() == same.read() == content


@pytest.mark.parametrize("name", [None, "", "\r\n", "a" * 4096, "x\x00y.csv"])
def test_names_are_made_harmless(take, name):
    upload = take(CSV, name=name)
    assert 0 < len(upload.name) <= 255
    assert upload.name.isprintable()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (CSV, FileKind.CSV),
        (CSV.decode().encode("utf-16"), FileKind.CSV),
        (CSV.decode().encode("utf-16-le"), FileKind.CSV),
        (CSV.decode().encode("utf-16-be"), FileKind.CSV),
        (b"\xef\xbb\xbf" + CSV, FileKind.CSV),
        ("Größe;µ;Menge\n1;2;3\n".encode("cp1252"), FileKind.CSV),
        (b"BM case;MZ;Qty\n1;2;3\n", FileKind.CSV),
        (XLSX, FileKind.XLSX),
        (b'[{"part_number": "A"}]', FileKind.JSON),
        (b'{"lines": []}', FileKind.JSON),
        (b'<?xml version="1.0"?>\n<!-- x --><bom xmlns="http://cyclonedx.org/schema/bom/1.4"/>',
         FileKind.XML),
        ('<?xml version="1.0"?><c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6">'
         .encode("utf-16"), FileKind.XML),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><export version="D">', FileKind.XML),
        (b"<PartsEco>", FileKind.XML),
        (b"<MainDeclaration xmlns='http://webstds.ipc.org/175x/2.0'>", FileKind.DECLARATION),
        (b'<Main xmlns="http://std.iec.ch/iec62474">', FileKind.DECLARATION),
        (b"<!DOCTYPE html><html><script>var pcbdata = {}", FileKind.HTML),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                  "content.xml": "<x/>"}), FileKind.ODS),
        (archive({"xl/workbook.bin": "x"}), FileKind.XLSB),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "Workbook\0".encode("utf-16-le"),
         FileKind.XLS),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.pdf", None])
def test_the_content_decides_and_not_the_name(take, content, kind, name):
    assert take(content, name=name).kind is kind


def test_a_declared_json_is_read_as_json(take):
    assert take(b"part;qty", content_type="application/json; charset=utf-8").kind is FileKind.JSON


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"GIF89a\0\0\0\0",
        b"<!DOCTYPE html><html></html>", b"\n <html><body>", b'<?xml version="1.0"?><bom/>',
        b"<svg ", b"<!-- nothing else", b"<Main>", b"<!DOCTYPE x [<!--", b"<?xml",
        b"MZ\x90\0\3\0\0\0", b"\x7fELF\2\1\1\0", b"\x1f\x8b\x08\0\0\0", b"7z\xbc\xaf\x27\x1c\0",
        b"Rar!\x1a\x07\0", b"{\\rtf1 hello}", bytes(range(256)) * 4,
        archive({"word/document.xml": "x"}), archive({"a.csv": "x"}),
        archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_other_kinds_are_refused_with_advice(take, content, name):
    with pytest.raises(UnsupportedType):
        take(content, name=name)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf\n"])
def test_empty_files(take, content):
    with pytest.raises(EmptyFile):
        take(content)


def test_size_limit_is_exact(take):
    limits = ReadLimits(max_bytes=len(CSV))
    assert take(CSV, limits=limits).size == len(CSV)
    with pytest.raises(BomTooLarge):
        take(CSV + b"\n", limits=limits)


@pytest.mark.parametrize("declared", [len(CSV) + 1, len(CSV) - 1])
def test_announced_and_received_bytes_must_agree(take, declared):
    with pytest.raises(TruncatedUpload):
        take(CSV, expected_bytes=declared)


def test_truncated_workbook(take):
    with pytest.raises(TruncatedUpload):
        take(XLSX[: len(XLSX) // 2])


def test_a_workbook_whose_entries_begin_before_the_file_is_refused(take):
    end = XLSX.rindex(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", XLSX, end + 16)
    damaged = bytearray(XLSX)
    struct.pack_into("<I", damaged, end + 16, start + 10_000)
    with pytest.raises(UnreadableBom):
        take(bytes(damaged))
    place = XLSX.index(b"PK\x01\x02")
    for offset in (1, 0xFFFFFFF0):
        damaged = bytearray(XLSX)
        struct.pack_into("<I", damaged, place + 42, offset)
        with pytest.raises(UnreadableBom):
            take(bytes(damaged))


def test_a_workbook_of_two_kinds_is_refused(take):
    with pytest.raises(UnsafeArchive, match="two kinds"):
        take(archive({"xl/workbook.xml": "x", "content.xml": "<x/>"}))


def test_password_protected_workbooks(take):
    envelope = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    with pytest.raises(EncryptedWorkbook):
        take(envelope + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(EncryptedWorkbook):
        take(
            archive(
                {
                    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                    "META-INF/manifest.xml": "<manifest:encryption-data/>",
                    "content.xml": "?",
                }
            )
        )


def bad_workbook(**extra):
    return archive({"xl/workbook.xml": "<workbook/>", **extra})


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\x", "C:/x", "xl/inner.zip", "x.7z"],
)
def test_names_that_lead_elsewhere_and_nested_archives(take, name):
    with pytest.raises(UnsafeArchive):
        take(bad_workbook(**{name: "x"}))


def test_duplicate_names(take):
    content = io.BytesIO(XLSX)
    with zipfile.ZipFile(content, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("xl/workbook.xml", "<other/>")
    with pytest.raises(UnsafeArchive):
        take(content.getvalue())


def test_links_and_unusual_packing(take):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        link = zipfile.ZipInfo("xl/workbook.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(UnsafeArchive):
        take(content.getvalue())
    with pytest.raises(UnsafeArchive):
        take(archive({"xl/workbook.xml": "x"}, method=zipfile.ZIP_LZMA))


def test_too_many_entries(take):
    files = {f"xl/{number}": "" for number in range(50)}
    with pytest.raises(UnsafeArchive):
        take(bad_workbook(**files), limits=ReadLimits(max_archive_entries=50))


def test_unpacked_size_and_ratio(take):
    bomb = bad_workbook(**{"xl/worksheets/sheet1.xml": b"\0" * 30_000_000})
    assert len(bomb) < 50_000
    with pytest.raises(UnsafeArchive, match="times its size"):
        take(bomb, limits=ReadLimits(max_ratio=100))
    with pytest.raises(UnsafeArchive, match="bytes"):
        take(bomb, limits=ReadLimits(max_unpacked_bytes=20_000_000))


def test_a_lying_size_is_found_while_inflating(take):
    """The table of contents says 10 bytes; the stream holds a megabyte."""
    content = bytearray(bad_workbook(**{"xl/big.xml": b"\0" * 1_000_000}))
    real, lie = struct.pack("<I", 1_000_000), struct.pack("<I", 10)
    assert content.count(real) == 2
    with pytest.raises((UnsafeArchive, UnreadableBom)):
        take(bytes(content.replace(real, lie)))


def test_inspect_leaves_the_file_where_it_is(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(CSV)
    upload = inspect(path, limits=ReadLimits())
    assert (upload.path, upload.name, upload.kind) == (path, "list.csv", FileKind.CSV)
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(UnsupportedType):
        inspect(path, limits=ReadLimits())
    assert path.exists()
    with pytest.raises(BomTooLarge):
        inspect(path, limits=ReadLimits(max_bytes=3))


@settings(deadline=None, max_examples=200)
@given(
    seed=st.sampled_from([XLSX, CSV, b'{"lines": [{"part_number": "A"}]}']),
    flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=10),
    cut=st.integers(0, 10**6),
)
def test_mutated_files_are_accepted_or_refused(tmp_path_factory, seed, flips, cut):
    content = bytearray(seed)
    for place, byte in flips:
        content[place % len(content)] = byte
    content = content[: cut % (len(content) + 1)] if cut % 2 else content
    path = tmp_path_factory.mktemp("mutated") / "x"
    path.write_bytes(content)
    try:
        kind = inspect(path, limits=ReadLimits()).kind
    except ScannerError:
        return
    assert kind in FileKind
