"""Small lists in the layouts that programs and people write, read without any hint."""

from decimal import Decimal
from io import BytesIO

import pytest

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import BomTooLarge, EmptyFile, InvalidInput, NoHeader, NoLines
from scanner.parse import parse

KICAD = """"Reference","Value","Datasheet","Footprint","Qty","DNP","Manufacturer","PartNumber"
"C1,C2,C5","100nF","","Capacitor_SMD:C_0603","3","","Kemet","C0603C104K5R"
"R1-R4","10k","","Resistor_SMD:R_0402","4","DNP","Yageo","RC0402FR-0710KL"
"U1","MCU, 32 bit","","QFN-48","1","","ST","STM32X"
"""

EAGLE = (
    '"Qty";"Value";"Device";"Package";"Parts";"Description";"MF";"MPN";\n'
    '"2";"";"LED0805";"0805";"LED1, LED2";"Indicator";"ACME";"AC-0805";\n'
    '"1";"4k7";"R-EU";"R0805";"R9";"RESISTOR";"";"";\n'
)

EASYEDA = (
    "ID\tName\tDesignator\tFootprint\tQuantity\tManufacturer Part\tManufacturer\r\n"
    '1\t100n\t"C1,C2"\tC0805\t2\tX1\tAcme\r\n'
    "2\tLM999\tU3\tSO8\t1\t\t\r\n"
)

SOLIDWORKS = """ITEM NO.,PART NUMBER,DESCRIPTION,QTY.
1,rail-500,Rail,4
2,,,1
3,cap-9,Cover cap,12
"""

GERMAN_ERP = (
    "Stückliste;;;;;;\n"
    "Pumpe P-100;;;Stand 2026;;;\n"
    ";;;;;;\n"
    "Pos.;Sachnummer;Benennung;Menge;ME;Werkstoff;Gewicht [kg]\n"
    "10;P-101;Laufrad;1,000;ST;1.4408;2,350\n"
    "20;P-102;Welle;2,000;ST;1.4021;1,100\n"
    "30;P-103;Dichtband;0,350;M;;\n"
    ";;Summe;3,350;;;5,800\n"
)

DUTCH = (
    "Artikelnr|Omschrijving|Aantal|Eenheid|Materiaal\n"
    "A-1|Motor|1|st|\n"
    "Bevestiging||||\n"
    "A-2|Bout M4|1.200|stuks|RVS A2\n"
    "A-3|Kabel|2,5|m|koper\n"
    "Artikelnr|Omschrijving|Aantal|Eenheid|Materiaal\n"
    "A-4|Moer M4|12|stuks|RVS A2\n"
)

FRENCH = (
    "Repère;Référence;Désignation;Quantité;Matière;Masse (g)\n"
    "1;AB-12;Vis à tête plate;4;acier;2,5\n"
    "2;AB-13;Aimant;1 200;NdFeB;0,8\n"
)

ALTIUM = (
    "Comment,Description,Designator,Footprint,LibRef,Quantity\n"
    '10uF,"Capacitor, tantalum","C1, C2",3528-21,CAP,2\n'
    "BC847,NPN transistor,Q1,SOT-23,NPN,1\n"
)

NO_QUANTITY = "RefDes,Value,Package\nC1 C2 C3,100n,0402\nR7,1k,0603\n"


def lines_of(text, *, encoding="utf-8", options=None, limits=None):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    stream = parse(
        BytesIO(content),
        "csv",
        name="bom.csv",
        options=options or ReadOptions(),
        limits=limits or ReadLimits(),
    )
    lines = [line for chunk in stream for line in chunk]
    counts = stream.reading.counts
    assert counts.rows == counts.headers + counts.lines + counts.skipped + counts.problems
    assert counts.lines == len(lines)
    assert [line.index for line in lines] == list(range(len(lines)))
    return lines, stream


def codes(stream):
    return [problem.code for problem in stream.problems]


def test_kicad_with_quoted_designators_and_dnp():
    lines, stream = lines_of(KICAD)
    assert stream.reading.delimiter == ","
    assert [line.quantity for line in lines] == [3, 4, 1]
    assert [line.fitted for line in lines] == [True, False, True]
    assert lines[1].designators == ("R1", "R2", "R3", "R4")
    assert lines[0].part.maker_number == "C0603C104K5R"
    assert lines[0].part.designator_prefix == "C"
    assert lines[2].part.value == "MCU, 32 bit"
    assert lines[0].row == 2
    assert not stream.problems


def test_eagle_with_trailing_empty_column():
    lines, stream = lines_of(EAGLE)
    assert stream.reading.delimiter == ";"
    assert [line.quantity for line in lines] == [2, 1]
    assert lines[0].part.description == "Indicator"
    assert lines[0].part.maker == "ACME"
    assert lines[1].part.value == "4k7"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
def test_easyeda_in_each_unicode_form(encoding):
    lines, stream = lines_of(EASYEDA, encoding=encoding)
    assert stream.reading.delimiter == "\t"
    assert [line.part.value for line in lines] == ["100n", "LM999"]
    assert lines[0].position == "1"
    assert lines[0].part.maker_number == "X1"


def test_solidworks_keeps_a_row_that_names_nothing_and_says_so():
    lines, stream = lines_of(SOLIDWORKS)
    assert [line.position for line in lines] == ["1", "2", "3"]
    assert codes(stream) == ["missing-part"]
    assert stream.problems[0].place.row == 3


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850"])
def test_german_erp_with_title_rows_three_decimals_and_a_sum(encoding):
    lines, stream = lines_of(GERMAN_ERP, encoding=encoding)
    assert stream.reading.header_row == 4
    assert stream.reading.decimal_mark == ","
    assert [line.quantity for line in lines] == [1, 2, Decimal("0.35")]
    assert [line.unit for line in lines] == ["ST", "ST", "M"]
    assert lines[0].part.unit_mass_g == pytest.approx(2350)
    assert lines[0].part.material == "1.4408"
    assert stream.reading.counts.skipped == 4


def test_dutch_with_pipes_a_section_and_a_repeated_header():
    lines, stream = lines_of(DUTCH)
    assert [line.quantity for line in lines] == [1, 1200, Decimal("2.5"), 12]
    assert [line.row for line in lines] == [2, 4, 5, 7]
    assert stream.reading.counts.headers == 2
    assert lines[1].part.material == "RVS A2"


def test_a_part_number_alone_is_a_line_without_quantity_and_not_a_section():
    lines, stream = lines_of("Artikelnr;Omschrijving;Aantal\nA-1;;\nA-2;Bout;4\n")
    assert [line.quantity for line in lines] == [None, 4]
    assert codes(stream) == ["missing-quantity"]


def test_french_with_thousands_space_and_mass():
    lines, _ = lines_of(FRENCH, encoding="cp1252")
    assert [line.quantity for line in lines] == [4, 1200]
    assert [line.part.number for line in lines] == ["AB-12", "AB-13"]
    assert lines[1].part.unit_mass_g == pytest.approx(0.8)
    assert lines[0].part.description == "Vis à tête plate"


def test_altium_comment_is_the_value():
    lines, _ = lines_of(ALTIUM)
    assert [line.part.value for line in lines] == ["10uF", "BC847"]
    assert lines[0].part.description == "Capacitor, tantalum"


def test_designators_are_counted_where_no_quantity_column_is():
    lines, stream = lines_of(NO_QUANTITY)
    assert [line.quantity for line in lines] == [3, 1]
    assert not stream.problems


def test_no_quantity_at_all_is_said_once():
    lines, stream = lines_of("Part number,Description\nA,Bolt\nB,Nut\n")
    assert [line.quantity for line in lines] == [None, None]
    assert codes(stream) == ["no-quantity-column"]


def test_total_mass_of_a_line_is_shared_by_its_pieces():
    lines, _ = lines_of("Part number,Qty,Total weight (kg)\nA,4,2.0\nB,0,1.5\n")
    assert lines[0].part.unit_mass_g == pytest.approx(500)
    assert lines[1].part.unit_mass_g is None


def test_mass_without_unit_is_not_guessed():
    lines, stream = lines_of("Part number,Qty,Weight\nA,4,2.5\nB,2,12 g\n")
    assert lines[0].part.unit_mass_g is None
    assert lines[1].part.unit_mass_g == pytest.approx(12)
    assert codes(stream) == ["mass-without-unit"]


def test_the_caller_may_name_the_mass_column():
    options = ReadOptions(columns={"Weight": "mass_g"})
    lines, stream = lines_of("Part number,Qty,Weight\nA,4,2.5\n", options=options)
    assert lines[0].part.unit_mass_g == pytest.approx(2.5)
    assert not stream.problems


def test_original_cells_are_kept_without_the_empty_ones():
    lines, _ = lines_of("Part number,Qty,Shelf,\n A ,4,,x\n", options=ReadOptions(cells=True))
    assert lines[0].cells == (("Part number", "A"), ("Qty", "4"), ("D", "x"))


def test_equal_parts_are_one_object():
    lines, _ = lines_of("Part number,Qty\nA,1\nB,1\nA,7\n")
    assert lines[0].part is lines[2].part


def test_columns_by_letter_make_a_list_without_header_readable():
    text = "aa1,klemme,12\nbb2,schiene,3\n"
    with pytest.raises(NoHeader) as refused:
        lines_of(text)
    assert "columns" in refused.value.advice
    assert "klemme" in refused.value.detail
    options = ReadOptions(columns={"A": "part_number", "2": "description", "C": "quantity"})
    lines, stream = lines_of(text, options=options)
    assert [(line.part.number, line.quantity) for line in lines] == [("aa1", 12), ("bb2", 3)]
    assert stream.reading.header_row is None


def test_columns_by_heading_win_over_recognition():
    options = ReadOptions(columns={"xyz": "quantity", "Qty": ""})
    lines, _ = lines_of("Part number,Qty,XYZ\nA,1,9\n", options=options)
    assert lines[0].quantity == 9


def test_an_unknown_field_in_columns_is_refused():
    with pytest.raises(InvalidInput) as refused:
        lines_of(KICAD, options=ReadOptions(columns={"Value": "nonsense"}))
    assert refused.value.place.pointer == "/columns/Value"


def test_header_without_lines():
    with pytest.raises(NoLines) as refused:
        lines_of("Part number,Description,Qty\n,,\n")
    assert refused.value.place.row == 1


def test_white_space_is_an_empty_file():
    with pytest.raises(EmptyFile):
        lines_of(" \n\n  ;;\n")


def test_prose_is_refused():
    with pytest.raises(NoHeader):
        lines_of("Dear colleague,\nplease find the list, as promised, below.\nRegards, A.\n")


def test_too_many_lines_and_columns():
    with pytest.raises(BomTooLarge):
        lines_of("Part number,Qty\n" + "A,1\n" * 11, limits=ReadLimits(max_lines=10))
    wide = "Part number,Qty," + ",".join(f"x{n}" for n in range(20))
    with pytest.raises(BomTooLarge):
        lines_of(wide + "\nA,1\n", limits=ReadLimits(max_columns=10))


def test_sep_line_of_excel_is_honoured():
    lines, stream = lines_of("sep=|\nPart number|Qty\nA;1|3\n")
    assert stream.reading.delimiter == "|"
    assert lines[0].part.number == "A;1"


def test_a_list_of_one_column():
    lines, _ = lines_of("Part number\nA-1\nA-2\n")
    assert [line.part.number for line in lines] == ["A-1", "A-2"]


def test_bilingual_headings():
    lines, _ = lines_of('Artikelnr / Part no.;"Menge\nQuantity"\nA;2\n')
    assert lines[0].quantity == 2
    assert lines[0].row == 3


def test_a_column_that_the_table_does_not_have_is_refused_with_those_it_has():
    options = ReadOptions(columns={"Gewicht": "mass_g"})
    with pytest.raises(InvalidInput) as refused:
        lines_of("Part number,Qty\nA,4\n", options=options)
    assert refused.value.place.pointer == "/columns/Gewicht"
    assert "A: Part number, B: Qty" in refused.value.advice


def test_a_letter_beyond_the_table_is_refused():
    with pytest.raises(InvalidInput):
        lines_of("Part number,Qty\nA,4\n", options=ReadOptions(columns={"F": "quantity"}))


def test_a_sheet_of_a_text_file_is_refused():
    with pytest.raises(InvalidInput) as refused:
        lines_of("Part number,Qty\nA,4\n", options=ReadOptions(sheet="BOM"))
    assert refused.value.place.pointer == "/sheet"


@pytest.mark.parametrize("options", [ReadOptions(sheet="A"), ReadOptions(columns={"A": "unit"})])
def test_json_has_neither_sheets_nor_columns(options):
    with pytest.raises(InvalidInput):
        parse(BytesIO(b'[{"part_number": "A"}]'), "json", name="x", options=options,
              limits=ReadLimits())  # fmt: skip


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Bezeichnung;Menge\nGehäuse 5 µm ±0,1 für Öl 3 m³/h;1\n", "cp1252"),
        ("Description;Qty\nVis à tête fraisée, où brûlé, dû, sûr;1\n", "cp1252"),
        ("Description;Qty\nParafuso de aço, botões;1\n", "cp1252"),
        ("Description;Qty\nPiù così città;1\n", "cp1252"),
        ("Description;Qty\nŠroub průměr 8, těsnění;1\n", "cp1250"),
        ("Description;Qty\nPłyta główna, żółta;1\n", "cp1250"),
        ("Description;Qty\nTömítő gyűrű;1\n", "cp1250"),
    ],
)
def test_the_code_page_shows_in_the_words(text, encoding):
    lines, stream = lines_of(text, encoding=encoding)
    assert lines[0].part.description == text.splitlines()[1].split(";")[0]
    assert stream.reading.encoding == encoding


def test_what_is_no_line_is_told_with_its_row_and_reason():
    text = "Pump list,,\n,,\nPart number,Description,Qty\nA,Bolt,4\nHousing,,\nTotal,,4\n# end,,\n"
    _, stream = lines_of(text)
    told = [(one.row, one.reason, one.cell) for one in stream.reading.left_out]
    assert told == [
        (1, "title", "Pump list"), (5, "section", "Housing"), (6, "total", "Total"),
        (7, "comment", "# end"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["8532 2100", "7408.19.10"], "commodity_code"),
        (["7440-02-0", "7440-50-8"], "cas"),
        (["NL", "DE"], "origin"),
        (["R1, R2", "C4"], "designators"),
        (["€ 1,20", "0.40 EUR"], "price"),
        (["EUR", "USD"], "currency"),
        (["4 g", "0,2 kg"], "mass_g"),
        (["7440-02-1", "7440-50-9"], None),
        (["85322100", "74081910"], None),
        (["no", "yes"], None),
        (["M3", "M4"], None),
    ],
)
def test_a_nameless_column_is_known_by_what_it_holds(cells, field):
    body = "".join(f"P-{at};{at + 1};{cell}\n" for at, cell in enumerate(cells))
    _, stream = lines_of(f"Part number;Qty;\n{body}")
    found = stream.reading.columns[2]
    assert found.field == field
    assert found.confidence < 1.0
