"""The part library over HTTP: its answers, who may what, and conditions of changes."""

import pytest

from tests.api.conftest import PUMP

LIBRARY = ("parts:read", "parts:write")


@pytest.fixture
def magnet(acme, pump):
    """The address of a part of Acme, when nothing is being brought up to date any more."""
    wait_until_up_to_date(acme, pump)
    (item,) = acme.get("/v1/parts?text=own:kp-1002").json["items"]
    return f"/v1/parts/{item['id']}"


def wait_until_up_to_date(acme, bom):
    """Wait for jobs of other tests: what is shown of a part tells of them."""
    while (job := acme.get(f"/v1/boms/{bom['id']}").json["version"]["refresh"]) is not None:
        acme.get(f"/v1/jobs/{job['id']}", headers={"Prefer": "wait=20"})


def test_answers_are_as_the_contract_says(acme, pump, magnet, validate):
    validate("PartPage", acme.get("/v1/parts?limit=500").json)
    validate("ReviewPage", acme.get("/v1/review").json)
    validate("ReviewPage", acme.get(f"/v1/review?bom={pump['id']}").json)
    put = {
        "kind": "replace",
        "contents": [{"material": "nickel", "fraction": {"low": 0, "high": 1}}],
    }
    validate("Decided", acme.open("PUT", f"{magnet}/decision", json=put).json)
    declaration = {"full": True, "substances": [{"cas": "7440-02-0", "mass_g": 1.0}]}
    added = acme.post(f"{magnet}/declarations", json=declaration)
    assert added.status_code == 201, added.text
    validate("Decided", added.json)
    validate("DeclarationList", acme.get(f"{magnet}/declarations").json)
    validate("Part", acme.get(magnet).json)
    number = added.json["part"]["declarations"][0]["number"]
    validate("Decided", acme.delete(f"{magnet}/declarations/{number}").json)
    undone = acme.delete(f"{magnet}/decision")
    validate("Decided", undone.json)
    assert acme.delete(f"{magnet}/decision").status_code == 409
    table = b"part_number;cas;amount;unit;basis\nkp-1002;7440-02-0;1;g;partial\n"
    validate("Declared", acme.post("/v1/declarations", data=table, content_type="text/csv").json)


def test_a_change_asks_for_the_part_as_it_is_known(acme, magnet):
    seen = acme.get(magnet)
    tag = {"If-Match": seen.headers["ETag"]}
    assert acme.get(magnet, headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304
    wish = {"kind": "dismiss", "material": "cobalt", "reason": "measured"}
    assert acme.open("PUT", f"{magnet}/decision", json=wish, headers=tag).status_code == 200
    refused = acme.open("PUT", f"{magnet}/decision", json=wish, headers=tag)
    assert (refused.status_code, refused.json["code"]) == (412, "precondition-failed")
    assert acme.delete(f"{magnet}/decision", headers=tag).status_code == 412
    empty = {"If-Match": '"", "S!"'}
    assert acme.delete(f"{magnet}/decision", headers=empty).status_code == 412
    assert acme.delete(f"{magnet}/decision", headers={"If-Match": "*"}).status_code == 200


def test_where_a_part_is_used_is_no_reason_to_refuse_a_change(acme, magnet):
    seen = acme.get(magnet)
    other = acme.upload(PUMP.read_bytes(), name="other.csv").json
    used = acme.get(magnet)
    assert used.json["used_in"]["boms"] == seen.json["used_in"]["boms"] + 1
    known = {"If-None-Match": seen.headers["ETag"], "If-Match": seen.headers["ETag"]}
    assert acme.get(magnet, headers=known).status_code == 200
    wish = {"kind": "dismiss", "material": "boron", "reason": "measured"}
    assert acme.open("PUT", f"{magnet}/decision", json=wish, headers=known).status_code == 200
    newer = {"If-Match": used.headers["ETag"]}
    assert acme.delete(f"{magnet}/decision", headers=newer).status_code == 412
    assert acme.delete(f"{magnet}/decision").status_code == 200
    assert acme.delete(f"/v1/boms/{other['id']}").status_code == 204


def test_names_of_boms_are_for_those_who_may_read_boms(ctx, app, acme, magnet):
    from scanner.services import keys

    desk = keys.create(ctx, acme.company.id, name="desk", scopes=LIBRARY).token
    headers = {"Authorization": f"Bearer {desk}"}
    told = app.test_client().get(magnet, headers=headers).json["used_in"]["shown"]
    assert {use["name"] for use in told} == {None}
    assert {use["name"] for use in acme.get(magnet).json["used_in"]["shown"]} == {"pump.csv"}


def test_what_does_not_fit_is_told_with_its_place(acme, magnet):
    for body, pointer in (
        ({"kind": "guess"}, "/kind"),
        ({"kind": "nothing"}, "/reason"),
        ({"kind": "dismiss", "material": "x", "reason": "y"}, "/material"),
        (
            {
                "kind": "replace",
                "contents": [{"material": "nickel", "mass_g": {"low": 2, "high": 1}}],
            },
            "/contents/0/mass_g",
        ),
    ):
        refused = acme.open("PUT", f"{magnet}/decision", json=body)
        assert refused.status_code == 422, refused.text
        assert refused.json["errors"][0]["pointer"] == pointer
    table = b"part_number;cas;amount;unit;basis\nA;7440-02-1;1;g;full\nB;7440-02-0;x;g;full\n"
    refused = acme.post("/v1/declarations", data=table, content_type="text/csv")
    assert [(one["row"], one["column"]) for one in refused.json["errors"]] == [
        (2, "cas"), (3, "amount"),
    ]  # fmt: skip
    refused = acme.post("/v1/parts/import", data=b"{", content_type="application/x-ndjson")
    assert refused.json["errors"][0]["row"] == 1
    assert acme.post("/v1/parts/import", data=b"{").status_code == 415


def test_an_export_comes_back_unchanged(acme, magnet):
    acme.open("PUT", f"{magnet}/decision", json={"kind": "nothing", "reason": "measured"})
    body = acme.get("/v1/parts/export").data
    assert body.count(b"\n") >= 1
    done = acme.post("/v1/parts/import", data=body, content_type="application/x-ndjson").json
    assert done["unchanged"] == done["parts"] == body.count(b"\n")
    tried = acme.post(
        "/v1/parts/import?dry_run=true", data=body, content_type="application/x-ndjson"
    )
    assert tried.json["dry_run"] is True
    acme.delete(f"{magnet}/decision")


def test_a_profile_is_brought_up_to_date_and_earlier_ones_stay(acme, pump, magnet):
    address = f"/v1/boms/{pump['id']}"
    first = acme.get(f"{address}/profile").json
    revision = first["profile"]["decision_revision"]
    done = acme.open("PUT", f"{magnet}/decision", json={"kind": "nothing", "reason": "measured"})
    assert done.json["refreshing"] == 1
    wait_until_up_to_date(acme, pump)
    now = acme.get(f"{address}/profile").json["profile"]
    assert now["decision_revision"] > revision
    earlier = acme.get(f"{address}/profile?decision_revision={revision}").json
    assert earlier == first
    assert acme.get(f"{address}/profile?decision_revision=999999").status_code == 404
    acme.delete(f"{magnet}/decision")
