"""The service as it is deployed: its processes, whoever starts them again, and what kills them."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESTART_AFTER = 0.2
"""Seconds until a process that ended is started again, as systemd does with `Restart=`."""

START_PATIENCE = 60.0

TASKS = {
    "web": re.compile(r"^scanner web|serve --without-worker"),
    "worker": re.compile(r"^scanner work|scanner\.cli work"),
    "reader": re.compile(r"scanner\.reader import"),
    "service": re.compile(r"^python\S* .*scanner\.cli serve$"),
}
"""How the processes of each task are named: by themselves, and as they were called."""


class Deployment:
    """One SQLite service, or a web server and two workers on PostgreSQL, kept alive."""

    def __init__(self, data, database_url, **environment):
        self.data = data
        self.database_url = database_url
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = (data.parent / "service.log").open("ab")
        self.environment = {
            **os.environ,
            "SCANNER_DATA": str(data),
            "SCANNER_DATABASE_URL": database_url,
            "SCANNER_PORT": str(self.port),
            "SCANNER_RATE_LIMIT": "",
            **environment,
        }
        self.commands = (
            [("serve", "--without-worker"), ("work",), ("work",)] if database_url else [("serve",)]
        )
        self.running = {}
        self.restarts = 0
        self._ending = threading.Event()
        self._keeper = None

    def __enter__(self):
        try:
            self.start_all()
        except BaseException:
            self.stop_all(signal.SIGKILL)
            self.log.close()
            raise
        return self

    def __exit__(self, *_):
        self.stop_all(signal.SIGTERM)
        self.log.close()

    def start_all(self):
        """Start every process and whoever starts them again; until the web server answers."""
        self._ending.clear()
        for number in range(len(self.commands)):
            self._start(number)
        self._keeper = threading.Thread(target=self._keep_alive)
        self._keeper.start()
        self.wait_until_up()

    def stop_all(self, how):
        """Stop every process for good; until the last has ended."""
        self._ending.set()
        self._keeper.join()
        for process in self.running.values():
            process.send_signal(how)
        for process in self.running.values():
            process.wait(START_PATIENCE)

    def _start(self, number):
        self.running[number] = subprocess.Popen(
            [sys.executable, "-m", "scanner.cli", *self.commands[number]],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )

    def _keep_alive(self):
        while not self._ending.wait(RESTART_AFTER):
            for number, process in list(self.running.items()):
                if process.poll() is not None:
                    self.restarts += 1
                    self._start(number)

    def wait_until_up(self):
        """Wait for the first answer of the web server."""
        deadline = time.monotonic() + START_PATIENCE
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the service does not come up, see {self.log.name}")

    def token(self):
        """The first key of the service."""
        return re.search(r"rms_\S+", (self.data / "first-login.txt").read_text())[0]

    def processes(self):
        """Process ids by task, whoever started them."""
        children = defaultdict(list)
        for one in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it ended meanwhile
                parent = one.read_text().rpartition(")")[2].split()[1]
                children[int(parent)].append(int(one.parent.name))
        found = {task: [] for task in TASKS}
        waiting = [process.pid for process in self.running.values() if process.poll() is None]
        while waiting:
            pid = waiting.pop()
            waiting += children[pid]
            called = _called(pid)
            for task, name in TASKS.items():
                if name.search(called):
                    found[task].append(pid)
        return found

    def kill_one(self, task, chance: random.Random):
        """Kill one process of a task outright; whether there was one."""
        pids = self.processes()[task]
        if not pids:
            return False
        try:
            os.kill(chance.choice(sorted(pids)), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def _called(pid):
    folder = Path(f"/proc/{pid}")
    try:
        called = (folder / "cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ")
        return f"{(folder / 'comm').read_text().strip()} {called.decode()}"
    except OSError:
        return ""
