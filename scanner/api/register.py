"""All routes of the API, registered in the order of the reference."""

from flask import Flask

from scanner.api import (
    analyses,
    boms,
    contract,
    countries,
    jobs,
    materials,
    reference,
    releases,
    service,
)
from scanner.api.upload_body import LINE_INPUT

RESOURCES = (boms, analyses, jobs, materials, countries, releases, service)


def register(app: Flask) -> None:
    """Add the API, its contract and its reference to an application."""
    api = contract.make(app, {"LineInput": LINE_INPUT})
    for resource in RESOURCES:
        api.register_blueprint(resource.routes)
    app.register_blueprint(reference.routes)
