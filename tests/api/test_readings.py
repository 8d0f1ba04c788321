"""How a file is read: said before it is handed over, and of every version afterwards."""

import io
import json
from urllib.parse import quote

import pytest

from tests.api.test_problems import problem

MESSY = (
    b"Stuklijst pomp 65-160;;;\n"
    b"Pos;Omschr. intern;Aantal;Gewicht/st (g)\n"
    b"1;As 1.4462;2;350\n"
    b";;;\n"
    b"2;Waaier CuSn12;1;veel\n"
    b"Totaal;;3;\n"
)
ADDRESS = "/v1/boms/preview"


def fields(answer):
    return {column["heading"]: column["field"] for column in answer["input"]["columns"]}


def test_preview_tells_columns_lines_and_what_is_wrong(acme):
    found = acme.post(ADDRESS, data=MESSY, content_type="text/csv")
    assert found.status_code == 200
    read = found.json["input"]
    assert read["header_row"] == 2
    assert fields(found.json)["Aantal"] == "quantity"
    rows = read["rows"]
    assert rows["rows"] == rows["headers"] + rows["lines"] + rows["skipped"] + rows["problems"]
    assert [one["row"] for one in read["left_out"]] == [1, 6]
    first, second = found.json["lines"]
    assert first["cells"]["Aantal"] == "2"
    assert (first["quantity"], first["part"]["unit_mass_g"]) == ("2", 350.0)
    assert second["part"].get("unit_mass_g") is None
    assert found.json["problems"]["count"] == 1
    (wrong,) = found.json["problems"]["shown"]
    assert (wrong["row"], wrong["cell"]) == (5, "veel")


def test_preview_takes_corrections_until_it_is_right(acme):
    csv = b"Thing;Count\nShaft;2\n"
    told = acme.post(ADDRESS, data=csv, content_type="text/csv")
    columns = {"Thing": "description", "Count": "remarks"}
    asked = f"{ADDRESS}?columns={quote(json.dumps(columns))}"
    put_right = acme.post(asked, data=csv, content_type="text/csv").json
    assert fields(put_right) == columns
    assert put_right["lines"][0]["quantity"] is None
    assert told.status_code == 422 or fields(told.json) != columns


@pytest.mark.parametrize(
    ("columns", "code"),
    [('{"Weight": "mass_g"}', "invalid-input"), ('{"Qty": "length"}', "invalid-input")],
)
def test_preview_refuses_columns_and_fields_that_are_not_there(acme, columns, code):
    asked = f"{ADDRESS}?columns={quote(columns)}"
    answer = acme.post(asked, data=b"Description;Qty\nShaft;2\n", content_type="text/csv")
    problem(answer, 422, code)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"a;b\nc;d\n", "no-header"),
        (b"Description;Qty\n", "no-lines"),
    ],
)
def test_preview_says_what_cannot_be_read(acme, data, code):
    problem(acme.post(ADDRESS, data=data, content_type="text/csv"), 422, code)


def test_preview_takes_what_an_upload_takes_and_stores_nothing(acme):
    before = acme.get("/v1/boms").json["total"]
    csv = b"Description;Qty\nShaft;2\n"
    forms = (
        {"data": {"file": (io.BytesIO(csv), "bom.csv"), "name": "Pump"}},
        {"data": csv, "content_type": "text/csv"},
        {"json": {"lines": [{"id": 7, "description": "Shaft", "quantity": 2}]}},
    )
    for form in forms:
        answer = acme.post(ADDRESS, **form)
        assert answer.status_code == 200
        assert answer.json["lines"][0]["part"] == {"description": "Shaft"}
    assert answer.json["lines"][0]["ref"] == "7"
    assert acme.get("/v1/boms").json["total"] == before


def test_preview_shows_the_first_lines_and_counts_all(acme):
    csv = "Description;Qty\n" + "".join(f"Shaft {n};{n}\n" for n in range(1, 31))
    answer = acme.post(ADDRESS, data=csv.encode(), content_type="text/csv").json
    assert len(answer["lines"]) == 20
    assert answer["input"]["rows"]["lines"] == 30


def test_columns_of_a_version_are_those_of_its_preview(acme):
    shown = acme.post(ADDRESS, data=MESSY, content_type="text/csv").json["input"]
    bom = acme.upload(MESSY).json
    path = f"/v1/boms/{bom['id']}"
    assert acme.get(f"{path}/columns").json == shown
    assert shown.pop("remembered") is None
    assert acme.get(f"{path}/profile").json["profile"]["input"] == shown
    problem(acme.get(f"{path}/columns?version=2"), 404, "not-found")


ODD = b"Zaak;Hoeveel\nMoer M8;12\n"
RIGHT = {"Zaak": "description", "Hoeveel": "quantity"}


def test_a_correction_is_remembered_told_and_forgotten(acme):
    asked = f"/v1/boms?columns={quote(json.dumps(RIGHT))}"
    now = {"Prefer": "wait=20"}
    problem(acme.post(ADDRESS, data=ODD, content_type="text/csv"), 422, "no-header")
    first = acme.post(asked, data=ODD, content_type="text/csv", headers=now).json
    assert acme.get(f"/v1/boms/{first['id']}/columns").json["remembered"] is None
    listed = acme.get("/v1/column-mappings").json
    (kept,) = listed["items"]
    assert (listed["total"], kept["columns"], kept["kind"]) == (1, RIGHT, "csv")
    shown = acme.post(ADDRESS, data=ODD, content_type="text/csv").json
    assert fields(shown) == RIGHT
    assert shown["input"]["remembered"]["id"] == kept["id"]
    second = acme.post("/v1/boms", data=ODD, content_type="text/csv", headers=now).json
    told = acme.get(f"/v1/boms/{second['id']}/columns").json["remembered"]
    assert told == shown["input"]["remembered"]
    assert told["columns"] == RIGHT
    assert acme.delete(f"/v1/column-mappings/{kept['id']}").status_code == 204
    problem(acme.delete(f"/v1/column-mappings/{kept['id']}"), 404, "not-found")
    assert acme.get("/v1/column-mappings").json["items"] == []
    problem(acme.post(ADDRESS, data=ODD, content_type="text/csv"), 422, "no-header")
