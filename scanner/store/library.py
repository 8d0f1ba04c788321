"""The part library in lists: parts by what is told of them, and where they are used."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select
from sqlalchemy.orm import aliased

from scanner.core.names import CompanyId
from scanner.store.boms import READY
from scanner.store.tables import Bom, BomVersion, Part, VersionPart
from scanner.store.types import AnyRow, Ordering, storable

AT_ONCE = 500
"""Keys or ids that one query names."""


class Order(Ordering):
    """The order of a list of parts."""

    KEY = "key"
    KEY_BACKWARDS = "-key"
    OLDEST_FIRST = "created_at"
    NEWEST_FIRST = "-created_at"

    @property
    def by_key(self) -> bool:
        """Whether keys decide, and not when a part first came."""
        return self in (Order.KEY, Order.KEY_BACKWARDS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parts of a list are meant; `text` stands casefolded in what is written of a part."""

    state: str | None = None
    material: str | None = None
    decided: bool | None = None
    text: str | None = None


def page(
    company_id: CompanyId,
    connection: Connection,
    *,
    wanted: Wanted,
    order: Order,
    place: str | UUID | None,
    limit: int,
) -> Sequence[AnyRow]:
    """Parts in this order, after the one of this key or id."""
    column: ColumnElement[Any] = Part.key.expression if order.by_key else Part.id.expression
    query = select(*Part.__table__.c).where(*_conditions(company_id, wanted))
    if place is not None:
        query = query.where(column < place if order.backwards else column > place)
    query = query.order_by(column.desc() if order.backwards else column.asc())
    return connection.execute(query.limit(limit)).all()


def count(company_id: CompanyId, connection: Connection, *, wanted: Wanted) -> int:
    """How many parts of the company are meant."""
    mine = select(func.count()).select_from(Part).where(*_conditions(company_id, wanted))
    return connection.execute(mine).scalar_one()


def _conditions(company_id: CompanyId, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Part.company_id == company_id]
    if wanted.state is not None:
        conditions.append(Part.state == wanted.state)
    if wanted.material is not None:
        conditions.append(Part.materials.contains(f" {wanted.material} ", autoescape=True))
    if wanted.decided is not None:
        decided = Part.decision.is_not(None)
        conditions.append(decided if wanted.decided else ~decided)
    if wanted.text is not None:
        text = str(storable(wanted.text))
        in_words = Part.words.contains(text, autoescape=True)
        conditions.append(in_words | Part.key.contains(text, autoescape=True))
    return conditions


def find_part(company_id: CompanyId, connection: Connection, part_id: UUID) -> AnyRow | None:
    """A part, or None."""
    mine = (Part.company_id == company_id) & (Part.id == part_id)
    return connection.execute(select(*Part.__table__.c).where(mine)).one_or_none()


def said_of(
    company_id: CompanyId, connection: Connection, *, after: str | None, limit: int
) -> Sequence[AnyRow]:
    """`id` and `key` of parts of which something was ever said, by key, after this one."""
    query = select(Part.id, Part.key).where(Part.company_id == company_id, Part.revision > 0)
    if after is not None:
        query = query.where(Part.key > after)
    return connection.execute(query.order_by(Part.key).limit(limit)).all()


def lock_part(company_id: CompanyId, connection: Connection, part_id: UUID) -> AnyRow | None:
    """The part, which nobody else changes or removes until this transaction ends; or None."""
    mine = (Part.company_id == company_id) & (Part.id == part_id)
    query = select(*Part.__table__.c).where(mine).with_for_update(key_share=True)
    return connection.execute(query).one_or_none()


def ids_of(company_id: CompanyId, connection: Connection, keys: Collection[str]) -> dict[str, UUID]:
    """The ids of the parts that have one of these keys, by key as it was given."""
    asked = {str(storable(key)): key for key in keys}
    stored = sorted(asked)
    found: dict[str, UUID] = {}
    for start in range(0, len(stored), AT_ONCE):
        some = stored[start : start + AT_ONCE]
        rows = connection.execute(
            select(Part.key, Part.id).where(Part.company_id == company_id, Part.key.in_(some))
        )
        found.update({asked[row.key]: row.id for row in rows})
    return found


_other = aliased(BomVersion)
_CURRENT = ~exists(
    select(_other.id).where(
        _other.company_id == BomVersion.company_id,
        _other.bom_id == BomVersion.bom_id,
        _other.state == READY,
        _other.number > BomVersion.number,
    )
)
"""No version of the BOM that is ready is newer than the one at hand."""


def uses(
    company_id: CompanyId, connection: Connection, part_id: UUID, *, limit: int
) -> Sequence[AnyRow]:
    """Published versions that use a part, newest first: one row per wording of it.

    `bom_id`, `name`, `version`, `current`, `number` of the part in it, and `uses` to look it up.
    """
    query = (
        _versions_with(company_id, [part_id])
        .add_columns(VersionPart.number, BomVersion.uses, _CURRENT.label("current"))
        .order_by(BomVersion.id.desc(), VersionPart.number)
        .limit(limit)
    )
    return connection.execute(query).all()


def count_uses(
    company_id: CompanyId, connection: Connection, part_id: UUID
) -> tuple[int, int, int]:
    """How many BOMs and published versions use a part, and in how many of these it is current."""
    found = _versions_with(company_id, [part_id]).add_columns(_CURRENT.label("current")).subquery()
    versions = select(
        func.count(found.c.bom_id.distinct()), func.count(found.c.version_id.distinct())
    )
    boms, all_versions = connection.execute(versions).one()
    current = select(func.count(found.c.version_id.distinct())).where(found.c.current)
    return boms, all_versions, connection.execute(current).scalar_one()


def current_versions(
    company_id: CompanyId, connection: Connection, part_ids: Sequence[UUID]
) -> Sequence[UUID]:
    """The ids of the newest ready versions of BOMs that use any of these parts, oldest first."""
    found: set[UUID] = set()
    for start in range(0, len(part_ids), AT_ONCE):
        query = _versions_with(company_id, part_ids[start : start + AT_ONCE]).where(_CURRENT)
        rows = connection.execute(query.with_only_columns(BomVersion.id).distinct())
        found.update(rows.scalars())
    return sorted(found)


def doubtful(
    company_id: CompanyId, connection: Connection, *, bom_id: UUID | None, above: float
) -> Iterator[AnyRow]:
    """Parts that are in more doubt than this, once per wording in current versions of BOMs.

    The part's columns, and `version_id` and `number` by which the version uses it.
    """
    owner = (Part.company_id == VersionPart.company_id) & (Part.id == VersionPart.part_id)
    version = (BomVersion.company_id == VersionPart.company_id) & (
        BomVersion.id == VersionPart.version_id
    )
    columns = (Part.id, Part.key, Part.state, Part.doubt, Part.risk, Part.unit_mass_g)
    query = (
        select(*columns, VersionPart.version_id, VersionPart.number)
        .join(VersionPart, owner)
        .join(BomVersion, version)
        .where(
            Part.company_id == company_id, Part.doubt > above, BomVersion.state == READY, _CURRENT
        )
    )
    if bom_id is not None:
        query = query.where(BomVersion.bom_id == bom_id)
    yield from connection.execute(query, execution_options={"yield_per": 5_000})


def current_uses(
    company_id: CompanyId, connection: Connection, *, bom_id: UUID | None
) -> Sequence[AnyRow]:
    """The current versions of BOMs: `id`, `bom_id`, `annual_units`, `uses`."""
    columns = (BomVersion.id, BomVersion.bom_id, BomVersion.annual_units, BomVersion.uses)
    query = select(*columns).where(
        BomVersion.company_id == company_id, BomVersion.state == READY, _CURRENT
    )
    if bom_id is not None:
        query = query.where(BomVersion.bom_id == bom_id)
    return connection.execute(query).all()


def _versions_with(company_id: CompanyId, part_ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    mine = (BomVersion.company_id == VersionPart.company_id) & (
        BomVersion.id == VersionPart.version_id
    )
    owner = (Bom.company_id == BomVersion.company_id) & (Bom.id == BomVersion.bom_id)
    return (
        select(
            Bom.id.label("bom_id"),
            Bom.name,
            BomVersion.id.label("version_id"),
            BomVersion.number.label("version"),
        )
        .select_from(VersionPart)
        .join(BomVersion, mine)
        .join(Bom, owner)
        .where(
            VersionPart.company_id == company_id,
            VersionPart.part_id.in_(part_ids),
            BomVersion.state == READY,
        )
    )
