"""Column types that mean the same on SQLite and PostgreSQL."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Dialect, LargeBinary, Row, String, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

NUL = "\0"

AnyRow = Row[*tuple[Any, ...]]
"""A row of a result, with the selected columns as attributes."""


class Ordering(StrEnum):
    """Base of the orders of lists: a value that begins with ``-`` puts the greatest first."""

    @property
    def backwards(self) -> bool:
        """Whether the greatest comes first."""
        return self.value.startswith("-")


class Id(TypeDecorator[UUID]):
    """A UUID: PostgreSQL's own type, 16 bytes in SQLite (half of the text that it would be)."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type that the database stores."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(LargeBinary(16))
        return dialect.type_descriptor(Uuid())

    def bind_processor(self, dialect: Dialect) -> Any:
        """What makes a value ready for the driver: without a detour, for it runs per line."""
        if dialect.name == "sqlite":
            return _sixteen_bytes
        return super().bind_processor(dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        """What comes back."""
        return UUID(bytes=value) if isinstance(value, bytes) else value


def _sixteen_bytes(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


class Text(TypeDecorator[str]):
    """Text as it stood in a user's file.

    PostgreSQL cannot hold the character NUL, which CSV and JSON can. On both databases U+FFFD
    stands in its place.
    """

    impl = String
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """What makes a value ready for the driver."""
        return storable


def storable(value: str | None) -> str | None:
    """The text without NUL; it is most often the same."""
    return None if value is None else value.replace(NUL, "\ufffd")


def all_storable(values: Iterable[str | None]) -> bool:
    """Whether no text among them holds NUL: much faster to ask at once than one by one."""
    return NUL not in "".join(filter(None, values))


class Moment(TypeDecorator[datetime]):
    """A point in time, stored and given back in UTC; a time without zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What goes to the driver: SQLite has no zones, so the zone is taken off there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone: {value}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What comes back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number as its text: every digit that the user gave comes back."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """What goes to the driver."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """What comes back."""
        return None if value is None else Decimal(value)
