"""Asking for profiles to be brought up to date with what people said about parts.

One job per version waits at a time: what is said while it waits is heeded by it; what is said
while it works makes it ask for another when it ends. Whoever says something holds the company's
log alone, and work that ends looks into it before it does, so that nothing falls in between.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection

from scanner.core.names import CompanyId
from scanner.services.context import Context
from scanner.store import jobs, library, part_entries
from scanner.store.stamps import new_id, now


def ask(
    ctx: Context, company_id: CompanyId, connection: Connection, part_ids: Sequence[UUID]
) -> int:
    """Have the current versions that use these parts brought up to date; how many these are."""
    versions = library.current_versions(company_id, connection, part_ids)
    for version_id in versions:
        _ask_for(ctx, company_id, connection, version_id)
    return len(versions)


def hold(company_id: CompanyId, connection: Connection) -> None:
    """Have nobody add to the log until this transaction ends: before it touches any part."""
    part_entries.lock(company_id, connection, to_add=False)


def ask_if_stale(
    ctx: Context,
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    heeded: Mapping[UUID, int],
) -> None:
    """Have a version that was just answered brought up to date with what was said meanwhile.

    `heeded` are the revisions by which its parts stand in the answer. Only in a transaction that
    began with `hold`.
    """
    if not part_entries.last_number(company_id, connection):
        return
    said = part_entries.revisions(company_id, connection, version_id)
    if any(revision != heeded.get(part_id) for part_id, revision in said.items()):
        _ask_for(ctx, company_id, connection, version_id)


def _ask_for(ctx: Context, company_id: CompanyId, connection: Connection, version_id: UUID) -> None:
    there = jobs.of_version(company_id, connection, version_id, jobs.REFRESH)
    if there is not None:
        if there.state not in jobs.OVER:
            return
        jobs.remove(company_id, connection, there.id)
    job_id = new_id()
    jobs.add(company_id, connection, job_id, kind=jobs.REFRESH, version_id=version_id, at=now())
    ctx.queue.enqueue(connection, job_id)
