"""The processes of the service: one that watches, the web server, and a worker.

`serve` brings a SQLite database up to date (one on PostgreSQL must be so already), makes the first
company if there is none, checks the knowledge release, and then starts
``python -m scanner.serving web`` and ``… work``. It stops both when it is told to, and when one of
them ends unasked.
"""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from scanner import logs, metrics, metrics_server
from scanner.core.errors import InvalidInput, ScannerError
from scanner.jobs import worker as worker_of
from scanner.services import companies
from scanner.settings import Settings
from scanner.store.migrate import prepare
from scanner.wiring import open_context

LOOK_EVERY = 0.2
GRACE = 30.0
"""Seconds that the processes get to end in good order."""

LONGEST_REQUEST_LINE = 8190
"""Bytes of method, path and query: the most that gunicorn takes short of any number."""

log = logging.getLogger(__name__)

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux, see prctl(2)


def serve(settings: Settings, *, with_worker: bool = True) -> int:
    """Run the service until it is told to stop; the exit code.

    Without a worker the uploads wait for one that `scanner work` starts, here or elsewhere.

    Raises `BrokenRelease`, or `InvalidInput` for a port that is taken or a PostgreSQL database that
    does not answer or is not up to date, before anything listens.
    """
    logs.configure(settings, "serve")
    asked_to_stop = _stop_event()
    _claim_port(settings)
    prepare(settings)
    ctx = open_context(settings)
    first = companies.bootstrap(ctx)
    ctx.database.close()
    folder = metrics_server.shared_folder(settings)
    tasks = ("web", "work") if with_worker else ("web",)
    processes: dict[str, subprocess.Popen[bytes]] = {}

    def watched() -> dict[str, int]:
        return {"serve": os.getpid(), **{task: one.pid for task, one in processes.items()}}

    with metrics_server.serving(ctx, watched, folder=folder):
        processes.update({task: _start(task, folder) for task in tasks})
        try:
            if _wait_until_up(settings, processes.values(), asked_to_stop):
                _say(_welcome(settings, first))
            return _watch(processes, asked_to_stop)
        finally:
            _end(processes.values())


def _watch(processes: Mapping[str, subprocess.Popen[bytes]], asked_to_stop: threading.Event) -> int:
    """Wait until we are told to stop, or one of the processes ends; the exit code."""
    while not asked_to_stop.wait(LOOK_EVERY):
        for task, process in processes.items():
            if process.poll() is not None:
                said = logs.fields(task=task, exit_code=process.returncode)
                log.critical("a process ended unasked; stopping the others", extra=said)
                return 1
    return 0


def work(settings: Settings, *, parent: int | None = None) -> int:
    """Run one worker until it is told to stop, or until its parent is gone; the exit code."""
    logs.configure(settings, "work")
    prepare(settings)
    ctx = open_context(settings)
    worker = worker_of(
        ctx,
        orphaned=lambda: parent is not None and os.getppid() != parent,
    )
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: worker.stop())
    if parent is not None:
        worker.run()
        return 0
    with metrics_server.serving(ctx, lambda: {"work": os.getpid()}):
        worker.run()
    return 0


def web(settings: Settings) -> None:
    """Run the web server; does not return."""
    logs.configure(settings, "web")
    Web(settings).run()


class ServerLog(Logger):  # type: ignore[misc]
    """gunicorn's log without a line per request: the application writes that itself."""

    @property
    def access_log_enabled(self) -> bool:
        """Whether gunicorn gathers what it would tell of a request."""
        return False


class Web(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with our settings: knowledge is loaded once, before the workers fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take gunicorn's options from our settings and from nowhere else."""
        for name, value in _gunicorn_options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        from scanner.app import create_app  # noqa: PLC0415 - the watching process needs no Flask

        return create_app(self.settings)


def _gunicorn_options(settings: Settings) -> dict[str, Any]:
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.web_workers,
        "worker_class": "gthread",
        "threads": settings.web_threads,
        "timeout": settings.web_timeout,
        "graceful_timeout": int(GRACE),
        "preload_app": True,
        "control_socket_disable": True,
        "limit_request_line": LONGEST_REQUEST_LINE,
        "forwarded_allow_ips": "",  # the application decides whom to trust
        "loglevel": settings.log_level.lower(),
        "child_exit": lambda _, worker: metrics_server.forget(worker.pid),
        "logconfig_dict": logs.configuration(settings, "web"),
        "logger_class": ServerLog,
    }


def _claim_port(settings: Settings) -> None:
    """Refuse a port on which somebody else listens, before our server fails on it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise InvalidInput(
                f"The address {settings.host}:{settings.port} cannot be used: {error.strerror}.",
                advice="Stop what listens there, or set SCANNER_PORT or SCANNER_HOST.",
            ) from error


def _stop_event() -> threading.Event:
    event = threading.Event()
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: event.set())
    return event


def _start(task: str, folder: Path | None) -> subprocess.Popen[bytes]:
    """Start one of our processes; Ctrl-C reaches only us, so that each is stopped once."""
    command = [sys.executable, "-m", "scanner.serving", task, str(os.getpid())]
    environment = {**os.environ, **metrics.environment(folder)}
    return subprocess.Popen(  # noqa: S603 - our own module
        command, env=environment, start_new_session=True
    )


def _wait_until_up(
    settings: Settings,
    processes: Collection[subprocess.Popen[bytes]],
    asked_to_stop: threading.Event,
) -> bool:
    """Whether the web server accepts connections; false when a process ended or we must."""
    while not asked_to_stop.is_set():
        if any(process.poll() is not None for process in processes):
            return False
        try:
            socket.create_connection((settings.host, settings.port), timeout=1).close()
            return True
        except OSError:
            asked_to_stop.wait(LOOK_EVERY)
    return False


def _end(processes: Collection[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _welcome(settings: Settings, first: companies.FirstLogin | None) -> str:
    ready = f"The scanner is ready: http://{settings.host}:{settings.port}/"
    if first is None:
        return f"{ready}\nYour data is in {settings.data.absolute()}."
    return f"{ready}\n\n{first}\nThis is shown once and kept in {first.file}, for your eyes only."


def _say(text: str) -> None:
    print(text, flush=True)


def _die_with(parent: int) -> None:
    """Ask Linux to end this process when the watching one is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def main(task: str, parent: int) -> None:
    """Be one of the processes that `serve` starts."""
    _die_with(parent)
    settings = Settings.from_environment()
    try:
        if task == "web":
            web(settings)
        else:
            sys.exit(work(settings, parent=parent))
    except ScannerError as error:
        log.critical("%s. %s %s", error.title, error.detail, error.advice)
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
