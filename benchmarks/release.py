"""Opening the compiled release, in a process of its own: ``python -m benchmarks.release CACHE``.

Prints as JSON: the seconds, and the peak memory of the process in bytes.
"""

import csv
import hashlib
import json
import resource
import sys
import time
from pathlib import Path

from scanner.knowledge import load
from scanner.knowledge.loader import RELEASES

KIB = 1024  # resident memory is counted in KiB


def main(cache: Path) -> None:
    """Open the newest release from its compiled copy and print what it took."""
    start = time.perf_counter()
    load(cache=cache)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": _peak()}))


def _peak() -> int:
    """The most memory that this process has had, in bytes.

    Linux lets `getrusage` begin with the memory of the process that started this one, so its own
    count is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * KIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB


def tables(release: str) -> list[Path]:
    """The tables of a release that ships."""
    return sorted((RELEASES / release).glob("*.csv"))


def hash_tables(paths: list[Path]) -> None:
    """What no opening can do without: the checksum of every table."""
    for path in paths:
        hashlib.sha256(path.read_bytes()).hexdigest()


def split_tables(paths: list[Path]) -> int:
    """The number of rows, split into cells."""
    total = 0
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            total += len(list(csv.reader(stream)))
    return total


if __name__ == "__main__":
    main(Path(sys.argv[1]))
