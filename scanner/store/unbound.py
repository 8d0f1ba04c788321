"""The only queries that look across companies: who is asking, and what is to be done next.

Everything else in this room takes a `CompanyId` first. What comes back here names the company,
and only that company's rows are touched afterwards.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, exists, func, select, text, update

from scanner.core.names import CompanyId
from scanner.store.jobs import QUEUED, RUNNING
from scanner.store.tables import ApiKey, Bom, BomVersion, Company, Invitation, Job, Login, User
from scanner.store.types import AnyRow


def find_key(connection: Connection, key_id: UUID) -> AnyRow | None:
    """The API key with this id, or None."""
    return connection.execute(select(ApiKey).where(ApiKey.id == key_id)).one_or_none()


def find_login(connection: Connection, email: str) -> AnyRow | None:
    """The person who signs in with this address, or None."""
    theirs = (User.company_id == Login.company_id) & (User.id == Login.user_id)
    return connection.execute(
        select(*User.__table__.c).join(Login, theirs).where(Login.email == email)
    ).one_or_none()


def find_invitation(connection: Connection, invitation_id: UUID) -> AnyRow | None:
    """The invitation with this id, or None."""
    return connection.execute(
        select(Invitation).where(Invitation.id == invitation_id)
    ).one_or_none()


def companies(connection: Connection) -> Sequence[AnyRow]:
    """All companies, oldest first."""
    return connection.execute(select(Company).order_by(Company.id)).all()


def boms_untouched_since(connection: Connection, moment: datetime) -> Sequence[AnyRow]:
    """`company_id` and `bom_id` of BOMs of which no version is younger, oldest first."""
    mine = (BomVersion.company_id == Bom.company_id) & (BomVersion.bom_id == Bom.id)
    younger = select(BomVersion.id).where(mine, BomVersion.created_at >= moment)
    query = select(Bom.company_id, Bom.id.label("bom_id")).where(~exists(younger))
    return connection.execute(query.where(Bom.created_at < moment).order_by(Bom.id)).all()


def any_company(connection: Connection) -> bool:
    """Whether there is a company at all."""
    return bool(connection.execute(select(exists(select(Company.id)))).scalar_one())


def company_of_job(connection: Connection, job_id: UUID) -> CompanyId | None:
    """The company whose job this is, or None."""
    found = connection.execute(select(Job.company_id).where(Job.id == job_id)).scalar_one_or_none()
    return None if found is None else CompanyId(found)


def jobs_in_state(connection: Connection, state: str, limit: int) -> Sequence[UUID]:
    """Ids of jobs in this state, oldest first."""
    return (
        connection.execute(select(Job.id).where(Job.state == state).order_by(Job.id).limit(limit))
        .scalars()
        .all()
    )


def requeue_running(connection: Connection) -> Sequence[UUID]:
    """Put all running jobs back into the queue; their ids."""
    again = update(Job).where(Job.state == RUNNING).values(state=QUEUED, progress=0)
    return connection.execute(again.returning(Job.id)).scalars().all()


def count_jobs(connection: Connection, state: str) -> int:
    """How many jobs are in this state."""
    found = select(func.count()).select_from(Job).where(Job.state == state)
    return connection.execute(found).scalar_one()


def oldest_queued(connection: Connection) -> datetime | None:
    """When the job that waits longest was added, or None when none waits."""
    waiting = select(Job.created_at).where(Job.state == QUEUED).order_by(Job.id).limit(1)
    return connection.execute(waiting).scalar_one_or_none()


_TAKE_BACK = text("""
    WITH stalled AS (
      SELECT job.id, job.lock FROM procrastinate_jobs AS job
      LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
      WHERE job.status = 'doing' AND (
        worker.id IS NULL
        OR worker.last_heartbeat < now() - make_interval(secs => :silence))
      FOR UPDATE OF job SKIP LOCKED)
    SELECT CAST(lock AS uuid), procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL)
    FROM stalled
""")


def take_back_stalled(connection: Connection, silence: float) -> Sequence[UUID]:
    """Queue again the jobs of workers that were silent for so many seconds; their ids.

    This is procrastinate's own recipe for stalled jobs in one statement, so that no job is taken
    from a worker that got it meanwhile. Its lock is the id of our job.
    """
    ids = connection.execute(_TAKE_BACK, {"silence": silence}).scalars().all()
    again = update(Job).where(Job.id.in_(ids), Job.state == RUNNING)
    connection.execute(again.values(state=QUEUED, progress=0))
    return ids


_FORGOTTEN = text("""
    SELECT job.id FROM job
    LEFT JOIN procrastinate_jobs AS told
      ON told.lock = CAST(job.id AS text) AND told.status IN ('todo', 'doing')
    WHERE job.state IN ('queued', 'running') AND told.id IS NULL
    ORDER BY job.id
""")


def forgotten_jobs(connection: Connection) -> Sequence[UUID]:
    """Ids of unfinished jobs of which procrastinate knows nothing, oldest first."""
    return connection.execute(_FORGOTTEN).scalars().all()
