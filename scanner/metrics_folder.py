"""The folder in which the processes of one service keep what they count.

The library that counts (prometheus-client, multiprocess mode) looks for the folder's name in the
environment when it is imported, and never again: `share` comes before anything that counts.
"""

import os
import shutil
import stat
from pathlib import Path
from typing import Final

from scanner.settings import Settings

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - checked to be ours before it is used


def share(settings: Settings) -> None:
    """Have this process and those that it forks keep their numbers in one folder, emptied now.

    Without a port for metrics nobody asks for them, and each keeps its own.
    """
    folder = of(settings)
    os.environ.pop(VARIABLE, None)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in folder.glob("*.db"):
            file.unlink()
        os.environ[VARIABLE] = str(folder)


def shared() -> Path | None:
    """The folder that is shared; None where each process keeps its own numbers."""
    name = os.environ.get(VARIABLE)
    return None if name is None else Path(name)


def remove() -> None:
    """Remove the folder that is shared, when all who share it have ended."""
    folder = shared()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def of(settings: Settings) -> Path | None:
    """Where the processes of one service keep their numbers; None when nobody asks for them.

    It lies in memory where there is such a place, for a process whose mapped file finds no room on
    a full disk is killed; else in the data folder.
    """
    if not settings.metrics_port:
        return None
    folder = MEMORY / f"scanner-metrics-{os.geteuid()}-{settings.metrics_port}"
    return folder if _can_be_ours(folder) else settings.data / "metrics"


def _can_be_ours(folder: Path) -> bool:
    """Whether a folder in a place that everybody may write to is nobody else's."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
