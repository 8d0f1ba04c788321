"""Our own JSON goes out and comes in again; limits and the schema are told to everybody."""

from dataclasses import asdict

import jsonschema
import pytest

from tests.api.conftest import SAMPLES


@pytest.fixture
def schema(anonymous):
    answer = anonymous.get("/v1/schemas/bom")
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    return answer.json


def lines_of(acme, bom):
    return acme.get(f"/v1/boms/{bom}/lines?limit=500").json["items"]


def told(line):
    """A line without what its file alone says: row, sheet, level, the caller's id."""
    return {
        name: value
        for name, value in line.items()
        if name not in ("row", "sheet", "level", "ref", "problems")
    }


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*/bom.*")), ids=lambda one: one.parent.name)
@pytest.mark.parametrize("way", ["body", "file"])
def test_an_exported_bom_reads_back_to_the_same_lines(acme, schema, sample, way):
    bom = acme.upload(sample.read_bytes(), name=sample.name).json["id"]
    document = acme.get(f"/v1/boms/{bom}/export")
    assert document.headers["Content-Disposition"] == 'attachment; filename="bom.json"'
    jsonschema.validate(document.json, schema)
    if way == "file":
        again = acme.upload(document.data, name="bom.json")
    else:
        again = acme.post("/v1/boms", json=document.json, headers={"Prefer": "wait=20"})
    assert again.json["version"]["state"] == "ready", again.text
    copy = lines_of(acme, again.json["id"])
    assert [told(line) for line in copy] == [told(line) for line in lines_of(acme, bom)]
    analysis = acme.post("/v1/analyses", json=document.json)
    assert len(analysis.json["lines"]) == len(copy)


def test_a_version_is_exported_by_its_number(acme, pump):
    path = f"/v1/boms/{pump['id']}/export"
    assert acme.get(f"{path}?version=1").json["annual_units"] == "1000"
    assert acme.get(f"{path}?version=9").status_code == 404


def test_limits_are_what_the_settings_say(anonymous, ctx):
    told = anonymous.get("/v1/limits").json
    assert "csv" in told.pop("kinds")
    assert told == asdict(ctx.settings.read_limits)
    assert told["max_bytes"] >= 100 * 2**20
    assert told["max_lines"] >= 10**6


@pytest.mark.parametrize(("language", "heading"), [("nl", "Aantal"), ("fr", "Quantité")])
def test_templates_come_in_the_language_that_is_asked_for(anonymous, language, heading):
    by_query = anonymous.get(f"/v1/templates/bom.csv?language={language}")
    by_header = anonymous.get("/v1/templates/bom.csv", headers={"Accept-Language": language})
    assert by_query.data == by_header.data
    assert heading in by_query.data.decode("utf-8-sig")
    assert by_query.headers["Content-Language"] == language
    assert by_query.mimetype == "text/csv"


def test_a_template_filled_in_is_a_bom(acme):
    empty = acme.get("/v1/templates/bom.csv?language=de").data
    bom = acme.upload(empty + b"1;;A-1;Welle;2;Stk;;;1.4462;;;;;\r\n").json
    (line,) = lines_of(acme, bom["id"])
    assert (line["part"]["material"], line["quantity"], line["problems"]) == ("1.4462", "2", [])


def test_a_workbook_to_fill_in_is_one(anonymous):
    answer = anonymous.get("/v1/templates/bom.xlsx?language=nl")
    assert answer.data[:2] == b"PK"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bom.xlsx"'
