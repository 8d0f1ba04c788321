"""Rows of columns that people put right."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from scanner.core.names import CompanyId
from scanner.store.tables import ColumnMapping
from scanner.store.types import AnyRow


def all_of(company_id: CompanyId, connection: Connection) -> Sequence[AnyRow]:
    """All of the company, oldest first."""
    mine = select(ColumnMapping).where(ColumnMapping.company_id == company_id)
    return connection.execute(mine.order_by(ColumnMapping.since, ColumnMapping.id)).all()


def remember(
    company_id: CompanyId,
    connection: Connection,
    mapping_id: UUID,
    *,
    shape: str,
    kind: str,
    headings: Sequence[str],
    columns: Mapping[str, str],
    at: datetime,
    created_by: str,
) -> None:
    """Keep columns for files of this shape."""
    connection.execute(
        insert(ColumnMapping).values(
            company_id=company_id,
            id=mapping_id,
            shape=shape,
            kind=kind,
            headings=list(headings),
            columns=dict(columns),
            since=at,
            created_by=created_by,
        )
    )


def remove(company_id: CompanyId, connection: Connection, mapping_id: UUID) -> bool:
    """Remove one; whether it was there."""
    mine = (ColumnMapping.company_id == company_id) & (ColumnMapping.id == mapping_id)
    return connection.execute(delete(ColumnMapping).where(mine)).rowcount > 0
