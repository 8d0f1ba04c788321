"""Component classes of the knowledge release: the tree, its words, and what is in them."""

from scanner.core.catalogue import ClassEntry
from scanner.core.errors import NotFound
from scanner.core.names import ClassId
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, text_in


def list_page(ctx: Context, *, cursor: str | None = None, limit: int) -> Page[ClassEntry]:
    """The classes by id."""
    known = ctx.engine.knowledge.catalogue.classes
    after = text_in(cursor) or ""
    rest = [class_id for class_id in known if class_id > after]
    items = tuple(known[class_id] for class_id in rest[:limit])
    return Page(items, cursor_of(items[-1].id) if len(rest) > limit else None, len(known))


def get(ctx: Context, class_id: str) -> ClassEntry:
    """One class; `NotFound` when the release has none like it."""
    found = ctx.engine.knowledge.catalogue.classes.get(ClassId(class_id))
    if found is None:
        raise NotFound(
            f"There is no component class '{class_id}' in this release.",
            advice="List the components to see their ids.",
        )
    return found


def tops(ctx: Context) -> tuple[ClassEntry, ...]:
    """The classes that are of no wider class, by id."""
    known = ctx.engine.knowledge.catalogue.classes
    return tuple(entry for entry in known.values() if entry.parent is None)


def above(ctx: Context, entry: ClassEntry) -> tuple[ClassEntry, ...]:
    """The classes above one, the widest first."""
    known = ctx.engine.knowledge.catalogue.classes
    found: list[ClassEntry] = []
    parent = entry.parent
    while parent is not None:
        found.append(known[parent])
        parent = known[parent].parent
    return tuple(reversed(found))
