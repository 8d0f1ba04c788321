"""Rows of companies."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from scanner.core.names import CompanyId
from scanner.store.tables import AuditEntry, Company, Table
from scanner.store.types import AnyRow


def add_company(company_id: CompanyId, connection: Connection, *, name: str, at: datetime) -> None:
    """Add the company itself."""
    connection.execute(insert(Company).values(id=company_id, name=name, created_at=at))


def find_company(company_id: CompanyId, connection: Connection) -> AnyRow | None:
    """The company's row, or None."""
    return connection.execute(select(Company).where(Company.id == company_id)).one_or_none()


def remove_company(company_id: CompanyId, connection: Connection) -> None:
    """Remove the company and all that it has; only its audit log stays."""
    for table in reversed(Table.metadata.sorted_tables):
        if table.name not in (Company.__tablename__, AuditEntry.__tablename__):
            connection.execute(delete(table).where(table.c.company_id == company_id))
    connection.execute(delete(Company).where(Company.id == company_id))
