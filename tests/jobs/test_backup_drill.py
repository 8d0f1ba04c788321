"""The drill of an operator: a service under load, its backup, and another service from that."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select

from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade
from scanner.store.tables import Job

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "bom_samples").glob("*/bom.csv"))
SMALL = b"Part number,Description,Quantity\nP-%d,Shaft 1.4404,2\nP-%d,Magnet NdFeB N42 12 g,1\n"
PATIENCE = 120.0


class Service:
    """`scanner` on one data folder and database: its commands, and its processes."""

    def __init__(self, data, database_url):
        self.settings = Settings(data=data, database_url=database_url)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "SCANNER_DATA": str(data),
            "SCANNER_DATABASE_URL": database_url,
            "SCANNER_PORT": str(self.port),
            "SCANNER_RATE_LIMIT": "",
            "SCANNER_JOB_HEARTBEAT": "0.5",
        }
        self.processes = []
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def start(self, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "scanner.cli", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        if arguments[0] == "serve":
            assert any(b"is ready" in line for line in process.stdout), "the service ended"
        return process

    def run(self, *arguments):
        done = subprocess.run(
            [sys.executable, "-m", "scanner.cli", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(PATIENCE)
            process.stdout.close()
        self.processes.clear()

    def first_login(self):
        said = (self.settings.data / "first-login.txt").read_text()
        return dict(re.findall(r"^([A-Za-z ]+): +(.+)$", said, re.MULTILINE))

    def request(self, path, token, body=None, **headers):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=body,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "text/csv", **headers},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read()

    def upload(self, token, body, *, wait=0):
        return json.loads(self.request("/v1/boms", token, body, Prefer=f"wait={wait}"))

    def profile(self, token, bom):
        """The profile of a BOM as soon as its job is over, as the bytes of the answer."""
        self.settled(token, bom)
        return self.request(f"/v1/boms/{bom['id']}/profile", token)

    def settled(self, token, bom):
        """The state of a BOM as soon as its job is over: others may wait before it."""
        deadline = time.monotonic() + PATIENCE
        while (state := self.state(token, bom)) == "processing":
            assert time.monotonic() < deadline
            time.sleep(0.1)
        return state

    def state(self, token, bom):
        return json.loads(self.request(f"/v1/boms/{bom['id']}", token))["version"]["state"]

    def page(self, path, **form):
        """The address at which a person's browser ends."""
        body = urllib.parse.urlencode(form).encode() if form else None
        with self.browser.open(f"http://127.0.0.1:{self.port}{path}", body, PATIENCE) as answer:
            return answer.url, answer.read().decode()

    def sign_in(self, login):
        _, page = self.page("/sign-in")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        form = {"csrf_token": token, "email": login["Sign in"], "password": login["Password"]}
        url, _ = self.page("/sign-in", **form)
        return not url.endswith("/sign-in")


class Load:
    """Two people who upload small BOMs, one after another, until the block ends.

    They pause between two uploads: what they leave waiting has to be read by the service
    that the backup is restored into, before anything that comes after it.
    """

    numbers = count()

    def __init__(self, service, token):
        self._service, self._token = service, token
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._upload) for _ in range(2)]
        self.accepted = []

    def _upload(self):
        while not self._stop.is_set():
            number = next(self.numbers)
            body = SMALL % (number, number)
            self.accepted.append(self._service.upload(self._token, body))
            self._stop.wait(0.05)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)


@pytest.fixture(params=["sqlite", "postgresql"])
def services(tmp_path, request):
    """The service, and the place into which it is restored."""
    names = ("empty_postgresql", "another_postgresql") if request.param == "postgresql" else ()
    addresses = [request.getfixturevalue(name) for name in names] or ["", ""]
    if names:
        upgrade(Settings(data=tmp_path / "one", database_url=addresses[0]))
    both = [
        Service(tmp_path / name, address)
        for name, address in zip(("one", "two"), addresses, strict=True)
    ]
    yield both
    for service in both:
        service.stop()


def test_what_was_accepted_before_a_backup_under_load_is_in_it(services, tmp_path):
    one, two = services
    one.start("serve")
    login = one.first_login()
    token = login["API key"]
    assert one.sign_in(login)
    boms = [one.upload(token, path.read_bytes(), wait=60) for path in SAMPLES]
    profiles = {bom["id"]: one.profile(token, bom) for bom in boms}
    with Load(one, token) as load:
        while len(load.accepted) < 5:
            time.sleep(0.05)
        before = list(load.accepted)
        said = one.run("db", "backup", str(tmp_path / "backup"))
        during = len(load.accepted) - len(before)
        while len(load.accepted) < len(before) + during + 2:
            time.sleep(0.05)
    assert "1 companies" in said
    assert during > 0
    later = {bom["id"]: json.loads(one.profile(token, bom)) for bom in before}
    one.stop()

    two.run("db", "restore", str(tmp_path / "backup"))
    two.start("serve")
    assert {bom["id"]: two.profile(token, bom) for bom in boms} == profiles
    for bom in before:
        assert json.loads(two.profile(token, bom))["sha256"] == later[bom["id"]]["sha256"]
    two.browser = one.browser
    assert two.page("/")[0].endswith(f":{two.port}/"), "the session went lost"
    two.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    assert two.page("/")[0] != f"http://127.0.0.1:{two.port}/", "pages need no session"
    assert two.sign_in(login)
    assert two.settled(token, two.upload(token, SMALL % (0, 0))) == "ready"


def test_jobs_that_waited_are_done_after_the_restore(services, tmp_path):
    one, two = services
    one.start("serve", "--without-worker")
    token = one.first_login()["API key"]
    waiting = [one.upload(token, SMALL % (number, number)) for number in range(5)]
    assert {one.state(token, bom) for bom in waiting} == {"processing"}
    one.run("db", "backup", str(tmp_path / "backup"))
    one.start("work")
    profiles = [json.loads(one.profile(token, bom))["sha256"] for bom in waiting]
    one.stop()

    two.run("db", "restore", str(tmp_path / "backup"))
    database = Database.of(two.settings)
    with database.reading() as connection:
        states = select(Job.state, func.count()).group_by(Job.state)
        assert connection.execute(states).all() == [("queued", 5)]
    database.close()
    two.start("serve")
    assert [json.loads(two.profile(token, bom))["sha256"] for bom in waiting] == profiles


def test_a_restore_waits_for_nobody_and_harms_no_running_service(services, tmp_path):
    one, _ = services
    one.start("serve")
    token = one.first_login()["API key"]
    bom = one.upload(token, SMALL % (1, 1), wait=60)
    profile = one.profile(token, bom)
    one.run("db", "backup", str(tmp_path / "backup"))
    with pytest.raises(AssertionError, match="Stop all processes of the service first"):
        one.run("db", "restore", "--replace", str(tmp_path / "backup"))
    assert one.profile(token, bom) == profile
    after = one.upload(token, SMALL % (2, 2), wait=60)
    one.stop()
    one.run("db", "restore", "--replace", str(tmp_path / "backup"))
    one.start("serve")
    assert one.profile(token, bom) == profile
    with pytest.raises(urllib.error.HTTPError, match="404"):
        one.profile(token, after)
