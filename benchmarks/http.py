"""Answers over HTTP: our service beside an empty Flask answer on the same web server.

Both run under gunicorn with the settings of the service (two processes of four threads) and are
loaded in turn. ``python -m benchmarks.http ours|empty`` is one of the two servers; its settings
come from the environment.
"""

import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify

from benchmarks import generate, postgresql
from benchmarks.load import Measured, Request, client, load
from benchmarks.measure import ROOT, Rate
from scanner import logs
from scanner.core.bom import ReadLimits
from scanner.services import boms, companies, jobs, keys
from scanner.serving import Web
from scanner.settings import Settings
from scanner.store.migrate import upgrade
from scanner.upload import accept
from scanner.wiring import open_context

LINES = 100
PATIENCE = 60.0
UNCOUNTED = "1000000 per second"
"""Requests are counted as in any service, and none is refused."""

EMPTY = Request("/empty")
MATERIAL = "/v1/materials/cobalt"


class Empty(Web):
    """The least that Flask can answer, under the same web server."""

    @classmethod
    def serve(cls, settings: Settings) -> None:
        """Run until it is told to stop."""
        cls(settings).run()

    def load(self) -> Any:
        """The WSGI application."""
        app = Flask("empty")

        @app.get(EMPTY.path)
        def empty() -> Response:
            return jsonify({})

        return app


@dataclass(frozen=True, slots=True)
class Case:
    """One request to our service, what it is compared with, and the least ratio that is good."""

    name: str
    request: Request
    goal: float | None
    commits: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service keeps its data: a folder, and a database other than SQLite, if any."""

    folder: Path
    database_url: str = ""

    @property
    def settings(self) -> Settings:
        """The settings of the service."""
        return Settings(data=self.folder, database_url=self.database_url)

    @property
    def database(self) -> str:
        """The name of the database."""
        return "PostgreSQL" if self.database_url else "SQLite"


def measure(folder: Path, *, runs: int, seconds: float) -> tuple[list[Rate], list[str]]:
    """The rates on each database that is there, and remarks."""
    remarks = [f"HTTP is measured by {client()}; load before it {os.getloadavg()[0]:.1f}"]
    rates = _measure(Place(folder / "sqlite"), runs=runs, seconds=seconds)
    with postgresql.new_database() as database_url:
        if database_url:
            place = Place(folder / "postgresql", database_url)
            rates += _measure(place, runs=runs, seconds=seconds)
        else:
            remarks.append(f"HTTP {postgresql.NOBODY_IN}")
    return rates, remarks


def _measure(place: Place, *, runs: int, seconds: float) -> list[Rate]:
    token, bom_id = _prepare(place)
    with _server("empty", place) as bare, _server("ours", place) as ours:

        def rate_of(request: Request) -> Measured:
            return load(ours, request, seconds, place.folder)

        def least(case: Case) -> float:
            if case.commits:
                return _commits(place, seconds)
            return load(bare, EMPTY, seconds, place.folder).rate

        def compare(case: Case) -> Rate:
            """The medians of both, measured in turn after a first time that does not count."""
            rate_of(case.request)
            if place.database_url:
                postgresql.analyse(place.database_url)
            pairs = [(rate_of(case.request), least(case)) for _ in range(runs)]
            return Rate(
                name=f"{case.name}, {place.database}",
                work=f"{case.request.method} {case.request.path}, answer {case.request.status}",
                denominator="single durable commits" if case.commits else "empty Flask JSON",
                ours=statistics.median(found.rate for found, _ in pairs),
                bare=statistics.median(found for _, found in pairs),
                ratio=statistics.median(found.rate / bare for found, bare in pairs),
                p99=statistics.median(found.p99 for found, _ in pairs),
                goal=case.goal,
            )

        return [compare(case) for case in _cases(ours, token, bom_id)]


def _cases(port: int, token: str, bom_id: str) -> list[Case]:
    """What is measured; the ETags are those that the service gives now."""
    allowed = {"Authorization": f"Bearer {token}"}
    profile = f"/v1/boms/{bom_id}/profile"

    def read(path: str) -> Request:
        return Request(path, headers=allowed)

    def again(path: str) -> Request:
        return Request(path, 304, headers={**allowed, "If-None-Match": _etag(port, path, allowed)})

    form, content = _form(_csv(10))
    headers = {**allowed, "Content-Type": form, "Prefer": "wait=0"}
    upload = Request("/v1/boms", 201, "POST", headers, content)
    return [
        Case("look up a material", read(MATERIAL), 0.6),
        Case("same, unchanged", again(MATERIAL), 0.8),
        Case("look up a country", read("/v1/countries/CHN"), None),
        Case("list the materials", read("/v1/materials"), None),
        Case("read a profile", read(profile), None),
        Case("same, unchanged", again(profile), None),
        Case(
            f"analyse {LINES} lines",
            Request(
                "/v1/analyses",
                method="POST",
                headers={**allowed, "Content-Type": "application/json"},
                body=json.dumps({"lines": _records()}).encode(),
            ),
            0.05,
        ),
        Case("take an upload", upload, 0.1),
        Case("same, beside commits", upload, 0.1, commits=True),
    ]


def _records() -> list[dict[str, str]]:
    """Lines as JSON has them: as many parts as lines, as in most small products."""
    return [
        {
            "id": str(number),
            "part_number": part.number,
            "description": part.description,
            "maker": part.maker,
            "maker_number": part.maker_number,
            "material": part.material,
            "quantity": "2",
        }
        for number, part in enumerate(generate.parts(LINES))
    ]


def _csv(lines: int) -> bytes:
    rows = (f"{part.number};{part.description};2" for part in generate.parts(lines))
    return "\n".join(("Part number;Description;Quantity", *rows)).encode()


def _form(content: bytes) -> tuple[str, bytes]:
    """A form with one file: its type and its bytes."""
    mark = "----benchmark"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="bom.csv"\r\n'
    body = (
        f"{head}Content-Type: text/csv\r\n\r\n".encode() + content + f"\r\n--{mark}--\r\n".encode()
    )
    return f"multipart/form-data; boundary={mark}", body


def _prepare(place: Place) -> tuple[str, str]:
    """Make the tables, a key, and a BOM that is ready: the token and the id of the BOM."""
    upgrade(place.settings)
    ctx = open_context(place.settings)
    company_id = companies.create(ctx, name="benchmark").id
    token = keys.create(ctx, company_id, name="benchmark").token
    path = place.folder / "bom.csv"
    path.write_bytes(_csv(LINES))
    with path.open("rb") as file:
        upload = accept(file, place.folder / "upload", name=path.name, limits=ReadLimits())
    bom = boms.submit(ctx, company_id, upload, created_by="benchmark")
    jobs.run(ctx, bom.job.id)
    ctx.database.close()
    return token, str(bom.id)


@contextmanager
def _server(which: str, place: Place) -> Iterator[int]:
    """A server in processes of its own until the block ends; the port on which it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    log = (place.folder / f"{which}.log").open("wb")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SCANNER_")},
        "SCANNER_DATA": str(place.folder),
        "SCANNER_DATABASE_URL": place.database_url,
        "SCANNER_PORT": str(port),
        "SCANNER_RATE_LIMIT": UNCOUNTED,
    }
    command = [sys.executable, "-m", "benchmarks.http", which]
    with (
        log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            _wait_until_up(port, server)
            yield port
        finally:
            server.terminate()


def _wait_until_up(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not come up: {server.args}")


def _etag(port: int, path: str, headers: Mapping[str, str]) -> str:
    from http.client import HTTPConnection  # noqa: PLC0415

    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=dict(headers))
    with connection.getresponse() as answer:
        return answer.headers["ETag"]


def _commits(place: Place, seconds: float) -> float:
    """Durable commits a second of one small row each, one after the other."""
    if place.database_url:
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

        with psycopg.connect(place.database_url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS bare (number integer, body text)")
            connection.commit()
            return _rate(lambda: _insert(connection, "INSERT INTO bare VALUES (1, 'x')"), seconds)
    with closing(sqlite3.connect(place.folder / "bare.sqlite3")) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = FULL")
        file.execute("CREATE TABLE IF NOT EXISTS bare (number integer, body text)")
        return _rate(lambda: _insert(file, "INSERT INTO bare VALUES (1, 'x')"), seconds)


def _insert(connection: Any, statement: str) -> None:
    connection.execute(statement)
    connection.commit()


def _rate(work: Callable[[], None], seconds: float) -> float:
    start, count = time.perf_counter(), 0
    while (elapsed := time.perf_counter() - start) < seconds:
        work()
        count += 1
    return count / elapsed


def _ours(settings: Settings) -> None:
    logs.configure(settings, "web")
    Web(settings).run()


if __name__ == "__main__":
    {"ours": _ours, "empty": Empty.serve}[sys.argv[1]](Settings.from_environment())
