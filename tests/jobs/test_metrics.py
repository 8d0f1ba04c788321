"""What a running service tells Prometheus, read over HTTP."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from scanner import __version__, metrics_folder
from scanner.settings import Settings
from scanner.store.migrate import upgrade

ROOT = Path(__file__).parents[2]
CANARY = "Zilverkanarie4711"
GOOD = f"Part number,Description,Quantity\n{CANARY},Shaft 1.4404,2\nX-1,{CANARY},1\n".encode()
UNREADABLE = f"{CANARY};{CANARY}\n1;2\n".encode()
PATIENCE = 90.0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A `scanner` command with a metrics port."""

    def __init__(self, folder, command, database_url=""):
        self.port, self.metrics_port = free_port(), free_port()
        self.settings = Settings(data=folder / "data", metrics_port=self.metrics_port)
        self.log = folder / "log"
        self.command = [sys.executable, "-m", "scanner.cli", command]
        self.environment = {
            **os.environ,
            "SCANNER_DATA": str(self.settings.data),
            "SCANNER_DATABASE_URL": database_url,
            "SCANNER_PORT": str(self.port),
            "SCANNER_METRICS_PORT": str(self.metrics_port),
            "SCANNER_FIRST_COMPANY": CANARY,
        }
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.wait_until(lambda: self.command[-1] != "serve" or b"is ready" in self.log.read_bytes())
        self.wait_until(self.answers)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.metrics_port)) == 0

    def wait_until(self, true):
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(PATIENCE) == 0

    def clear(self):
        shutil.rmtree(metrics_folder.of(self.settings), ignore_errors=True)

    def upload(self, content, kind="text/csv"):
        token = re.search(r"rms_\S+", (self.settings.data / "first-login.txt").read_text())[0]
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/v1/boms?name={CANARY}",
            data=content,
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": kind,
                "Prefer": "wait=30",
            },
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status

    def scrape(self):
        with urllib.request.urlopen(
            f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=PATIENCE
        ) as answer:
            return answer.read().decode()

    def numbers(self):
        return {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(self.scrape())
            for sample in family.samples
        }

    def counted(self, name, value):
        """All numbers once this one is there: a request counts when its last byte is gone."""
        self.wait_until(lambda: self.numbers().get(name) == value)
        return self.numbers()

    def children(self, parent):
        listed = subprocess.run(
            ["ps", "-o", "pid=,comm=", "--ppid", str(parent)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        return [(int(pid), words) for pid, words in re.findall(r"(\d+) (.*)", listed)]


@pytest.fixture
def service(tmp_path):
    made = Process(tmp_path, "serve")
    made.start()
    yield made
    made.stop()
    made.clear()


def test_what_was_done_is_counted_over_all_processes_and_names_nobody(service):
    before = service.numbers()
    assert service.upload(GOOD) == service.upload(GOOD) == service.upload(UNREADABLE) == 201
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://127.0.0.1:{service.port}/v1/boms/{CANARY}?{CANARY}")
    refused.value.close()
    service.counted(("scanner_requests_total", "404", "GET", "none"), 1)
    found = service.counted(("scanner_requests_total", "/v1/boms", "201", "POST"), 3)

    def grown(*name):
        return found[name] - before.get(name, 0.0)

    assert grown("scanner_request_seconds_count", "/v1/boms", "POST") == 3
    assert grown("scanner_uploads_total", "csv") == 3
    assert grown("scanner_upload_bytes_total", "csv") == 2 * len(GOOD) + len(UNREADABLE)
    assert grown("scanner_jobs_ended_total", "", "done") == 2
    assert grown("scanner_jobs_ended_total", "failed", "no-header") == 1
    assert grown("scanner_job_seconds_count", "done") == 2
    assert grown("scanner_job_wait_seconds_count") == 3
    assert grown("scanner_lines_total") == 4
    assert grown("scanner_lines_counted_total", "recognised") == 2
    assert grown("scanner_lines_counted_total", "unrecognised") == 2
    assert grown("scanner_parts_recognised_total") == 4
    assert found["scanner_requests_in_flight",] == 0
    assert found["scanner_jobs", "queued"] == found["scanner_jobs", "running"] == 0
    assert found["scanner_oldest_queued_job_seconds",] == 0
    assert found["scanner_database_up",] == 1
    assert found["scanner_processes", "web"] == 3
    for process in ("serve", "web", "work"):
        assert found["scanner_memory_bytes", process] > 10_000_000
        assert grown("scanner_cpu_seconds_total", process) >= 0
    (build,) = (name for name in found if name[0] == "scanner_build_info")
    assert __version__ in build
    assert CANARY not in service.scrape()


def test_a_killed_web_process_takes_nothing_back_that_it_counted(service):
    for _ in range(4):
        service.upload(GOOD)
    name = ("scanner_requests_total", "/v1/boms", "201", "POST")
    before = service.counted(name, 4)
    ((master, _),) = (
        one for one in service.children(service.process.pid) if one[1] == "scanner web"
    )
    killed = [pid for pid, _ in service.children(master)]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    service.wait_until(
        lambda: (
            len(now := service.children(master)) == 2
            and not {pid for pid, _ in now} & set(killed)
            and not list(metrics_folder.of(service.settings).glob(f"gauge_live*_{killed[0]}.db"))
        )
    )
    after = service.numbers()
    assert after[name] == before[name] == 4
    assert after["scanner_requests_in_flight",] == 0


def test_a_new_start_counts_from_nothing(service):
    service.upload(GOOD)
    service.stop()
    assert not list(metrics_folder.of(service.settings).glob("*.db"))
    leftover = metrics_folder.of(service.settings) / "counter_1.db"
    leftover.write_bytes(b"of a service that was killed")
    service.start()
    assert ("scanner_uploads_total", "csv") not in service.numbers()
    assert not leftover.exists()


def test_a_worker_on_its_own_tells_its_own_numbers(tmp_path, empty_database_url):
    upgrade(Settings(data=tmp_path / "data", database_url=empty_database_url))
    worker = Process(tmp_path, "work", empty_database_url)
    try:
        worker.start()
        found = worker.numbers()
        assert found["scanner_processes", "work"] == 1
        assert found["scanner_jobs", "queued"] == 0
        assert found["scanner_lines_total",] == 0
    finally:
        worker.stop()


def test_a_metrics_port_that_is_taken_is_said(tmp_path):
    service = Process(tmp_path, "serve")
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", service.metrics_port))
        holder.listen()
        done = subprocess.run(
            service.command, cwd=ROOT, env=service.environment, capture_output=True, check=False
        )
    service.clear()
    assert done.returncode == 2
    assert b"SCANNER_METRICS_PORT" in done.stderr


def test_without_a_port_nothing_listens_and_nothing_is_written():
    assert Settings().metrics_port == 0
    assert metrics_folder.of(Settings()) is None
