"""The application on a real SQLite file with the real worker, and keys of two companies."""

import io
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from scanner.app import contract_text, create_app
from scanner.jobs import queue
from scanner.jobs import worker as new_worker
from scanner.services import companies, keys
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade

SAMPLES = Path(__file__).parents[2] / "bom_samples"
PUMP = SAMPLES / "pump" / "bom.csv"
EVERYTHING_HELD = (
    "boms:read", "boms:write", "analyses:run", "parts:read", "parts:write", "knowledge:read",
    "cases:read", "cases:write",
)  # fmt: skip


@dataclass
class Caller:
    """One company and a client that carries its key."""

    company: object
    token: str
    client: object
    headers: dict = field(default_factory=dict)

    def __post_init__(self):
        self.headers = {"Authorization": f"Bearer {self.token}"}

    def open(self, method, path, **options):
        headers = {**self.headers, **options.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **options)

    def get(self, path, **options):
        return self.open("GET", path, **options)

    def post(self, path, **options):
        return self.open("POST", path, **options)

    def delete(self, path, **options):
        return self.open("DELETE", path, **options)

    def upload(self, content, *, name="bom.csv", path="/v1/boms", wait=20, **form):
        """Send a file as a form and wait for its result."""
        data = {"file": (io.BytesIO(content), name), **form}
        return self.post(path, data=data, headers={"Prefer": f"wait={wait}"})


@pytest.fixture(scope="module")
def ctx(tmp_path_factory, engine):
    settings = Settings(
        data=tmp_path_factory.mktemp("data"),
        job_poll=0.01,
        public_lookup=False,
        rate_limit="",
        rate_limit_public="",
    )
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


@pytest.fixture(scope="module")
def join(ctx, app, worker):
    """Make a company and a caller with the scopes that are asked for."""

    def make(name, scopes=EVERYTHING_HELD):
        company = companies.create(ctx, name=name)
        token = keys.create(ctx, company.id, name="test", scopes=scopes).token
        return Caller(company, token, app.test_client())

    return make


@pytest.fixture(scope="module")
def acme(join):
    return join("Acme")


@pytest.fixture(scope="module")
def rival(join):
    return join("Rival")


@pytest.fixture(scope="module")
def pump(acme):
    """A BOM of Acme that is ready, as the upload answered it."""
    answer = acme.upload(PUMP.read_bytes(), name="pump.csv", annual_units="1000")
    assert answer.status_code == 201, answer.text
    assert answer.json["version"]["state"] == "ready", answer.text
    return answer.json


@pytest.fixture(scope="module")
def anonymous(app):
    return app.test_client()


@pytest.fixture(scope="session")
def contract():
    """The OpenAPI document that the service serves."""
    return yaml.safe_load(contract_text())


@pytest.fixture(scope="session")
def validate(contract):
    """Check a value against a schema of the contract, undocumented members forbidden."""
    strict = _closed({"components": contract["components"]})

    def check(name, value):
        schema = {**strict, "$ref": f"#/components/schemas/{name}"}
        errors = list(Draft202012Validator(schema).iter_errors(value))
        assert not errors, "\n".join(f"{e.json_path}: {e.message}"[:300] for e in errors[:5])

    return check


def _closed(value):
    if isinstance(value, dict):
        closed = {key: _closed(item) for key, item in value.items()}
        if "properties" in closed and closed.get("type") == "object":
            closed.setdefault("additionalProperties", False)
        return closed
    return [_closed(item) for item in value] if isinstance(value, list) else value
