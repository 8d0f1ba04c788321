"""Uploads go on while processes of the service are killed; nothing is lost, nothing is double."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from scanner.settings import Settings
from scanner.store.tables import Job
from tests.faults.calls import Client
from tests.faults.conftest import IN_FULL
from tests.faults.deployment import START_PATIENCE
from tests.faults.traffic import CLIENTS, SEED, Uploads, check_answers, check_rows

KILLS = 200 if IN_FULL else 4
UPLOADS_PER_KILL = 5
TASKS = ("worker", "reader", "web", "service", "reader", "worker", "reader", "worker")
"""Who is killed, in turn, and a worker where there is none of a task for `NOBODY` seconds.

Chance picks one of the processes of a task.
"""
NOBODY = 1.0
MOMENT = 0.8
"""Within so many seconds after the next uploads may come, the next process is killed."""

TAKEOVER = 45.0
"""Seconds within which somebody goes on with the job of a worker that was killed."""


@dataclass
class Killer:
    """Kills one process after the other, and watches who goes on with whose job."""

    deployment: object
    database: object
    uploads: Uploads
    kills: Counter = field(default_factory=Counter)
    takeovers: list = field(default_factory=list)
    _broken: dict = field(default_factory=dict)

    def run(self):
        """Let some uploads come and kill a process among them, whenever the service is up again."""
        chance = random.Random(SEED)
        for number in range(KILLS):
            self.deployment.wait_until_up()
            self.uploads.allow(UPLOADS_PER_KILL)
            task = TASKS[number % len(TASKS)]
            if task != "reader":  # it is there for a moment only
                self._look_on(chance.uniform(0.0, MOMENT))
            at_work, task = self._kill(task, chance)
            self.kills[task] += 1
            if task in ("worker", "service"):
                killed = time.monotonic()
                self._broken |= {job: (attempt, killed) for job, attempt in at_work.items()}
        while not self.uploads.over.is_set():
            self._look_on(0.1)

    def _kill(self, task, chance):
        """Kill a process of this task, or of another if there is none; the jobs that ran then."""
        until = time.monotonic() + NOBODY
        while True:
            at_work = {} if task == "reader" else self._running_jobs()
            if self.deployment.kill_one(task, chance):
                return at_work, task
            if time.monotonic() > until:
                task, until = "worker", until + START_PATIENCE

    def _running_jobs(self):
        with self.database.reading() as connection:
            rows = connection.execute(select(Job.id, Job.attempt).where(Job.state == "running"))
            return {row.id: row.attempt for row in rows}

    def _look_on(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._broken:
                self._note_takeovers()
            time.sleep(0.02)

    def _note_takeovers(self):
        """Seconds from the death of a worker until its job was begun again."""
        jobs = select(Job.id, Job.attempt).where(Job.id.in_(list(self._broken)))
        with self.database.reading() as connection:
            rows = connection.execute(jobs).all()
        for row in rows:
            attempt, killed = self._broken[row.id]
            if row.attempt > attempt:
                self.takeovers.append(time.monotonic() - killed)
                del self._broken[row.id]


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_when_processes_are_killed(deployed, database_of, capsys):
    quick = {} if IN_FULL else {"SCANNER_JOB_HEARTBEAT": "0.5"}
    uploads = Uploads(KILLS * UPLOADS_PER_KILL)
    with deployed(**quick) as deployment, ThreadPoolExecutor(CLIENTS + 1) as threads:
        client, database = Client(deployment), database_of(deployment)
        killer = Killer(deployment, database, uploads)
        boms = uploads.run(client, threads, killer.run)
        failed = check_answers(client, boms, uploads)
        check_rows(database, uploads)
    slowest = max(killer.takeovers, default=0.0)
    with capsys.disabled():
        print(
            f"\n{len(boms)} uploads on {database.backend}, killed {dict(killer.kills)}: none lost, "
            f"none double, {failed} failed after their last attempt; "
            f"{len(killer.takeovers)} jobs taken over, the last after {slowest:.1f} s"
        )
    assert failed * Settings().job_attempts <= KILLS, "a kill may spoil one attempt at one job"
    assert slowest <= TAKEOVER
