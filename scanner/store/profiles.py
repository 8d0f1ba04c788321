"""Rows of profiles: immutable bytes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from scanner.core.names import CompanyId
from scanner.store.tables import Profile
from scanner.store.types import AnyRow


@dataclass(frozen=True, slots=True)
class Basis:
    """The state of knowledge by which something was recognised or answered."""

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
    return connection.execute(
        select(Profile)
        .where(Profile.company_id == company_id, Profile.version_id == version_id)
        .order_by(Profile.id.desc())
        .limit(1)
    ).one_or_none()
