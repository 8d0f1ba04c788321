"""Knowledge releases that are installed here."""

from scanner import knowledge
from scanner.core.errors import NotFound
from scanner.core.sources import Release
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
