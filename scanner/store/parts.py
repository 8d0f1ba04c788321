"""Rows of the part library: parts, the wordings in which lines describe them, recognitions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, exists, select

from scanner.core.names import CompanyId
from scanner.store.bulk import insert_rows, update_rows
from scanner.store.profiles import Basis
from scanner.store.stamps import new_id
from scanner.store.tables import Part, PartEntry, PartWording, Recognition, VersionPart
from scanner.store.types import AnyRow, storable

KEYS_AT_ONCE = 500


class WordingId(NamedTuple):
    """Which wording of which part."""

    part_id: UUID
    wording: int


class Summary(NamedTuple):
    """What lists show of a part and are filtered by; the columns of `Part` say what each is."""

    state: str
    doubt: float
    words: str
    materials: str
    risk: float | None
    unit_mass_g: float | None


class NewWording(NamedTuple):
    """A part as a line describes it, to be added where it is new, and what it was read as."""

    key: str
    wording: int
    fingerprint: str
    fields: bytes
    summary: Summary


def ensure(
    company_id: CompanyId, connection: Connection, wordings: Sequence[NewWording], *, at: datetime
) -> list[WordingId]:
    """The ids of these wordings, in their order; parts and wordings that are new are added."""
    stored = [str(storable(new.key)) for new in wordings]
    told = dict(zip(stored, (new.summary for new in wordings), strict=True))
    keys = sorted(told)
    insert_rows(
        connection,
        Part,
        ("id", "key", *Summary._fields),
        [(new_id(), key, *told[key]) for key in keys],
        same={"company_id": company_id, "created_at": at, "revision": 0, "declared": False},
        known_may_stay=True,
    )
    ids = _ids(company_id, connection, keys)
    insert_rows(
        connection,
        PartWording,
        ("part_id", "wording", "fingerprint", "fields"),
        [
            (ids[key], new.wording, new.fingerprint, new.fields)
            for key, new in zip(stored, wordings, strict=True)
        ],
        same={"company_id": company_id},
        known_may_stay=True,
    )
    return [WordingId(ids[key], new.wording) for key, new in zip(stored, wordings, strict=True)]


def _ids(company_id: CompanyId, connection: Connection, keys: Sequence[str]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        rows = connection.execute(
            select(Part.key, Part.id)
            .where(Part.company_id == company_id, Part.key.in_(some))
            .with_for_update(read=True, key_share=True)
        )
        found.update({row.key: row.id for row in rows})
    return found


def summaries(
    company_id: CompanyId, connection: Connection, version_id: UUID
) -> dict[UUID, Summary]:
    """What is told of the parts that a version uses."""
    used = select(VersionPart.part_id).where(
        VersionPart.company_id == company_id, VersionPart.version_id == version_id
    )
    columns = (getattr(Part, name) for name in Summary._fields)
    rows = connection.execute(
        select(Part.id, *columns).where(Part.company_id == company_id, Part.id.in_(used))
    )
    return {part_id: Summary(*told) for part_id, *told in rows}


def tell(
    company_id: CompanyId, connection: Connection, told: Sequence[tuple[UUID, Summary]]
) -> None:
    """Tell from now on so of these parts."""
    update_rows(
        connection,
        Part,
        Summary._fields,
        [(*summary, company_id, part_id) for part_id, summary in told],
        where=("company_id", "id"),
    )


def wordings(
    company_id: CompanyId, connection: Connection, part_ids: Collection[UUID]
) -> Sequence[AnyRow]:
    """`part_id`, `key`, `wording` and `fields` of all wordings of these parts, in their order."""
    owner = (Part.company_id == PartWording.company_id) & (Part.id == PartWording.part_id)
    columns = (PartWording.part_id, Part.key, PartWording.wording, PartWording.fields)
    found: list[AnyRow] = []
    ids = sorted(part_ids)
    for start in range(0, len(ids), KEYS_AT_ONCE):
        some = ids[start : start + KEYS_AT_ONCE]
        query = select(*columns).join(Part, owner).where(PartWording.company_id == company_id)
        ordered = query.order_by(PartWording.part_id, PartWording.wording)
        found += connection.execute(ordered.where(PartWording.part_id.in_(some))).all()
    return found


def existing(
    company_id: CompanyId, connection: Connection, part_ids: Collection[UUID]
) -> set[UUID]:
    """Those of the ids that are ids of parts; none of these parts goes before this transaction."""
    found: set[UUID] = set()
    ids = sorted(part_ids)
    for start in range(0, len(ids), KEYS_AT_ONCE):
        mine = (Part.company_id == company_id) & Part.id.in_(ids[start : start + KEYS_AT_ONCE])
        locked = select(Part.id).where(mine).with_for_update(read=True, key_share=True)
        found.update(connection.execute(locked).scalars())
    return found


def remember(
    company_id: CompanyId,
    connection: Connection,
    basis: Basis,
    bodies: Sequence[tuple[WordingId, int, bytes]],
) -> None:
    """Keep what wordings were recognised as, each by its part's own revision.

    What is known already stays. The revision of `basis` is that of the whole answer.
    """
    insert_rows(
        connection,
        Recognition,
        ("part_id", "wording", "decision_revision", "body"),
        [(*which, revision, body) for which, revision, body in bodies],
        same={
            "company_id": company_id,
            "release_sha256": basis.release_sha256,
            "overlays": basis.overlays,
            "engine_version": basis.engine_version,
        },
        known_may_stay=True,
    )


def remove_unused(
    company_id: CompanyId, connection: Connection, candidates: Collection[WordingId]
) -> None:
    """Remove those of the wordings that no version uses any more, and parts left without any.

    Recognitions go with their wording. Parts of which somebody said something stay as they are.
    """
    if not candidates:
        return
    unused = [{"of_part": one.part_id, "worded": one.wording} for one in candidates]
    part = bindparam("of_part", type_=Part.id.type)
    wording = bindparam("worded", type_=PartWording.wording.type)
    in_use = exists().where(
        VersionPart.company_id == company_id,
        VersionPart.part_id == part,
        VersionPart.wording == wording,
    )
    said = exists().where(
        PartEntry.company_id == company_id, PartEntry.part_id == PartWording.part_id
    )
    connection.execute(
        delete(PartWording).where(
            PartWording.company_id == company_id,
            PartWording.part_id == part,
            PartWording.wording == wording,
            ~in_use,
            ~said,
        ),
        unused,
    )
    described = exists().where(PartWording.company_id == company_id, PartWording.part_id == part)
    connection.execute(
        delete(Part).where(
            Part.company_id == company_id, Part.id == part, Part.revision == 0, ~described
        ),
        [{"of_part": part_id} for part_id in {one.part_id for one in candidates}],
    )
