"""Which lines of a version are meant: by what their parts were recognised as."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection, select

from scanner.core.names import CompanyId
from scanner.store.profiles import Basis
from scanner.store.tables import Line, Recognition
from scanner.store.types import AnyRow

IN_PIECES = {"yield_per": 5_000}
"""Rows come from the database some at a time, however many there are."""


def recognitions(
    company_id: CompanyId, connection: Connection, version_id: UUID, *, basis: Basis
) -> Iterator[AnyRow]:
    """What each wording in a version was recognised as: `part_id`, `wording`, `body`."""
    mine = (Line.company_id == company_id) & (Line.version_id == version_id)
    used = select(Line.part_id, Line.wording).where(mine).distinct().subquery()
    found = (
        select(Recognition.part_id, Recognition.wording, Recognition.body)
        .join(
            used,
            (Recognition.part_id == used.c.part_id) & (Recognition.wording == used.c.wording),
        )
        .where(
            Recognition.company_id == company_id,
            Recognition.release_sha256 == basis.release_sha256,
            Recognition.overlays == basis.overlays,
            Recognition.engine_version == basis.engine_version,
            Recognition.decision_revision == basis.decision_revision,
        )
    )
    yield from connection.execute(found, execution_options=IN_PIECES)


def places(
    company_id: CompanyId, connection: Connection, version_id: UUID, *, only_counted: bool
) -> Iterator[AnyRow]:
    """Every line in order: `line_index`, `part_id`, `wording`.

    With `only_counted` without assemblies and lines that are not fitted.
    """
    found = select(Line.index.label("line_index"), Line.part_id, Line.wording).where(
        Line.company_id == company_id, Line.version_id == version_id
    )
    if only_counted:
        found = found.where(Line.fitted.is_(True), Line.assembly.is_(False))
    yield from connection.execute(found.order_by(Line.index), execution_options=IN_PIECES)
