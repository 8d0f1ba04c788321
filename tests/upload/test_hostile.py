"""Hostile files: damaged samples and bombs are read or refused, and never crash, hang or swell.

`SCANNER_HOSTILE_FILES` is how many damaged samples are tried; `make fuzz` tries 5 000.
"""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from scanner.core.bom import ReadLimits, ReadOptions
from scanner.core.errors import ReaderFailed, ScannerError
from scanner.reader import read, read_declarations
from scanner.upload import FileKind, inspect
from tests.upload.hostile import BOMBS, mutated, samples

TRIED = int(os.environ.get("SCANNER_HOSTILE_FILES", "60"))
LIMITS = ReadLimits(reader_memory_bytes=2 * 2**30, reader_seconds=60)
"""A file hangs that needs longer, also where many tests run at once; alone, none needs ten."""

MOST_GROWTH = 64 * 2**20
BUNCHES = 4


def peak():
    """The most memory that this process has held since `calm`, in bytes."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def calm():
    """Begin to watch memory anew; what is held now is where growth begins."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def handle(path, limits=LIMITS):
    """Do with a file what the service does; how many lines it had, or which of our errors."""
    try:
        upload = inspect(path, limits=limits)
        if upload.kind is FileKind.DECLARATION:
            return len(read_declarations(upload, limits).products)
        with read(upload, ReadOptions(), limits) as stream:
            return sum(len(chunk) for chunk in stream)
    except ScannerError as error:
        return error


def check(found, what):
    """A refusal says what is wrong and what to do."""
    if not isinstance(found, int):
        assert found.detail, what
        assert found.advice, what


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("bunch", range(BUNCHES))
def test_damaged_samples_are_read_or_refused(tmp_path, bunch):
    known = list(samples().items())
    before = calm()
    for seed in range(bunch, TRIED, BUNCHES):
        name, content = known[seed % len(known)]
        path = tmp_path / "upload"
        path.write_bytes(mutated(content, seed))
        found = handle(path)
        check(found, (name, seed))
        assert not isinstance(found, ReaderFailed), (name, seed, str(found))
    assert peak() - before < MOST_GROWTH


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_read_or_refused(tmp_path, name):
    path = tmp_path / "upload"
    path.write_bytes(BOMBS[name]())
    before = calm()
    found = handle(path)
    check(found, name)
    assert peak() - before < MOST_GROWTH


def test_samples_are_read_as_they_are(tmp_path):
    for name, content in samples().items():
        path = tmp_path / "upload"
        path.write_bytes(content)
        found = handle(path)
        assert isinstance(found, int), (name, str(found))


def test_there_are_bombs_enough():
    assert len(BOMBS) >= 60
    with suppress(OSError):
        assert calm() > 0
