"""What is made or changed at once takes effect once, together with its key and its answer."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import select

from scanner.app import create_app
from scanner.services import keys, replies
from scanner.services.roles import ALL_SCOPES
from scanner.store.tables import Reply
from tests.api.conftest import EVERYTHING_HELD, Caller

QUESTION = {"question": "Zit er kobalt in?"}
CSV = b"Part number;Description;Qty;Material\nA-1;Shaft;2;1.4462\n"
DECLARED = {"full": False, "substances": [{"cas": "7440-48-4", "mass_g": 1.5}]}
TABLE = "part_number,cas,amount,unit,basis\nP-{},7440-48-4,2,g,partial\n"
STORES_NOTHING = {"analyses:run"}


@pytest.fixture
def caller(join):
    return join(f"Repeater {uuid4()}", ALL_SCOPES)


def send(caller, path, key, **body):
    return caller.post(path, headers={"Idempotency-Key": key}, **body)


def kept(ctx, caller):
    """Routes of the answers that are kept for a company, and what they hold."""
    with ctx.database.reading() as connection:
        mine = select(Reply.route, Reply.body).where(Reply.company_id == caller.company.id)
        return {row.route: row.body for row in connection.execute(mine)}


def test_every_post_that_changes_something_takes_a_key(contract):
    without = []
    for path, methods in contract["paths"].items():
        if "post" in methods:
            (scopes,) = (one["key"] for one in methods["post"]["security"])
            named = {one["name"] for one in methods["post"].get("parameters", ())}
            if "Idempotency-Key" not in named and not set(scopes) & STORES_NOTHING:
                without.append(path)
    assert without == []


def test_a_case_is_made_once(caller):
    first, again = (send(caller, "/v1/cases", "k", json=QUESTION) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert again.headers["Location"] == first.headers["Location"]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert caller.get("/v1/cases").json["total"] == 1


def test_a_note_is_added_once_and_the_answer_stays(caller):
    case = send(caller, "/v1/cases", "k", json=QUESTION).json
    path = f"/v1/cases/{case['id']}/notes"
    first = send(caller, path, "k", json={"text": "Calls back."})
    caller.post(path, json={"text": "Called."})
    again = send(caller, path, "k", json={"text": "Calls back."})
    assert again.data == first.data
    happened = caller.get(f"/v1/cases/{case['id']}").json["entries"]
    assert [one["body"] for one in happened] == ["Calls back.", "Called."]


def test_declarations_and_libraries_are_taken_once(caller):
    sent = TABLE.format(1).encode()
    first, again = (
        send(caller, "/v1/declarations", "k", data=sent, content_type="text/csv") for _ in range(2)
    )
    assert first.status_code == 200, first.text
    assert first.json["added"] == 1
    assert again.data == first.data  # without the key it would add none
    (part,) = caller.get("/v1/parts").json["items"]
    path = f"/v1/parts/{part['id']}/declarations"
    one, same = (send(caller, path, "k", json=DECLARED) for _ in range(2))
    assert one.status_code == 201, one.text
    assert same.data == one.data
    lines = caller.get("/v1/parts/export").data
    imported = [
        send(caller, "/v1/parts/import", "k", data=lines, content_type="application/x-ndjson")
        for _ in range(2)
    ]
    assert imported[0].json["unchanged"] == 1
    assert imported[1].headers["Idempotent-Replayed"] == "true"


def test_what_is_only_tried_is_answered_again_and_changes_nothing(caller):
    source = caller.post(
        "/v1/declarations", data=TABLE.format(7), content_type="text/csv"
    ).status_code
    assert source == 200
    lines = caller.get("/v1/parts/export").data.replace(b"p-7", b"p-8").replace(b"P-7", b"P-8")
    path, ndjson = "/v1/parts/import?dry_run=true", "application/x-ndjson"
    first, again = (send(caller, path, "k", data=lines, content_type=ndjson) for _ in range(2))
    assert first.status_code == 200, first.text
    assert first.json["dry_run"] is True
    assert again.data == first.data
    assert caller.get("/v1/parts").json["total"] == 1
    for_real = send(caller, "/v1/parts/import", "k", data=lines, content_type=ndjson)
    assert for_real.json["code"] == "idempotency-key-reused"


def test_a_declaration_of_the_trade_is_read_as_without_a_key(caller):
    sent = {"data": b"<no-declaration/>", "content_type": "application/xml"}
    keyed, plain = (
        send(caller, "/v1/declarations", "k", **sent),
        caller.post("/v1/declarations", **sent),
    )
    assert (keyed.status_code, keyed.json["detail"]) == (plain.status_code, plain.json["detail"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/keys", {"name": "another", "scopes": ["boms:read"]}),
        ("/v1/invitations", {"email": "somebody@example.org", "role": "reader"}),
    ],
)
def test_a_secret_is_made_once_and_not_kept(ctx, caller, path, body):
    before = caller.get(path).json["total"]
    first, again = (send(caller, path, "k", json=body) for _ in range(2))
    assert first.status_code == 201, first.text
    assert first.headers["Cache-Control"] == "no-store"
    assert (again.status_code, again.json["code"]) == (409, "conflict")
    assert "secret" in again.json["detail"]
    assert caller.get(path).json["total"] == before + 1
    assert kept(ctx, caller) == {f"POST {path}": None}


def test_a_key_is_rotated_once(ctx, caller):
    old = keys.create(ctx, caller.company.id, name="old").key
    path = f"/v1/keys/{old.id}/rotate"
    answers = [send(caller, path, "k", json={}) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 409]
    assert "secret" in answers[1].json["detail"]
    assert sum(one["name"] == "old" for one in caller.get("/v1/keys").json["items"]) == 2


def test_another_content_or_another_key_s_sight_is_refused(ctx, caller):
    send(caller, "/v1/cases", "k", json=QUESTION)
    fewer = keys.create(ctx, caller.company.id, name="fewer", scopes=["cases:write"]).token
    blind = Caller(caller.company, fewer, caller.client)
    for answer in (
        send(caller, "/v1/cases", "k", json={"question": "And nickel?"}),
        send(blind, "/v1/cases", "k", json=QUESTION),
    ):
        assert (answer.status_code, answer.json["code"]) == (422, "idempotency-key-reused")
    assert caller.get("/v1/cases").json["total"] == 1


def test_a_refused_request_does_not_use_up_its_key(caller):
    assert send(caller, "/v1/cases", "k", json={"question": " "}).status_code == 422
    assert send(caller, "/v1/cases", "k", json=QUESTION).status_code == 201
    assert send(caller, "/v1/cases", "two words", json=QUESTION).status_code == 400


def test_companies_use_the_same_key(caller, join):
    other = join("Another repeater", EVERYTHING_HELD)
    mine, theirs = (send(one, "/v1/cases", "k", json=QUESTION).json for one in (caller, other))
    assert mine["id"] != theirs["id"]


def test_a_crash_before_the_answer_leaves_nothing(ctx, caller, monkeypatch):
    app = create_app(ctx.settings, ctx)

    def dies(*_, **__):
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(replies.Answering, "keep", dies)
        headers = {**caller.headers, "Idempotency-Key": "k"}
        died = app.test_client().post("/v1/cases", json=QUESTION, headers=headers)
    assert died.status_code == 500
    assert caller.get("/v1/cases").json["total"] == 0
    assert kept(ctx, caller) == {}
    assert send(caller, "/v1/cases", "k", json=QUESTION).status_code == 201


def test_a_deleted_case_takes_its_answers_along(ctx, caller):
    case = send(caller, "/v1/cases", "k", json=QUESTION).json
    send(caller, f"/v1/cases/{case['id']}/notes", "k", json={"text": "Secret of a caller."})
    assert len(kept(ctx, caller)) == 2
    assert caller.delete(f"/v1/cases/{case['id']}").status_code == 204
    assert kept(ctx, caller) == {}


def test_a_deleted_bom_takes_answers_that_name_it_along(ctx, caller):
    bom = caller.upload(CSV, name="Secret project.csv").json
    (part,) = caller.get("/v1/parts").json["items"]
    send(caller, f"/v1/parts/{part['id']}/declarations", "k", json=DECLARED)
    send(caller, "/v1/cases", "k", json=QUESTION)
    assert any(b"Secret project" in body for body in kept(ctx, caller).values())
    assert caller.delete(f"/v1/boms/{bom['id']}").status_code == 204
    assert set(kept(ctx, caller)) == {"POST /v1/cases"}


def test_sixteen_clients_with_one_key_make_one_case(app, caller):
    start = threading.Barrier(16)

    def client(_):
        mine = app.test_client()
        start.wait()
        headers = {**caller.headers, "Idempotency-Key": "one"}
        answers = [mine.post("/v1/cases", json=QUESTION, headers=headers) for _ in range(5)]
        return {(one.status_code, one.data) for one in answers}

    with ThreadPoolExecutor(16) as pool:
        answers = set.union(*pool.map(client, range(16)))
    assert [status for status, _ in answers] == [201]
    assert caller.get("/v1/cases").json["total"] == 1
