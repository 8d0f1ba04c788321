"""Knowledge releases that are installed here."""

from scanner import knowledge
from scanner.core.errors import NotFound
from scanner.core.names import SourceId
from scanner.core.sources import Release, Source
from scanner.services.context import Context


def list_all(ctx: Context) -> tuple[Release, ...]:
    """All installed releases, newest first; the one in use is `current`."""
    return knowledge.releases()


def current(ctx: Context) -> Release:
    """The release by which this service answers."""
    return ctx.engine.knowledge.release


def get(ctx: Context, release_id: str) -> Release:
    """One installed release; `NotFound` when there is none like it."""
    for release in list_all(ctx):
        if release.id == release_id:
            return release
    raise NotFound(f"There is no release '{release_id}' here.", advice="List the releases.")


def source(ctx: Context, source_id: str) -> Source:
    """One source of the release in use; `NotFound` when it cites none like it."""
    found = ctx.engine.knowledge.sources.get(SourceId(source_id))
    if found is None:
        raise NotFound(
            f"There is no source '{source_id}' in this release.",
            advice="List the sources to see their keys.",
        )
    return found
