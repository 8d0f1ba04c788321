"""Idempotency keys: what is sent again is answered again, and done once."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from scanner.app import create_app
from scanner.services import boms, replies
from scanner.store import replies as rows
from scanner.store.tables import Reply

CSV = b"Part number;Description;Qty;Material\nA-1;Shaft;2;1.4462\nA-2;O-ring FKM;4;\n"
LINES = [{"description": "Shaft", "material": "1.4462", "quantity": 1}]


@pytest.fixture
def caller(join):
    return join(f"Repeater {uuid4()}")


def send(caller, key, *, content=CSV, path="/v1/boms", wait=20, **headers):
    return caller.post(
        path,
        data=content,
        content_type="text/csv",
        headers={"Idempotency-Key": key, "Prefer": f"wait={wait}", **headers},
    )


def count(caller):
    return caller.get("/v1/boms").json["total"]


def test_the_same_request_gets_the_same_answer(caller):
    first, again = send(caller, "k-1"), send(caller, "k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["version"]["state"] == "ready"
    assert again.data == first.data
    for name in ("Location", "Preference-Applied", "ETag", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert count(caller) == 1


def test_the_answer_stays_as_it_was_given(caller):
    first = send(caller, "early", wait=0)
    assert caller.get(f"/v1/jobs/{first.json['version']['job']['id']}",
                      headers={"Prefer": "wait=20"}).json["state"] == "done"  # fmt: skip
    assert send(caller, "early", wait=0).data == first.data


def test_forms_are_the_same_whatever_their_boundary(caller):
    def form():
        return caller.open(
            "POST", "/v1/boms", headers={"Idempotency-Key": "form", "Prefer": "wait=20"},
            data={"file": (io.BytesIO(CSV), "a.csv"), "annual_units": "10"},
        )  # fmt: skip

    assert form().data == form().data
    assert count(caller) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"content": CSV + b"A-3;Bolt A4-80;1;\n"},
        {"path": "/v1/boms?name=Other"},
        {"path": "/v1/boms?annual_units=5"},
        {"path": "/v1/boms?documented_only=true"},
    ],
)
def test_another_content_is_refused(caller, other):
    send(caller, "k")
    answer = send(caller, "k", **other)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency-key-reused")
    assert count(caller) == 1


def test_all_statements_count_whether_that_is_said_or_not(caller):
    first = send(caller, "all")
    assert send(caller, "all", path="/v1/boms?documented_only=false").data == first.data
    assert count(caller) == 1


def test_keys_belong_to_a_company_and_a_route(caller, join):
    stranger = join("Stranger of keys")
    mine, theirs = send(caller, "same").json, send(stranger, "same").json
    assert mine["id"] != theirs["id"]
    versions = f"/v1/boms/{mine['id']}/versions"
    second = send(caller, "same", path=versions)
    assert (second.status_code, second.json["version"]["number"]) == (201, 2)
    again = send(caller, "same", path=versions)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.data == second.data
    assert caller.get(versions).json["total"] == 2


def test_json_lines_can_be_sent_again(caller):
    sent = [
        caller.post("/v1/boms", json={"lines": LINES}, headers={"Idempotency-Key": "json"})
        for _ in range(2)
    ]
    assert sent[0].data == sent[1].data
    assert count(caller) == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "with space", "é"])
def test_a_key_that_is_none_is_refused(caller, key):
    answer = send(caller, key)
    assert (answer.status_code, answer.json["code"]) == (400, "bad-request")
    assert answer.json["errors"][0]["parameter"] == "Idempotency-Key"
    assert count(caller) == 0


def test_the_longest_key_is_taken(caller):
    assert send(caller, "x" * 255).status_code == 201


def test_a_refused_request_does_not_use_up_its_key(caller):
    assert send(caller, "again", content=b"").status_code == 422
    assert send(caller, "again").status_code == 201


def test_sixteen_clients_with_one_key_make_one_bom(app, caller):
    """Real threads, the real database file; whoever is refused asks again, as it is told."""
    start = threading.Barrier(16)
    seen = []

    def client(_):
        mine = app.test_client()
        start.wait()
        for _ in range(200):
            answer = mine.post(
                "/v1/boms",
                data=CSV,
                content_type="text/csv",
                headers={**caller.headers, "Idempotency-Key": "one", "Prefer": "wait=20"},
            )
            seen.append(answer.status_code)
            if answer.status_code == 201:
                return answer.data
            assert answer.json["code"] == "request-in-progress", answer.text
            threading.Event().wait(0.05 * int(answer.headers["Retry-After"]))
        raise AssertionError("never answered")

    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(client, range(16)))
    assert len(answers) == 1
    assert count(caller) == 1
    assert set(seen) <= {201, 409}


def test_who_dies_before_the_answer_leaves_it_to_the_next(ctx, caller, monkeypatch):
    """The version is made, the process is gone: the key is held for a while, then taken over."""
    app = create_app(ctx.settings, ctx)

    def dies(*_, **__):
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(boms, "wait", dies)
        headers = {**caller.headers, "Idempotency-Key": "k", "Prefer": "wait=1"}
        died = app.test_client().post(
            "/v1/boms", data=CSV, content_type="text/csv", headers=headers
        )
        assert died.status_code == 500
    held = send(caller, "k")
    assert (held.status_code, held.json["code"]) == (409, "request-in-progress")
    assert held.headers["Retry-After"] == "1"
    _age(ctx, caller, timedelta(seconds=30))
    taken = send(caller, "k")
    assert taken.status_code == 201
    assert taken.json["version"]["state"] == "ready"
    assert send(caller, "k").data == taken.data
    assert count(caller) == 1


def test_keys_are_kept_for_a_day(ctx, caller):
    send(caller, "old")
    _age(ctx, caller, timedelta(hours=23, minutes=59))
    assert send(caller, "old").headers["Idempotent-Replayed"] == "true"
    _age(ctx, caller, timedelta(minutes=2))
    again = send(caller, "old")
    assert "Idempotent-Replayed" not in again.headers
    assert count(caller) == 2
    send(caller, "other")
    with ctx.database.reading() as connection:
        row = rows.find(caller.company.id, connection, route="POST /v1/boms", key="old")
    assert str(row.version_id)
    assert row.status == 201


def test_a_deleted_bom_takes_its_answers_along(ctx, caller):
    first = send(caller, "gone").json
    assert caller.delete(f"/v1/boms/{first['id']}").status_code == 204
    with ctx.database.reading() as connection:
        mine = {"route": "POST /v1/boms", "key": "gone"}
        assert rows.find(caller.company.id, connection, **mine) is None


def test_an_answer_for_a_deleted_bom_is_not_kept(ctx, caller):
    once = replies.Once("POST /v1/boms", "nothing", "0" * 64, 1)
    replies.keep(ctx, caller.company.id, once, replies.Reply(201, {}, b"{}"))
    assert replies.earlier(ctx, caller.company.id, once) is None


def _age(ctx, caller, by):
    """Let the company's keys be older than they are."""
    with ctx.database.writing() as connection:
        mine = {"route": "POST /v1/boms"}
        for key in ("k", "old"):
            row = rows.find(caller.company.id, connection, **mine, key=key)
            if row is not None:
                connection.execute(
                    update(Reply)
                    .where(Reply.company_id == caller.company.id, Reply.key == key)
                    .values(created_at=row.created_at - by, held_until=row.held_until - by)
                )
