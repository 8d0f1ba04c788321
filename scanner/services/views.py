"""BOMs, versions and jobs as the services answer them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from scanner.core.errors import Place, ScannerError
from scanner.core.scan import ScanOptions
from scanner.store.jobs import DONE, QUEUED
from scanner.store.types import AnyRow

_OF_JOB = (
    "id", "kind", "state", "attempt", "created_at", "started_at", "heartbeat_at", "finished_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a job failed, in the words of `ScannerError`; `code` names the problem type."""

    code: str
    title: str
    detail: str
    advice: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class JobView:
    """Background work: `state` is queued, running, done or failed; `lines_done` its progress."""

    id: UUID
    kind: str
    state: str
    bom_id: UUID
    version: int
    attempt: int
    lines_done: int
    problem: Problem | None
    created_at: datetime
    started_at: datetime | None
    heartbeat_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class FileView:
    """The file that was uploaded: size in bytes, digest in hexadecimal."""

    id: UUID
    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a BOM: `state` is processing, ready or failed; `lines` once ready.

    `columns` are what was fixed, or what was remembered: then `remembered` tells so. `refresh` is
    the work that brings its profile up to date, while it is not done.
    """

    id: UUID
    bom_id: UUID
    number: int
    state: str
    file: FileView
    annual_units: Decimal | None
    documented_only: bool
    columns: dict[str, str]
    sheet: str | None
    remembered: dict[str, Any] | None
    lines: int | None
    created_at: datetime
    created_by: str
    published_at: datetime | None
    job: JobView
    refresh: JobView | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What was fixed about it, as it is stored."""
        return {
            "columns": self.columns,
            "sheet": self.sheet,
            "documented_only": self.documented_only,
        }

    @property
    def scan_options(self) -> ScanOptions:
        """What was fixed about its analysis."""
        return ScanOptions(self.annual_units, self.documented_only)

    @property
    def problem(self) -> Problem | None:
        """Why the version failed, or None."""
        return self.job.problem


@dataclass(frozen=True, slots=True)
class BomView:
    """A BOM with its newest version and that version's job."""

    id: UUID
    name: str
    created_at: datetime
    created_by: str
    version: VersionView

    @property
    def job(self) -> JobView:
        """The job of the newest version."""
        return self.version.job


def problem_document(error: ScannerError) -> dict[str, Any]:
    """An error as it is stored with a job."""
    place = error.place
    return {
        "code": error.code,
        "title": error.title,
        "detail": error.detail,
        "advice": error.advice,
        "place": None
        if place is None
        else {
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
            "pointer": place.pointer,
        },
    }


def problem_of(document: dict[str, Any] | None) -> Problem | None:
    """The problem that a stored document tells."""
    if document is None:
        return None
    place = document["place"]
    return Problem(
        code=document["code"],
        title=document["title"],
        detail=document["detail"],
        advice=document["advice"],
        place=None if place is None else Place(**place),
    )


def waiting_job(job_id: UUID, kind: str, bom_id: UUID, version: int, at: datetime) -> JobView:
    """A job that was just added."""
    return JobView(
        id=job_id,
        kind=kind,
        state=QUEUED,
        bom_id=bom_id,
        version=version,
        attempt=0,
        lines_done=0,
        problem=None,
        created_at=at,
        started_at=None,
        heartbeat_at=None,
        finished_at=None,
    )


def bom_of(row: AnyRow) -> BomView:
    """The BOM of a row with its version, file and job."""
    return BomView(
        id=row.bom_id,
        name=row.name,
        created_at=row.bom_created_at,
        created_by=row.bom_created_by,
        version=version_of(row),
    )


def version_of(row: AnyRow) -> VersionView:
    """The version of a row with its file and job."""
    return VersionView(
        id=row.version_id,
        bom_id=row.bom_id,
        number=row.number,
        state=row.state,
        file=FileView(
            id=row.file_id,
            name=row.file_name,
            kind=row.file_kind,
            size=row.file_size,
            sha256=row.file_sha256,
        ),
        annual_units=row.annual_units,
        documented_only=row.options.get("documented_only", False),
        columns=row.options["columns"],
        sheet=row.options["sheet"],
        remembered=row.options.get("remembered"),
        lines=row.lines,
        created_at=row.created_at,
        created_by=row.created_by,
        published_at=row.published_at,
        job=_job_of_version(row, "job"),
        refresh=_refresh_of(row),
    )


def _job_of_version(row: AnyRow, which: str) -> JobView:
    """The job of a version whose columns begin with `which`."""
    told = {name: getattr(row, f"{which}_{name}") for name in _OF_JOB}
    return JobView(
        bom_id=row.bom_id,
        version=row.number,
        lines_done=getattr(row, f"{which}_progress"),
        problem=problem_of(getattr(row, f"{which}_problem")),
        **told,
    )


def _refresh_of(row: AnyRow) -> JobView | None:
    if row.refresh_id is None or row.refresh_state == DONE:
        return None
    return _job_of_version(row, "refresh")


def job_of(row: AnyRow) -> JobView:
    """The job of a row of `store.jobs.find`."""
    return JobView(
        id=row.id,
        kind=row.kind,
        state=row.state,
        bom_id=row.bom_id,
        version=row.version_number,
        attempt=row.attempt,
        lines_done=row.progress,
        problem=problem_of(row.problem),
        created_at=row.created_at,
        started_at=row.started_at,
        heartbeat_at=row.heartbeat_at,
        finished_at=row.finished_at,
    )
