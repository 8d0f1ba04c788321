"""A data folder on a disk that is full, and on one that takes no changes at all."""

import os
import subprocess
import sys
from contextlib import contextmanager, suppress

import pytest

from tests.faults.calls import Client
from tests.faults.deployment import ROOT, Deployment
from tests.faults.traffic import Uploads, bom_file, check_rows, wait_until_over

DISK = 64 * 1024 * 1024
BODY = bom_file(3000)
LARGE = BODY + b"P-2,Shaft 1.4404,2\n" * 20_000
"""More than the database has room for in the pages that it has already."""


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own, from memory."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk of a test's own")
    folder = tmp_path / "disk"
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={DISK},mode=0700", "tmpfs", folder)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


@contextmanager
def full(folder):
    """Not a byte is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(64 * 1024)):
            pass
    yield
    filler.unlink()


@pytest.mark.slow
def test_a_full_disk_is_told_and_outlived(disk, database_of):
    with Deployment(disk / "data", "") as deployment:
        client = Client(deployment)
        before = client.upload(BODY, "before")
        wait_until_over(client)
        profile = client.once("GET", f"/v1/boms/{before}/profile")
        assert profile.status == 200

        with full(disk):
            for _ in range(3):
                refused = client.once("POST", "/v1/boms", LARGE, **{"Idempotency-Key": "during"})
                assert (refused.status, refused.json["status"]) == (507, 507), refused
                assert refused.headers["Content-Type"] == "application/problem+json"
            assert client.once("GET", f"/v1/boms/{before}/profile").body == profile.body

        during = client.upload(LARGE, "during")
        boms = wait_until_over(client)
        states = {bom["id"]: bom["version"]["state"] for bom in boms}
        assert states == {before: "ready", during: "ready"}
        assert client.once("GET", f"/v1/boms/{before}/profile").body == profile.body
        assert deployment.restarts == 0
        check_rows(database_of(deployment), Uploads(2))


def test_a_disk_that_takes_no_changes_stops_the_start_with_a_sentence(disk):
    _mount("-o", "remount,ro", disk)
    started = subprocess.run(
        [sys.executable, "-m", "scanner.cli", "serve"],
        cwd=ROOT,
        env={**os.environ, "SCANNER_DATA": str(disk / "data"), "SCANNER_PORT": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert started.returncode == 1
    assert "The disk of the service takes no changes." in started.stderr
    assert "Traceback" not in started.stderr
