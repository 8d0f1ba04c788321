"""The only queries that look across companies: who is asking, and which job is next.

Everything else in this room takes a `CompanyId` first. What comes back here names the company,
and only that company's rows are touched afterwards.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, exists, select, update

from scanner.core.names import CompanyId
from scanner.store.jobs import QUEUED, RUNNING
from scanner.store.tables import ApiKey, Company, Job, User
from scanner.store.types import AnyRow


def find_key(connection: Connection, key_id: UUID) -> AnyRow | None:
    """The API key with this id, or None."""
    return connection.execute(select(ApiKey).where(ApiKey.id == key_id)).one_or_none()


def find_login(connection: Connection, email: str) -> AnyRow | None:
    """The person who signs in with this address, or None."""
    return connection.execute(
        select(User).where(User.email == email).order_by(User.id).limit(1)
    ).one_or_none()


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
