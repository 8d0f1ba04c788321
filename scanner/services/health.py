"""Whether this process can do its work."""

from sqlalchemy.exc import SQLAlchemyError

from scanner.services.context import Context
from scanner.store.migrate import is_current


def trouble(ctx: Context) -> str | None:
    """Why requests cannot be answered now, as a code, or None when they can.

    ``database-unavailable``: it does not answer; ``database-not-current``: it lacks the tables of
    this version.
    """
    try:
        return None if is_current(ctx.database) else "database-not-current"
    except SQLAlchemyError:
        return "database-unavailable"
