"""The work of one job: from the stored file to the stored profile.

Lines are written in chunks under a version that nobody sees yet; one transaction then writes the
profile, publishes the version and ends the job. Whatever happens before that, beginning again
first removes what is there.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from scanner import __version__, pipeline, reader
from scanner.core.bom import Part, ReadOptions
from scanner.core.errors import ReaderFailed, ScannerError
from scanner.core.names import CompanyId
from scanner.core.scan import ScannedLine, ScanOptions
from scanner.services import recall
from scanner.services.context import Context
from scanner.services.views import VersionView, problem_document, version_of
from scanner.store import boms, files, jobs, lines, parts, profiles
from scanner.store.parts import WordingId
from scanner.store.stamps import new_id, now
from scanner.upload import FileKind, Upload


class Stopped(Exception):
    """The worker was told to stop in mid-job; the job waits in the queue again."""


class BomGone(Exception):
    """The BOM was deleted, or its job taken over, while it was worked on."""


@dataclass
class Scanning:
    """One attempt at one job."""

    ctx: Context
    company_id: CompanyId
    job_id: UUID
    stopping: Callable[[], bool]
    _version_id: UUID | None = None
    _attempt: int = 0
    _lines: int = 0
    _wordings: dict[Part, WordingId] = field(default_factory=dict)

    def begin(self) -> VersionView | None:
        """The version to work on with nothing left of earlier attempts, or None if all is done."""
        with self.ctx.database.writing() as connection:
            job = jobs.find(self.company_id, connection, self.job_id)
            if job is None or job.state in (jobs.DONE, jobs.FAILED):
                return None
            self._version_id, self._attempt = job.version_id, job.attempt + 1
            lines.remove(self.company_id, connection, job.version_id)
            row = boms.find_version(self.company_id, connection, job.version_id)
            jobs.begin(self.company_id, connection, self.job_id, attempt=self._attempt, at=now())
        if self._attempt > self.ctx.settings.job_attempts:
            raise ReaderFailed(
                f"The work on this file broke off {job.attempt} times.",
                advice="Try a smaller part of the file, or report it with the id of this job.",
            )
        return None if row is None else version_of(row)

    def scan(self, version: VersionView) -> pipeline.Scan:
        """The profile of the stored file; stores its lines on the way."""
        options = ReadOptions(version.columns, version.sheet)
        with tempfile.TemporaryDirectory(prefix="scanner-") as folder:
            upload = self._unpack(version, Path(folder) / "bom")
            with reader.read(upload, options, self.ctx.settings.read_limits) as stream:
                return pipeline.scan(
                    stream,
                    self.ctx.engine,
                    ScanOptions(version.annual_units),
                    sha256=version.file.sha256,
                    on_lines=lambda chunk: self._store(version.id, chunk),
                )

    def _unpack(self, version: VersionView, path: Path) -> Upload:
        with self.ctx.database.reading() as connection, path.open("wb") as target:
            for piece in files.content(self.company_id, connection, version.file.id):
                target.write(piece)
        file = version.file
        return Upload(path, file.name, FileKind(file.kind), file.size, file.sha256)

    def _store(self, version_id: UUID, chunk: Sequence[ScannedLine]) -> None:
        if self.stopping():
            raise Stopped
        new = {
            scanned.part.part: recall.wording_of(scanned.part)
            for scanned in chunk
            if scanned.part.part not in self._wordings
        }
        with self.ctx.database.writing() as connection:
            self._lines += len(chunk)
            self._advance(connection)
            ids = parts.ensure(self.company_id, connection, list(new.values()), at=now())
            self._wordings.update(zip(new, ids, strict=True))
            rows = [recall.row_of(one.line, self._wordings[one.part.part]) for one in chunk]
            lines.add(self.company_id, connection, version_id, rows)

    def finish(self, version: VersionView, scan: pipeline.Scan) -> None:
        """Store the answer and publish the version, all at once."""
        mine, at = self.company_id, now()
        basis = profiles.Basis(
            release_sha256=self.ctx.engine.knowledge.release.sha256,
            overlays="",
            engine_version=__version__,
            decision_revision=0,
        )
        known = [(self._wordings[one.part], recall.knowledge_of(one)) for one in scan.parts]
        problems = [
            (number, problem.place.row, problem.place.sheet, recall.problem_body(problem))
            for number, problem in enumerate(scan.problems)
        ]
        amounts = [
            (index, found.amount, found.gap, found.assembly)
            for index, found in enumerate(scan.amounts)
        ]
        with self.ctx.database.writing() as connection:
            self._advance(connection)
            lines.set_amounts(mine, connection, version.id, amounts)
            lines.add_problems(mine, connection, version.id, problems)
            parts.remember(mine, connection, basis, known)
            profiles.add(
                mine,
                connection,
                new_id(),
                version_id=version.id,
                basis=basis,
                sha256=scan.sha256,
                body=scan.body,
                at=at,
            )
            boms.publish(mine, connection, version.id, lines=self._lines, at=at)
            jobs.finish(mine, connection, self.job_id, at=at)

    def _advance(self, connection: Connection) -> None:
        if not jobs.advance(
            self.company_id, connection, self.job_id, progress=self._lines, at=now()
        ):
            raise BomGone

    def fail(self, error: ScannerError) -> None:
        """End the job with the reason; nothing of the file's lines stays."""
        with self.ctx.database.writing() as connection:
            if self._version_id is None:
                return
            lines.remove(self.company_id, connection, self._version_id)
            boms.fail(self.company_id, connection, self._version_id)
            jobs.fail(
                self.company_id,
                connection,
                self.job_id,
                problem=problem_document(error),
                at=now(),
            )

    def give_back(self) -> None:
        """Put the job back into the queue; this attempt does not count."""
        with self.ctx.database.writing() as connection:
            jobs.requeue(
                self.company_id, connection, self.job_id, attempt=max(self._attempt - 1, 0)
            )
