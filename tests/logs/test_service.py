"""The log of a whole service in its processes: JSON on every line, nothing of what was sent."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import orjson
import pytest

ROOT = Path(__file__).parents[2]
CANARY = "Zilverkanarie-4711"
GOOD = f"Part number,Description,Quantity\n{CANARY},Shaft 1.4404 {CANARY},2\n".encode()
PATIENCE = 90.0


class Service:
    """One `scanner serve` that logs JSON into a file."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = folder / "data"
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scanner.cli", "serve"],
                cwd=ROOT,
                env={
                    **os.environ,
                    "SCANNER_DATA": str(self.data),
                    "SCANNER_PORT": str(self.port),
                    "SCANNER_LOG_FORMAT": "json",
                    "SCANNER_WEB_WORKERS": "1",
                },
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert any("is ready" in line for line in self.process.stdout), self.log.read_text()

    def lines(self, message=None):
        found = [orjson.loads(line) for line in self.log.read_bytes().splitlines()]
        return [line for line in found if message in (None, line["message"])]

    def wait_for(self, message, number=1):
        deadline = time.monotonic() + PATIENCE
        while len(found := self.lines(message)) < number:
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)
        return found

    def upload(self, content, wait=20):
        token = re.search(r"rms_\S+", (self.data / "first-login.txt").read_text())[0]
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/v1/boms?name={CANARY}",
            data=content,
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": "text/csv",
                "Prefer": f"wait={wait}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def change(self, statement):
        """Do something to the database behind its back."""
        with closing(sqlite3.connect(self.data / "scanner.sqlite3")) as database:
            database.execute(statement)

    def say(self, sent):
        """Send bytes that may be no HTTP at all."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(sent)
            return connection.recv(65536)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@pytest.fixture
def service(tmp_path):
    made = Service(tmp_path)
    yield made
    if made.process.poll() is None:
        made.stop()
    made.process.stdout.close()


def test_every_line_is_an_object_and_none_holds_what_was_sent(service):
    assert service.upload(GOOD) == 201
    assert service.upload(f"{CANARY};{CANARY}\n1;2\n".encode()) == 201
    assert b"400 Bad Request" in service.say(f"{CANARY} {CANARY} {CANARY}\r\n\r\n".encode())
    longest = b"GET /v1/boms?" + CANARY.encode() * 1000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    assert b" 414 " in service.say(longest)
    service.change(
        f"CREATE TRIGGER odd_bom BEFORE INSERT ON bom BEGIN SELECT RAISE(ABORT, '{CANARY}'); END"
    )
    assert service.upload(GOOD) == 500
    service.change("DROP TRIGGER odd_bom")
    service.change(
        "CREATE TRIGGER odd_line BEFORE INSERT ON line_block"
        f" BEGIN SELECT RAISE(ABORT, '{CANARY}'); END"
    )
    assert service.upload(GOOD, wait=0) == 201
    ends = service.wait_for("job ended", 6)
    assert service.stop() == 0

    assert [line["state"] for line in ends] == [
        "done", "failed", "broken", "broken", "broken", "failed"
    ]  # fmt: skip
    (failed,) = service.lines("a request failed")
    codes = [error.get("code") for error in failed["errors"]]
    assert "SQLITE_CONSTRAINT_TRIGGER" in codes
    assert {line["process"] for line in service.lines()} == {"serve", "web", "work"}
    assert service.lines("database brought up to date: empty -> " + newest())
    assert CANARY.encode() not in service.log.read_bytes()


def newest():
    return max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))


def test_a_killed_worker_is_told_by_the_one_that_watches(service):
    listed = subprocess.run(
        ["ps", "-o", "pid=,comm=", "--ppid", str(service.process.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    os.kill(int(re.search(r"(\d+) scanner work", listed)[1]), signal.SIGKILL)
    assert service.process.wait(PATIENCE) == 1
    (line,) = service.lines("a process ended unasked; stopping the others")
    assert (line["task"], line["exit_code"], line["level"]) == ("work", -9, "CRITICAL")


def test_a_request_line_of_the_documented_length_is_taken(service):
    line = b"GET /healthz?%b HTTP/1.1\r\n"
    room = 8190 - len(line % b"")
    answer = service.say(line % (b"x" * room) + b"Host: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 ")
    assert b" 414 " not in answer.splitlines()[0]
    longer = service.say(line % (b"x" * (room + 10)) + b"Host: x\r\nConnection: close\r\n\r\n")
    assert b" 414 " in longer.splitlines()[0]
