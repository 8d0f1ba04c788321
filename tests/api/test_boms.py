"""Uploads in all their forms, versions, lines, profiles, deletion."""

import hashlib
import io
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

SAMPLES = Path(__file__).parents[2] / "bom_samples"
CSV = b"Part number;Description;Qty;Material\nA-1;Shaft;2;1.4462\nA-2;O-ring FKM;4;\n"
LINES = [
    {"id": "z", "description": "Shaft", "material": "1.4462", "quantity": 1, "mass_g": 3400},
    {"id": "a", "description": "Frobnicator", "quantity": "2"},
]


def test_form_upload_comes_back_ready_with_address_and_job(acme):
    answer = acme.upload(CSV)
    bom = answer.json
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/boms/{bom['id']}"
    assert answer.headers["Preference-Applied"] == "wait=20"
    assert bom["name"] == "bom.csv"
    assert bom["version"]["state"] == "ready"
    assert bom["version"]["lines"] == 2
    assert bom["version"]["job"]["state"] == "done"
    assert bom["version"]["file"]["sha256"] == hashlib.sha256(CSV).hexdigest()
    assert acme.get(answer.headers["Location"]).json == bom
    assert acme.get(f"/v1/jobs/{bom['version']['job']['id']}").json == bom["version"]["job"]


@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        ("pump/bom.csv", "text/csv"),
        ("e_bike_drive/bom.xlsx", "application/octet-stream"),
        ("sensor_board/bom.csv", ""),
    ],
)
def test_raw_body_is_read_by_its_content(acme, sample, kind):
    body = (SAMPLES / sample).read_bytes()
    answer = acme.post(
        "/v1/boms?name=Mine&annual_units=250.5",
        data=body,
        content_type=kind,
        headers={"Prefer": "respond-async, wait=20"},
    )
    assert answer.status_code == 201, answer.text
    version = answer.json["version"]
    assert answer.json["name"] == "Mine"
    assert (version["state"], version["annual_units"]) == ("ready", "250.5")
    assert version["file"]["size"] == len(body)


def test_json_lines_are_a_bom(acme):
    answer = acme.post(
        "/v1/boms",
        json={"name": "Typed", "annual_units": 12, "lines": LINES},
        headers={"Prefer": "wait=20"},
    )
    assert answer.status_code == 201, answer.text
    assert answer.json["version"]["state"] == "ready"
    assert answer.json["version"]["annual_units"] == "12"
    lines = acme.get(f"/v1/boms/{answer.json['id']}/lines").json
    assert [line["ref"] for line in lines["items"]] == ["z", "a"]


def test_columns_can_be_named(acme):
    body = b"Foo;Bar\nTantalum capacitor 10uF;7\n"
    answer = acme.upload(
        body, columns=orjson.dumps({"Foo": "description", "Bar": "quantity"}).decode()
    )
    assert answer.json["version"]["state"] == "ready", answer.text
    assert answer.json["version"]["columns"] == {"Foo": "description", "Bar": "quantity"}


TERMINAL = b"Description;Quantity;Material\nTerminal block 2-pole;3;\nShaft;1;1.4462\n"


@pytest.mark.parametrize("how", ["form", "query", "json"])
def test_documented_statements_only(acme, validate, how):
    if how == "form":
        sent = acme.upload(TERMINAL, documented_only="true")
    elif how == "query":
        sent = acme.upload(TERMINAL, path="/v1/boms?documented_only=true")
    else:
        block = {"description": "Terminal block 2-pole", "quantity": 3}
        body = {"lines": [block, {"material": "1.4462"}], "documented_only": True}
        sent = acme.post("/v1/boms", json=body, headers={"Prefer": "wait=20"})
    assert sent.status_code == 201, sent.text
    validate("Bom", sent.json)
    assert sent.json["version"]["documented_only"] is True
    bom = f"/v1/boms/{sent.json['id']}"
    profile = acme.get(f"{bom}/profile").json
    validate("StoredProfile", profile)
    assert profile["profile"]["options"]["documented_only"] is True
    assert profile["profile"]["coverage"]["undocumented"] == 1
    lines = acme.get(f"{bom}/lines").json
    validate("LinePage", lines)
    assert [bool(line["materials"]) for line in lines["items"]] == [False, True]
    assert acme.get(f"{bom}/lines?material=zinc").json["total"] == 0
    everything = acme.upload(TERMINAL, path=f"{bom}/versions").json
    assert everything["version"]["documented_only"] is False
    assert acme.get(f"{bom}/lines?material=zinc").json["total"] == 1


def test_the_body_says_what_counts_where_the_query_says_otherwise(acme):
    sent = acme.post(
        "/v1/boms?documented_only=true",
        json={"lines": [{"material": "1.4462"}], "documented_only": False},
    )
    assert sent.json["version"]["documented_only"] is False


def test_no_wait_answers_at_once_with_a_true_state(acme):
    answer = acme.upload(CSV, wait=0)
    assert answer.headers["Preference-Applied"] == "wait=0"
    assert answer.json["version"]["state"] in {"processing", "ready"}
    assert answer.json["version"]["job"]["state"] in {"queued", "running", "done"}


def test_wait_is_limited(acme, ctx):
    answer = acme.upload(CSV, wait=999999)
    assert answer.headers["Preference-Applied"] == f"wait={ctx.settings.max_wait:.0f}"


def test_a_file_without_header_fails_with_the_problem_in_its_job(acme):
    answer = acme.upload(b"1;2;3\n4;5;6\n7;8;9\n")
    assert answer.status_code == 201
    version = answer.json["version"]
    assert version["state"] == "failed"
    problem = version["job"]["problem"]
    assert problem["type"] == "/problems/no-header"
    assert problem["detail"]
    assert problem["advice"]
    for part in ("profile", "lines"):
        refused = acme.get(f"/v1/boms/{answer.json['id']}/{part}")
        assert refused.status_code == 409
        assert refused.json["code"] == "not-ready"


def test_profile_is_the_stored_bytes_in_an_envelope(acme, pump):
    answer = acme.get(f"/v1/boms/{pump['id']}/profile")
    envelope = answer.json
    assert list(envelope) == ["id", "created_at", "sha256", "profile"]
    body = answer.data[answer.data.index(b'"profile":') + len(b'"profile":') : -1]
    assert hashlib.sha256(body).hexdigest() == envelope["sha256"]
    assert answer.headers["ETag"] == f'"{envelope["sha256"]}"'
    assert envelope["profile"]["options"] == {"annual_units": "1000", "documented_only": False}
    assert envelope["profile"]["coverage"]["lines"] == 39


def test_profile_is_not_sent_again_to_who_has_it(acme, pump):
    path = f"/v1/boms/{pump['id']}/profile"
    tag = acme.get(path).headers["ETag"]
    again = acme.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert acme.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_profile_validates_strictly_against_the_contract(acme, validate):
    for sample in ("pump/bom.csv", "sensor_board/bom.csv", "e_bike_drive/bom.xlsx"):
        body = (SAMPLES / sample).read_bytes()
        bom = acme.upload(body, name=Path(sample).name, annual_units="10").json
        validate("StoredProfile", acme.get(f"/v1/boms/{bom['id']}/profile").json)
        validate("LinePage", acme.get(f"/v1/boms/{bom['id']}/lines?limit=500").json)
        validate("Bom", bom)


def test_lines_come_in_pages_that_add_up(acme, pump):
    path = f"/v1/boms/{pump['id']}/lines"
    whole = acme.get(path, query_string={"limit": 500}).json
    assert whole["next"] is None
    assert whole["total"] == len(whole["items"]) == 39
    found, answer = [], acme.get(path, query_string={"limit": 7})
    while True:
        found += answer.json["items"]
        assert answer.json["total"] == 39
        if answer.json["next"] is None:
            break
        link = answer.headers["Link"]
        assert link.endswith('>; rel="next"')
        answer = acme.get(link[1 : link.index(">")])
    assert "Link" not in answer.headers
    assert found == whole["items"]


def test_versions_are_kept_and_can_be_read(acme):
    first = acme.upload(CSV, name="one.csv").json
    path = f"/v1/boms/{first['id']}"
    more = CSV + b"A-3;Magnet NdFeB N42;1;\n"
    second = acme.upload(more, name="two.csv", path=f"{path}/versions")
    assert second.status_code == 201, second.text
    assert second.json["name"] == "one.csv"
    assert second.json["version"]["number"] == 2
    listed = acme.get(f"{path}/versions").json
    assert [version["number"] for version in listed["items"]] == [2, 1]
    assert listed["total"] == 2
    lines = [
        acme.get(f"{path}/lines", query_string={"version": number}).json["total"]
        for number in (1, 2)
    ]
    assert lines == [2, 3]
    digests = {
        acme.get(f"{path}/profile", query_string=query).json["sha256"]
        for query in ({}, {"version": 2}, {"version": 1})
    }
    assert len(digests) == 2
    assert acme.get(f"{path}/profile", query_string={"version": 3}).status_code == 404


def test_list_is_newest_first_and_complete(join):
    caller = join("Lister")
    sent = [caller.upload(CSV, name=f"{n}.csv", wait=0).json["id"] for n in range(5)]
    found, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = caller.get("/v1/boms", query_string=query).json
        assert page["total"] == 5
        found += [bom["id"] for bom in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == sent[::-1]


def test_deleted_is_gone_with_all_that_came_from_it(acme):
    bom = acme.upload(CSV).json
    path = f"/v1/boms/{bom['id']}"
    answer = acme.delete(path)
    assert (answer.status_code, answer.data) == (204, b"")
    for address in (
        path,
        f"{path}/lines",
        f"{path}/profile",
        f"{path}/versions",
        f"/v1/jobs/{bom['version']['job']['id']}",
    ):
        assert acme.get(address).status_code == 404
    assert acme.delete(path).status_code == 404


def test_version_of_an_unknown_bom_is_not_taken(acme):
    answer = acme.upload(CSV, path=f"/v1/boms/{uuid4()}/versions")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_same_file_gives_the_same_profile(acme, rival):
    mine, theirs = acme.upload(CSV).json, rival.upload(CSV, name="other name.csv").json
    digests = {
        caller.get(f"/v1/boms/{bom['id']}/profile").json["sha256"]
        for caller, bom in ((acme, mine), (rival, theirs))
    }
    assert len(digests) == 1


def test_form_may_not_hold_two_files(acme):
    data = {"file": (io.BytesIO(CSV), "a.csv"), "other": (io.BytesIO(CSV), "b.csv")}
    answer = acme.post("/v1/boms", data=data)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == "file"
