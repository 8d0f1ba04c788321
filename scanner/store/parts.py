"""Rows of the part library: parts, the wordings in which lines describe them, recognitions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, exists, select

from scanner.core.names import CompanyId
from scanner.store.bulk import insert_rows
from scanner.store.profiles import Basis
from scanner.store.stamps import new_id
from scanner.store.tables import Part, PartWording, Recognition, VersionPart
from scanner.store.types import storable

KEYS_AT_ONCE = 500


class WordingId(NamedTuple):
    """Which wording of which part."""

    part_id: UUID
    wording: int


class NewWording(NamedTuple):
    """A part as a line describes it, to be added where it is new."""

    key: str
    wording: int
    fingerprint: str
    fields: bytes


def ensure(
    company_id: CompanyId, connection: Connection, wordings: Sequence[NewWording], *, at: datetime
) -> list[WordingId]:
    """The ids of these wordings, in their order; parts and wordings that are new are added."""
    stored = [str(storable(new.key)) for new in wordings]
    keys = sorted(set(stored))
    insert_rows(
        connection,
        Part,
        ("id", "key"),
        [(new_id(), key) for key in keys],
        same={"company_id": company_id, "created_at": at},
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


def remember(
    company_id: CompanyId,
    connection: Connection,
    basis: Basis,
    bodies: Sequence[tuple[WordingId, bytes]],
) -> None:
    """Keep what wordings were recognised as; what is known already stays."""
    insert_rows(
        connection,
        Recognition,
        ("part_id", "wording", "body"),
        [(*which, body) for which, body in bodies],
        same={
            "company_id": company_id,
            "release_sha256": basis.release_sha256,
            "overlays": basis.overlays,
            "engine_version": basis.engine_version,
            "decision_revision": basis.decision_revision,
        },
        known_may_stay=True,
    )


def remove_unused(
    company_id: CompanyId, connection: Connection, candidates: Collection[WordingId]
) -> None:
    """Remove those of the wordings that no version uses any more, and parts left without any.

    Recognitions go with their wording.
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
    connection.execute(
        delete(PartWording).where(
            PartWording.company_id == company_id,
            PartWording.part_id == part,
            PartWording.wording == wording,
            ~in_use,
        ),
        unused,
    )
    described = exists().where(PartWording.company_id == company_id, PartWording.part_id == part)
    connection.execute(
        delete(Part).where(Part.company_id == company_id, Part.id == part, ~described),
        [{"of_part": part_id} for part_id in {one.part_id for one in candidates}],
    )
