"""Bills of materials: upload, versions, lines, profile, deletion."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner import metrics
from scanner.core.bom import ReadOptions
from scanner.core.names import CompanyId
from scanner.core.scan import ScanOptions
from scanner.services import audit, replies
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.line_lists import LineFilter, LineView, all_lines, lines
from scanner.services.options import plain_text, scan_options
from scanner.services.paging import Page, cursor_of, id_in, index_in, named_id_in
from scanner.services.published import found, no_bom, no_such_revision, ready
from scanner.services.views import (
    BomView,
    FileView,
    VersionView,
    bom_of,
    version_of,
    waiting_job,
)
from scanner.services.waiting import wait_for
from scanner.store import boms as rows
from scanner.store import files, jobs, profiles
from scanner.store.boms import Order
from scanner.store.profiles import Which
from scanner.store.stamps import new_id, now
from scanner.upload import Upload

__all__ = [
    "BomView",
    "Guard",
    "LineFilter",
    "LineView",
    "Order",
    "StoredProfile",
    "VersionView",
    "add_version",
    "all_lines",
    "delete",
    "get",
    "lines",
    "list_page",
    "of_version",
    "profile",
    "profile_digest",
    "submit",
    "versions",
    "wait",
]

FIRST = 1
"""The number of the first version."""

Guard = Callable[[BomView], None]
"""What a change asks of the BOM as it is at that moment: raises where it may not be changed."""


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """A profile as it was made: `body` is canonical JSON and never changes."""

    id: UUID
    bom_id: UUID
    version: int
    created_at: datetime
    sha256: str
    body: bytes


def submit(
    ctx: Context,
    company_id: CompanyId,
    upload: Upload,
    *,
    name: str | None = None,
    annual_units: Decimal | None = None,
    documented_only: bool = False,
    options: ReadOptions | None = None,
    created_by: str,
    once: replies.Once | None = None,
) -> BomView:
    """A new BOM with its first version, file and queued job: all stored, or nothing.

    `name` is the file's name unless given. `annual_units` must be positive; `documented_only` is
    as in `ScanOptions`. A request that may take effect `once` raises as `replies.claim` does when
    it already has.
    """
    fixed = scan_options(annual_units, documented_only=documented_only)
    new = _new_version(upload, fixed, options, created_by, once)
    called = plain_text(name or "", "/name") or new.upload.name
    bom_id = new_id()
    with ctx.database.writing() as connection:
        rows.add(
            company_id,
            connection,
            bom_id,
            name=called,
            created_by=created_by,
            at=new.at,
        )
        audit.record(company_id, connection, Action.BOM_CREATED, bom_id, by=created_by)
        version = _add_version(company_id, connection, bom_id, FIRST, new)
        ctx.queue.enqueue(connection, version.job.id)
    return BomView(bom_id, called, new.at, created_by, version)


def add_version(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    upload: Upload,
    *,
    annual_units: Decimal | None = None,
    documented_only: bool = False,
    options: ReadOptions | None = None,
    created_by: str,
    once: replies.Once | None = None,
    guard: Guard | None = None,
) -> BomView:
    """The BOM with one more version, which is being processed; `NotFound` without such a BOM.

    `once` is as in `submit`.
    """
    fixed = scan_options(annual_units, documented_only=documented_only)
    new = _new_version(upload, fixed, options, created_by, once)
    with ctx.database.writing() as connection:
        _check(company_id, connection, bom_id, guard)
        audit.record(company_id, connection, Action.BOM_VERSION_ADDED, bom_id, by=created_by)
        number = rows.last_number(company_id, connection, bom_id) + 1
        version = _add_version(company_id, connection, bom_id, number, new)
        ctx.queue.enqueue(connection, version.job.id)
        return bom_of(found(rows.find(company_id, connection, bom_id)))


@dataclass(frozen=True, slots=True)
class _NewVersion:
    upload: Upload
    fixed: ScanOptions
    options: ReadOptions
    created_by: str
    once: replies.Once | None
    at: datetime


def _new_version(
    upload: Upload,
    fixed: ScanOptions,
    options: ReadOptions | None,
    created_by: str,
    once: replies.Once | None,
) -> _NewVersion:
    reading = options or ReadOptions()
    for text in (*reading.columns, *reading.columns.values(), reading.sheet or ""):
        plain_text(text, "/columns")
    return _NewVersion(upload, fixed, reading, created_by, once, now())


def _add_version(
    company_id: CompanyId, connection: Connection, bom_id: UUID, number: int, new: _NewVersion
) -> VersionView:
    """Add file, version of this number and job; the version as it would be read."""
    file_id, version_id, job_id = new_id(), new_id(), new_id()
    upload, options = new.upload, new.options
    with upload.open() as content:
        files.add(
            company_id,
            connection,
            file_id,
            content,
            name=upload.name,
            kind=upload.kind,
            size=upload.size,
            sha256=upload.sha256,
            at=new.at,
        )
    rows.add_version(
        company_id,
        connection,
        version_id,
        bom_id=bom_id,
        number=number,
        file_id=file_id,
        annual_units=new.fixed.annual_units,
        options={
            "columns": dict(options.columns),
            "sheet": options.sheet,
            "documented_only": new.fixed.documented_only,
        },
        created_by=new.created_by,
        at=new.at,
    )
    jobs.add(company_id, connection, job_id, kind=jobs.SCAN, version_id=version_id, at=new.at)
    if new.once is not None:
        replies.claim(company_id, connection, version_id, new.once)
    metrics.uploads.labels(upload.kind).inc()
    metrics.upload_bytes.labels(upload.kind).inc(upload.size)
    return VersionView(
        id=version_id,
        bom_id=bom_id,
        number=number,
        state=rows.PROCESSING,
        file=FileView(file_id, upload.name, upload.kind, upload.size, upload.sha256),
        annual_units=new.fixed.annual_units,
        documented_only=new.fixed.documented_only,
        columns=dict(options.columns),
        sheet=options.sheet,
        remembered=None,
        lines=None,
        created_at=new.at,
        created_by=new.created_by,
        published_at=None,
        job=waiting_job(job_id, jobs.SCAN, bom_id, number, new.at),
    )


def of_version(ctx: Context, company_id: CompanyId, version_id: UUID) -> BomView:
    """The BOM of a version, with that version; `NotFound` if there is none."""
    with ctx.database.reading() as connection:
        return bom_of(found(rows.find_version(company_id, connection, version_id)))


def get(
    ctx: Context, company_id: CompanyId, bom_id: UUID, *, version: int | None = None
) -> BomView:
    """A BOM with its newest version, or the one of this number; `NotFound` if there is none."""
    with ctx.database.reading() as connection:
        return bom_of(found(rows.find(company_id, connection, bom_id, number=version)))


def list_page(
    ctx: Context,
    company_id: CompanyId,
    *,
    cursor: str | None = None,
    limit: int,
    state: str | None = None,
    name: str | None = None,
    order: Order = Order.NEWEST_FIRST,
) -> Page[BomView]:
    """The company's BOMs with their newest versions, newest BOM first unless asked otherwise.

    Only those whose newest version is in this state, and whose name holds this text.
    """
    place: tuple[str | None, UUID] | None
    if order.by_name:
        place = named_id_in(cursor)
    else:
        bom_id = id_in(cursor)
        place = None if bom_id is None else (None, bom_id)
    wanted = rows.Wanted(state, name)
    with ctx.database.reading() as connection:
        total = rows.count(company_id, connection, wanted=wanted)
        rest = rows.page(
            company_id, connection, wanted=wanted, order=order, place=place, limit=limit + 1
        )
    items = tuple(bom_of(row) for row in rest[:limit])
    if len(rest) <= limit:
        return Page(items, None, total)
    last = items[-1]
    return Page(items, cursor_of((last.name, last.id) if order.by_name else last.id), total)


def versions(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    cursor: str | None = None,
    limit: int,
) -> Page[VersionView]:
    """The versions of a BOM, newest first."""
    before = index_in(cursor)
    with ctx.database.reading() as connection:
        found(rows.find(company_id, connection, bom_id))
        total = rows.count_versions(company_id, connection, bom_id)
        rest = rows.versions(company_id, connection, bom_id, before=before, limit=limit + 1)
    items = tuple(version_of(row) for row in rest[:limit])
    return Page(items, cursor_of(items[-1].number) if len(rest) > limit else None, total)


def reading(
    ctx: Context, company_id: CompanyId, bom_id: UUID, *, version: int | None = None
) -> dict[str, Any]:
    """How the file of a version was read, as its profile tells it; raises as `profile`."""
    stored = profile(ctx, company_id, bom_id, version=version)
    read: dict[str, Any] = orjson.loads(stored.body)["input"]
    read.setdefault("left_out", [])
    read["remembered"] = get(ctx, company_id, bom_id, version=stored.version).version.remembered
    return read


def profile(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    version: int | None = None,
    revision: int | None = None,
) -> StoredProfile:
    """The newest answer for a version, or the one by this decision revision.

    It is for the newest ready version when none is named. Raises `NotFound` without such an
    answer, `NotReady` when the version is not published.
    """
    which = Which(version, revision)
    with ctx.database.reading() as connection:
        answer = profiles.published(company_id, connection, bom_id, which)
        if answer is None:
            ready(company_id, connection, bom_id, version)
            raise no_bom() if revision is None else no_such_revision()
    return StoredProfile(
        id=answer.id,
        bom_id=bom_id,
        version=answer.number,
        created_at=answer.created_at,
        sha256=answer.sha256,
        body=answer.body,
    )


def profile_digest(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    version: int | None = None,
    revision: int | None = None,
) -> str | None:
    """The SHA-256 of what `profile` gives, without its bytes; None where that raises."""
    with ctx.database.reading() as connection:
        return profiles.published_digest(company_id, connection, bom_id, Which(version, revision))


def delete(
    ctx: Context, company_id: CompanyId, bom_id: UUID, *, by: str, guard: Guard | None = None
) -> None:
    """Remove a BOM and all that came from it: file, lines, profiles, jobs, parts used nowhere.

    Raises `NotFound` without such a BOM.
    """
    with ctx.database.writing() as connection:
        _check(company_id, connection, bom_id, guard)
        rows.remove(company_id, connection, bom_id)
        audit.record(company_id, connection, Action.BOM_DELETED, bom_id, by=by)


def wait(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    seconds: float,
    *,
    version: int | None = None,
) -> BomView:
    """The BOM as soon as the job of its newest or this version is over, or the seconds are."""
    bom = get(ctx, company_id, bom_id, version=version)
    wait_for(ctx, company_id, bom.job.id, seconds)
    return get(ctx, company_id, bom_id, version=bom.version.number)


def _check(
    company_id: CompanyId, connection: Connection, bom_id: UUID, guard: Guard | None
) -> None:
    """Let a change go on: the BOM is there, its guard agrees, and nobody else changes it now."""
    rows.lock(company_id, connection, bom_id)
    row = found(rows.find(company_id, connection, bom_id))
    if guard is not None:
        guard(bom_of(row))
