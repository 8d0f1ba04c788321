"""Background jobs: what clients see, and the doors by which engines run them."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from scanner import logs
from scanner.core.collector import collector_paused
from scanner.core.errors import (
    Cancelled,
    Conflict,
    NotFound,
    ReaderKilled,
    ScannerError,
    StorageUnavailable,
)
from scanner.core.names import CompanyId
from scanner.services import audit
from scanner.services.attempts import Attempt
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.job_work import BomGone, Stopped
from scanner.services.refreshing import Refreshing
from scanner.services.scanning import Scanning, end_in_failure
from scanner.services.views import JobView, VersionView, job_of, problem_document
from scanner.store import jobs as rows
from scanner.store import unbound
from scanner.store.stamps import now

STORAGE_PAUSE = 0.5
"""Seconds between two tries to put a job back while the database or its disk is away."""

log = logging.getLogger(__name__)

__all__ = ["Stopped", "cancel", "get", "next_queued", "recover", "requeue_unfinished", "run"]


def get(ctx: Context, company_id: CompanyId, job_id: UUID) -> JobView:
    """One job of the company; `NotFound` when it has none like it."""
    with ctx.database.reading() as connection:
        row = rows.find(company_id, connection, job_id)
    if row is None:
        raise NotFound("There is no such job.")
    return job_of(row)


def cancel(ctx: Context, company_id: CompanyId, job_id: UUID, *, by: str) -> JobView:
    """The job, failed because somebody cancelled it; nothing of the file's lines stays.

    Of a job that brings a profile up to date, the profile stays as it is. A worker that is at it
    stops at its next chunk of lines. Raises `NotFound` without such a job, `Conflict` when it is
    over.
    """
    with ctx.database.writing() as connection:
        rows.lock(company_id, connection, job_id)
        row = rows.find(company_id, connection, job_id)
        if row is None:
            raise NotFound("There is no such job.")
        if row.state in rows.OVER:
            raise Conflict("The job is over already.", advice="Delete the BOM to be rid of it.")
        error = Cancelled("The work was cancelled before it was done.", advice="Upload it again.")
        if row.kind == rows.SCAN:
            end_in_failure(company_id, connection, job_id, row.version_id, error)
        else:
            rows.fail(company_id, connection, job_id, problem=problem_document(error), at=now())
        audit.record(company_id, connection, Action.JOB_CANCELLED, job_id, by=by)
    return get(ctx, company_id, job_id)


def run(ctx: Context, job_id: UUID, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Do the work of one job to its end; may be called again after any interruption.

    A file that cannot be read makes the job fail and is no error here. A job that is finished,
    or whose BOM is deleted, is left alone. Raises `Stopped` when `stopping` turns true, and
    `ReaderKilled` or `StorageUnavailable` when the job waits in the queue to be begun again.
    """
    with ctx.database.reading() as connection:
        company_id = unbound.company_of_job(connection, job_id)
        job = None if company_id is None else rows.find(company_id, connection, job_id)
    if company_id is None or job is None:
        return
    work = _WORK[job.kind]
    with logs.bound(company_id=company_id, job_id=job_id):
        _attempt(work(ctx, company_id, job_id, stopping), Attempt(job.created_at))


_WORK: Final[Mapping[str, type[Scanning | Refreshing]]] = {
    rows.SCAN: Scanning,
    rows.REFRESH: Refreshing,
}
"""What is done by jobs of each kind."""


def _attempt(scanning: Scanning | Refreshing, attempt: Attempt) -> None:
    """Try to end a job, and tell how that went."""
    try:
        version = scanning.begin()
        if version is None:
            return
        attempt.began(version, scanning.attempt)
        _answer(scanning, version, attempt)
    except BomGone:
        attempt.gone(scanning.attempt)
    except Stopped:
        scanning.give_back()
        attempt.stopped(scanning.attempt)
        raise
    except ReaderKilled as error:
        if scanning.was_last():
            scanning.fail(error)
            attempt.failed(scanning.attempt, error.code)
        else:
            attempt.broke_off(scanning.attempt)
            scanning.give_back(counted=True)
            raise
    except StorageUnavailable:
        attempt.broke_off(scanning.attempt)
        _give_back_once_possible(scanning)
        raise
    except ScannerError as error:
        scanning.fail(error)
        attempt.failed(scanning.attempt, error.code)
    except Exception:
        attempt.broke_off(scanning.attempt)
        raise


@collector_paused()
def _answer(scanning: Scanning | Refreshing, version: VersionView, attempt: Attempt) -> None:
    """From the file to the published answer; all that was made on the way is gone afterwards."""
    scan = scanning.scan(version)
    scanning.finish(version, scan)
    attempt.done(scanning.attempt, scan)


def _give_back_once_possible(scanning: Scanning | Refreshing) -> None:
    """Put a job back as soon as the storage takes it: what the storage does counts for no file."""
    while True:
        try:
            return scanning.give_back()
        except StorageUnavailable as error:
            log.warning("a job waits for the storage: %s", error)
            if scanning.stopping():
                return None
            time.sleep(STORAGE_PAUSE)


def next_queued(ctx: Context) -> UUID | None:
    """The job that waits longest, of whatever company, or None: for engines only."""
    with ctx.database.reading() as connection:
        waiting = unbound.jobs_in_state(connection, rows.QUEUED, 1)
    return waiting[0] if waiting else None


def requeue_unfinished(ctx: Context) -> Sequence[UUID]:
    """Queue what a killed worker left running, of whatever company: for a lone engine only."""
    with ctx.database.writing() as connection:
        return unbound.requeue_running(connection)


def recover(ctx: Context, *, silence: float) -> Sequence[UUID]:
    """Queue what workers on any machine left undone, of whatever company: for engines only.

    That is the work of those silent for so many seconds, and jobs that the queue does not know:
    they came with a backup, say, or from before it was there. The ids of all of them.
    """
    with ctx.database.writing() as connection:
        stalled = unbound.take_back_stalled(connection, silence)
        forgotten = unbound.forgotten_jobs(connection)
        for job_id in forgotten:
            ctx.queue.enqueue(connection, job_id)
    return [*stalled, *forgotten]
