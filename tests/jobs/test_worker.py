"""Real workers in processes of their own, stopped in every way: what both engines promise."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from scanner import reader
from scanner.core.bom import ReadLimits
from scanner.jobs import queue, worker
from scanner.services import boms, companies, jobs, line_blocks
from scanner.services.context import Context
from scanner.services.scanning import LINES_AT_ONCE
from scanner.settings import Settings
from scanner.store import Database, unbound
from scanner.store.engines import SQLITE
from scanner.store.lines import Block
from scanner.store.migrate import upgrade
from scanner.store.tables import LineBlock
from scanner.upload import inspect

ROOT = Path(__file__).parents[2]
SMALL = "Part number,Description,Quantity\nP-1,Shaft 1.4404,2\n"
PATIENCE = 120.0


@pytest.fixture
def ctx(tmp_path, engine, database_url):
    settings = Settings(data=tmp_path / "data", database_url=database_url, job_heartbeat=0.5)
    upgrade(settings)
    database = Database.of(settings)
    yield Context(settings, database, engine, queue(database))
    database.close()


@pytest.fixture
def company(ctx):
    return companies.create(ctx, name="Acme").id


@pytest.fixture
def submit(ctx, company, tmp_path):
    def send(text):
        path = tmp_path / "bom.csv"
        path.write_text(text, encoding="utf-8")
        upload = inspect(path, limits=ReadLimits())
        return boms.submit(ctx, company, upload, created_by="key:1")

    return send


@pytest.fixture
def large():
    lines = "".join(f"P-{n % 500},Shaft 1.4404 no {n % 500},2\n" for n in range(3 * LINES_AT_ONCE))
    return "Part number,Description,Quantity\n" + lines


@pytest.fixture
def start(ctx):
    started = []

    def run():
        environment = {
            **os.environ,
            "SCANNER_DATA": str(ctx.settings.data),
            "SCANNER_DATABASE_URL": ctx.settings.database_url,
            "SCANNER_JOB_HEARTBEAT": str(ctx.settings.job_heartbeat),
        }
        command = [sys.executable, "-m", "scanner.cli", "work"]
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def stored(ctx, table):
    with ctx.database.reading() as connection:
        return connection.exec_driver_sql(f"select count(*) from {table}").scalar_one()


def stored_lines(ctx):
    """How many lines there are, of all versions."""
    with ctx.database.reading() as connection:
        every = connection.execute(select(*(LineBlock.__table__.c[name] for name in Block._fields)))
        return sum(len(line_blocks.LineBlock.of(Block(*row)).indexes) for row in every)


def test_a_worker_killed_in_mid_job_loses_and_doubles_nothing(ctx, company, submit, start, large):
    bom = submit(large)
    first = start()
    until(lambda: jobs.get(ctx, company, bom.job.id).lines_done > 0)
    first.send_signal(signal.SIGKILL)
    first.wait()
    left = jobs.get(ctx, company, bom.job.id)
    assert (left.state, left.attempt) == ("running", 1)
    assert stored(ctx, "version_part") == 500
    assert stored(ctx, "line_block") == 0
    assert list(ctx.settings.work_folder.iterdir())
    with pytest.raises(Exception, match="still being read"):
        boms.lines(ctx, company, bom.id, limit=1)

    second = start()
    ready = boms.wait(ctx, company, bom.id, PATIENCE)
    assert second.poll() is None, second.stderr.read().decode()
    assert (ready.version.state, ready.job.attempt) == ("ready", 2)
    assert ready.version.lines == stored_lines(ctx) == 3 * LINES_AT_ONCE
    assert stored(ctx, "part") == stored(ctx, "recognition") == 500
    assert stored(ctx, "profile") == 1
    assert not list(ctx.settings.work_folder.iterdir())


def test_a_worker_told_to_stop_puts_its_job_back(ctx, company, submit, start, large):
    bom = submit(large)
    process = start()
    until(lambda: jobs.get(ctx, company, bom.job.id).lines_done > 0)
    process.terminate()
    assert process.wait(PATIENCE) == 0
    job = jobs.get(ctx, company, bom.job.id)
    assert (job.state, job.attempt) in {("queued", 0), ("done", 1)}


def test_an_idle_worker_takes_jobs_in_order_and_ends_when_told(ctx, company, submit, start):
    process = start()
    many = [submit(SMALL) for _ in range(3)]
    for bom in many:
        assert boms.wait(ctx, company, bom.id, PATIENCE).version.state == "ready"
    ends = [boms.get(ctx, company, bom.id).job.finished_at for bom in many]
    assert ends == sorted(ends)
    process.terminate()
    assert process.wait(PATIENCE) == 0


def test_a_second_worker_waits_or_helps_and_goes_on_alone(ctx, company, submit):
    first, second = worker(ctx), worker(ctx)
    threads = [threading.Thread(target=one.run) for one in (first, second)]
    threads[0].start()
    boms.wait(ctx, company, submit(SMALL).id, PATIENCE)
    threads[1].start()
    first.stop()
    threads[0].join(PATIENCE)
    bom = boms.wait(ctx, company, submit(SMALL).id, PATIENCE)
    assert (bom.version.state, bom.job.attempt) == ("ready", 1)
    second.stop()
    threads[1].join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def test_a_worker_outlives_a_fault_and_comes_back_to_the_job(ctx, company, submit, monkeypatch):
    monkeypatch.setattr("scanner.jobs.stopping.PAUSE_AFTER_FAULT", 0.01)
    real, faults = jobs.run, []

    def run(*arguments, **options):
        if not faults:
            faults.append(1)
            raise OSError(28, "No space left on device")
        real(*arguments, **options)

    monkeypatch.setattr(jobs, "run", run)
    one = worker(ctx)
    thread = threading.Thread(target=one.run)
    thread.start()
    bom = boms.wait(ctx, company, submit(SMALL).id, PATIENCE)
    one.stop()
    thread.join(PATIENCE)
    assert (faults, bom.version.state) == ([1], "ready")


def test_a_worker_ends_when_the_process_that_started_it_is_gone(ctx):
    thread = threading.Thread(target=worker(ctx, orphaned=lambda: True).run)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_a_job_is_told_in_the_transaction_of_its_upload_or_not_at_all(ctx, company, submit):
    """The queue learns nothing of a broken transaction; an unknown job does no harm."""
    with suppress(ZeroDivisionError), ctx.database.writing() as connection:
        ctx.queue.enqueue(connection, uuid4())
        raise ZeroDivisionError
    with ctx.database.writing() as connection:
        ctx.queue.enqueue(connection, uuid4())
    bom = submit(SMALL)
    with ctx.database.writing() as connection:
        ctx.queue.enqueue(connection, bom.job.id)
    if ctx.database.backend != SQLITE:
        assert stored(ctx, "procrastinate_jobs") == 3
    run_until_done(ctx, company, bom)
    assert jobs.get(ctx, company, bom.job.id).attempt == 1


def test_an_attempt_that_was_taken_over_writes_nothing_more(ctx, company, submit, monkeypatch):
    """As a process would that was frozen, and thaws when another has done its work."""
    bom = submit(SMALL)
    real, begun = reader.read, []

    def slow(*arguments):
        if not begun:
            begun.append(1)
            with ctx.database.writing() as connection:
                unbound.requeue_running(connection)
            jobs.run(ctx, bom.job.id)
        return real(*arguments)

    monkeypatch.setattr(reader, "read", slow)
    jobs.run(ctx, bom.job.id)
    job = jobs.get(ctx, company, bom.job.id)
    assert (job.state, job.attempt) == ("done", 2)
    assert stored(ctx, "line_block") == stored(ctx, "profile") == 1


on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@on_postgresql
def test_a_frozen_worker_loses_its_job_and_does_no_harm_when_it_thaws(
    ctx, company, submit, start, large
):
    bom = submit(large)
    first = start()
    until(lambda: jobs.get(ctx, company, bom.job.id).lines_done > 0)
    first.send_signal(signal.SIGSTOP)
    start()
    ready = boms.wait(ctx, company, bom.id, PATIENCE)
    assert (ready.version.state, ready.job.attempt) == ("ready", 2)
    first.send_signal(signal.SIGCONT)
    again = submit(SMALL)
    assert boms.wait(ctx, company, again.id, PATIENCE).version.state == "ready"
    assert stored_lines(ctx) == 3 * LINES_AT_ONCE + 1
    until(lambda: stored(ctx, "procrastinate_jobs") == 0)


@on_postgresql
def test_a_job_of_which_the_queue_knows_nothing_is_found(ctx, company, submit):
    bom = submit(SMALL)
    with ctx.database.writing() as connection:
        connection.exec_driver_sql("delete from procrastinate_jobs")
    run_until_done(ctx, company, bom)


def run_until_done(ctx, company, bom):
    one = worker(ctx)
    thread = threading.Thread(target=one.run)
    thread.start()
    state = boms.wait(ctx, company, bom.id, PATIENCE).version.state
    one.stop()
    thread.join(PATIENCE)
    assert state == "ready"
