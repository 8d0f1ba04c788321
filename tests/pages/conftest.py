"""The pages on a real SQLite file with the real worker, and people of two companies."""

import re
import threading

import pytest

from scanner.app import create_app
from scanner.jobs import queue
from scanner.jobs import worker as new_worker
from scanner.pages import sign_in
from scanner.pages.throttle import Throttle
from scanner.services import companies, users
from scanner.services.context import Context
from scanner.services.roles import Role
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade

PASSWORD = "a long enough password"
TOKEN = re.compile(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"')


class Browser:
    """A person's browser: keeps cookies, sends the token of the form that it saw."""

    def __init__(self, app, language="en"):
        self.client = app.test_client()
        self.headers = {"Accept": "text/html", "Accept-Language": language}

    def get(self, path, **options):
        return self.client.get(path, headers=self.headers, **options)

    def post(self, path, data, *, seen=None, **options):
        """Fill in the form on the page `seen` (the same address by default) and send it."""
        token = TOKEN.search(self.get(seen or path).text)
        filled = {**data, "csrf_token": token[1] if token else ""}
        return self.client.post(path, data=filled, headers=self.headers, **options)

    def sign_in(self, email, password=PASSWORD):
        return self.post("/sign-in", {"email": email, "password": password})


@pytest.fixture(scope="module")
def ctx(tmp_path_factory, engine):
    settings = Settings(data=tmp_path_factory.mktemp("data"), job_poll=0.01, default_wait=20.0)
    upgrade(settings)
    database = Database.of(settings)
    yield Context(settings, database, engine, queue(database))
    database.close()


@pytest.fixture(scope="module")
def app(ctx):
    app = create_app(ctx.settings, ctx)
    app.testing = True
    return app


@pytest.fixture(scope="module")
def worker(ctx):
    """The real worker in a thread of its own."""
    working = new_worker(ctx)
    thread = threading.Thread(target=working.run)
    thread.start()
    yield working
    working.stop()
    thread.join(30)
    assert not thread.is_alive()


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch):
    """Start each test without failures of sign-ins before it."""
    monkeypatch.setattr(sign_in, "per_person", Throttle(5, 300))
    monkeypatch.setattr(sign_in, "per_address", Throttle(30, 300))


@pytest.fixture(scope="module")
def people(ctx):
    """E-mail addresses by what they may do: an owner and a reader of Acme, an owner of Rival."""
    acme, rival = companies.create(ctx, name="Acme"), companies.create(ctx, name="Rival")
    made = {}
    for key, company, role in (
        ("owner", acme, "owner"),
        ("reader", acme, "reader"),
        ("rival", rival, "owner"),
    ):
        made[key] = f"{key}@example.org"
        users.create(
            ctx,
            company.id,
            email=made[key],
            name=key,
            role=Role(role),
            password=PASSWORD,
        )
    return made


@pytest.fixture
def visit(app, people, worker):
    """A signed-in browser of a person, in a language."""

    def go(who="owner", language="en"):
        browser = Browser(app, language)
        assert browser.sign_in(people[who]).status_code == 303
        return browser

    return go


@pytest.fixture
def stranger(app):
    return Browser(app)
