"""Tables of files, bills of materials, their lines, answers and jobs."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner.store.tables_shared import Table, company_key, of_company, own_id, owned_by
from scanner.store.types import Text


class File(Table):
    """An uploaded file as it came; its bytes are in `file_chunk`."""

    __tablename__ = "file"
    __table_args__ = (of_company(),)
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    created_at: Mapped[datetime]


class FileChunk(Table):
    """One piece of a file, numbered from 0."""

    __tablename__ = "file_chunk"
    __table_args__ = (owned_by("file", "file_id"),)
    company_id: Mapped[UUID] = company_key()
    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]


class Bom(Table):
    """A bill of materials; what it holds is in its versions."""

    __tablename__ = "bom"
    __table_args__ = (of_company(),)
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    name: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class BomVersion(Table):
    """One upload of a BOM: its file, options and state. Lines count only once it is ready.

    `uses` says of each part, by its number, how it is used (`scanner.services.part_uses`).
    """

    __tablename__ = "bom_version"
    __table_args__ = (
        owned_by("bom", "bom_id"),
        owned_by("file", "file_id"),
        UniqueConstraint("company_id", "bom_id", "number"),
        Index(None, "company_id", "file_id"),
    )
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    bom_id: Mapped[UUID]
    number: Mapped[int]
    state: Mapped[str]
    file_id: Mapped[UUID]
    annual_units: Mapped[Decimal | None]
    options: Mapped[dict[str, Any]]
    lines: Mapped[int | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    published_at: Mapped[datetime | None]
    uses: Mapped[bytes | None]


class ColumnMapping(Table):
    """Columns that a person put right, kept for later files of the same shape.

    `shape` is the fingerprint of the kind of file and its headings.
    """

    __tablename__ = "column_mapping"
    __table_args__ = (of_company(), UniqueConstraint("company_id", "shape"))
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    shape: Mapped[str]
    kind: Mapped[str]
    headings: Mapped[list[str]]
    columns: Mapped[dict[str, Any]]
    since: Mapped[datetime]
    created_by: Mapped[str]


class LineBlock(Table):
    """Lines of a BOM version that follow one another; `first` is the index of the first.

    `body` is what the file says of them and `amounts` how much of its part each brings to one
    product; both column by column, as `scanner.services.line_blocks` packs them.
    """

    __tablename__ = "line_block"
    __table_args__ = (owned_by("bom_version", "version_id"),)
    company_id: Mapped[UUID] = company_key()
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]
    amounts: Mapped[bytes]


class LineProblem(Table):
    """Something wrong with one row of a version, in the order in which it was found."""

    __tablename__ = "line_problem"
    __table_args__ = (
        owned_by("bom_version", "version_id"),
        Index(None, "company_id", "version_id", "row"),
    )
    company_id: Mapped[UUID] = company_key()
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row: Mapped[int | None]
    sheet: Mapped[str | None] = mapped_column(Text)
    body: Mapped[bytes]


class Profile(Table):
    """The answer for one version by one state of knowledge: bytes that never change."""

    __tablename__ = "profile"
    __table_args__ = (
        owned_by("bom_version", "version_id"),
        UniqueConstraint(
            "company_id", "version_id", "release_sha256", "overlays", "engine_version",
            "decision_revision", name="uq_profile_basis",
        ),
    )  # fmt: skip
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    version_id: Mapped[UUID]
    release_sha256: Mapped[str]
    overlays: Mapped[str]
    engine_version: Mapped[str]
    decision_revision: Mapped[int]
    sha256: Mapped[str]
    body: Mapped[bytes]
    created_at: Mapped[datetime]


class Job(Table):
    """Background work as clients see it: state, progress, problem; of each kind one a version."""

    __tablename__ = "job"
    __table_args__ = (
        owned_by("bom_version", "version_id"),
        UniqueConstraint("company_id", "version_id", "kind"),
        Index(None, "state", "id"),
        Index(None, "id"),
    )
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    kind: Mapped[str]
    version_id: Mapped[UUID]
    state: Mapped[str]
    attempt: Mapped[int]
    progress: Mapped[int]
    problem: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Reply(Table):
    """What a request with an idempotency key led to: a version at once, the answer soon after.

    `sha256` is that of the request's content. Without `status` the answer is not there yet, and
    is up to the process that holds it until `held_until`. A request that makes no version has its
    answer at once, and the case that it is about, if it is about one. An answer without `body` was
    not to be kept.
    """

    __tablename__ = "reply"
    __table_args__ = (
        owned_by("bom_version", "version_id", ondelete="CASCADE"),
        owned_by("help_case", "case_id", ondelete="CASCADE"),
        Index(None, "company_id", "version_id"),
        Index(None, "company_id", "case_id"),
        Index(None, "company_id", "created_at"),
    )
    company_id: Mapped[UUID] = company_key()
    route: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    version_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    sha256: Mapped[str]
    held_until: Mapped[datetime]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None]
    created_at: Mapped[datetime]
