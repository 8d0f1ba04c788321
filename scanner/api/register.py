"""All routes of the API, registered in the order of the reference."""

from flask import Flask
from flask_compress import Compress

from scanner.api import (
    alloys,
    analyses,
    answers,
    bom_materials,
    boms,
    cases,
    codes,
    company,
    components,
    concentration,
    contract,
    cors,
    countries,
    declarations,
    dependency,
    diversification,
    documents,
    geopolrisk,
    jobs,
    kept,
    keys,
    legal,
    library,
    limits,
    mappings,
    materials,
    measures,
    methods,
    ndjson,
    parts,
    problems,
    readings,
    reference,
    releases,
    scanner_indicators,
    scenarios,
    search,
    service,
    supply_risk,
)
from scanner.api.upload_body import LINE_INPUT
from scanner.settings import Settings

WORTH_PACKING = 1024
"""Bytes under which packing saves nothing that counts."""

RESOURCES = (
    boms,
    bom_materials,
    readings,
    mappings,
    documents,
    analyses,
    search,
    scenarios,
    cases,
    parts,
    library,
    declarations,
    jobs,
    materials,
    methods,
    supply_risk,
    scanner_indicators,
    concentration,
    diversification,
    measures,
    dependency,
    legal,
    geopolrisk,
    countries,
    components,
    alloys,
    codes,
    releases,
    keys,
    company,
    service,
)


def register(app: Flask) -> None:
    """Add the API, its contract and its reference to an application."""
    api = contract.make(app, {"LineInput": LINE_INPUT})
    for resource in RESOURCES:
        api.register_blueprint(resource.routes)
    app.register_blueprint(reference.routes)


def add_manners(app: Flask, settings: Settings) -> None:
    """Pack answers, limit requests, and let the pages that the settings name use the API.

    Pages for people stay unpacked: what they hold could be guessed from the size of packed pages
    that repeat what somebody else sent. `InvalidInput` for settings that do not fit.
    """
    app.config.update(
        COMPRESS_MIMETYPES=[
            "application/json",
            problems.PROBLEM_TYPE,
            ndjson.TYPE,
            "application/yaml",
        ],
        COMPRESS_MIN_SIZE=WORTH_PACKING,
        COMPRESS_ALGORITHM=list(answers.PACKINGS),
        COMPRESS_ALGORITHM_STREAMING=list(answers.PACKINGS),
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # views have done so before they worked
    )
    kept.register(app)
    Compress(app)
    limits.register(app, settings)
    cors.register(app, settings.cors_origins)
