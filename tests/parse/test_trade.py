"""Formats of the trade: what is refused, with which words, and what strangers may try with XML."""

import json
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import NoLines, UnreadableBom, UnsafeArchive, UnsupportedType
from scanner.parse import parse
from scanner.parse.lz import Overflow, decompress

CYCLONEDX = 'xmlns="http://cyclonedx.org/schema/bom/1.6"'
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def read(text, kind="xml", limits=None):
    content = text if isinstance(text, bytes) else text.encode()
    stream = parse(
        BytesIO(content), kind, name="x", options=ReadOptions(), limits=limits or ReadLimits()
    )
    return [line for chunk in stream for line in chunk], stream


def packed(text):
    """The text as lz-string packs it: written from its description, to check the unpacking."""
    phrases, fresh, bits = {}, set(), []
    size, left, phrase = 2, 2, ""

    def put(value, width):
        bits.extend(str(value >> at & 1) for at in range(width))

    def grow():
        nonlocal size, left
        left -= 1
        if left == 0:
            left, size = 1 << size, size + 1

    def put_phrase():
        if phrase in fresh:
            wide = ord(phrase) > 255
            put(int(wide), size)
            put(ord(phrase), 16 if wide else 8)
            fresh.discard(phrase)
            grow()
        else:
            put(phrases[phrase], size)
        grow()

    for mark in text:
        if mark not in phrases:
            phrases[mark] = len(phrases) + 3
            fresh.add(mark)
        if phrase + mark in phrases:
            phrase += mark
            continue
        put_phrase()
        phrases[phrase + mark] = len(phrases) + 3
        phrase = mark
    if phrase:
        put_phrase()
    put(2, size)
    bits = "".join(bits)
    bits += "0" * (-len(bits) % 6 or 6)
    return "".join(DIGITS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


@settings(deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])))
def test_packed_text_is_unpacked(text):
    assert decompress(packed(text), most=10_000) == text


@settings(deadline=None)
@given(st.text(alphabet=DIGITS, max_size=300))
def test_no_packed_text_breaks_the_unpacking(text):
    found = decompress(text, most=10**6)
    assert found is None or isinstance(found, str)


def test_packed_text_stays_within_bounds():
    with pytest.raises(Overflow):
        decompress(packed("x" * 10_000), most=9_999)


def test_the_packed_data_of_an_interactive_page():
    group = [2, "10µ", "C_0805", [["C1", 4], ["C2", 9]], ["X7R", "GRM21"]]
    data = {"bom": {"both": [group], "skipped": [1, 2]}}
    page = (
        '<html><script>var config = {"extra_fields": ["Dielectric", "MPN"]};\n'
        f'var pcbdata = JSON.parse(LZString.decompressFromBase64("{packed(json.dumps(data))}"))'
    )
    (line,), stream = read(page, "html")
    assert (line.part.value, line.part.footprint, line.part.maker_number) == (
        "10µ", "C_0805", "GRM21",
    )  # fmt: skip
    assert (line.designators, line.quantity) == (("C1", "C2"), 2)
    assert (stream.reading.format, stream.reading.counts.skipped) == ("ibom", 2)
    long = page.replace(packed(json.dumps(data)), packed(" " * 5_000))
    with pytest.raises(UnsafeArchive):
        read(long, "html", ReadLimits(max_bytes=4_000))


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>", "<html>var pcbdata = {", "<html>var pcbdata = {}",
        '<html>var pcbdata = JSON.parse(LZString.decompressFromBase64("AAAA"))',
        '<html>var pcbdata = {"bom": {"both": [[7]]}}', '<html>var pcbdata = {"bom": {"both": 7}}',
        '<html>var pcbdata = {"bom": {"both": [[["R1", 1]]], "fields": {}}}',
        "<html>var pcbdata = " + '{"a":' * 100_000,
    ],
)  # fmt: skip
def test_damaged_interactive_pages_are_refused(page):
    with pytest.raises(UnreadableBom) as caught:
        read(page, "html")
    assert caught.value.advice


BOMB = (
    '<!DOCTYPE bom [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    f"<bom {CYCLONEDX}><components><component type='device'><name>&b;</name></component>"
    "</components></bom>"
)
OUTSIDE = BOMB.replace('"ha"', 'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, BOMB.replace("<!ENTITY a", "<!ENTITY % a")])
def test_entities_are_refused(text):
    with pytest.raises(UnreadableBom, match="entities"):
        read(text)


def test_elements_without_end_are_refused():
    deep = f"<bom {CYCLONEDX}>" + "<components><component>" * 5_000
    with pytest.raises(UnreadableBom, match="lie in one another") as caught:
        read(deep)
    assert caught.value.place.row == 1
    nested = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []}
    for _ in range(400):
        nested = {**nested, "components": [{"type": "file", "components": nested["components"]}]}
    with pytest.raises(NoLines):
        read(json.dumps(nested), "json")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("<export>\n<components>\n</export>", 3), ("<export>\n&nbsp;</export>", 2),
        ("<export", 1), ("", 1), ('<?xml version="1.0" encoding="klingon"?><export/>', 1),
        ("<export/>\n<export/>", 2), ("<export>\n\0</export>", 2),
    ],
)  # fmt: skip
def test_damaged_xml_is_refused_with_its_row(text, row):
    with pytest.raises(UnreadableBom) as caught:
        read(text)
    assert caught.value.place.row == row
    assert caught.value.advice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "cp1252"])
def test_xml_is_read_in_its_encoding(encoding):
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><export><components><comp ref="C1">'
        "<value>10µF</value></comp></components></export>"
    )
    (line,), _ = read(text.encode(encoding))
    assert line.part.value == "10µF"


@pytest.mark.parametrize(
    ("text", "kind", "error"),
    [
        ("<export><components/></export>", "xml", NoLines),
        ("<PartsEco><Components/></PartsEco>", "xml", NoLines),
        ("<other/>", "xml", UnsupportedType),
        ("<MainDeclaration/>", "declaration", UnsupportedType),
        (f"<bom {CYCLONEDX}/>", "xml", NoLines),
        (f"<bom {CYCLONEDX.replace('1.6', '2.0')}/>", "xml", UnsupportedType),
        ('{"bomFormat": "CycloneDX"}', "json", UnsupportedType),
        ('{"bomFormat": "CycloneDX", "specVersion": "2.0"}', "json", UnsupportedType),
        ('{"bomFormat": "CycloneDX", "specVersion": "1.7", "components": {}}', "json", NoLines),
        ('{"bomFormat": "CycloneDX", "specVersion": "1.7", "components": [7]}', "json",
         UnreadableBom),
    ],
)  # fmt: skip
def test_what_holds_no_list_is_refused_with_advice(text, kind, error):
    with pytest.raises(error) as caught:
        read(text, kind)
    assert type(caught.value) is error
    assert caught.value.advice


def test_a_report_of_smelters_is_not_taken_for_a_list_of_parts():
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name in ("Revision", "Declaration", "Smelter List", "Checker"):
        book.add_worksheet(name)
    rows = book.get_worksheet_by_name("Smelter List")
    rows.write_row(0, 0, ["Metal", "Smelter Name", "Country", "Description", "Qty"])
    rows.write_row(1, 0, ["Tin", "Works", "ID", "x", 1])
    book.close()
    with pytest.raises(UnsupportedType, match="CMRT or EMRT"):
        read(content.getvalue(), "xlsx")


def test_lines_on_one_row_of_the_file_are_counted():
    components = "".join(f'<comp ref="R{n}"><value>1k</value></comp>' for n in range(1, 4))
    lines, _ = read(f"<export><components>{components}</components></export>")
    assert [line.row for line in lines] == [1, 2, 3]


def test_a_pointer_leads_to_the_component_with_a_problem():
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "components": [{"type": "library", "name": "zlib"}, {"type": "device", "name": "Fan"}],
    }
    _, stream = read(json.dumps(document), "json")
    (problem,) = stream.problems
    assert (problem.code, problem.place.pointer) == ("missing-quantity", "/components/1")
