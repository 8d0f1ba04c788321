"""Tables of a company's part library."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner.store.tables_shared import Table, company_key, of_company, own_id, owned_by
from scanner.store.types import Text


class Part(Table):
    """A part of the company's library, by its key, with what lists are filtered and ordered by.

    `state` to `unit_mass_g` tell over all its wordings what was made of it when it was last read
    or decided upon: the worst state and the greatest doubt (0..1); its texts, casefolded; the ids
    of its raw materials between blanks; the highest supply risk among those at stake; the largest
    mass of a piece. `revision` is the number of the newest entry about it, 0 without one,
    `decision` the kind of the decision that holds, `declared` whether a declaration does.
    """

    __tablename__ = "part"
    __table_args__ = (
        of_company(),
        UniqueConstraint("company_id", "key"),
        Index(None, "company_id", "state", "key"),
    )
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    key: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    state: Mapped[str]
    doubt: Mapped[float]
    words: Mapped[str] = mapped_column(Text)
    materials: Mapped[str]
    risk: Mapped[float | None]
    unit_mass_g: Mapped[float | None]
    revision: Mapped[int]
    decision: Mapped[str | None]
    declared: Mapped[bool]


class PartEntry(Table):
    """What somebody said about a part, numbered 1, 2, … in the company; nothing is ever changed.

    `kind` is that of a decision, ``undo``, ``declare`` or ``withdraw``; `body` is JSON.
    """

    __tablename__ = "part_entry"
    __table_args__ = (owned_by("part", "part_id"), Index(None, "company_id", "part_id", "number"))
    company_id: Mapped[UUID] = company_key()
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_id: Mapped[UUID]
    kind: Mapped[str]
    body: Mapped[bytes]
    reason: Mapped[str | None] = mapped_column(Text)
    actor: Mapped[str]
    at: Mapped[datetime]


class PartWording(Table):
    """One way in which lines describe a part, to the letter.

    `wording` is the first 63 bits of the SHA-256 of `fields`, the JSON of the given fields.
    `fingerprint` is equal for wordings that differ in nothing that matters to recognition.
    """

    __tablename__ = "part_wording"
    __table_args__ = (
        owned_by("part", "part_id"),
        Index(None, "company_id", "fingerprint"),
    )
    company_id: Mapped[UUID] = company_key()
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    wording: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[str]
    fields: Mapped[bytes]


class Recognition(Table):
    """What a part was recognised as and what is in one piece, by exactly one state of knowledge.

    `body` is JSON. It is kept per wording, which is finer than the fingerprint: evidence quotes
    the user's text to the letter, and an answer may not depend on who wrote it first.
    `decision_revision` is the part's own: the number of the newest entry about it at that time.
    """

    __tablename__ = "recognition"
    __table_args__ = (
        owned_by(
            "part_wording", "part_id", "wording", key=("part_id", "wording"), ondelete="CASCADE"
        ),
    )
    company_id: Mapped[UUID] = company_key()
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
        owned_by("bom_version", "version_id"),
        owned_by("part_wording", "part_id", "wording", key=("part_id", "wording")),
        Index(None, "company_id", "part_id", "wording"),
        {"sqlite_with_rowid": False},
    )
    company_id: Mapped[UUID] = company_key()
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_id: Mapped[UUID]
    wording: Mapped[int] = mapped_column(BigInteger)
