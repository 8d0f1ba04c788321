"""The whole service in its processes, as `scanner serve` starts them."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import orjson
import pytest

from scanner.settings import Settings
from scanner.store.migrate import upgrade

ROOT = Path(__file__).parents[2]
SMALL = b"Part number,Description,Quantity\nP-1,Shaft 1.4404,2\n"
PATIENCE = 90.0


class Service:
    """One `scanner serve` on a free port."""

    def __init__(self, data, database_url=""):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = data
        self.database_url = database_url
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scanner.cli", "serve"],
            cwd=ROOT,
            env={
                **os.environ,
                "SCANNER_DATA": str(self.data),
                "SCANNER_PORT": str(self.port),
                "SCANNER_DATABASE_URL": self.database_url,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = ""
        for line in self.process.stdout:
            said += line
            if "first-login.txt" in line or "Your data is in" in line:
                return said
        raise AssertionError(f"the service ended: {said}")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def children(self):
        """Process ids by task."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,comm=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return {task: int(pid) for pid, task in re.findall(r"(\d+) scanner (\w+)", listed)}

    def send(self, method, path, body=None, kind="text/csv"):
        token = re.search(r"rms_\S+", (self.data / "first-login.txt").read_text())[0]
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=body,
            method=method,
            headers={"Authorization": f"Bearer {token}", "Content-Type": kind},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return orjson.loads(answer.read())


@pytest.fixture
def service(tmp_path):
    yield from until_the_end(Service(tmp_path / "data"))


@pytest.fixture(params=["sqlite", "postgresql"])
def service_on_either(tmp_path, request):
    address = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("empty_postgresql")
        upgrade(Settings(data=tmp_path / "data", database_url=address))
    yield from until_the_end(Service(tmp_path / "data", address))


def until_the_end(service):
    yield service
    if service.process is not None:
        if service.process.poll() is None:
            service.stop()
        service.process.stdout.close()


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_from_first_start_to_profile_and_on_after_a_restart(service_on_either):
    service = service_on_either
    said = service.start()
    assert re.search(r"^API key: +rms_\S+$", said, re.MULTILINE)
    bom = service.send("POST", "/v1/boms", SMALL)
    assert bom["version"]["state"] == "ready"
    profile = service.send("GET", f"/v1/boms/{bom['id']}/profile")
    assert service.stop() == 0
    assert not listens(service.port)
    service.process.stdout.close()

    assert "rms_" not in service.start()
    assert service.send("GET", f"/v1/boms/{bom['id']}/profile") == profile
    assert service.stop(signal.SIGINT) == 0


@pytest.mark.parametrize("named", ["Acme", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_a_help_desk_that_is_no_company_is_told_at_the_start(service, monkeypatch, named):
    monkeypatch.setenv("SCANNER_HELP_DESK_COMPANY", named)
    with pytest.raises(AssertionError, match="the service ended") as told:
        service.start()
    assert "SCANNER_HELP_DESK_COMPANY" in str(told.value)
    assert named in str(told.value)
    assert "Traceback" not in str(told.value)
    assert service.process.wait(PATIENCE) != 0
    assert not listens(service.port)


def test_the_service_ends_when_one_of_its_processes_does(service):
    service.start()
    os.kill(service.children()["work"], signal.SIGKILL)
    assert service.process.wait(PATIENCE) == 1
    assert not listens(service.port)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a process of its parent's end"
)
def test_nothing_stays_behind_when_the_service_is_killed_outright(service):
    service.start()
    children = service.children()
    assert set(children) == {"web", "work"}
    service.stop(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while listens(service.port) or any(Path(f"/proc/{pid}").exists() for pid in children.values()):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_port_that_is_taken_is_said_before_anything_starts(service, tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", service.port))
        holder.listen()
        with pytest.raises(AssertionError, match="cannot be used"):
            service.start()
    assert service.process.wait(PATIENCE) == 2
    assert not service.data.exists()


def test_tables_on_postgresql_are_not_made_in_passing(tmp_path, empty_postgresql):
    service = Service(tmp_path / "data", empty_postgresql)
    with pytest.raises(AssertionError, match="run: scanner db upgrade"):
        service.start()
    assert service.process.wait(PATIENCE) == 2
    service.process.stdout.close()
