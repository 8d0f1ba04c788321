"""``/v1/jobs``: background work with its true state."""

from typing import Any
from uuid import UUID

from scanner.api import answers, preferences
from scanner.api.access import actor, company, context
from scanner.api.contract import Routes
from scanner.api.schemas_boms import JobSchema
from scanner.api.upload_body import PREFER_WAIT, WAIT_HEADERS
from scanner.services import jobs
from scanner.services.roles import Scope
from scanner.services.waiting import IS_OVER, wait_for

routes = Routes("jobs", __name__, url_prefix="/v1")


@routes.operation(
    "GET",
    "/jobs/<uuid:job_id>",
    scope=Scope.BOMS_READ,
    answer=JobSchema,
    problems=("not-found",),
    headers={**WAIT_HEADERS, **answers.RETRY_HEADER},
    extra={"parameters": [PREFER_WAIT]},
)
def get_job(job_id: UUID) -> Any:
    """A job: `queued`, `running`, `done`, or `failed` with the problem.

    With `Prefer: wait=n` the answer comes when the job is over, or after n seconds.
    """
    wait = preferences.wait(default=0)
    job = wait_for(context(), company(), job_id, wait.seconds)
    later = {} if job.state in IS_OVER else {"Retry-After": answers.ASK_AGAIN}
    return job, {**wait.headers, **later}


@routes.operation(
    "POST",
    "/jobs/<uuid:job_id>/cancel",
    scope=Scope.BOMS_WRITE,
    answer=JobSchema,
    problems=("not-found", "conflict"),
    done_once=True,
)
def cancel_job(job_id: UUID) -> Any:
    """Stop a job: it is `failed` with the problem `cancelled`, and so is the version.

    A job that is over stays as it is (409).
    """
    return jobs.cancel(context(), company(), job_id, by=actor())
