"""Rows of profiles: immutable bytes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from scanner.core.names import CompanyId
from scanner.store.tables import BomVersion, Profile
from scanner.store.types import AnyRow

_OF_VERSION = (
    select(Profile)
    .where(
        Profile.company_id == bindparam("company_id"),
        Profile.version_id == bindparam("version_id"),
    )
    .order_by(Profile.id.desc())
    .limit(1)
)
_PUBLISHED = (
    select(Profile.id, Profile.created_at, Profile.sha256, Profile.body, BomVersion.number)
    .join(
        BomVersion,
        (BomVersion.company_id == Profile.company_id) & (BomVersion.id == Profile.version_id),
    )
    .where(
        BomVersion.company_id == bindparam("company_id"),
        BomVersion.bom_id == bindparam("bom_id"),
        BomVersion.published_at.is_not(None),
    )
    .order_by(BomVersion.number.desc(), Profile.id.desc())
    .limit(1)
)
_NUMBERED = _PUBLISHED.where(BomVersion.number == bindparam("number"))
_DIGEST, _NUMBERED_DIGEST = (
    query.with_only_columns(Profile.sha256) for query in (_PUBLISHED, _NUMBERED)
)


@dataclass(frozen=True, slots=True)
class Basis:
    """The state of knowledge by which something was recognised or answered.

    `overlays` names what is laid over the release and changes what it says of a part.
    """

    release_sha256: str
    overlays: str
    engine_version: str
    decision_revision: int

    @classmethod
    def of(cls, row: AnyRow) -> "Basis":
        """The state of knowledge of a stored profile."""
        return cls(row.release_sha256, row.overlays, row.engine_version, row.decision_revision)


def add(
    company_id: CompanyId,
    connection: Connection,
    profile_id: UUID,
    *,
    version_id: UUID,
    basis: Basis,
    sha256: str,
    body: bytes,
    at: datetime,
) -> None:
    """Add the answer for one version."""
    connection.execute(
        insert(Profile).values(
            company_id=company_id,
            id=profile_id,
            version_id=version_id,
            release_sha256=basis.release_sha256,
            overlays=basis.overlays,
            engine_version=basis.engine_version,
            decision_revision=basis.decision_revision,
            sha256=sha256,
            body=body,
            created_at=at,
        )
    )


def newest(company_id: CompanyId, connection: Connection, version_id: UUID) -> AnyRow | None:
    """The newest answer for a version, or None."""
    known = {"company_id": company_id, "version_id": version_id}
    return connection.execute(_OF_VERSION, known).one_or_none()


def published(
    company_id: CompanyId, connection: Connection, bom_id: UUID, number: int | None
) -> AnyRow | None:
    """The newest answer for the published version of this number, or the newest such; or None."""
    known = {"company_id": company_id, "bom_id": bom_id, "number": number}
    query = _PUBLISHED if number is None else _NUMBERED
    return connection.execute(query, known).one_or_none()


def published_digest(
    company_id: CompanyId, connection: Connection, bom_id: UUID, number: int | None
) -> str | None:
    """The digest of what `published` finds, without its bytes."""
    known = {"company_id": company_id, "bom_id": bom_id, "number": number}
    query = _DIGEST if number is None else _NUMBERED_DIGEST
    return connection.execute(query, known).scalar_one_or_none()
