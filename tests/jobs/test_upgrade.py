"""What an earlier version left behind is there, whole and in use, after an upgrade."""

import gzip
import re
import sqlite3
import threading
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from scanner.app import create_app
from scanner.jobs import worker as worker_of
from scanner.settings import Settings
from scanner.store.migrate import upgrade
from scanner.wiring import open_context

EARLIER = Path(__file__).parent / "earlier"
VERSIONS = sorted(path.stem for path in EARLIER.glob("*.toml"))
"""The last migration of each version whose data we keep."""

PATIENCE = 60.0
TOKEN = re.compile(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"')


@pytest.fixture(params=VERSIONS)
def left(request, tmp_path, empty_database_url):
    """The settings of a service that an earlier version left behind, and what it knew."""
    settings = Settings(data=tmp_path / "data", database_url=empty_database_url, default_wait=0.0)
    backend = "postgresql" if empty_database_url else "sqlite"
    known = tomllib.loads((EARLIER / f"{request.param}.toml").read_text())[backend]
    settings.data.mkdir()
    for name in ("key-pepper", "secret-key"):
        (settings.data / name).write_text(known[name])
    dump = gzip.decompress((EARLIER / f"{request.param}.{backend}.sql.gz").read_bytes()).decode()
    load = load_postgresql if empty_database_url else load_sqlite
    load(settings, request.param, dump)
    return settings, known


def load_sqlite(settings, _, dump):
    connection = sqlite3.connect(settings.data / "scanner.sqlite3")
    connection.executescript(dump)
    connection.close()


def load_postgresql(settings, revision, dump):
    """The dump has rows only: the tables are those that our migrations made then."""
    import psycopg

    upgrade(settings, revision)
    with psycopg.connect(settings.database_url) as connection:
        connection.execute(dump)


def test_everything_of_an_earlier_version_is_in_use_after_an_upgrade(left):
    settings, known = left
    upgrade(settings)
    ctx = open_context(settings)
    client = create_app(settings, ctx).test_client()
    allowed = {"Authorization": f"Bearer {known['token']}"}

    boms = {bom["name"]: bom for bom in client.get("/v1/boms", headers=allowed).json["items"]}
    states = {name: bom["version"]["state"] for name, bom in boms.items()}
    assert states == {"L-small.csv": "ready", "upload": "failed", "waiting.csv": "processing"}
    assert boms["upload"]["version"]["job"]["problem"]["code"]
    ready = f"/v1/boms/{boms['L-small.csv']['id']}"
    stored = client.get(f"{ready}/profile", headers=allowed).get_data()
    start = stored.index(b'"profile":') + len(b'"profile":')
    assert sha256(stored[start:-1]).hexdigest() == known["profile_sha256"]
    lines = client.get(f"{ready}/lines", headers=allowed).json
    assert [line["part"]["description"] for line in lines["items"]] == [
        "Shaft", "Magnet NdFeB N42 12 g", "Tantalum capacitor 10uF 16V", "Cover, what is it?",
    ]  # fmt: skip
    assert lines["items"][0]["evidence"]

    work_until_over(ctx, client, allowed, boms["waiting.csv"]["id"])
    sign_in(client, "owner@localhost", known["password"])
    assert client.delete(ready, headers=allowed).status_code == 204
    assert client.get(ready, headers=allowed).status_code == 404
    ctx.database.close()


def work_until_over(ctx, client, allowed, bom_id):
    """A worker of today does what has waited since then."""
    worker = worker_of(ctx)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        job = client.get(f"/v1/boms/{bom_id}", headers=allowed).json["version"]["job"]
        waited = {**allowed, "Prefer": f"wait={PATIENCE:.0f}"}
        assert client.get(f"/v1/jobs/{job['id']}", headers=waited).json["state"] == "done"
        assert client.get(f"/v1/boms/{bom_id}/profile", headers=allowed).status_code == 200
    finally:
        worker.stop()
        thread.join(PATIENCE)


def sign_in(client, email, password):
    seen = client.get("/sign-in", headers={"Accept": "text/html"}).text
    form = {"email": email, "password": password, "csrf_token": TOKEN.search(seen)[1]}
    answer = client.post("/sign-in", data=form, headers={"Accept": "text/html"})
    assert answer.status_code in (302, 303), answer.text
    assert client.get("/", headers={"Accept": "text/html"}).status_code == 200
