"""The processes of the service: one that watches, the web server, and a worker.

`serve` brings a SQLite database up to date (one on PostgreSQL must be so already), makes the first
company if there is none, opens the knowledge release, and then forks the web server and a worker,
which share what it loaded. It stops both when it is told to, and when one of them ends unasked.
``ps -o comm`` names them ``scanner web`` and ``scanner work``.
"""

import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping
from multiprocessing.process import BaseProcess
from typing import Any, Final

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from scanner import logs, metrics_folder, metrics_server
from scanner.core.errors import InvalidInput, NotFound, ScannerError
from scanner.jobs import Worker
from scanner.jobs import worker as worker_of
from scanner.services import cases, companies
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store.migrate import prepare
from scanner.wiring import open_context

LOOK_EVERY = 0.2
GRACE = 30.0
"""Seconds that the processes get to end in good order."""

LONGEST_REQUEST_LINE = 8190
"""Bytes of method, path and query: the most that gunicorn takes short of any number."""

log = logging.getLogger(__name__)

TASKS: Final = ("work", "web")
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SET_PARENT_DEATH_SIGNAL, SET_NAME = 1, 15  # PR_SET_PDEATHSIG and PR_SET_NAME, see prctl(2)


def serve(settings: Settings, *, with_worker: bool = True) -> int:
    """Run the service until it is told to stop; the exit code.

    Without a worker the uploads wait for one that `scanner work` starts, here or elsewhere.

    Raises `BrokenRelease`, or `InvalidInput` for a port that is taken, a help-desk that is no
    company here, or a PostgreSQL database that does not answer or is not up to date, before
    anything listens.
    """
    logs.configure(settings, "serve")
    asked_to_stop = _stop_event()
    _claim_port(settings)
    prepare(settings)
    ctx = open_context(settings)
    first = companies.bootstrap(ctx)
    _check_help_desk(ctx)
    ctx.database.close()
    tasks = TASKS if with_worker else ("web",)
    processes: dict[str, BaseProcess] = {}

    def watched() -> dict[str, int]:
        ids = {task: process.pid for task, process in processes.items()}
        return {"serve": os.getpid(), **{task: pid for task, pid in ids.items() if pid is not None}}

    try:
        _keep_loaded()
        for task in tasks:
            processes[task] = _start(task, ctx)
        with metrics_server.serving(ctx, watched, folder=metrics_folder.shared()):
            if _wait_until_up(settings, processes.values(), asked_to_stop):
                _say(_welcome(settings, first))
            return _watch(processes, asked_to_stop)
    finally:
        _end(processes.values())
        metrics_folder.remove()


def _watch(processes: Mapping[str, BaseProcess], asked_to_stop: threading.Event) -> int:
    """Wait until we are told to stop, or one of the processes ends; the exit code."""
    while not asked_to_stop.wait(LOOK_EVERY):
        for task, process in processes.items():
            if not process.is_alive():
                said = logs.fields(task=task, exit_code=process.exitcode)
                log.critical("a process ended unasked; stopping the others", extra=said)
                return 1
    return 0


def work(settings: Settings) -> int:
    """Run one worker on its own until it is told to stop; the exit code."""
    logs.configure(settings, "work")
    prepare(settings)
    ctx = open_context(settings)
    worker = _worker(ctx, orphaned=lambda: False)
    with metrics_server.serving(ctx, lambda: {"work": os.getpid()}):
        worker.run()
    return 0


def _worker(ctx: Context, *, orphaned: Callable[[], bool]) -> Worker:
    """A worker that stops when this process is told to."""
    worker = worker_of(ctx, orphaned=orphaned)
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: worker.stop())
    return worker


class ServerLog(Logger):  # type: ignore[misc]
    """gunicorn's log without a line per request: the application writes that itself."""

    @property
    def access_log_enabled(self) -> bool:
        """Whether gunicorn gathers what it would tell of a request."""
        return False


class Web(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with our settings: knowledge is loaded once, before the workers fork."""

    def __init__(self, settings: Settings, ctx: Context | None = None) -> None:
        self.settings = settings
        self.context = ctx
        super().__init__()

    def load_config(self) -> None:
        """Take gunicorn's options from our settings and from nowhere else."""
        for name, value in _gunicorn_options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        from scanner.app import create_app  # noqa: PLC0415 - the watching process needs no Flask

        return create_app(self.settings, self.context)


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
        "when_ready": lambda _: _keep_loaded(),
        "child_exit": lambda _, worker: metrics_server.forget(worker.pid),
        "logconfig_dict": logs.configuration(settings, "web"),
        "logger_class": ServerLog,
    }


def _keep_loaded() -> None:
    """Have the garbage collector leave alone what is loaded now, in this process and its children.

    It stays for good: nobody looks through it at each collection, and no page of it is copied.
    """
    gc.freeze()


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


def _check_help_desk(ctx: Context) -> None:
    """Refuse a help-desk that would only be missed when somebody asks it something."""
    if ctx.settings.help_desk_company:
        try:
            cases.help_desk(ctx)
        except NotFound as error:
            raise InvalidInput(
                f"SCANNER_HELP_DESK_COMPANY is {ctx.settings.help_desk_company!r}, which is the id"
                " of no company here.",
                advice="Give an id out of `scanner admin company list`, or nothing.",
            ) from error


def _stop_event() -> threading.Event:
    event = threading.Event()
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: event.set())
    return event


def _start(task: str, ctx: Context) -> BaseProcess:
    """Start one of our processes; it hears no signal before it is ready for one."""
    process = multiprocessing.get_context("fork").Process(target=_be, args=(task, os.getpid(), ctx))
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    return process


def _be(task: str, parent: int, ctx: Context) -> None:
    """Be one of the processes that `serve` starts; Ctrl-C reaches only that one."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    os.setsid()
    _die_with(parent)
    _call_it(f"scanner {task}")
    logs.configure(ctx.settings, task)
    try:
        if task == "web":
            Web(ctx.settings, ctx).run()
        else:
            _worker(ctx, orphaned=lambda: os.getppid() != parent).run()
    except ScannerError as error:
        log.critical("%s. %s %s", error.title, error.detail, error.advice)
        sys.exit(1)


def _wait_until_up(
    settings: Settings,
    processes: Collection[BaseProcess],
    asked_to_stop: threading.Event,
) -> bool:
    """Whether the web server accepts connections; false when a process ended or we must."""
    while not asked_to_stop.is_set():
        if not all(process.is_alive() for process in processes):
            return False
        try:
            socket.create_connection((settings.host, settings.port), timeout=1).close()
            return True
        except OSError:
            asked_to_stop.wait(LOOK_EVERY)
    return False


def _end(processes: Collection[BaseProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        process.join(max(deadline - time.monotonic(), 0.1))
        if process.is_alive():
            process.kill()
            process.join()


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


def _call_it(name: str) -> None:
    """Give this process a name in lists of processes; 15 characters at most."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_NAME, name.encode())
