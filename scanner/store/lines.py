"""Rows of BOM lines and of what is wrong with them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select

from scanner.core.names import CompanyId
from scanner.core.scan import LineAmount
from scanner.store import parts
from scanner.store.bulk import insert_rows, update_rows
from scanner.store.profiles import Basis
from scanner.store.tables import Line, LineProblem, Part, PartWording, Recognition
from scanner.store.types import AnyRow

COLUMNS = (
    "index",
    "part_id",
    "wording",
    "sheet",
    "row",
    "position",
    "parent",
    "level",
    "quantity",
    "unit",
    "designators",
    "fitted",
    "ref",
    "assembly",
    "amount",
    "amount_gap",
)


def add(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Add lines to an unpublished version: values in the order of `COLUMNS`."""
    same = {"company_id": company_id, "version_id": version_id}
    insert_rows(connection, Line, COLUMNS, rows, same=same)


def set_amounts(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    amounts: Sequence[tuple[int, LineAmount]],
) -> None:
    """Correct lines, by their index, after the roll-up of the tree."""
    update_rows(
        connection,
        Line,
        ("amount", "amount_gap", "assembly"),
        [
            (found.amount, found.gap, found.assembly, company_id, version_id, index)
            for index, found in amounts
        ],
        where=("company_id", "version_id", "index"),
    )


def page(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    *,
    basis: Basis,
    after: int,
    limit: int,
) -> Sequence[AnyRow]:
    """Lines after an index, with their part, its wording and what it was recognised as."""
    known = (
        (Recognition.company_id == Line.company_id)
        & (Recognition.part_id == Line.part_id)
        & (Recognition.wording == Line.wording)
        & (Recognition.release_sha256 == basis.release_sha256)
        & (Recognition.overlays == basis.overlays)
        & (Recognition.engine_version == basis.engine_version)
        & (Recognition.decision_revision == basis.decision_revision)
    )
    described = (
        (PartWording.company_id == Line.company_id)
        & (PartWording.part_id == Line.part_id)
        & (PartWording.wording == Line.wording)
    )
    owner = (Part.company_id == Line.company_id) & (Part.id == Line.part_id)
    return connection.execute(
        select(
            Line.index.label("line_index"),  # a row has a method of its own called index
            *(column for column in Line.__table__.c if column.name != "index"),
            Part.key,
            PartWording.fingerprint,
            PartWording.fields,
            Recognition.body,
        )
        .join(Part, owner)
        .join(PartWording, described)
        .join(Recognition, known)
        .where(
            Line.company_id == company_id,
            Line.version_id == version_id,
            Line.index > after,
        )
        .order_by(Line.index)
        .limit(limit)
    ).all()


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


def remove(company_id: CompanyId, connection: Connection, version_id: UUID) -> None:
    """Remove the lines and problems of a version, and the parts that no other line uses."""
    mine = (Line.company_id == company_id) & (Line.version_id == version_id)
    used = [
        parts.WordingId(row.part_id, row.wording)
        for row in connection.execute(select(Line.part_id, Line.wording).where(mine).distinct())
    ]
    connection.execute(delete(Line).where(mine))
    connection.execute(
        delete(LineProblem).where(
            LineProblem.company_id == company_id, LineProblem.version_id == version_id
        )
    )
    parts.remove_unused(company_id, connection, used)
