"""Every sample has one profile, whatever the database, the workers and the order of the jobs."""

import random
import threading
from pathlib import Path

import pytest

from scanner import pipeline
from scanner.core.bom import ReadLimits
from scanner.jobs import queue, worker
from scanner.services import boms, companies
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade
from scanner.upload import inspect

SAMPLES = sorted((Path(__file__).parents[2] / "bom_samples").glob("*/bom.*"))
COMPANIES = 2
TIMES = 2
PATIENCE = 120.0


@pytest.fixture
def ctx(tmp_path, engine, database_url):
    settings = Settings(data=tmp_path / "data", database_url=database_url, job_heartbeat=0.5)
    upgrade(settings)
    database = Database.of(settings)
    yield Context(settings, database, engine, queue(database))
    database.close()


@pytest.fixture(scope="module")
def alone(engine):
    """The bytes of each sample's profile without a database, a worker or anything before it."""
    return {path: pipeline.scan_file(path, engine).body for path in SAMPLES}


@pytest.fixture
def work(ctx, monkeypatch):
    """Start so many workers, which take so many lines at once."""
    running = []

    def start(number, *, lines_at_once):
        monkeypatch.setattr("scanner.services.scanning.LINES_AT_ONCE", lines_at_once)
        for _ in range(number):
            one = worker(ctx)
            running.append((one, threading.Thread(target=one.run)))
            running[-1][1].start()

    yield start
    for one, _ in running:
        one.stop()
    for _, thread in running:
        thread.join(PATIENCE)


@pytest.mark.parametrize(("workers", "lines_at_once"), [(1, 20_000), (2, 3), (8, 1)])
def test_a_profile_depends_on_nothing_but_its_input(ctx, alone, work, workers, lines_at_once):
    """Each company uploads each sample again and again, in an order of its own.

    The first upload of a sample recognises its parts; the later ones find them in the library of
    the company, together with those of the other samples.
    """
    chance = random.Random(workers)
    uploads = [
        (company, path)
        for company in [companies.create(ctx, name=f"Acme {n}").id for n in range(COMPANIES)]
        for path in SAMPLES * TIMES
    ]
    chance.shuffle(uploads)
    limits = ReadLimits()
    sent = [
        (company, path, boms.submit(ctx, company, inspect(path, limits=limits), created_by="key:1"))
        for company, path in uploads
    ]
    work(workers, lines_at_once=lines_at_once)
    for company, path, bom in sent:
        assert boms.wait(ctx, company, bom.id, PATIENCE).version.state == "ready"
        assert boms.profile(ctx, company, bom.id).body == alone[path]
