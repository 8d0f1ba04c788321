"""Which queue and which worker fit the database in use."""

from collections.abc import Callable
from typing import Protocol

from scanner.jobs.sqlite import SqliteQueue, SqliteWorker
from scanner.services.context import Context, JobQueue
from scanner.store import Database
from scanner.store.engines import POSTGRESQL


class Worker(Protocol):
    """Does the jobs of the queue until told to stop."""

    def stop(self) -> None:
        """Ask the worker to stop: it ends its job, or puts it back at the next chunk of lines."""

    def run(self) -> None:
        """Work until told to stop; faults of the service are logged and outlived."""


def queue(database: Database) -> JobQueue:
    """The queue that fits the database."""
    if database.backend == POSTGRESQL:
        from scanner.jobs.postgresql import PostgresqlQueue  # noqa: PLC0415 - only where installed

        return PostgresqlQueue()
    return SqliteQueue()


def worker(ctx: Context, *, orphaned: Callable[[], bool] = lambda: False) -> Worker:
    """The worker that fits the database.

    `orphaned` says whether the process that started it is gone; it then stops, too.
    """
    if ctx.database.backend == POSTGRESQL:
        from scanner.jobs.postgresql import PostgresqlWorker  # noqa: PLC0415 - only where installed

        return PostgresqlWorker(ctx, orphaned=orphaned)
    return SqliteWorker(ctx, orphaned=orphaned)
