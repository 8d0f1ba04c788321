"""The queue and the worker of a SQLite database: one process that does the jobs in order.

It takes up again what an earlier worker left running. A lock in the data folder keeps a second
worker waiting, so that no job is worked on twice; the system frees it when a worker dies.
"""

import fcntl
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from scanner.services import jobs
from scanner.services.context import Context
from scanner.services.retention import Housekeeping

PAUSE_AFTER_FAULT = 1.0
"""Seconds of rest after the database or the code failed, not a file."""

log = logging.getLogger(__name__)


class SqliteQueue:
    """The queue on SQLite: the committed row is all there is, the worker looks for it.

    Looking ten times a second costs next to nothing and needs no second channel that could lose
    a message.
    """

    def enqueue(self, connection: Connection, job_id: UUID) -> None:
        """Nothing to do: the row is added in this transaction."""


class SqliteWorker:
    """Takes queued jobs until told to stop.

    `orphaned` says whether the process that started this one is gone; it then stops, too.
    """

    def __init__(self, ctx: Context, *, orphaned: Callable[[], bool] = lambda: False) -> None:
        self._ctx = ctx
        self._orphaned = orphaned
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the worker to stop: it ends its job, or puts it back at the next chunk of lines."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether the worker should begin nothing more."""
        return self._stop.is_set() or self._orphaned()

    def run(self) -> None:
        """Work until told to stop; faults of the service are logged and outlived."""
        with self._alone() as alone:
            if alone:
                shutil.rmtree(self._ctx.settings.work_folder, ignore_errors=True)
            while not self.stopping():
                try:
                    jobs.requeue_unfinished(self._ctx)
                    self._work()
                except jobs.Stopped:
                    return
                except Exception:
                    log.exception("the worker broke off")
                    self._stop.wait(PAUSE_AFTER_FAULT)

    def _work(self) -> None:
        housekeeping = Housekeeping(self._ctx)
        while not self.stopping():
            job_id = jobs.next_queued(self._ctx)
            if job_id is None:
                housekeeping.see_to_it()
                self._stop.wait(self._ctx.settings.job_poll)
            else:
                jobs.run(self._ctx, job_id, stopping=self.stopping)

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Hold the lock; false when told to stop before it was free."""
        path: Path = self._ctx.settings.worker_lock
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("w") as lock:
            yield self._take(lock.fileno())

    def _take(self, lock: int) -> bool:
        while not self.stopping():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                self._stop.wait(self._ctx.settings.job_poll)
        return False
