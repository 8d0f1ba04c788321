"""Rows of BOMs and their versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import aliased

from scanner.core.names import CompanyId
from scanner.store import files, jobs, lines, replies
from scanner.store.tables import Bom, BomVersion, File, Job, Profile
from scanner.store.types import AnyRow, Ordering

PROCESSING, READY, FAILED = "processing", "ready", "failed"


class Order(Ordering):
    """The order of a list of BOMs; those of one name are in the order in which they were made."""

    NEWEST_FIRST = "-created_at"
    OLDEST_FIRST = "created_at"
    NAME = "name"
    NAME_BACKWARDS = "-name"

    @property
    def by_name(self) -> bool:
        """Whether names decide."""
        return self in (Order.NAME, Order.NAME_BACKWARDS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which BOMs of a list are meant: the state of the newest version, a text in the name."""

    state: str | None = None
    name: str | None = None


_MINE = (Bom.company_id == bindparam("company_id")) & (Bom.id == bindparam("bom_id"))
_LOCK = select(Bom.id).where(_MINE).with_for_update()
_LAST_NUMBER = select(func.coalesce(func.max(BomVersion.number), 0)).where(
    BomVersion.company_id == bindparam("company_id"), BomVersion.bom_id == bindparam("bom_id")
)
_ADD, _ADD_VERSION = insert(Bom), insert(BomVersion)


def add(
    company_id: CompanyId,
    connection: Connection,
    bom_id: UUID,
    *,
    name: str,
    created_by: str,
    at: datetime,
) -> None:
    """Add a BOM, yet without a version."""
    row = {"company_id": company_id, "id": bom_id, "name": name}
    connection.execute(_ADD, {**row, "created_by": created_by, "created_at": at})


def lock(company_id: CompanyId, connection: Connection, bom_id: UUID) -> None:
    """Keep others who change the BOM waiting until this transaction ends."""
    connection.execute(_LOCK, {"company_id": company_id, "bom_id": bom_id})


def last_number(company_id: CompanyId, connection: Connection, bom_id: UUID) -> int:
    """The number of the newest version, 0 without one; whoever else asks waits for our end."""
    lock(company_id, connection, bom_id)
    known = {"company_id": company_id, "bom_id": bom_id}
    number: int = connection.execute(_LAST_NUMBER, known).scalar_one()
    return number


def add_version(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    *,
    bom_id: UUID,
    number: int,
    file_id: UUID,
    annual_units: Decimal | None,
    options: dict[str, Any],
    created_by: str,
    at: datetime,
) -> None:
    """Add an unpublished version to a BOM: the first is number 1."""
    connection.execute(
        _ADD_VERSION,
        {
            "company_id": company_id,
            "id": version_id,
            "bom_id": bom_id,
            "number": number,
            "state": PROCESSING,
            "file_id": file_id,
            "annual_units": annual_units,
            "options": options,
            "created_at": at,
            "created_by": created_by,
        },
    )


_Refresh = aliased(Job)
_OF_JOB = ("id", "kind", "state", "attempt", "progress", "problem", "created_at", "started_at",
           "heartbeat_at", "finished_at")  # fmt: skip

_VIEWS: Select[*tuple[Any, ...]] = (
    select(
        Bom.id.label("bom_id"),
        Bom.name,
        Bom.created_at.label("bom_created_at"),
        Bom.created_by.label("bom_created_by"),
        BomVersion.id.label("version_id"),
        BomVersion.number,
        BomVersion.state,
        BomVersion.annual_units,
        BomVersion.options,
        BomVersion.lines,
        BomVersion.created_at,
        BomVersion.created_by,
        BomVersion.published_at,
        File.id.label("file_id"),
        File.name.label("file_name"),
        File.kind.label("file_kind"),
        File.size.label("file_size"),
        File.sha256.label("file_sha256"),
        *(getattr(Job, name).label(f"job_{name}") for name in _OF_JOB),
        *(getattr(_Refresh, name).label(f"refresh_{name}") for name in _OF_JOB),
    )
    .join(BomVersion, (BomVersion.company_id == Bom.company_id) & (BomVersion.bom_id == Bom.id))
    .join(File, (File.company_id == Bom.company_id) & (File.id == BomVersion.file_id))
    .join(
        Job,
        (Job.company_id == Bom.company_id)
        & (Job.version_id == BomVersion.id)
        & (Job.kind == jobs.SCAN),
    )
    .outerjoin(
        _Refresh,
        (_Refresh.company_id == Bom.company_id)
        & (_Refresh.version_id == BomVersion.id)
        & (_Refresh.kind == jobs.REFRESH),
    )
    .where(Bom.company_id == bindparam("company_id"))
)
"""A company's BOMs with version, file and jobs, one row per version."""

_NEWEST_NUMBER = (
    select(func.max(BomVersion.number))
    .where(BomVersion.company_id == Bom.company_id, BomVersion.bom_id == Bom.id)
    .correlate(Bom)
    .scalar_subquery()
)
"""The number of the newest version of the BOM at hand."""

_OF_BOM = _VIEWS.where(Bom.id == bindparam("bom_id"))
_NUMBERED = _OF_BOM.where(BomVersion.number == bindparam("number"))
_NEWEST = _OF_BOM.where(BomVersion.number == _NEWEST_NUMBER)
_NEWEST_READY = _OF_BOM.where(BomVersion.state == READY).order_by(BomVersion.number.desc()).limit(1)
_ONE_VERSION = _VIEWS.where(BomVersion.id == bindparam("version_id"))


def page(
    company_id: CompanyId,
    connection: Connection,
    *,
    wanted: Wanted,
    order: Order,
    place: tuple[str | None, UUID] | None,
    limit: int,
) -> Sequence[AnyRow]:
    """BOMs with their newest version in this order, after the one of this name and id."""
    views = _VIEWS.where(BomVersion.number == _NEWEST_NUMBER, *_conditions(wanted))
    name, bom_id = place or (None, None)
    if bom_id is not None:
        further = Bom.id < bom_id if order.backwards else Bom.id > bom_id
        if order.by_name:
            beyond = Bom.name < name if order.backwards else Bom.name > name
            further = beyond | ((Bom.name == name) & further)
        views = views.where(further)
    columns = (Bom.name, Bom.id) if order.by_name else (Bom.id,)
    ordered = views.order_by(
        *(column.desc() if order.backwards else column.asc() for column in columns)
    )
    return connection.execute(ordered.limit(limit), {"company_id": company_id}).all()


def count(company_id: CompanyId, connection: Connection, *, wanted: Wanted) -> int:
    """How many BOMs of the company are meant."""
    mine = select(func.count()).select_from(Bom).where(Bom.company_id == company_id)
    if wanted.state is not None:
        newest = (BomVersion.company_id == Bom.company_id) & (BomVersion.bom_id == Bom.id)
        mine = mine.join(BomVersion, newest & (BomVersion.number == _NEWEST_NUMBER))
    return connection.execute(mine.where(*_conditions(wanted))).scalar_one()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        conditions.append(BomVersion.state == wanted.state)
    if wanted.name is not None:
        conditions.append(Bom.name.icontains(wanted.name, autoescape=True))
    return conditions


def find(
    company_id: CompanyId, connection: Connection, bom_id: UUID, *, number: int | None = None
) -> AnyRow | None:
    """A BOM with the version of this number, or else its newest; None when there is none."""
    known = {"company_id": company_id, "bom_id": bom_id}
    if number is None:
        return connection.execute(_NEWEST, known).one_or_none()
    return connection.execute(_NUMBERED, {**known, "number": number}).one_or_none()


def find_newest_ready(company_id: CompanyId, connection: Connection, bom_id: UUID) -> AnyRow | None:
    """A BOM with its newest published version, or None."""
    known = {"company_id": company_id, "bom_id": bom_id}
    return connection.execute(_NEWEST_READY, known).one_or_none()


def find_version(company_id: CompanyId, connection: Connection, version_id: UUID) -> AnyRow | None:
    """A version with its BOM, file and job, or None."""
    known = {"company_id": company_id, "version_id": version_id}
    return connection.execute(_ONE_VERSION, known).one_or_none()


def versions(
    company_id: CompanyId,
    connection: Connection,
    bom_id: UUID,
    *,
    before: int | None,
    limit: int,
) -> Sequence[AnyRow]:
    """Versions of a BOM, newest first, with numbers under `before`."""
    views = _OF_BOM if before is None else _OF_BOM.where(BomVersion.number < before)
    ordered = views.order_by(BomVersion.number.desc()).limit(limit)
    return connection.execute(ordered, {"company_id": company_id, "bom_id": bom_id}).all()


def count_versions(company_id: CompanyId, connection: Connection, bom_id: UUID) -> int:
    """How many versions a BOM has."""
    return connection.execute(
        select(func.count())
        .select_from(BomVersion)
        .where(BomVersion.company_id == company_id, BomVersion.bom_id == bom_id)
    ).scalar_one()


def note_options(
    company_id: CompanyId, connection: Connection, version_id: UUID, *, options: dict[str, Any]
) -> None:
    """Write down how a version came to be read."""
    connection.execute(
        update(BomVersion)
        .where(BomVersion.company_id == company_id, BomVersion.id == version_id)
        .values(options=options)
    )


def publish(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    *,
    lines: int,
    uses: bytes,
    at: datetime,
) -> None:
    """Make a version and its lines visible; `uses` tells how it uses its parts."""
    connection.execute(
        update(BomVersion)
        .where(BomVersion.company_id == company_id, BomVersion.id == version_id)
        .values(state=READY, lines=lines, uses=uses, published_at=at)
    )


def uses(company_id: CompanyId, connection: Connection, version_id: UUID) -> bytes | None:
    """How a published version uses its parts, as `publish` was told; None before it was kept."""
    return connection.execute(
        select(BomVersion.uses).where(
            BomVersion.company_id == company_id, BomVersion.id == version_id
        )
    ).scalar_one_or_none()


def fail(company_id: CompanyId, connection: Connection, version_id: UUID) -> None:
    """Mark a version as failed for good."""
    connection.execute(
        update(BomVersion)
        .where(BomVersion.company_id == company_id, BomVersion.id == version_id)
        .values(state=FAILED)
    )


def remove(company_id: CompanyId, connection: Connection, bom_id: UUID) -> bool:
    """Remove a BOM with all that came from it; whether there was one.

    Files, lines, problems, profiles and jobs go, and the parts and recognitions that no other
    BOM uses, and kept answers that may name it.
    """
    replies.forget_parts(company_id, connection)
    mine = (BomVersion.company_id == company_id) & (BomVersion.bom_id == bom_id)
    rows = connection.execute(
        select(BomVersion.id, BomVersion.file_id, Job.id.label("job_id"))
        .join(Job, (Job.company_id == BomVersion.company_id) & (Job.version_id == BomVersion.id))
        .where(mine)
    ).all()
    for row in rows:
        jobs.lock(company_id, connection, row.job_id)  # a worker may store lines at this moment
    for version_id in {row.id: None for row in rows}:
        lines.remove(company_id, connection, version_id)
        for table in (Profile, Job):
            connection.execute(
                delete(table).where(table.company_id == company_id, table.version_id == version_id)
            )
    connection.execute(delete(BomVersion).where(mine))
    files.remove(company_id, connection, list({row.file_id: None for row in rows}))
    gone = connection.execute(
        delete(Bom).where(Bom.company_id == company_id, Bom.id == bom_id).returning(Bom.id)
    )
    return gone.one_or_none() is not None
