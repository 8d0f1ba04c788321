"""A full disk, a database that takes no changes, and one that goes away in mid-transaction."""

import io
import subprocess
import sys
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from scanner.app import create_app
from scanner.core.errors import ReaderKilled, StorageFull, StorageUnavailable
from scanner.services import boms, jobs, keys, scratch
from scanner.store import Database
from scanner.store.engines import SQLITE

CSV = b"Description;Qty\nShaft 1.4462;2\n"


@pytest.fixture
def client(ctx, company):
    app = create_app(ctx.settings, ctx)
    token = keys.create(ctx, company, name="key").token
    client = app.test_client()

    def send(path="/v1/boms", method="POST", **options):
        headers = {"Authorization": f"Bearer {token}", "Prefer": "respond-async"}
        return client.open(path, method=method, headers=headers, **options)

    return send


def upload():
    return {"data": {"file": (io.BytesIO(CSV * 2000), "bom.csv")}}


@pytest.fixture
def strain(ctx, monkeypatch):
    """Have the database be full, or take no changes, until told otherwise."""
    ctx.database.close()
    said = []

    @event.listens_for(ctx.database.engine, "checkout")
    def say(connection, *_):
        for statement in said:
            connection.execute(statement)

    def begin(kind):
        full = kind is StorageFull
        said.append("PRAGMA max_page_count = 1" if full else "PRAGMA query_only = 1")

    def end():
        said.clear()
        ctx.database.engine.dispose()

    yield begin, end
    event.remove(ctx.database.engine, "checkout", say)


def test_a_database_that_takes_no_changes_is_told_and_outlived(ctx, client, strain, counts):
    if ctx.database.backend != SQLITE:
        return  # see below
    begin, end = strain
    made = client(**upload())
    assert made.status_code == 201
    before = counts()
    begin(StorageUnavailable)
    answer = client(**upload())
    assert (answer.status_code, answer.json["code"]) == (503, "storage-unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert client(f"/v1/boms/{made.json['id']}", "GET").status_code == 200
    with pytest.raises(StorageUnavailable), ctx.database.writing() as connection:
        connection.execute(text("DELETE FROM company WHERE name = 'nobody'"))
    assert counts() == before
    end()
    assert client(**upload()).status_code == 201


def test_a_full_database_is_told_and_outlived(ctx, client, strain, counts):
    if ctx.database.backend != SQLITE:
        return  # PostgreSQL says so by SQLSTATE 53100, see below
    begin, end = strain
    made = client(**upload())
    before = counts()
    begin(StorageFull)
    answer = client(**upload())
    assert (answer.status_code, answer.json["code"]) == (507, "storage-full")
    assert answer.json["advice"]
    assert client(f"/v1/boms/{made.json['id']}", "GET").status_code == 200
    assert counts() == before
    end()
    assert client(**upload()).status_code == 201


def test_a_key_reads_while_its_use_cannot_be_noted(ctx, company, client, strain):
    if ctx.database.backend != SQLITE:
        return
    begin, end = strain
    begin(StorageUnavailable)
    assert client("/v1/boms", "GET").status_code == 200
    export = client("/v1/company/export", "GET")
    assert (export.status_code, export.json["code"]) == (503, "storage-unavailable")
    assert keys.list_all(ctx, company)[0].last_used_at is None
    end()
    ctx.verified_keys.forget()
    assert client("/v1/boms", "GET").status_code == 200
    assert keys.list_all(ctx, company)[0].last_used_at is not None


def test_a_job_that_meets_a_full_database_waits_and_loses_no_attempt(
    ctx, company, submit, strain, monkeypatch
):
    if ctx.database.backend != SQLITE:
        return
    begin, end = strain
    bom = submit("Part;Qty\n" + "".join(f"P{number};1\n" for number in range(3000)))
    real = ctx.database.__class__.writing
    calls = []

    def writing(self):
        calls.append(len(calls))
        if len(calls) == 2:
            begin(StorageFull)
        if len(calls) == 3:
            end()
        return real(self)

    monkeypatch.setattr(ctx.database.__class__, "writing", writing)
    with pytest.raises(StorageFull):
        jobs.run(ctx, bom.job.id)
    job = jobs.get(ctx, company, bom.job.id)
    assert (job.state, job.attempt) == ("queued", 0)
    jobs.run(ctx, bom.job.id)
    assert boms.get(ctx, company, bom.id).version.state == "ready"


def test_what_postgresql_refuses_for_want_of_writing_or_room_is_told(ctx, company):
    if ctx.database.backend == SQLITE:
        return

    def change(statement):
        with ctx.database.writing() as connection:
            connection.execute(text(statement))
            connection.execute(text("DELETE FROM company WHERE name = 'nobody'"))

    with pytest.raises(StorageUnavailable):
        change("SET TRANSACTION READ ONLY")
    with pytest.raises(StorageFull):
        change("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$")
    change("SELECT 1")


def test_a_connection_lost_in_mid_transaction_changes_nothing(ctx, company, counts):
    if ctx.database.backend == SQLITE:
        return
    before = counts()

    def lose_the_connection():
        with ctx.database.writing() as connection:
            connection.execute(text("UPDATE company SET name = 'half'"))
            mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with ctx.database.engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
            connection.execute(text("UPDATE company SET name = 'whole'"))

    with pytest.raises(StorageUnavailable):
        lose_the_connection()
    assert counts() == before
    with ctx.database.reading() as connection:
        assert connection.execute(text("SELECT name FROM company")).scalars().all() == ["Acme"]


def test_a_database_that_is_not_there_is_told_so(ctx):
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(StorageUnavailable), gone.reading():
        pass
    gone.close()


def test_a_reader_killed_from_outside_is_begun_again_as_often_as_allowed(
    ctx, company, submit, monkeypatch
):
    bom = submit()

    def killed(*_, **__):
        raise ReaderKilled("killed")

    with monkeypatch.context() as outside:
        outside.setattr("scanner.services.scanning.reader.read", killed)
        for attempt in range(1, ctx.settings.job_attempts):
            with pytest.raises(ReaderKilled):
                jobs.run(ctx, bom.job.id)
            job = jobs.get(ctx, company, bom.job.id)
            assert (job.state, job.attempt) == ("queued", attempt)
        jobs.run(ctx, bom.job.id)
    job = jobs.get(ctx, company, bom.job.id)
    assert (job.state, job.problem.code) == ("failed", "reader-failed")


def test_folders_of_killed_processes_are_cleared_and_no_others(tmp_path):
    root = tmp_path / "work"
    script = f"""
import os
from pathlib import Path
from scanner.services import scratch
with scratch.folder(Path({str(root)!r})) as mine:
    (mine / "file").write_text("left")
    os._exit(9)
"""
    subprocess.run([sys.executable, "-c", script], check=False, timeout=60)
    with scratch.folder(root) as mine:
        (mine / str(uuid4())).write_text("in work")
        assert len(list(root.iterdir())) == 2
        scratch.clear(root)
        assert list(root.iterdir()) == [mine]
        assert len(list(mine.iterdir())) == 1
    assert list(root.iterdir()) == []
