"""The queue and the worker of a SQLite database: one process that does the jobs in order.

It takes up again what an earlier worker left running. A lock in the data folder keeps a second
worker waiting, so that no job is worked on twice; the system frees it when a worker dies.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from scanner.jobs.stopping import Stoppable
from scanner.services import jobs, scratch
from scanner.services.retention import Housekeeping

log = logging.getLogger(__name__)


class SqliteQueue:
    """The queue on SQLite: the committed row is all there is, the worker looks for it.

    Looking ten times a second costs next to nothing and needs no second channel that could lose
    a message.
    """

    def enqueue(self, connection: Connection, job_id: UUID) -> None:
        """Nothing to do: the row is added in this transaction."""


class SqliteWorker(Stoppable):
    """Takes queued jobs, one after the other, until told to stop."""

    def run(self) -> None:
        """Work until told to stop; faults of the service are logged and outlived."""
        with self._alone():
            scratch.clear(self._ctx.settings.work_folder)
            while not self.stopping():
                try:
                    jobs.requeue_unfinished(self._ctx)
                    self._work()
                except jobs.Stopped:
                    return
                except Exception as error:
                    self.outlive(error)

    def _work(self) -> None:
        housekeeping = Housekeeping(self._ctx)
        while not self.stopping():
            job_id = jobs.next_queued(self._ctx)
            if job_id is None:
                housekeeping.see_to_it()
                self.rest()
            else:
                jobs.run(self._ctx, job_id, stopping=self.stopping)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock, unless told to stop before it was free."""
        path: Path = self._ctx.settings.worker_lock
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("w") as lock:
            self._take(lock.fileno())
            yield

    def _take(self, lock: int) -> None:
        while not self.stopping():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.rest()
            else:
                return
