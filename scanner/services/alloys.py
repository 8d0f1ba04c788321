"""Alloys of the knowledge release, found by any of their designations."""

from scanner.core.catalogue import AlloyEntry
from scanner.core.errors import NotFound
from scanner.core.names import AlloyId
from scanner.match import squeezed
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, text_in


def list_page(
    ctx: Context, *, cursor: str | None = None, limit: int, query: str | None = None
) -> Page[AlloyEntry]:
    """The alloys by id; with a `query` those of which a designation holds it, however spelt."""
    known = ctx.engine.knowledge.catalogue.alloys
    wanted = list(known)
    if query is not None:
        part = squeezed(query)
        spelt = ctx.engine.alloys_by_spelling
        found = {alloy for word, alloys in spelt.items() if part and part in word
                 for alloy in alloys}  # fmt: skip
        wanted = [alloy for alloy in known if alloy in found]
    after = text_in(cursor) or ""
    rest = [alloy for alloy in wanted if alloy > after]
    items = tuple(known[alloy] for alloy in rest[:limit])
    return Page(items, cursor_of(items[-1].id) if len(rest) > limit else None, len(wanted))


def get(ctx: Context, designation: str) -> tuple[AlloyEntry, ...]:
    """Every alloy of a designation in any spelling that the matcher reads, or of an id.

    Several share an ambiguous one. `NotFound` when nothing is called so.
    """
    known = ctx.engine.knowledge.catalogue.alloys
    if designation in known:
        return (known[AlloyId(designation)],)
    alloys = ctx.engine.alloys_by_spelling.get(squeezed(designation), ())
    if not alloys:
        raise NotFound(
            f"There is no alloy '{designation}' in this release.",
            advice="Search the alloys with `q`, or send a number or name of a standard.",
        )
    return tuple(known[alloy] for alloy in alloys)
