"""Rows of BOM lines, many lines in each, and of what is wrong with single lines."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, delete, func, select

from scanner.core.names import CompanyId
from scanner.store import version_parts
from scanner.store.bulk import insert_rows
from scanner.store.tables import LineBlock, LineProblem
from scanner.store.types import AnyRow

IN_PIECES = {"yield_per": 100}
"""Blocks come from the database some at a time, however many there are."""


class Block(NamedTuple):
    """Lines from the index `first` on, packed: what the file says, and their amounts."""

    first: int
    body: bytes
    amounts: bytes


def add(
    company_id: CompanyId, connection: Connection, version_id: UUID, blocks: Sequence[Block]
) -> None:
    """Add lines to an unpublished version."""
    same = {"company_id": company_id, "version_id": version_id}
    insert_rows(connection, LineBlock, Block._fields, blocks, same=same)


def blocks(
    company_id: CompanyId, connection: Connection, version_id: UUID, *, start: int, stop: int
) -> Iterator[Block]:
    """The blocks, in order, that hold the lines with indexes from `start` to before `stop`."""
    mine = (LineBlock.company_id == company_id) & (LineBlock.version_id == version_id)
    first = select(func.max(LineBlock.first)).where(mine, LineBlock.first <= start)
    found = (
        select(LineBlock.first, LineBlock.body, LineBlock.amounts)
        .where(mine, LineBlock.first >= first.scalar_subquery(), LineBlock.first < stop)
        .order_by(LineBlock.first)
    )
    for row in connection.execute(found, execution_options=IN_PIECES):
        yield Block(*row)


def add_problems(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    rows: Sequence[tuple[int, int | None, str | None, bytes]],
) -> None:
    """Add problems of rows: (number, row, sheet, body)."""
    insert_rows(
        connection,
        LineProblem,
        ("number", "row", "sheet", "body"),
        rows,
        same={"company_id": company_id, "version_id": version_id},
    )


def problems_at(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    places: Sequence[int],
) -> Sequence[AnyRow]:
    """The problems of these rows of the file, in the order in which they were found."""
    return connection.execute(
        select(LineProblem.row, LineProblem.sheet, LineProblem.body)
        .where(
            LineProblem.company_id == company_id,
            LineProblem.version_id == version_id,
            LineProblem.row.in_(places),
        )
        .order_by(LineProblem.number)
    ).all()


def problems(company_id: CompanyId, connection: Connection, version_id: UUID) -> Sequence[bytes]:
    """The bodies of all problems of a version, in the order in which they were found."""
    mine = (LineProblem.company_id == company_id) & (LineProblem.version_id == version_id)
    query = select(LineProblem.body).where(mine).order_by(LineProblem.number)
    return connection.execute(query).scalars().all()


def remove(company_id: CompanyId, connection: Connection, version_id: UUID) -> None:
    """Remove the lines and problems of a version, and the parts that no other version uses."""
    for table in (LineBlock, LineProblem):
        connection.execute(
            delete(table).where(table.company_id == company_id, table.version_id == version_id)
        )
    version_parts.remove(company_id, connection, version_id)
