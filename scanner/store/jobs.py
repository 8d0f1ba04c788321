"""Rows of background jobs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from scanner.core.names import CompanyId
from scanner.store.tables import BomVersion, Job
from scanner.store.types import AnyRow

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
OVER = (DONE, FAILED)
SCAN, REFRESH = "scan", "refresh"
"""Kinds: a file is read for the first time; a profile is brought up to date."""

_ADD = insert(Job)


def add(
    company_id: CompanyId,
    connection: Connection,
    job_id: UUID,
    *,
    kind: str,
    version_id: UUID,
    at: datetime,
) -> None:
    """Add a job that waits for a worker."""
    connection.execute(
        _ADD,
        {
            "company_id": company_id,
            "id": job_id,
            "kind": kind,
            "version_id": version_id,
            "state": QUEUED,
            "attempt": 0,
            "progress": 0,
            "created_at": at,
        },
    )


def find(company_id: CompanyId, connection: Connection, job_id: UUID) -> AnyRow | None:
    """The job with the BOM and version it works on, or None."""
    return connection.execute(
        select(*Job.__table__.c, BomVersion.bom_id, BomVersion.number.label("version_number"))
        .join(
            BomVersion,
            (BomVersion.company_id == Job.company_id) & (BomVersion.id == Job.version_id),
        )
        .where(Job.company_id == company_id, Job.id == job_id)
    ).one_or_none()


def of_version(
    company_id: CompanyId, connection: Connection, version_id: UUID, kind: str
) -> AnyRow | None:
    """The job of this kind for a version, or None: `id` and `state`."""
    return connection.execute(
        select(Job.id, Job.state).where(
            Job.company_id == company_id, Job.version_id == version_id, Job.kind == kind
        )
    ).one_or_none()


def remove(company_id: CompanyId, connection: Connection, job_id: UUID) -> None:
    """Remove a job that is over."""
    connection.execute(
        delete(Job).where(Job.company_id == company_id, Job.id == job_id, Job.state.in_(OVER))
    )


def begin(
    company_id: CompanyId, connection: Connection, job_id: UUID, *, attempt: int, at: datetime
) -> None:
    """Mark a job as being worked on, from the start."""
    _change(
        company_id,
        connection,
        job_id,
        state=RUNNING,
        attempt=attempt,
        progress=0,
        started_at=at,
        heartbeat_at=at,
    )


def advance(
    company_id: CompanyId,
    connection: Connection,
    job_id: UUID,
    *,
    attempt: int,
    progress: int,
    at: datetime,
) -> bool:
    """Note how many lines are done; false when the job is gone, or no longer this attempt's."""
    done = connection.execute(
        update(Job)
        .where(_held(company_id, job_id, attempt))
        .values(progress=progress, heartbeat_at=at)
        .returning(Job.id)
    )
    return done.one_or_none() is not None


def lock(company_id: CompanyId, connection: Connection, job_id: UUID) -> None:
    """Keep other attempts at the job waiting until this transaction ends."""
    mine = (Job.company_id == company_id) & (Job.id == job_id)
    connection.execute(select(Job.id).where(mine).with_for_update())


def holds(company_id: CompanyId, connection: Connection, job_id: UUID, *, attempt: int) -> bool:
    """Whether the job is running and this attempt's; it stays so until the transaction ends."""
    held = select(Job.id).where(_held(company_id, job_id, attempt)).with_for_update()
    return connection.execute(held).one_or_none() is not None


def requeue(company_id: CompanyId, connection: Connection, job_id: UUID, *, attempt: int) -> None:
    """Put an unfinished job back into the queue, in its old place."""
    _change(company_id, connection, job_id, state=QUEUED, attempt=attempt, progress=0)


def finish(company_id: CompanyId, connection: Connection, job_id: UUID, *, at: datetime) -> None:
    """Mark a job as done."""
    _change(company_id, connection, job_id, state=DONE, finished_at=at, heartbeat_at=at)


def fail(
    company_id: CompanyId,
    connection: Connection,
    job_id: UUID,
    *,
    problem: dict[str, Any],
    at: datetime,
) -> None:
    """Mark a job as failed for good, with the reason."""
    _change(company_id, connection, job_id, state=FAILED, problem=problem, finished_at=at)


def _held(company_id: CompanyId, job_id: UUID, attempt: int) -> ColumnElement[bool]:
    return (
        (Job.company_id == company_id)
        & (Job.id == job_id)
        & (Job.state == RUNNING)
        & (Job.attempt == attempt)
    )


def _change(company_id: CompanyId, connection: Connection, job_id: UUID, **values: object) -> None:
    mine = (Job.company_id == company_id) & (Job.id == job_id)
    connection.execute(update(Job).where(mine).values(**values))
