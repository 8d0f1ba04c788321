"""``/v1/releases`` and ``/v1/sources``: what the figures are from."""

from typing import Any

from flask import Response

from scanner.api import answers, kept
from scanner.api.access import context
from scanner.api.cited import source_answer
from scanner.api.contract import Routes
from scanner.api.schemas_knowledge import (
    ReleaseListSchema,
    ReleaseSchema,
    SourceEntrySchema,
    SourceListSchema,
)
from scanner.core.sources import Release, Source
from scanner.services import releases, roles

routes = Routes("releases", __name__, url_prefix="/v1")


@routes.operation("GET", "/releases", scope=roles.Scope.KNOWLEDGE_READ, answer=ReleaseListSchema)
def list_releases() -> Response:
    """The installed knowledge releases, newest first."""
    items = [_release(release) for release in releases.list_all(context())]
    return answers.json({"items": items, "next": None, "total": len(items)})


@routes.operation(
    "GET",
    "/releases/<release_id>",
    scope=roles.Scope.KNOWLEDGE_READ,
    answer=ReleaseSchema,
    problems=("not-found",),
)
def get_release(release_id: str) -> Response:
    """One knowledge release with the checksums of its tables."""
    return answers.json(_release(releases.get(context(), release_id)))


@routes.operation(
    "GET",
    "/sources",
    scope=roles.Scope.KNOWLEDGE_READ,
    answer=SourceListSchema,
    headers=answers.ETAG_HEADER,
    extra=answers.REVALIDATED,
    around=kept.of_release,
)
def list_sources() -> Response:
    """Every source of the current release with its licence, by key."""
    sources = context().engine.knowledge.sources
    items = [_source(source) for _, source in sorted(sources.items())]
    return answers.json({"items": items, "next": None, "total": len(items)})


@routes.operation(
    "GET",
    "/sources/<source_id>",
    scope=roles.Scope.KNOWLEDGE_READ,
    answer=SourceEntrySchema,
    problems=("not-found",),
    headers=answers.ETAG_HEADER,
    extra=answers.REVALIDATED,
    around=kept.of_release,
)
def get_source(source_id: str) -> Response:
    """One source of the current release with its licence and the credit that it asks for."""
    return answers.json(_source(releases.source(context(), source_id)))


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        **source_answer(source),
        "terms": source.terms,
        "attribution": source.attribution,
        "retrieved": source.retrieved,
        "note": source.note,
    }


def _release(release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "date": release.date,
        "state": release.state,
        "sha256": release.sha256,
        "current": release.sha256 == releases.current(context()).sha256,
        "tables": [{"name": name, "sha256": digest} for name, digest in release.tables],
    }
