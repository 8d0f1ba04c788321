"""The same file on the same release gives the same bytes."""

import os
import random
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "bom_samples").glob("*/bom.*"))
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)

SURROUNDINGS = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "nl_NL.UTF-8", "LANG": "nl_NL", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2"},
    {"TZ": "UTC", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"},
]


class Shuffled:
    """The lines of a file in another order, in chunks of another size."""

    def __init__(self, lines, reading, problems, seed):
        self._lines, self.reading, self.problems = list(lines), reading, problems
        random.Random(seed).shuffle(self._lines)

    def __iter__(self):
        for start in range(0, len(self._lines), 7):
            yield tuple(self._lines[start : start + 7])


def read_all(path):
    from scanner import reader
    from scanner.core.bom import ReadLimits, ReadOptions
    from scanner.upload import inspect

    upload = inspect(path, limits=ReadLimits())
    with reader.read(upload, ReadOptions(), ReadLimits()) as stream:
        lines = [line for chunk in stream for line in chunk]
        return upload.sha256, lines, stream.reading, stream.problems


@every_file
def test_two_runs_give_the_same_digest(path, scan_path):
    first, second = scan_path(path), scan_path(path)
    assert first.body == second.body
    assert first.sha256 == second.sha256


@every_file
@pytest.mark.parametrize("seed", range(3))
def test_order_of_lines_does_not_matter(path, seed, engine, scan_path):
    from scanner import pipeline
    from scanner.core.scan import ScanOptions

    sha256, lines, reading, problems = read_all(path)
    shuffled = pipeline.scan(
        Shuffled(lines, reading, problems, seed), engine, ScanOptions(), sha256=sha256
    )
    assert shuffled.body == scan_path(path).body


@pytest.mark.parametrize("seed", range(3))
def test_order_of_wordings_of_one_part_does_not_matter(seed, engine):
    from scanner import pipeline
    from scanner.core.scan import ScanOptions
    from scanner.parse import parse_records

    records = [
        {"part_number": "X-1", "description": text, "quantity": quantity, "mass_g": mass}
        for text, quantity, mass in [
            ("Magneet NdFeB", 1, 0.1), ("MAGNEET NdFeB", 3, 0.1), ("magneet  NdFeB", 7, 0.1),
            ("Bout 1.4301", 1, 0.3), ("bout 1.4301", 3, 0.3), ("Widget", 1, 0.7),
            ("WIDGET", 9, 0.7), ("widget ", 11, 0.7),
        ]
    ]  # fmt: skip

    def body(records):
        from scanner.core.bom import ReadLimits

        lines = parse_records(records, limits=ReadLimits())
        return pipeline.scan(lines, engine, ScanOptions(), sha256="0" * 64).body

    shuffled = records.copy()
    random.Random(seed).shuffle(shuffled)
    assert body(shuffled) == body(records)


@pytest.fixture(scope="session")
def printed(tmp_path_factory):
    """A function: what `scanner scan FILE --format json` prints in other surroundings."""
    data = tmp_path_factory.mktemp("data")

    def run(path, surroundings):
        done = subprocess.run(
            [sys.executable, "-c", "from scanner.cli import main; main()",
             "scan", str(path), "--format", "json"],
            cwd=ROOT,
            env={**os.environ, "SCANNER_DATA": str(data), **surroundings},
            capture_output=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return run


@every_file
def test_time_zone_and_language_do_not_matter(path, printed, scan_path):
    from scanner.profile import canonical

    seen = {printed(path, surroundings) for surroundings in SURROUNDINGS}
    assert len(seen) == 1
    assert canonical(orjson.loads(seen.pop())) == canonical(scan_path(path).complete())
