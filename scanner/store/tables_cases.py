"""Tables of the cases of a help-desk."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner.store.tables_shared import Table, company_key, of_company, own_id, owned_by
from scanner.store.types import Text


class HelpCase(Table):
    """A question that somebody asked, and how far it is.

    `number` counts the cases of a company in a `year` from 1 on; `year` and `month` are those of
    `created_at`. `origin` is ``desk``, or ``public`` for what came without an account.
    `assigned_to` is a person of the company, or of nobody any more: it refers to no row.
    """

    __tablename__ = "help_case"
    __table_args__ = (
        of_company(),
        UniqueConstraint("company_id", "year", "number"),
        Index(None, "company_id", "state", "id"),
    )
    company_id: Mapped[UUID] = company_key()
    id: Mapped[UUID] = own_id()
    year: Mapped[int]
    month: Mapped[int]
    number: Mapped[int]
    state: Mapped[str]
    language: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str]
    assigned_to: Mapped[UUID | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class CaseEntry(Table):
    """Something that happened in a case, numbered 1, 2, 3 … in it.

    `kind` is ``note``, ``looked-up``, ``state`` or ``handed-over``. `subject` is the kind of thing
    looked up; `body` a note's text, the id of that thing, a state, or the id of a person (empty
    for nobody).
    """

    __tablename__ = "case_entry"
    __table_args__ = (owned_by("help_case", "case_id", ondelete="CASCADE"),)
    company_id: Mapped[UUID] = company_key()
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    subject: Mapped[str | None]
    body: Mapped[str] = mapped_column(Text)
    actor: Mapped[str]
    at: Mapped[datetime]


class CaseCounter(Table):
    """The last number that a case of a year got: a number is never given twice."""

    __tablename__ = "case_counter"
    __table_args__ = (of_company(),)
    company_id: Mapped[UUID] = company_key()
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
