"""Companies on a database of either kind, whose jobs are done when a test says so."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest

from scanner.app import create_app
from scanner.pages import sign_in
from scanner.pages.throttle import Throttle
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade


@dataclass
class Told:
    """A queue that remembers what it was told."""

    jobs: list[UUID] = field(default_factory=list)

    def enqueue(self, connection, job_id):
        self.jobs.append(job_id)


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch):
    """Start each test without wrong tries before it."""
    monkeypatch.setattr(sign_in, "per_person", Throttle(5, 300))
    monkeypatch.setattr(sign_in, "per_address", Throttle(1000, 300))


@pytest.fixture
def ctx(tmp_path, database_url, engine):
    settings = Settings(
        data=tmp_path / "data",
        database_url=database_url,
        public_lookup=False,
        rate_limit="",
        rate_limit_public="",
        default_wait=0.0,
        max_wait=0.0,
    )
    upgrade(settings)
    database = Database.of(settings)
    yield Context(settings, database, engine, Told())
    database.close()


@pytest.fixture
def app(ctx):
    app = create_app(ctx.settings, ctx)
    app.testing = True
    return app
