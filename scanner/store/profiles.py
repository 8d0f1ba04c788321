"""Rows of profiles: immutable bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, insert, select
from sqlalchemy.orm import InstrumentedAttribute

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
_REVISED = Profile.decision_revision == bindparam("revision")


@dataclass(frozen=True, slots=True)
class Which:
    """Which answer of a BOM: of this version or the newest, by this decision revision or any."""

    number: int | None = None
    revision: int | None = None

    def of(self, *columns: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
        """The query for it, with all columns or these."""
        query = _QUERIES[self.number is not None, self.revision is not None]
        return query.with_only_columns(*columns) if columns else query


_QUERIES = {
    (False, False): _PUBLISHED,
    (True, False): _NUMBERED,
    (False, True): _PUBLISHED.where(_REVISED),
    (True, True): _NUMBERED.where(_REVISED),
}


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


def exists_by(
    company_id: CompanyId, connection: Connection, version_id: UUID, basis: Basis
) -> bool:
    """Whether there is an answer for a version by exactly this state of knowledge."""
    found = select(Profile.id).where(
        Profile.company_id == company_id,
        Profile.version_id == version_id,
        Profile.release_sha256 == basis.release_sha256,
        Profile.overlays == basis.overlays,
        Profile.engine_version == basis.engine_version,
        Profile.decision_revision == basis.decision_revision,
    )
    return connection.execute(found).first() is not None


def published(
    company_id: CompanyId, connection: Connection, bom_id: UUID, which: Which
) -> AnyRow | None:
    """The newest published answer of a BOM among those that are meant, or None."""
    return connection.execute(which.of(), _known(company_id, bom_id, which)).one_or_none()


def published_digest(
    company_id: CompanyId, connection: Connection, bom_id: UUID, which: Which
) -> str | None:
    """The digest of what `published` finds, without its bytes."""
    known = _known(company_id, bom_id, which)
    return connection.execute(which.of(Profile.sha256), known).scalar_one_or_none()


def _known(company_id: CompanyId, bom_id: UUID, which: Which) -> dict[str, Any]:
    return {
        "company_id": company_id,
        "bom_id": bom_id,
        "number": which.number,
        "revision": which.revision,
    }
