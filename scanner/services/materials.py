"""Raw materials of the knowledge release, with all that is known about them."""

from scanner.core.errors import NotFound
from scanner.core.indicators import Assessment
from scanner.core.names import MaterialId
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, text_in


def list_page(ctx: Context, *, cursor: str | None = None, limit: int) -> Page[Assessment]:
    """The materials with their indicators, by id."""
    known = ctx.engine.assessments
    after = text_in(cursor) or ""
    rest = sorted(key for key in known if key > after)
    items = tuple(known[key] for key in rest[:limit])
    return Page(items, cursor_of(items[-1].id) if len(rest) > limit else None, len(known))


def get(ctx: Context, material_id: str) -> Assessment:
    """One material with its indicators; `NotFound` when the release has none like it."""
    found = ctx.engine.assessments.get(MaterialId(material_id))
    if found is None:
        raise NotFound(
            f"There is no raw material '{material_id}' in this release.",
            advice="List the materials to see their ids.",
        )
    return found
