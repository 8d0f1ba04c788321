"""Whether this process can do its work, and how much work waits."""

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from scanner.core.errors import StorageUnavailable
from scanner.services.context import Context
from scanner.store import jobs, unbound
from scanner.store.migrate import is_current
from scanner.store.stamps import now


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs that are not over; the longest wait in seconds, 0 when none waits."""

    queued: int
    running: int
    oldest_seconds: float


def queue(ctx: Context) -> Queue:
    """The work of all companies that waits or is being done: for those who run the service."""
    with ctx.database.reading() as connection:
        since = unbound.oldest_queued(connection)
        return Queue(
            queued=unbound.count_jobs(connection, jobs.QUEUED),
            running=unbound.count_jobs(connection, jobs.RUNNING),
            oldest_seconds=0.0 if since is None else max((now() - since).total_seconds(), 0.0),
        )


def trouble(ctx: Context) -> str | None:
    """Why requests cannot be answered now, as a code, or None when they can.

    ``database-unavailable``: it does not answer; ``database-not-current``: it lacks the tables of
    this version.
    """
    try:
        return None if is_current(ctx.database) else "database-not-current"
    except (StorageUnavailable, SQLAlchemyError):
        return "database-unavailable"
