"""Uploads of several sizes from several clients, and whether all of them arrived once and whole."""

import os
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count

from sqlalchemy import func, select, text

from scanner.store.tables import Bom, BomVersion, Profile
from tests.faults.calls import PATIENCE
from tests.faults.conftest import IN_FULL

CLIENTS = 8
NDJSON = "application/x-ndjson"
SIZES = (3, 40, 400, 4000) if IN_FULL else (3, 40, 1500)
BROKEN_OFF = "reader-failed"
"""What a job fails with that was begun `SCANNER_JOB_ATTEMPTS` times in vain."""

SEED = int(os.environ.get("SCANNER_FAULTS_SEED", "20261125"))


def bom_file(lines):
    """A BOM of so many lines, in which parts come back."""
    rows = (f"P-{n},Shaft 1.4404 {n % 97} mm,{n % 9 + 1}" for n in range(lines))
    return "\n".join(("Part number,Description,Quantity", *rows, "")).encode()


FILES = {size: bom_file(size) for size in SIZES}


@dataclass
class Uploads:
    """So many uploads, which come as they are allowed to; what the threads tell each other."""

    wanted: int
    made: list = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    _numbers: count = field(default_factory=count)
    _allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, number):
        """Let so many more uploads come."""
        self._allowed.release(number)

    def keep_coming(self, client):
        """Upload in turn with other clients, until the last is answered."""
        while (number := self._next()) is not None:
            size = SIZES[number % len(SIZES)]
            self.made.append((client.upload(FILES[size], f"upload-{number}"), size))

    def _next(self):
        with self._lock:
            number = next(self._numbers)
        if number >= self.wanted:
            return None
        self._allowed.acquire()
        return number

    def run(self, client, threads, trouble):
        """All uploads while `trouble` is made, which begins at once; the BOMs when all is done."""
        making = threads.submit(trouble)
        uploading = [threads.submit(self.keep_coming, client) for _ in range(CLIENTS)]
        try:
            for one in uploading:
                one.result()
            return wait_until_over(client)
        finally:
            self.over.set()
            making.result()


def wait_until_over(client):
    """The BOMs of the company, when no version is being processed any more.

    However many wait for a worker: there is patience as long as they get fewer.
    """
    fewest, deadline = None, 0.0
    while True:
        boms = client.all_boms()
        left = sum(bom["version"]["state"] == "processing" for bom in boms)
        if not left:
            return boms
        if fewest is None or left < fewest:
            fewest, deadline = left, time.monotonic() + PATIENCE
        assert time.monotonic() < deadline, f"{left} jobs are not done"
        time.sleep(0.5)


def check_answers(client, boms, uploads):
    """Every upload that was answered is there once, and done; equal files have equal profiles.

    One whose every attempt was broken off may have failed instead, and must say so. How many did.
    """
    assert len(uploads.made) == uploads.wanted
    assert Counter(bom["id"] for bom in boms) == Counter(made for made, _ in uploads.made)
    by_id = {bom["id"]: bom for bom in boms}
    digests = {size: set() for _, size in uploads.made}
    failed = 0
    for bom_id, size in uploads.made:
        version = by_id[bom_id]["version"]
        if version["state"] == "failed":
            assert version["job"]["problem"]["code"] == BROKEN_OFF, by_id[bom_id]
            failed += 1
            continue
        assert (version["state"], version["lines"]) == ("ready", size), by_id[bom_id]
        answer = client.until_answered("GET", f"/v1/boms/{bom_id}/profile").body
        digests[size].add(sha256(answer[answer.index(b'"profile":') :]).hexdigest())
        lines = client.until_answered("GET", f"/v1/boms/{bom_id}/lines", Accept=NDJSON).body
        assert lines.count(b"\n") == size
    assert {size: len(found) for size, found in digests.items()} == dict.fromkeys(digests, 1)
    return failed


def check_rows(database, uploads):
    """Nothing half or double is left in the tables, and the file of SQLite is sound."""
    with database.reading() as connection:
        profiles = connection.execute(
            select(func.count()).select_from(Profile).group_by(Profile.version_id)
        ).scalars()
        boms = connection.execute(select(func.count()).select_from(Bom)).scalar_one()
        assert set(profiles) == {1}
        versions = connection.execute(select(func.count()).select_from(BomVersion)).scalar_one()
        assert versions == boms == uploads.wanted
        if database.backend == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
