"""The port on which Prometheus reads what the service counts, and what is looked up for it.

`scanner serve` answers for all its processes; a `scanner work` on its own answers for itself.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from scanner import __version__, metrics, metrics_folder
from scanner.core.errors import InvalidInput
from scanner.services import health
from scanner.services.context import Context

Roots = Callable[[], Mapping[str, int]]
"""The processes to look at by what they do, each with all that it started."""


@contextmanager
def serving(ctx: Context, roots: Roots, *, folder: Path | None = None) -> Iterator[None]:
    """Answer Prometheus meanwhile, if the settings name a port.

    With a folder the numbers are those of the processes that keep theirs in it; without, those of
    this process. `InvalidInput` for a port that is taken.
    """
    settings = ctx.settings
    if not settings.metrics_port:
        yield
        return
    registry = CollectorRegistry() if folder is not None else metrics.REGISTRY
    try:
        server, _ = start_http_server(settings.metrics_port, settings.metrics_host, registry)
    except OSError as error:
        raise InvalidInput(
            f"The address {settings.metrics_host}:{settings.metrics_port} cannot be used: "
            f"{error.strerror}.",
            advice="Stop what listens there, or set SCANNER_METRICS_PORT or SCANNER_METRICS_HOST.",
        ) from error
    collectors: list[Collector] = [Looked(ctx), Processes(roots)]
    try:
        if folder is not None:
            MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
        for collector in collectors:
            registry.register(collector)
        yield
    finally:
        server.shutdown()
        server.server_close()
        for collector in collectors:
            registry.unregister(collector)


def forget(process: int) -> None:
    """Let go of what a dead web process held at its end; what it counted stays counted."""
    if metrics_folder.shared() is not None:
        mark_process_dead(process)  # type: ignore[no-untyped-call]


class Looked(Collector):
    """What is looked up when somebody asks: the queue in the database, and what is installed."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering asks the database nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The numbers of this moment."""
        yield self._build()
        up = GaugeMetricFamily("scanner_database_up", "Whether the database answers.")
        try:
            queue = health.queue(self._ctx)
        except SQLAlchemyError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        jobs = GaugeMetricFamily("scanner_jobs", "Jobs that are not over.", labels=["state"])
        jobs.add_metric(["queued"], queue.queued)
        jobs.add_metric(["running"], queue.running)
        yield jobs
        yield GaugeMetricFamily(
            "scanner_oldest_queued_job_seconds",
            "How long the oldest job that waits has waited; 0 when none waits.",
            value=queue.oldest_seconds,
        )

    def _build(self) -> Metric:
        release = self._ctx.engine.knowledge.release
        build = GaugeMetricFamily(
            "scanner_build_info",
            "Version of the program and its engine, knowledge release, database.",
            labels=["version", "engine", "release", "release_sha256", "database"],
        )
        names = [__version__, __version__, release.id, release.sha256, self._ctx.database.backend]
        build.add_metric(names, 1)
        return build


@dataclass(frozen=True, slots=True)
class _Process:
    parent: int
    ticks: int
    pages: int


class Processes(Collector):
    """Memory and processor time of our processes, as Linux tells them; nothing elsewhere."""

    def __init__(self, roots: Roots) -> None:
        self._roots = roots

    def describe(self) -> Iterable[Metric]:
        """Nothing: what there is shows when it is asked for."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Sums over each process and what it started; the watching one is alone."""
        found = dict(_processes())
        if not found:
            return
        label = ["process"]
        number = GaugeMetricFamily("scanner_processes", "Processes that live.", labels=label)
        memory = GaugeMetricFamily(
            "scanner_memory_bytes", "Memory; what processes share counts for each.", labels=label
        )
        seconds = CounterMetricFamily(
            "scanner_cpu_seconds", "Processor time, of those that ended too.", labels=label
        )
        for name, root in self._roots().items():
            alone = root == os.getpid() and name == "serve"
            family = [found[one] for one in ([root] if alone else _family(root, found))]
            number.add_metric([name], len(family))
            memory.add_metric([name], sum(one.pages for one in family) * os.sysconf("SC_PAGESIZE"))
            ticks = sum(one.ticks for one in family)
            seconds.add_metric([name], ticks / os.sysconf("SC_CLK_TCK"))
        yield number
        yield memory
        yield seconds


def _processes() -> Iterator[tuple[int, _Process]]:
    """All processes of this machine by their number; those that end meanwhile are left out."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = file.read_text(encoding="ascii", errors="replace").rpartition(")")[2]
        except OSError:
            continue
        told = after_name.split()  # see proc(5): the state comes first here
        yield (
            int(file.parent.name),
            _Process(parent=int(told[1]), ticks=sum(map(int, told[11:15])), pages=int(told[21])),
        )


def _family(root: int, found: Mapping[int, _Process]) -> Iterator[int]:
    """The process and all that it started, directly or not, as far as they live."""
    members = {root} & found.keys()
    while members:
        yield from members
        members = {number for number, one in found.items() if one.parent in members}
