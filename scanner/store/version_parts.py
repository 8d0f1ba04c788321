"""Rows that say which parts, in which wording, a BOM version uses: its lines name their number."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import Connection, ScalarSelect, Select, delete, func, select
from sqlalchemy.orm import aliased

from scanner.core.names import CompanyId
from scanner.store import parts
from scanner.store.bulk import insert_rows
from scanner.store.profiles import Basis
from scanner.store.tables import Part, PartWording, Recognition, VersionPart
from scanner.store.types import AnyRow

IN_PIECES = {"yield_per": 5_000}
"""Rows come from the database some at a time, however many there are."""


def add(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    wordings: Sequence[parts.WordingId],
    *,
    first: int,
) -> None:
    """Add wordings to an unpublished version, numbered from `first` on."""
    insert_rows(
        connection,
        VersionPart,
        ("number", "part_id", "wording"),
        [(number, *which) for number, which in enumerate(wordings, first)],
        same={"company_id": company_id, "version_id": version_id},
    )


def described(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    *,
    basis: Basis,
    numbers: Collection[int],
) -> Sequence[AnyRow]:
    """What these parts are: `number`, `key`, `fingerprint`, `fields`, and `body` as recognised."""
    worded = (
        (PartWording.company_id == VersionPart.company_id)
        & (PartWording.part_id == VersionPart.part_id)
        & (PartWording.wording == VersionPart.wording)
    )
    owner = (Part.company_id == VersionPart.company_id) & (Part.id == VersionPart.part_id)
    columns = (Part.key, PartWording.fingerprint, PartWording.fields)
    found = _recognised(company_id, version_id, basis).add_columns(*columns)
    return connection.execute(
        found.join(Part, owner).join(PartWording, worded).where(VersionPart.number.in_(numbers))
    ).all()


def worded(company_id: CompanyId, connection: Connection, version_id: UUID) -> Iterator[AnyRow]:
    """How a version words its parts: `number`, `part_id`, `wording`, `fields`, by number."""
    of_part = (
        (PartWording.company_id == VersionPart.company_id)
        & (PartWording.part_id == VersionPart.part_id)
        & (PartWording.wording == VersionPart.wording)
    )
    columns = (VersionPart.number, VersionPart.part_id, VersionPart.wording, PartWording.fields)
    query = (
        select(*columns)
        .join(PartWording, of_part)
        .where(VersionPart.company_id == company_id, VersionPart.version_id == version_id)
        .order_by(VersionPart.number)
    )
    yield from connection.execute(query, execution_options=IN_PIECES)


def recognitions(
    company_id: CompanyId, connection: Connection, version_id: UUID, *, basis: Basis
) -> Iterator[AnyRow]:
    """What every part of a version was recognised as: `number`, `body`."""
    found = _recognised(company_id, version_id, basis)
    yield from connection.execute(found, execution_options=IN_PIECES)


def _recognised(company_id: CompanyId, version_id: UUID, basis: Basis) -> Select[int, bytes]:
    known = (
        (Recognition.company_id == VersionPart.company_id)
        & (Recognition.part_id == VersionPart.part_id)
        & (Recognition.wording == VersionPart.wording)
        & (Recognition.release_sha256 == basis.release_sha256)
        & (Recognition.overlays == basis.overlays)
        & (Recognition.engine_version == basis.engine_version)
        & (
            Recognition.decision_revision
            == (_own_revision(basis) if basis.decision_revision else 0)
        )
    )
    return (
        select(VersionPart.number, Recognition.body)
        .select_from(VersionPart)
        .join(Recognition, known)
        .where(VersionPart.company_id == company_id, VersionPart.version_id == version_id)
    )


def _own_revision(basis: Basis) -> ScalarSelect[int]:
    """The newest revision of a part up to that of the whole answer.

    What is said later is numbered higher than all that the answer heeds, so this is the revision
    by which the part stands in it.
    """
    earlier = aliased(Recognition)
    return (
        select(func.max(earlier.decision_revision))
        .where(
            earlier.company_id == VersionPart.company_id,
            earlier.part_id == VersionPart.part_id,
            earlier.wording == VersionPart.wording,
            earlier.release_sha256 == basis.release_sha256,
            earlier.overlays == basis.overlays,
            earlier.engine_version == basis.engine_version,
            earlier.decision_revision <= basis.decision_revision,
        )
        .correlate(VersionPart)
        .scalar_subquery()
    )


def remove(company_id: CompanyId, connection: Connection, version_id: UUID) -> None:
    """Remove the parts of a version, and from the library those that no other version uses."""
    mine = (VersionPart.company_id == company_id) & (VersionPart.version_id == version_id)
    used = select(VersionPart.part_id, VersionPart.wording).where(mine).distinct()
    candidates = [parts.WordingId(*row) for row in connection.execute(used)]
    connection.execute(delete(VersionPart).where(mine))
    parts.remove_unused(company_id, connection, candidates)
