"""Folders for files in work: they are gone when the work is done, or after a kill when one looks.

Whoever works in a folder holds a lock on it, which the system lets go of when the process ends:
a folder that can be locked belongs to nobody any more.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def folder(root: Path) -> Iterator[Path]:
    """A new folder below `root` that only its owner can read, removed afterwards."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        mine = Path(tempfile.mkdtemp(dir=root))
        lock = _lock(mine)
        if lock is not None:
            break
    try:
        yield mine
    finally:
        shutil.rmtree(mine, ignore_errors=True)
        os.close(lock)


@contextmanager
def place(root: Path) -> Iterator[Callable[[], Path]]:
    """Where a file may lie, in a `folder` that is made only when it is asked for."""
    with ExitStack() as made:
        yield lambda: made.enter_context(folder(root)) / "upload"


def clear(root: Path) -> None:
    """Remove what killed processes left below `root`, and nothing that one works in."""
    for left in root.iterdir() if root.is_dir() else ():
        lock = _lock(left)
        if lock is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)


def _lock(path: Path) -> int | None:
    """The lock on a folder, or None when another one has it, or has removed the folder."""
    try:
        found = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.is_dir():
            return found
    except BlockingIOError:
        pass
    os.close(found)
    return None
