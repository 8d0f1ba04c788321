"""Rows of what people said about parts: a log of the company, which only grows."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from scanner.core.names import CompanyId
from scanner.store.bulk import insert_rows, update_rows
from scanner.store.tables import Company, Part, PartEntry, VersionPart
from scanner.store.types import AnyRow, storable

AT_ONCE = 500
IN_PIECES = {"yield_per": 1_000}


def lock(company_id: CompanyId, connection: Connection, *, to_add: bool) -> None:
    """Keep others who add entries waiting until this transaction ends.

    Who only has to know that none is added meanwhile asks without `to_add`, and waits for nobody
    who does the same.
    """
    mine = select(Company.id).where(Company.id == company_id)
    connection.execute(mine.with_for_update(read=not to_add, key_share=to_add))


def last_number(company_id: CompanyId, connection: Connection) -> int:
    """The number of the newest entry of the company, 0 when there is none."""
    found = select(func.coalesce(func.max(PartEntry.number), 0))
    return connection.execute(found.where(PartEntry.company_id == company_id)).scalar_one()


def add_entries(
    company_id: CompanyId,
    connection: Connection,
    entries: Sequence[Sequence[object]],
    *,
    actor: str,
    at: datetime,
) -> None:
    """Add entries under the next numbers: (number, part_id, kind, body, reason)."""
    insert_rows(
        connection,
        PartEntry,
        ("number", "part_id", "kind", "body", "reason"),
        entries,
        same={"company_id": company_id, "actor": actor, "at": at},
    )


def note(
    company_id: CompanyId,
    connection: Connection,
    told: Sequence[tuple[UUID, int, str | None, bool]],
) -> None:
    """Note with parts what holds of them: (part_id, newest entry, decision, whether declared)."""
    update_rows(
        connection,
        Part,
        ("revision", "decision", "declared"),
        [(*holds, company_id, part_id) for part_id, *holds in sorted(told)],
        where=("company_id", "id"),
    )


def of_keys(
    company_id: CompanyId, connection: Connection, keys: Collection[str]
) -> Iterator[AnyRow]:
    """The entries about the parts of these keys, in the order of their numbers per part."""
    wanted = sorted({str(storable(key)) for key in keys})
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        query = _entries(company_id).where(Part.revision > 0, Part.key.in_(some))
        yield from connection.execute(query.order_by(PartEntry.part_id, PartEntry.number))


def of_parts(
    company_id: CompanyId, connection: Connection, part_ids: Collection[UUID]
) -> Sequence[AnyRow]:
    """The entries about these parts, in the order of their numbers per part."""
    found: list[AnyRow] = []
    ids = sorted(part_ids)
    for start in range(0, len(ids), AT_ONCE):
        query = _entries(company_id).where(PartEntry.part_id.in_(ids[start : start + AT_ONCE]))
        found += connection.execute(query.order_by(PartEntry.part_id, PartEntry.number)).all()
    return found


def revisions(company_id: CompanyId, connection: Connection, version_id: UUID) -> dict[UUID, int]:
    """The parts of a version of which something was said, each with its newest entry's number."""
    used = select(VersionPart.part_id).where(
        VersionPart.company_id == company_id, VersionPart.version_id == version_id
    )
    rows = connection.execute(
        select(Part.id, Part.revision).where(
            Part.company_id == company_id, Part.revision > 0, Part.id.in_(used)
        )
    )
    return {row.id: row.revision for row in rows}


def all_entries(company_id: CompanyId, connection: Connection) -> Iterator[AnyRow]:
    """All entries of the company in order, some at a time from the database."""
    query = _entries(company_id).order_by(PartEntry.number)
    yield from connection.execute(query, execution_options=IN_PIECES)


def _entries(company_id: CompanyId) -> Select[*tuple[Any, ...]]:
    owner = (Part.company_id == PartEntry.company_id) & (Part.id == PartEntry.part_id)
    return (
        select(*PartEntry.__table__.c, Part.key)
        .join(Part, owner)
        .where(PartEntry.company_id == company_id)
    )
