"""Whether the service is alive and ready, and its contract."""

from typing import Any

from flask import Response, current_app
from marshmallow import fields

from scanner import __version__
from scanner.api import answers
from scanner.api.access import PUBLIC, context
from scanner.api.contract import Routes, openapi_document, openapi_yaml
from scanner.api.problems import not_ready
from scanner.api.schemas_problem import Document, always
from scanner.services import releases
from scanner.services.health import trouble

routes = Routes("service", __name__)


class HealthSchema(Document):
    """The process is alive."""

    status = fields.String(**always(description="`ok`.", example="ok"))
    version = fields.String(**always(description="Version of the service.", example="0.1.0"))


class ReadySchema(HealthSchema):
    """The service can do its work."""

    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))


@routes.operation("GET", "/healthz", scope=PUBLIC, answer=HealthSchema, counted=False)
def get_health() -> Any:
    """Whether the process is alive; asks nothing else."""
    return {"status": "ok", "version": __version__}


@routes.operation(
    "GET", "/readyz", scope=PUBLIC, answer=ReadySchema, problems=("not-available",), counted=False
)
def get_readiness() -> Any:
    """Whether the database answers and a knowledge release is loaded."""
    found = trouble(context())
    if found is not None:
        return not_ready(f"The database cannot be used: {found}.")
    release = releases.current(context())
    return {"status": "ok", "version": __version__, "release": release.id}


@routes.operation("GET", "/openapi.json", scope=PUBLIC, answer=None)
def get_openapi_json() -> Response:
    """This contract as JSON."""
    return answers.json(openapi_document(current_app))


@routes.operation(
    "GET", "/openapi.yaml", scope=PUBLIC, answer=None, content_type="application/yaml"
)
def get_openapi_yaml() -> Response:
    """This contract as YAML, the bytes of the committed file."""
    return Response(openapi_yaml(current_app), mimetype="application/yaml")
