"""Lines in, profile out, nothing stored."""

import hashlib

from scanner.profile import canonical

LINES = [
    {"id": "z", "description": "Shaft", "material": "1.4462", "quantity": 1, "mass_g": 3400},
    {"id": "k", "description": "Frobnicator", "quantity": "2"},
    {"id": "a", "description": "Magnet NdFeB N42SH", "quantity": 4, "mass_g": 12.5},
]


def test_lines_come_back_in_the_callers_order_with_the_callers_ids(acme, validate):
    answer = acme.post("/v1/analyses", json={"lines": LINES, "annual_units": "100"})
    assert answer.status_code == 200, answer.text
    found = answer.json
    validate("Analysis", found)
    assert [line["ref"] for line in found["lines"]] == ["z", "k", "a"]
    assert [line["state"] for line in found["lines"]] == [
        "recognised",
        "unrecognised",
        "recognised",
    ]
    assert "chromium" in {m["material"] for m in found["lines"][0]["materials"]}
    assert "neodymium" in {m["material"] for m in found["profile"]["materials"]}
    assert found["profile"]["options"] == {"annual_units": "100", "documented_only": False}


def test_profile_has_the_digest_that_is_named(acme):
    found = acme.post("/v1/analyses", json={"lines": LINES}).json
    assert hashlib.sha256(canonical(found["profile"])).hexdigest() == found["sha256"]


def test_same_lines_same_bytes_and_nothing_stored(join):
    caller = join("Forgetful")
    first, second = (caller.post("/v1/analyses", json={"lines": LINES}) for _ in range(2))
    assert first.data == second.data
    assert caller.get("/v1/boms").json == {"items": [], "next": None, "total": 0}


def test_documented_statements_only(acme, validate):
    lines = [*LINES, {"id": "t", "description": "Terminal block 2-pole", "quantity": 1}]
    asked = {"lines": lines, "documented_only": True}
    answer = acme.post("/v1/analyses", json=asked)
    assert answer.status_code == 200, answer.text
    validate("Analysis", answer.json)
    found, block = answer.json["profile"], answer.json["lines"][3]
    assert found["options"]["documented_only"] is True
    assert found["coverage"]["undocumented"] == 1
    assert (block["state"], block["materials"]) == ("recognised", [])
    assert {"material": "zinc", "presence": "likely"} in block["left_out"]
    assert "zinc" in found["left_out"]["materials"]
    assert not any(m["expert"] for line in answer.json["lines"] for m in line["materials"])
    everything = acme.post("/v1/analyses", json={**asked, "documented_only": False}).json
    assert everything["profile"]["left_out"] is None
    assert everything == acme.post("/v1/analyses", json={"lines": lines}).json


def test_one_bad_line_does_not_lose_the_others(acme):
    lines = [*LINES, {"id": "b", "description": "Bolt A4-80", "quantity": "-3"}]
    found = acme.post("/v1/analyses", json={"lines": lines}).json
    assert len(found["lines"]) == 4
    assert found["lines"][3]["problems"][0]["code"] == "negative-quantity"
    assert found["profile"]["problems"]["count"] == 1
