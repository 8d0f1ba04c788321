"""``/v1/jobs``: background work with its true state."""

from typing import Any
from uuid import UUID

from scanner.api.access import company, context
from scanner.api.contract import Routes
from scanner.api.schemas_boms import JobSchema
from scanner.services import jobs
from scanner.services.keys import Scope

routes = Routes("jobs", __name__, url_prefix="/v1")


@routes.operation(
    "GET", "/jobs/<uuid:job_id>", scope=Scope.BOMS_READ, answer=JobSchema, problems=(404,)
)
def get_job(job_id: UUID) -> Any:
    """A job: `queued`, `running`, `done`, or `failed` with the problem."""
    return jobs.get(context(), company(), job_id)
