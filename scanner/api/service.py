"""Whether the service is alive and ready, and its contract."""

from collections.abc import Iterator
from typing import Any, Final

from flask import Response, current_app
from marshmallow import fields

from scanner import __version__
from scanner.api import answers
from scanner.api.access import PUBLIC, context
from scanner.api.contract import Routes, openapi_document, openapi_yaml
from scanner.api.problems import TYPE_FOLDER, not_ready
from scanner.api.schemas_problem import Document, always
from scanner.services import releases
from scanner.services.health import trouble

routes = Routes("service", __name__)
ROOT: Final = "/v1"


class HealthSchema(Document):
    """The process is alive."""

    status = fields.String(**always(description="`ok`.", example="ok"))
    version = fields.String(**always(description="Version of the service.", example="0.1.0"))


class ReadySchema(HealthSchema):
    """The service can do its work."""

    release = fields.String(**always(description="Knowledge release.", example="2026.1-draft"))


class IndexSchema(Document):
    """Where things are."""

    version = fields.String(**always(description="Version of the service.", example="0.1.0"))
    contract = fields.String(
        **always(description="Address of the contract (OpenAPI 3.1).", example="/openapi.yaml")
    )
    reference = fields.String(
        **always(description="Address of the contract as a page to read.", example="/docs")
    )
    problem_types = fields.String(
        **always(description="Address of all problem types.", example="/problems")
    )
    resources = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        **always(
            description="Addresses by name of the resource; more may come.",
            example={"boms": "/v1/boms", "materials": "/v1/materials"},
        ),
    )


@routes.operation("GET", ROOT, scope=PUBLIC, answer=IndexSchema)
def get_index() -> Any:
    """Where things are: the resources, this contract, and what problems mean."""
    return {
        "version": __version__,
        "contract": "/openapi.yaml",
        "reference": "/docs",
        "problem_types": TYPE_FOLDER,
        "resources": dict(sorted(_resources())),
    }


def _resources() -> Iterator[tuple[str, str]]:
    """Name and address of all that lies just under the root."""
    for rule in current_app.url_map.iter_rules():
        folder, _, name = rule.rule.rpartition("/")
        if folder == ROOT and not rule.arguments:
            yield name, rule.rule


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
