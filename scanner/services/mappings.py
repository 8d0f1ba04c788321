"""Columns that somebody put right, remembered per company for later files of the same shape.

What an upload fixes by `columns` is kept once its file was read, under the fingerprint of the kind
of file and its headings. A later file of that shape is read with it unless it fixes columns itself,
and what was applied is then stored with its version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.bom import Reading, ReadOptions
from scanner.core.errors import NotFound
from scanner.core.names import CompanyId
from scanner.services import audit
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.views import VersionView
from scanner.store import mappings as rows
from scanner.store.stamps import new_id
from scanner.store.types import AnyRow, storable

MOST: Final = 200
"""Corrections that are kept of one company; the oldest goes when another one comes."""


@dataclass(frozen=True, slots=True)
class MappingView:
    """What is remembered of files of one shape; `columns` is as in `ReadOptions`."""

    id: UUID
    shape: str
    kind: str
    headings: tuple[str, ...]
    columns: dict[str, str]
    since: datetime
    created_by: str


def list_all(ctx: Context, company_id: CompanyId) -> tuple[MappingView, ...]:
    """All that the company has, oldest first."""
    with ctx.database.reading() as connection:
        return tuple(map(_view, rows.all_of(company_id, connection)))


def forget(ctx: Context, company_id: CompanyId, mapping_id: UUID, *, by: str) -> None:
    """Apply it no longer; versions that were read with it stay. `NotFound` without such a one."""
    with ctx.database.writing() as connection:
        if not rows.remove(company_id, connection, mapping_id):
            raise NotFound("There is no such remembered correction.")
        audit.record(company_id, connection, Action.COLUMNS_FORGOTTEN, mapping_id, by=by)


def by_shape(ctx: Context, company_id: CompanyId, options: ReadOptions) -> dict[str, MappingView]:
    """What may be applied to a file that is read with these options; nothing if they fix some."""
    if options.columns:
        return {}
    return {one.shape: one for one in list_all(ctx, company_id)}


def columns_by_shape(known: Mapping[str, MappingView]) -> dict[str, Mapping[str, str]]:
    """The columns alone, as reading takes them."""
    return {shape: one.columns for shape, one in known.items()}


def keep(
    company_id: CompanyId, connection: Connection, version: VersionView, reading: Reading
) -> None:
    """Remember what a version fixed about its columns, in the transaction that publishes it.

    Of two for one shape, the one that was asked for last counts. Without a row of headings there
    is no shape, and nothing is remembered.
    """
    if not version.columns or reading.shape is None:
        return
    all_rows = rows.all_of(company_id, connection)
    before = next((row for row in all_rows if row.shape == reading.shape), None)
    columns = {str(storable(key)): field for key, field in version.columns.items()}
    if before is not None and (before.since > version.created_at or before.columns == columns):
        return
    gone = [before] if before is not None else all_rows[: max(len(all_rows) + 1 - MOST, 0)]
    for row in gone:
        rows.remove(company_id, connection, row.id)
    mapping_id = new_id()
    rows.remember(
        company_id,
        connection,
        mapping_id,
        shape=reading.shape,
        kind=reading.format,
        headings=[str(storable(column.heading)) for column in reading.columns],
        columns=columns,
        at=version.created_at,
        created_by=version.created_by,
    )
    audit.record(
        company_id, connection, Action.COLUMNS_REMEMBERED, mapping_id, by=version.created_by
    )


def applied(known: Mapping[str, MappingView], reading: Reading) -> dict[str, Any] | None:
    """What was applied to a file, as it is stored with its version; None where nothing was."""
    found = known.get(reading.shape or "") if reading.remembered else None
    if found is None:
        return None
    return {"id": str(found.id), "since": found.since.isoformat(), "columns": found.columns}


def _view(row: AnyRow) -> MappingView:
    return MappingView(
        id=row.id,
        shape=row.shape,
        kind=row.kind,
        headings=tuple(row.headings),
        columns=row.columns,
        since=row.since,
        created_by=row.created_by,
    )
