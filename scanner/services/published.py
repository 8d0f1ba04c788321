"""Versions that callers may read: published ones, and what is told about the others."""

from uuid import UUID

from sqlalchemy import Connection

from scanner.core.errors import NotFound, NotReady, StillProcessing
from scanner.core.names import CompanyId
from scanner.store import boms as rows
from scanner.store.types import AnyRow


def ready(
    company_id: CompanyId, connection: Connection, bom_id: UUID, number: int | None
) -> AnyRow:
    """The published version of this number, or the newest one.

    Raises `NotFound` without such a version, `StillProcessing` or `NotReady` when it is not
    published yet or never.
    """
    row = rows.find_newest_ready(company_id, connection, bom_id) if number is None else None
    row = row or found(rows.find(company_id, connection, bom_id, number=number))
    if row.state == rows.FAILED:
        detail = row.job_problem["detail"] if row.job_problem else "Reading it failed."
        raise NotReady(
            f"Version {row.number} of this BOM has no result: {detail}",
            advice="See the problem of its job, and upload the file again as it says.",
        )
    if row.state != rows.READY:
        raise StillProcessing(
            f"Version {row.number} of this BOM is still being read.",
            advice="Ask again in a few seconds, or follow its job.",
        )
    return row


def found(row: AnyRow | None) -> AnyRow:
    """The row; `NotFound` when there is none."""
    if row is None:
        raise no_bom()
    return row


def no_bom() -> NotFound:
    """What is told of a BOM or version that is not there, or no longer."""
    return NotFound("There is no such BOM or version.", advice="List the BOMs to see their ids.")


def no_such_revision() -> NotFound:
    """What is told of a profile by decisions of which there is none for the version."""
    return NotFound(
        "This version has no profile by that decision revision.",
        advice="Leave decision_revision away for the newest one; it names its own.",
    )
