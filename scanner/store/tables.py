"""The tables.

`company_id` leads every primary and foreign key of a tenant's table, so that a row of one company
cannot refer to a row of another and the tables can be split by company. Ids are UUIDv7: their
order is the order in which things were made.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from scanner.store.types import Exact, Id, Moment, Text

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """Base of all tables; they are used through Core, never as objects per row."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        UUID: Id,
        datetime: Moment,
        Decimal: Exact,
        bytes: LargeBinary,
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
    }


def _company() -> Mapped[UUID]:
    return mapped_column(Id, primary_key=True, sort_order=-2)


def _id() -> Mapped[UUID]:
    return mapped_column(Id, primary_key=True, sort_order=-1)


def _owned_by(
    table: str, *columns: str, key: tuple[str, ...] = ("id",), ondelete: str | None = None
) -> ForeignKeyConstraint:
    """The foreign key to another table of the same company."""
    theirs = [f"{table}.{name}" for name in ("company_id", *key)]
    return ForeignKeyConstraint(["company_id", *columns], theirs, ondelete=ondelete)


def _tenant() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["company_id"], ["company.id"])


class Company(Table):
    """A tenant."""

    __tablename__ = "company"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class User(Table):
    """A person of a company who signs in with a password; `login` finds who has an address."""

    __tablename__ = "user"
    __table_args__ = (_tenant(), UniqueConstraint("company_id", "email"))
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]


class Login(Table):
    """Whose an e-mail address is: one person's among all companies. Belongs to no company."""

    __tablename__ = "login"
    __table_args__ = (
        _owned_by("user", "user_id", ondelete="CASCADE"),
        Index(None, "company_id", "user_id"),
    )
    email: Mapped[str] = mapped_column(primary_key=True)
    company_id: Mapped[UUID]
    user_id: Mapped[UUID]


class Session(Table):
    """A person who is signed in somewhere; a cookie that names no such row is worth nothing."""

    __tablename__ = "session"
    __table_args__ = (
        _owned_by("user", "user_id", ondelete="CASCADE"),
        Index(None, "company_id", "user_id"),
    )
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    user_id: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Invitation(Table):
    """An invitation to join a company; only a digest of its secret is kept."""

    __tablename__ = "invitation"
    __table_args__ = (_tenant(), Index(None, "id"))
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    email: Mapped[str]
    role: Mapped[str]
    digest: Mapped[bytes]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    expires_at: Mapped[datetime]


class AuditEntry(Table):
    """Who did what and when, in ids only; it stays when what it names, or the company, is gone."""

    __tablename__ = "audit_entry"
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[UUID | None]
    note: Mapped[str | None]


class ApiKey(Table):
    """A key for programs; only a digest of its secret is kept."""

    __tablename__ = "api_key"
    __table_args__ = (_tenant(), Index(None, "id"))
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    name: Mapped[str]
    scopes: Mapped[list[str]]
    digest: Mapped[bytes]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    replaced_by: Mapped[UUID | None]


class File(Table):
    """An uploaded file as it came; its bytes are in `file_chunk`."""

    __tablename__ = "file"
    __table_args__ = (_tenant(),)
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    created_at: Mapped[datetime]


class FileChunk(Table):
    """One piece of a file, numbered from 0."""

    __tablename__ = "file_chunk"
    __table_args__ = (_owned_by("file", "file_id"),)
    company_id: Mapped[UUID] = _company()
    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]


class Bom(Table):
    """A bill of materials; what it holds is in its versions."""

    __tablename__ = "bom"
    __table_args__ = (_tenant(),)
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    name: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class BomVersion(Table):
    """One upload of a BOM: its file, options and state. Lines count only once it is ready."""

    __tablename__ = "bom_version"
    __table_args__ = (
        _owned_by("bom", "bom_id"),
        _owned_by("file", "file_id"),
        UniqueConstraint("company_id", "bom_id", "number"),
        Index(None, "company_id", "file_id"),
    )
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
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


class Part(Table):
    """A part of the company's library, by its key."""

    __tablename__ = "part"
    __table_args__ = (_tenant(), UniqueConstraint("company_id", "key"))
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    key: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class PartWording(Table):
    """One way in which lines describe a part, to the letter.

    `wording` is the first 63 bits of the SHA-256 of `fields`, the JSON of the given fields.
    `fingerprint` is equal for wordings that differ in nothing that matters to recognition.
    """

    __tablename__ = "part_wording"
    __table_args__ = (
        _owned_by("part", "part_id"),
        Index(None, "company_id", "fingerprint"),
    )
    company_id: Mapped[UUID] = _company()
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    wording: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[str]
    fields: Mapped[bytes]


class Recognition(Table):
    """What a part was recognised as and what is in one piece, by exactly one state of knowledge.

    `body` is JSON. It is kept per wording, which is finer than the fingerprint: evidence quotes
    the user's text to the letter, and an answer may not depend on who wrote it first.
    """

    __tablename__ = "recognition"
    __table_args__ = (
        _owned_by(
            "part_wording", "part_id", "wording", key=("part_id", "wording"), ondelete="CASCADE"
        ),
    )
    company_id: Mapped[UUID] = _company()
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    wording: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    release_sha256: Mapped[str] = mapped_column(primary_key=True)
    overlays: Mapped[str] = mapped_column(primary_key=True)
    engine_version: Mapped[str] = mapped_column(primary_key=True)
    decision_revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]


class VersionPart(Table):
    """A wording of a part that a BOM version uses; its lines refer to it by `number`."""

    __tablename__ = "version_part"
    __table_args__ = (
        _owned_by("bom_version", "version_id"),
        _owned_by("part_wording", "part_id", "wording", key=("part_id", "wording")),
        Index(None, "company_id", "part_id", "wording"),
        {"sqlite_with_rowid": False},
    )
    company_id: Mapped[UUID] = _company()
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_id: Mapped[UUID]
    wording: Mapped[int] = mapped_column(BigInteger)


class LineBlock(Table):
    """Lines of a BOM version that follow one another; `first` is the index of the first.

    `body` is what the file says of them and `amounts` how much of its part each brings to one
    product; both column by column, as `scanner.services.line_blocks` packs them.
    """

    __tablename__ = "line_block"
    __table_args__ = (_owned_by("bom_version", "version_id"),)
    company_id: Mapped[UUID] = _company()
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]
    amounts: Mapped[bytes]


class LineProblem(Table):
    """Something wrong with one row of a version, in the order in which it was found."""

    __tablename__ = "line_problem"
    __table_args__ = (
        _owned_by("bom_version", "version_id"),
        Index(None, "company_id", "version_id", "row"),
    )
    company_id: Mapped[UUID] = _company()
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row: Mapped[int | None]
    sheet: Mapped[str | None] = mapped_column(Text)
    body: Mapped[bytes]


class Profile(Table):
    """The answer for one version by one state of knowledge: bytes that never change."""

    __tablename__ = "profile"
    __table_args__ = (
        _owned_by("bom_version", "version_id"),
        UniqueConstraint(
            "company_id", "version_id", "release_sha256", "overlays", "engine_version",
            "decision_revision", name="uq_profile_basis",
        ),
    )  # fmt: skip
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
    version_id: Mapped[UUID]
    release_sha256: Mapped[str]
    overlays: Mapped[str]
    engine_version: Mapped[str]
    decision_revision: Mapped[int]
    sha256: Mapped[str]
    body: Mapped[bytes]
    created_at: Mapped[datetime]


class Job(Table):
    """Background work as clients see it: state, progress, problem."""

    __tablename__ = "job"
    __table_args__ = (
        _owned_by("bom_version", "version_id"),
        UniqueConstraint("company_id", "version_id"),
        Index(None, "state", "id"),
        Index(None, "id"),
    )
    company_id: Mapped[UUID] = _company()
    id: Mapped[UUID] = _id()
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
    is up to the process that holds it until `held_until`.
    """

    __tablename__ = "reply"
    __table_args__ = (
        _owned_by("bom_version", "version_id", ondelete="CASCADE"),
        Index(None, "company_id", "version_id"),
        Index(None, "company_id", "created_at"),
    )
    company_id: Mapped[UUID] = _company()
    route: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    version_id: Mapped[UUID]
    sha256: Mapped[str]
    held_until: Mapped[datetime]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None]
    created_at: Mapped[datetime]
