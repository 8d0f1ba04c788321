"""What all tables share: one metadata, the types of columns, and the keys of a tenant's table.

`company_id` leads every primary and foreign key of a tenant's table, so that a row of one company
cannot refer to a row of another and the tables can be split by company. Ids are UUIDv7: their
order is the order in which things were made.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Double, ForeignKeyConstraint, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from scanner.store.types import Exact, Id, Moment

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """Base of all tables; they are used through Core, never as objects per row."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        UUID: Id,
        datetime: Moment,
        Decimal: Exact,
        bytes: LargeBinary,
        float: Double,
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
    }


def company_key() -> Mapped[UUID]:
    """The column that leads the key of a tenant's table."""
    return mapped_column(Id, primary_key=True, sort_order=-2)


def own_id() -> Mapped[UUID]:
    """The column of a row's own id, second in the key."""
    return mapped_column(Id, primary_key=True, sort_order=-1)


def owned_by(
    table: str, *columns: str, key: tuple[str, ...] = ("id",), ondelete: str | None = None
) -> ForeignKeyConstraint:
    """The foreign key to another table of the same company."""
    theirs = [f"{table}.{name}" for name in ("company_id", *key)]
    return ForeignKeyConstraint(["company_id", *columns], theirs, ondelete=ondelete)


def of_company() -> ForeignKeyConstraint:
    """The foreign key to the company itself."""
    return ForeignKeyConstraint(["company_id"], ["company.id"])
