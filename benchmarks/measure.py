"""Times, ratios, and what they were measured on."""

import gc
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
SLOW = 10
"""Answers a second below which fractions are shown."""

PACKAGES = ("numpy", "orjson", "pyahocorasick", "python-calamine", "sqlalchemy")


@dataclass(frozen=True, slots=True)
class Row:
    """One hot path: seconds of ours and of the bare library, and the ratio not to exceed.

    `work` says what is done how often; `goal` is ``None`` where none is set.
    """

    name: str
    work: str
    denominator: str
    ours: float
    bare: float
    goal: float | None

    @property
    def ratio(self) -> float:
        """Ours divided by the bare library."""
        return self.ours / self.bare

    @property
    def verdict(self) -> str:
        """Whether the goal is reached, as a word."""
        if self.goal is None:
            return ""
        return "yes" if self.ratio <= self.goal else "no"

    def __str__(self) -> str:
        """The row of the table."""
        goal = "" if self.goal is None else f"{self.goal:g}"
        return (
            f"{self.name:<34}{self.ours:>8.3f}s{self.bare:>8.3f}s{self.ratio:>8.2f}{goal:>7}"
            f"  {self.verdict:<7}  {self.denominator}\n    {self.work}"
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """One kind of answer: ours and bare ones a second, and the ratio to reach.

    `ratio` is the median of the ratios of neighbouring measurements, which a machine that others
    use disturbs less than the ratio of the medians. 99 of 100 of our answers came within `p99`
    milliseconds.
    """

    name: str
    work: str
    denominator: str
    ours: float
    bare: float
    ratio: float
    p99: float
    goal: float | None

    @property
    def verdict(self) -> str:
        """Whether the goal is reached, as a word."""
        if self.goal is None:
            return ""
        return "yes" if self.ratio >= self.goal else "no"

    def __str__(self) -> str:
        """The row of the table."""
        goal = "" if self.goal is None else f">={self.goal:g}"
        return (
            f"{self.name:<34}{_rate(self.ours)}{_rate(self.bare)}{self.ratio:>8.2f}{goal:>7}"
            f"  {self.verdict:<7}  {self.denominator}\n    {self.work}; p99 {self.p99:.0f} ms"
        )


def _rate(number: float) -> str:
    return f"{number:>7.0f}/s" if number >= SLOW else f"{number:>7.2f}/s"


def side_by_side(
    ours: Callable[[], object], bare: Callable[[], object], *, runs: int
) -> tuple[float, float]:
    """Median times of both, measured in turn so that a busy moment of the machine hits both.

    What earlier measurements left in memory is hidden from the garbage collector meanwhile.
    """
    gc.collect()
    gc.freeze()
    times = [(_seconds(ours), _seconds(bare)) for _ in range(runs)]
    gc.unfreeze()
    return statistics.median(t for t, _ in times), statistics.median(t for _, t in times)


def _seconds(work: Callable[[], object]) -> float:
    """The time of one call; work that returns a float has measured itself."""
    gc.collect()
    start = time.perf_counter()
    result = work()
    return result if isinstance(result, float) else time.perf_counter() - start


def table(rows: Sequence[Row | Rate]) -> str:
    """The rows as a text table, ratio and goal beside the times or rates."""
    head = f"{'hot path':<34}{'ours':>9}{'bare':>9}{'ratio':>8}{'goal':>7}  reached  denominator"
    return "\n".join([head, "-" * 110, *map(str, rows)])


def surroundings() -> str:
    """The machine, the versions of Python and of the packages, and the commit."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{_processor()}, {platform.system()} {platform.release()}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}\n"
        f"commit {_commit()}"
    )


def _processor() -> str:
    """Model and number of processors, as far as the system tells."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return f"{line.partition(':')[2].strip()}, {_cores()} processors"
    return f"{platform.machine()}, {_cores()} processors"


def _cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"
