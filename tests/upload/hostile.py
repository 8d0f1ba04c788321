"""Files that strangers may send: samples that were damaged, and bombs made by hand."""

import io
import json
import random
import re
import struct
import zipfile
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "parse" / "files"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
HEAD = "Part number;Description;Qty\n"
CYCLONEDX = 'xmlns="http://cyclonedx.org/schema/bom/1.6"'
IPC = 'xmlns="http://webstds.ipc.org/175x/2.0"'
TAG = re.compile(rb"<[^<>]{1,200}>")
NUMBER = re.compile(rb"\d+")
WORDS = (
    b"999999999999999999999", b"-1", b"1e999", b"&a;", b"\0", b"", b"NaN", b"\xff\xfe", b"]]>",
    b"<!ENTITY a 'b'>", b'"', b"\xf0\x9f\x92\xa3", b"1048576", b"A" * 5_000,
)  # fmt: skip


def workbook(rows=None):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("BOM")
    for number, row in enumerate(rows or [["Part number", "Qty"], ["A-1", 4], ["A-2", 0.5]]):
        sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def packed(files, method=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def ods(table):
    """A spreadsheet of OpenDocument with this table."""
    office, sheet, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")
    )
    body = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{sheet}" '
        f'xmlns:text="{text}"><office:body><office:spreadsheet><table:table table:name="S">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = (
        f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    return packed({"mimetype": ODS, "content.xml": body, "META-INF/manifest.xml": listed})


def cell(text, **more):
    attributes = "".join(
        f' table:{name.replace("_", "-")}="{value}"' for name, value in more.items()
    )
    head = f'<table:table-cell office:value-type="string"{attributes}>'
    return f"{head}<text:p>{text}</text:p></table:table-cell>"


def samples():
    """Every sample, and workbooks, by name."""
    paths = [*FILES.glob("*"), *(FILES / "declared").glob("*"), *ROOT.glob("bom_samples/*/bom.*")]
    found = {
        str(path.relative_to(ROOT)): path.read_bytes()
        for path in sorted(paths)
        if path.is_file() and ".expected." not in path.name
    }
    rows = [["Part number", "Qty"], ["A-1", "4"], ["A-2", "0.5"]]
    table = "".join(ROW.format("".join(map(cell, row))) for row in rows)
    return {**found, "xlsx": workbook(), "ods": ods(table)}


def mutated(content, seed):
    """The content with a few random changes, always the same for a seed."""
    chance = random.Random(seed)
    if content[:2] == b"PK" and chance.random() < 0.6:
        content = _repacked(content, chance)
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(CHANGES)(content, chance)
    return content


def _repacked(content, chance):
    files = unpacked(content)
    name = chance.choice(list(files))
    change = chance.choice(["edit", "edit", "edit", "drop", "rename", "double", "empty"])
    if change == "edit":
        files[name] = chance.choice(CHANGES)(files[name], chance)
    elif change in ("drop", "rename"):
        data = files.pop(name)
        if change == "rename":
            files[name.upper()] = data
    elif change == "double":
        files[name] = files[name] * 3
    else:
        files[name] = b""
    return packed(files or {"x": b""})


def _flips(content, chance):
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content, chance):
    return content[: chance.randrange(len(content) + 1)]


def _dropped(content, chance):
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randint(1, 200) :]


def _repeated(content, chance):
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.randint(1, 100)]
    return content[:start] + piece * chance.randint(2, 50) + content[start:]


def _worded(content, chance):
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.choice(WORDS) + content[start:]


def _tagged(content, chance):
    """A tag of the document gone, doubled or put elsewhere."""
    tags = list(TAG.finditer(content))
    if not tags:
        return _worded(content, chance)
    one, other = chance.choice(tags), chance.choice(tags)
    way = chance.randrange(3)
    if way == 0:
        return content[: one.start()] + content[one.end() :]
    place = one.start() if way == 1 else other.start()
    return content[:place] + one[0] + content[place:]


def _numbered(content, chance):
    numbers = list(NUMBER.finditer(content))
    if not numbers:
        return _worded(content, chance)
    one = chance.choice(numbers)
    return content[: one.start()] + chance.choice(WORDS) + content[one.end() :]


CHANGES = (_flips, _cut, _dropped, _repeated, _worded, _tagged, _numbered)


def sheet_of(body):
    """A workbook whose one sheet is this XML."""
    files = unpacked(workbook())
    files["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{SHEET}">{body}</worksheet>'.encode()
    return packed(files)


def strings_of(xml):
    files = unpacked(workbook())
    files["xl/sharedStrings.xml"] = xml.encode()
    return packed(files)


def patched(content, name, change):
    files = unpacked(content)
    files[name] = change(files[name])
    return packed(files)


def with_header(content, offset, form, value):
    """The archive with one number in every entry of its table of contents replaced."""
    changed, at = bytearray(content), content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into(form, changed, at + offset, value)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def cyclonedx(components, **more):
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components, **more}
    return json.dumps(document).encode()


def nested(depth):
    text = '{"type": "device", "name": "x", "components": ['
    return (
        '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": ['
        + text * depth + "]}" * depth + "]}"
    ).encode()  # fmt: skip


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'


def xml(body, head=""):
    return f"{head}<bom {CYCLONEDX}><components>{body}</components></bom>".encode()


def device(name):
    return f'<component type="device"><name>{name}</name></component>'


def part(body):
    return f'<ProductPart numberOfUnits="1e300">{body}</ProductPart>'


def declaration(body):
    return (
        f'<MainDeclaration {IPC}><Product><ProductID itemNumber="X"><Amount value="1" UOM="g"/>'
        f"</ProductID>{body}</Product></MainDeclaration>"
    ).encode()


SUBSTANCE = (
    '<Substance name="Co"><SubstanceID identity="7440-48-4" authority="CAS"/>'
    '<Amount value="0.1" UOM="g"/></Substance>'
)
ROW = "<table:table-row>{}</table:table-row>"

BOMBS = {
    # packed files
    "zeros": lambda: packed({"xl/workbook.xml": b"\0" * 200_000_000}),
    "zeros in a sheet": lambda: sheet_of(" " * 150_000_000),
    "entries": lambda: packed({f"xl/workbook{n}": b"" for n in range(12_000)}),
    "archive in archive": lambda: packed({"xl/workbook.xml": b"", "x.zip": packed({"y": b""})}),
    "way out": lambda: packed({"xl/workbook.xml": b"", "../../x": b""}),
    "absolute": lambda: packed({"xl/workbook.xml": b"", "/etc/x": b""}),
    "NUL in a name": lambda: workbook().replace(b"xl/styles.xml", b"xl/\0tyles.xml"),
    "same name": lambda: packed({"xl/workbook.xml": b"", "XL/workbook.xml": b""}),
    "two kinds": lambda: packed({**unpacked(workbook()), "content.xml": b"<x/>"}),
    "method unknown": lambda: with_header(workbook(), 10, "<H", 99),
    "bzip2": lambda: packed({"xl/workbook.xml": b"x" * 10**6}, zipfile.ZIP_BZIP2),
    "lzma": lambda: packed({"xl/workbook.xml": b"x" * 10**6}, zipfile.ZIP_LZMA),
    "encrypted": lambda: with_header(workbook(), 8, "<H", 1),
    "lying size": lambda: with_header(workbook(), 24, "<I", 5),
    "size of 4 GiB": lambda: with_header(workbook(), 24, "<I", 0xFFFFFFF0),
    "offset beyond": lambda: with_header(workbook(), 42, "<I", 0x7FFFFFFF),
    "all entries are one": lambda: with_header(workbook(), 42, "<I", 0),
    "version": lambda: with_header(workbook(), 6, "<H", 640),
    "end only": lambda: b"PK\x05\x06" + bytes(18),
    "begin only": lambda: b"PK\x03\x04" + bytes(100),
    "page behind": lambda: workbook() + b"<html><script>alert(1)</script></html>",
    "page before": lambda: b"<html><script>alert(1)</script></html>" + workbook(),
    "PDF before": lambda: b"%PDF-1.7\n" + workbook(),
    "list before": lambda: HEAD.encode() + workbook(),
    # workbooks
    "corners": lambda: sheet_of(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
    "corners upside down": lambda: sheet_of(
        '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        '<row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    ),
    "cell beyond": lambda: sheet_of(
        '<sheetData><row r="1"><c r="ZZZZZZ99999999999"/></row></sheetData>'
    ),
    "dimension": lambda: sheet_of(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        "</sheetData>"
    ),
    "rows of one string": lambda: sheet_of(
        "<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 400_000 + "</sheetData>"
    ),
    "string beyond": lambda: sheet_of(
        '<sheetData><row r="1"><c r="A1" t="s"><v>4000000000</v></c></row></sheetData>'
    ),
    "nested sheet": lambda: sheet_of("<a>" * 100_000),
    "merged": lambda: sheet_of(
        '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "laughing strings": lambda: strings_of(
        f'<!DOCTYPE sst [{LAUGHS}]><sst xmlns="{SHEET}"><si><t>&l9;</t></si></sst>'
    ),
    "strings without end": lambda: strings_of(f'<sst xmlns="{SHEET}" count="4000000000"><si><t>'),
    "laughing workbook": lambda: patched(
        workbook(),
        "xl/workbook.xml",
        lambda data: data.replace(b"<workbook", f"<!DOCTYPE x [{LAUGHS}]><workbook".encode()),
    ),
    "sheet that is not there": lambda: patched(
        workbook(), "xl/_rels/workbook.xml.rels", lambda data: data.replace(b"sheet1", b"sheet9")
    ),
    "binary workbook": lambda: packed({"xl/workbook.bin": bytes(range(256)) * 1000}),
    "columns repeated": lambda: ods(ROW.format(cell("Qty", number_columns_repeated=2**31))),
    "rows repeated": lambda: ods(
        f'<table:table-row table:number-rows-repeated="1048576">'
        f"{cell('Part number', number_columns_repeated=16384)}</table:table-row>"
    ),
    "laughing table": lambda: patched(
        ods(ROW.format(cell("&l9;"))),
        "content.xml",
        lambda data: f"<!DOCTYPE x [{LAUGHS}]>".encode() + data,
    ),
    "nested table": lambda: ods("<table:table-row>" * 50_000),
    "old workbook": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 504 + "Workbook\0".encode("utf-16-le") * 100
    ),
    "old workbook of zeros": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(10**6) + "Workbook\0".encode("utf-16-le")
    ),
    # text
    "one row": lambda: HEAD.encode() + b"x" * 30_000_000,
    "one quote": lambda: (HEAD + '"').encode() + b"A;B;1\n" * 2_000_000,
    "delimiters": lambda: HEAD.encode() + b";" * 20_000_000,
    "columns": lambda: (";".join(["Qty"] * 200_000) + "\n").encode() * 3,
    "empty rows": lambda: HEAD.encode() + b"\n" * 5_000_000 + b"A;B;1\n",
    "designators": ("Designator;Qty\n" + ("R1-R2000," * 3_000 + ";1\n") * 20).encode,
    "numbers": (HEAD + "A;B;1e999999999\nA;B;" + "9" * 30_000 + "\n").encode,
    "levels": ("Level;Description;Qty\n" + "".join(f"{n};x;1\n" for n in range(100_000))).encode,
    "marks": lambda: "\ufeff".encode("utf-16-le") * 1_000_000,
    # JSON and pages
    "lists in lists": lambda: b'{"lines": ' + b"[" * 5_000_000,
    "objects in objects": lambda: b'{"a":' * 5_000_000,
    "long number": lambda: b'[{"description": "x", "quantity": ' + b"9" * 5_000_000 + b"}]",
    "long text": lambda: b'[{"description": "' + b"x" * 40_000_000 + b'"}]',
    "many objects": lambda: b"[" + b"{}," * 1_100_000 + b"{}]",
    "devices in devices": lambda: nested(400),
    "devices without end": lambda: nested(100_000),
    "packed page": lambda: (
        b"<html><script>var pcbdata = JSON.parse(LZString.decompressFromBase64("
        b'"' + b"AB" * 5_000_000 + b'"))'
    ),
    "nested page": lambda: b"<html><script>var pcbdata = " + b"[" * 5_000_000,
    "unended page": lambda: (
        b"<html><script>" + b"var pcbdata = JSON.parse(LZString.decompressFromBase64(" * 300_000
    ),
    # XML
    "laughs": lambda: xml(device("&l9;"), f"<!DOCTYPE bom [{LAUGHS}]>"),
    "quadratic": lambda: xml(device("&a;" * 50_000), QUADRATIC),
    "outside": lambda: xml(
        device("&a;"), '<!DOCTYPE bom [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "outside DTD": lambda: xml(device("x"), '<!DOCTYPE bom SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "parameter": lambda: xml(device("x"), '<!DOCTYPE bom [<!ENTITY % a "x"> %a;]>'),
    "elements in elements": lambda: xml("<component>" * 1_000_000),
    "attributes": lambda: xml("<component " + " ".join(f'a{n}="x"' for n in range(200_000)) + "/>"),
    "namespaces": lambda: xml("".join(f'<a xmlns:n{n}="u{n}"/>' for n in range(100_000))),
    "long name": lambda: xml(f"<{'a' * 10_000_000}/>"),
    "long device": lambda: xml(device("x" * 30_000_000)),
    "devices": lambda: xml(device("x") * 300_000),
    "comment without end": lambda: xml("<!--" + "-" * 10_000_000),
    "units of units": lambda: declaration(part(part(part(SUBSTANCE)))),
    "layers": lambda: declaration("<Material>" * 100_000),
    "substances": lambda: declaration(SUBSTANCE * 100_000),
}
"""Bombs by name; each is made when it is needed."""
