"""Waiting for background work on behalf of a caller."""

import time
from uuid import UUID

from scanner.core.names import CompanyId
from scanner.services import jobs
from scanner.services.context import Context
from scanner.services.views import JobView

LOOK_EVERY = 0.05
"""Seconds between two looks."""

IS_OVER = ("done", "failed")


def wait_for(ctx: Context, company_id: CompanyId, job_id: UUID, seconds: float) -> JobView:
    """The job as soon as it is over, or when the seconds are; `NotFound` when it is not there."""
    deadline = time.monotonic() + seconds
    while True:
        job = jobs.get(ctx, company_id, job_id)
        left = deadline - time.monotonic()
        if job.state in IS_OVER or left <= 0:
            return job
        time.sleep(min(LOOK_EVERY, left))
