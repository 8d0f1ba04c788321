"""Uploads go on while processes of the service are killed; nothing is lost, nothing is double."""

import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count

import pytest
from sqlalchemy import func, select

from scanner.store.tables import Bom, BomVersion, Job, Line, Profile
from tests.faults.calls import PATIENCE, Client
from tests.faults.conftest import IN_FULL
from tests.faults.deployment import START_PATIENCE

KILLS = 200 if IN_FULL else 4
UPLOADS = KILLS * (5 if IN_FULL else 6)
CLIENTS = 8
SEED = int(os.environ.get("SCANNER_FAULTS_SEED", "20261125"))
TASKS = ("worker", "reader", "web", "service", "reader", "worker", "reader", "worker")
"""Who is killed, in turn, and a worker where there is none of a task for `NOBODY` seconds.

Chance picks one of the processes of a task.
"""
NOBODY = 1.0

MOMENT = 0.8
"""Within so many seconds after the next uploads may come, the next process is killed."""

SIZES = (3, 40, 400, 4000) if IN_FULL else (3, 40, 1500)
TAKEOVER = 45.0
"""Seconds within which somebody goes on with the job of a worker that was killed."""


def bom_file(lines):
    rows = (f"P-{n},Shaft 1.4404 {n % 97} mm,{n % 9 + 1}" for n in range(lines))
    return "\n".join(("Part number,Description,Quantity", *rows, "")).encode()


FILES = {size: bom_file(size) for size in SIZES}


@dataclass
class Run:
    """What the threads of one run tell each other."""

    made: list = field(default_factory=list)
    kills: Counter = field(default_factory=Counter)
    takeovers: list = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    numbers: count = field(default_factory=count)
    allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_upload(self):
        """The number of the next upload, as soon as it may come; None after the last."""
        with self.lock:
            number = next(self.numbers)
        if number >= UPLOADS:
            return None
        self.allowed.acquire()
        return number


def keep_uploading(client, run):
    while (number := run.next_upload()) is not None:
        size = SIZES[number % len(SIZES)]
        run.made.append((client.upload(FILES[size], f"upload-{number}"), size))


def keep_killing(deployment, database, run):
    """Let some uploads come and kill a process among them, again and again.

    Who goes on with whose job is seen in the table of jobs.
    """
    chance = random.Random(SEED)
    broken = {}
    for number in range(KILLS):
        run.allowed.release(UPLOADS // KILLS)
        task = TASKS[number % len(TASKS)]
        if task != "reader":  # it is there for a moment only
            look_on(chance.uniform(0.0, MOMENT), database, broken, run)
        at_work, task = kill_some(task, deployment, database, chance)
        run.kills[task] += 1
        if task in ("worker", "service"):
            broken |= {job: (attempt, time.monotonic()) for job, attempt in at_work.items()}
    while not run.over.is_set():
        look_on(0.1, database, broken, run)


def look_on(seconds, database, broken, run):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        note_takeovers(database, broken, run)
        time.sleep(0.02)


def kill_some(task, deployment, database, chance):
    """Kill a process of this task, or of another if there is none; the jobs that ran then."""
    until = time.monotonic() + NOBODY
    while True:
        at_work = {} if task == "reader" else running_jobs(database)
        if deployment.kill_one(task, chance):
            return at_work, task
        if time.monotonic() > until:
            task, until = "worker", until + START_PATIENCE


def running_jobs(database):
    with database.reading() as connection:
        rows = connection.execute(select(Job.id, Job.attempt).where(Job.state == "running"))
        return {row.id: row.attempt for row in rows}


def note_takeovers(database, broken, run):
    """Seconds from the death of a worker until its job was begun again."""
    if not broken:
        return
    with database.reading() as connection:
        rows = connection.execute(select(Job.id, Job.attempt).where(Job.id.in_(list(broken)))).all()
    for row in rows:
        attempt, killed = broken[row.id]
        if row.attempt > attempt:
            run.takeovers.append(time.monotonic() - killed)
            del broken[row.id]


def wait_until_over(client):
    deadline = time.monotonic() + PATIENCE * 4
    while True:
        boms = client.all_boms()
        if all(bom["version"]["state"] != "processing" for bom in boms):
            return boms
        assert time.monotonic() < deadline, "jobs are not done"
        time.sleep(0.5)


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_when_processes_are_killed(deployed, database_of, capsys):
    quick = {} if IN_FULL else {"SCANNER_JOB_HEARTBEAT": "0.5"}
    run = Run()
    with deployed(**quick) as deployment, ThreadPoolExecutor(CLIENTS + 1) as threads:
        client, database = Client(deployment), database_of(deployment)
        killing = threads.submit(keep_killing, deployment, database, run)
        uploading = [threads.submit(keep_uploading, client, run) for _ in range(CLIENTS)]
        try:
            for one in uploading:
                one.result()
            boms = wait_until_over(client)
        finally:
            run.over.set()
        killing.result()
        check_answers(client, boms, run)
        check_rows(database)
    with capsys.disabled():
        tell(deployment, boms, run)
    assert max(run.takeovers, default=0.0) <= TAKEOVER


def check_answers(client, boms, run):
    """Every upload that was answered is there once, and done; equal files have equal profiles."""
    assert len(run.made) == UPLOADS
    assert Counter(bom["id"] for bom in boms) == Counter(made for made, _ in run.made)
    states = {bom["id"]: bom for bom in boms}
    digests = {size: set() for size in SIZES}
    for bom_id, size in run.made:
        bom = states[bom_id]
        assert bom["version"]["state"] == "ready", bom
        assert bom["version"]["lines"] == size
        profile = client.until_answered("GET", f"/v1/boms/{bom_id}/profile").body
        digests[size].add(sha256(profile[profile.index(b'"profile":') :]).hexdigest())
    assert {size: len(found) for size, found in digests.items()} == dict.fromkeys(SIZES, 1)


def check_rows(database):
    """Nothing half or double is left in the tables."""
    with database.reading() as connection:
        lines = select(func.count()).select_from(Line)
        per_version = connection.execute(
            select(BomVersion.lines, lines.where(Line.version_id == BomVersion.id).label("n"))
        ).all()
        profiles = connection.execute(
            select(func.count()).select_from(Profile).group_by(Profile.version_id)
        ).scalars()
        assert all(row.lines == row.n for row in per_version)
        assert set(profiles) == {1}
        assert connection.execute(select(func.count()).select_from(Bom)).scalar_one() == UPLOADS


def tell(deployment, boms, run):
    slowest = max(run.takeovers, default=0.0)
    print(
        f"\n{UPLOADS} uploads, killed {dict(run.kills)}, {deployment.restarts} restarts; "
        f"{len(boms)} BOMs, none lost, none double; "
        f"{len(run.takeovers)} takeovers, the slowest after {slowest:.1f} s"
    )
