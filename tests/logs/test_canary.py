"""Uploads that fail in odd ways, with a word in them that no log may hold."""

import io
import threading
import time

import pytest
from sqlalchemy import text

from scanner import pipeline
from scanner.app import create_app
from scanner.jobs import queue
from scanner.jobs import worker as new_worker
from scanner.services import boms, companies, keys, scanning, users
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.engines import SQLITE
from scanner.store.migrate import upgrade

CANARY = "Zilverkanarie-4711"
EMAIL = f"{CANARY}@example.org"
GOOD = f"Part number,Description,Quantity\n{CANARY},Shaft 1.4404 {CANARY},2\n".encode()
PATIENCE = 60.0


@pytest.fixture
def ctx(tmp_path, engine, database_url):
    settings = Settings(
        data=tmp_path / "data", database_url=database_url, job_attempts=1, job_poll=0.01
    )
    upgrade(settings)
    database = Database.of(settings)
    yield Context(settings, database, engine, queue(database))
    database.close()


@pytest.fixture
def company(ctx):
    return companies.create(ctx, name=CANARY)


@pytest.fixture
def upload(ctx, company):
    """Upload a file under the name of the canary."""
    client = create_app(ctx.settings, ctx).test_client()
    token = keys.create(ctx, company.id, name=CANARY).token

    def send(content, name=f"{CANARY}.csv", wait=0):
        return client.post(
            f"/v1/boms?{CANARY}" if content is None else "/v1/boms",
            data={"file": (io.BytesIO(content or b""), name), "name": CANARY},
            headers={"Authorization": f"Bearer {token}", "Prefer": f"wait={wait}"},
            buffered=True,
        )

    return send


@pytest.fixture
def ended(ctx, log):
    """Let a real worker work until so many attempts have ended; their last lines."""

    def wait(number=1):
        worker = new_worker(ctx)
        thread = threading.Thread(target=worker.run)
        thread.start()
        deadline = time.monotonic() + PATIENCE
        try:
            while len(found := log.lines("job ended")) < number:
                assert time.monotonic() < deadline, log.text
                time.sleep(0.02)
        finally:
            worker.stop()
            thread.join(PATIENCE)
        assert not thread.is_alive()
        return found

    return wait


def make_writing_fail(ctx):
    """Let the database refuse every line, and quote what it refuses."""
    if ctx.database.backend == SQLITE:
        statements = [
            "CREATE TRIGGER odd BEFORE INSERT ON line_block BEGIN"
            f" SELECT RAISE(ABORT, 'refused: {CANARY}'); END"
        ]
    else:
        statements = [
            "CREATE OR REPLACE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'refused: {CANARY} %', NEW; END $$",
            "CREATE TRIGGER odd BEFORE INSERT ON line_block FOR EACH ROW EXECUTE FUNCTION odd()",
        ]
    with ctx.database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def refusing(ctx):
    make_writing_fail(ctx)
    yield
    on = "" if ctx.database.backend == SQLITE else " ON line_block"
    with ctx.database.writing() as connection:
        connection.execute(text(f"DROP TRIGGER odd{on}"))
        if on:
            connection.execute(text("DROP FUNCTION odd"))


def test_a_good_upload_is_told_by_ids_and_numbers(log, upload, ended, company):
    answer = upload(GOOD)
    (line,) = ended()
    (request,) = log.lines("request")
    assert (request["method"], request["route"], request["status"]) == ("POST", "/v1/boms", 201)
    assert request["request_id"] == answer.headers["X-Request-Id"]
    assert request["company_id"] == line["company_id"] == str(company.id)
    assert request["received"] > len(GOOD)
    assert request["bytes"] == len(answer.data)
    (start,) = log.lines("job started")
    assert start["job_id"] == line["job_id"] == answer.json["version"]["job"]["id"]
    assert (start["kind"], start["bytes"], start["attempt"]) == ("csv", len(GOOD), 1)
    assert (line["state"], line["lines"], line["attempt"]) == ("done", 1, 1)
    assert CANARY not in log.text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"{CANARY};{CANARY}\n1;2\n".encode(), "no-header"),
        (f"Part number,Parent,Qty\n{CANARY},B,1\nB,{CANARY},1\n".encode(), "cyclic-bom"),
        (b"Part number,Qty\n", "no-lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_code(log, upload, ended, content, code):
    upload(content)
    (line,) = ended()
    assert (line["state"], line["code"]) == ("failed", code)
    assert CANARY not in log.text


def test_a_broken_cell_is_not_told(log, upload, ended):
    upload(GOOD + f"{CANARY},Bolt,minus {CANARY}\n".encode())
    assert ended()[0]["state"] == "done"
    assert CANARY not in log.text


def test_an_error_of_the_database_is_told_without_what_it_refused(log, upload, ended, refusing):
    upload(GOOD)
    ended_lines = ended(2)
    assert [line["state"] for line in ended_lines] == ["broken", "failed"]
    told = [line for line in log.text.splitlines() if '"errors"' in line]
    assert any("SQLITE_CONSTRAINT_TRIGGER" in line or "P0001" in line for line in told)
    assert CANARY not in log.text


def test_a_crash_in_the_worker_is_told_without_what_it_worked_on(log, upload, ended, monkeypatch):
    def crash(stream, *_, **__):
        for chunk in stream:
            raise LookupError(f"no such part: {chunk[0].part}")

    monkeypatch.setattr(scanning.pipeline, "scan", crash)
    assert scanning.pipeline is pipeline
    upload(GOOD)
    assert ended(2)[0]["state"] == "broken"
    assert "LookupError" in log.text
    assert CANARY not in log.text


def test_a_crash_in_the_web_server_is_told_without_what_was_sent(log, upload, monkeypatch):
    def crash(_, __, upload, **named):
        raise RuntimeError(f"{upload} {named}")

    monkeypatch.setattr(boms, "submit", crash)
    answer = upload(GOOD)
    assert answer.status_code == 500
    (line,) = log.lines("a request failed")
    assert line["errors"][0]["kind"] == "RuntimeError"
    assert line["request_id"] == answer.json["request_id"]
    assert log.lines("request")[0]["status"] == 500
    assert CANARY not in log.text


def test_refusals_are_told_without_what_was_asked(log, ctx, upload):
    client = create_app(ctx.settings, ctx).test_client()
    client.get(
        f"/v1/{CANARY}?{CANARY}={CANARY}",
        headers={"Authorization": f"Bearer {CANARY}"},
        buffered=True,
    )
    client.open("/v1/boms", method=CANARY.upper(), buffered=True)
    client.get(f"/v1/materials/{CANARY}", headers={"X-Request-Id": f"{CANARY} "}, buffered=True)
    upload(None)
    routes = [(line["method"], line["route"], line["status"]) for line in log.lines("request")]
    assert routes == [
        ("GET", "none", 404),
        ("other", "none", 405),
        ("GET", "/v1/materials/<material_id>", 404),
        ("POST", "/v1/boms", 422),
    ]
    assert CANARY.lower() not in log.text.lower()


def test_people_are_told_by_their_ids(log, ctx, company):
    person = users.create(
        ctx,
        company.id,
        email=EMAIL,
        name=CANARY,
        role=users.Role.ANALYST,
        password="long enough words",
    )
    client = create_app(ctx.settings, ctx).test_client()
    page = client.get("/sign-in", headers={"Accept": "text/html"}, buffered=True).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    filled = {"email": EMAIL, "password": "long enough words", "csrf_token": token}
    client.post("/sign-in", data={**filled, "password": CANARY}, buffered=True)
    assert client.post("/sign-in", data=filled, buffered=True).status_code == 303
    client.get("/", buffered=True)
    client.get("/sign-in", buffered=True)
    told = [
        (line["method"], line["route"], line["status"], line.get("company_id"), line.get("user_id"))
        for line in log.lines("request")
    ]
    ids = (str(company.id), str(person.id))
    assert told == [
        ("GET", "/sign-in", 200, None, None),
        ("POST", "/sign-in", 422, None, None),
        ("POST", "/sign-in", 303, *ids),
        ("GET", "/", 200, *ids),
        ("GET", "/sign-in", 303, *ids),
    ]
    assert CANARY not in log.text
