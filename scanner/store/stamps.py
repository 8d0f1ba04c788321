"""New ids and the time: the two things that a database row has and an answer must not."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): ids made later compare greater."""
    return uuid7()


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)
