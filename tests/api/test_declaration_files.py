"""Declarations of the trade through the API: found parts, what is left out, what is refused."""

import io
from pathlib import Path

import pytest

FILES = Path(__file__).parents[1] / "parse" / "files" / "declared"
XML = {"content_type": "application/xml"}


@pytest.fixture
def writer(join):
    return join("Declared")


def content(name):
    return (FILES / name).read_bytes()


def declare(writer, data, **options):
    return writer.post("/v1/declarations", data=data, **{**XML, **options})


def parts(writer, key):
    return writer.get(f"/v1/parts?text={key}").json["items"]


def held(writer, key):
    (part,) = parts(writer, key)
    return writer.get(f"/v1/parts/{part['id']}/declarations").json["items"]


def test_a_full_declaration_is_heeded_in_boms_that_name_the_part(writer, validate):
    bom = writer.upload(b"Manufacturer,MPN,Description,Qty\nCapwerk,CW-0402-104,Thing,3\n").json
    answer = declare(writer, content("ipc1752a_class_d.xml"))
    assert answer.status_code == 200, answer.text
    validate("Declared", answer.json)
    assert (answer.json["added"], answer.json["left_out_total"]) == (1, 0)
    (found,) = held(writer, "mpn:capwerk")
    assert (found["full"], found["unit_mass_g"]) == (True, 0.0012)
    assert {one["cas"] for one in found["substances"]} == {"12047-27-7", "1308-87-8", "7440-02-0"}
    again = declare(writer, content("ipc1752a_class_d.xml"))
    assert (again.json["added"], again.json["known"]) == (0, 1)
    lines = writer.get(f"/v1/boms/{bom['id']}/lines").json["items"]
    assert lines


def test_a_part_is_found_by_the_receivers_own_number(writer):
    writer.upload(b"Part number,Description,Qty\nCAP-77,Thing,3\n")
    declare(writer, content("ipc1752a_class_d.xml"))
    assert held(writer, "own:cap-77")
    assert not parts(writer, "mpn:capwerk")


def test_what_cannot_be_taken_is_told(writer):
    answer = declare(writer, content("iec62474.xml"), content_type="text/xml").json
    assert (answer["added"], answer["left_out_total"]) == (1, 3)
    assert {"row": 26, "name": "Binder", "reason": "it has no CAS number"} in answer["left_out"]


HEAVY = content("ipc1752b_class_d.xml").replace(b'"19.9"', b'"29.9"')
BOMB = b'<!DOCTYPE x [<!ENTITY a "b">]><MainDeclaration>&a;</MainDeclaration>'


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (HEAVY, 422, "invalid-input"),
        (BOMB, 422, "unreadable-bom"),
        (b"<MainDeclaration>", 422, "unreadable-bom"),
        (b"<MainDeclaration/>", 422, "unreadable-bom"),
        (b"part_number;cas\n", 415, "unsupported-type"),
        (b"<export version='D'/>", 415, "unsupported-type"),
        (b"<html/>", 415, "unsupported-type"),
        (b"", 422, "empty-file"),
    ],
)
def test_other_files_are_refused_and_nothing_is_stored(writer, data, status, code):
    answer = declare(writer, data)
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert not writer.get("/v1/parts").json["items"]


def test_a_declaration_is_no_list_of_parts(writer):
    data = {"file": (io.BytesIO(content("iec62474.xml")), "x.xml")}
    answer = writer.post("/v1/boms", data=data, headers={"Prefer": "wait=20"})
    problem = answer.json["version"]["job"]["problem"]
    assert problem["code"] == "unsupported-type"
    assert "/v1/declarations" in problem["advice"]
