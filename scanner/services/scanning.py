"""The work of one job: from the stored file to the stored profile.

Parts are written on the way, under a version that nobody sees yet; lines wait, packed, for the
amounts that only the whole tree tells. One transaction then writes them and the profile, publishes
the version and ends the job. Whatever happens before that, beginning again first removes what is
there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from scanner import __version__, pipeline, reader
from scanner.core.bom import ReadOptions
from scanner.core.errors import ReaderFailed, ScannerError
from scanner.core.names import CompanyId
from scanner.core.scan import LineAmount, ScannedLine, ScannedPart
from scanner.services import recall, scratch
from scanner.services.context import Context
from scanner.services.line_blocks import LINES_PER_BLOCK, pack_amounts, pack_lines
from scanner.services.options import overlays
from scanner.services.views import VersionView, problem_document, version_of
from scanner.store import boms, files, jobs, lines, parts, profiles, version_parts
from scanner.store.parts import WordingId
from scanner.store.stamps import new_id, now
from scanner.store.trouble import told
from scanner.upload import FileKind, Upload

LINES_AT_ONCE = 20_000
"""Lines whose parts are stored together. A smaller BOM is stored whole when it is published."""


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
    _waiting: list[ScannedLine] = field(default_factory=list)
    _packed: list[tuple[int, bytes]] = field(default_factory=list)
    _done: int = 0
    _numbers: dict[int, int] = field(default_factory=dict)
    _new: list[ScannedPart] = field(default_factory=list)
    _wordings: list[WordingId] = field(default_factory=list)

    @property
    def attempt(self) -> int:
        """How often the job was begun, this time included; after `begin`."""
        return self._attempt

    def begin(self) -> VersionView | None:
        """The version to work on with nothing left of earlier attempts, or None if all is done."""
        with self.ctx.database.writing() as connection:
            jobs.lock(self.company_id, connection, self.job_id)
            job = jobs.find(self.company_id, connection, self.job_id)
            if job is None or job.state in jobs.OVER:
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
        with told(), scratch.folder(self.ctx.settings.work_folder) as folder:
            upload = self._unpack(version, folder / "bom")
            with reader.read(upload, options, self.ctx.settings.read_limits) as stream:
                return pipeline.scan(
                    stream,
                    self.ctx.engine,
                    version.scan_options,
                    sha256=version.file.sha256,
                    on_lines=lambda chunk: self._keep(version.id, chunk),
                )

    def _unpack(self, version: VersionView, path: Path) -> Upload:
        with self.ctx.database.reading() as connection, path.open("wb") as target:
            for piece in files.content(self.company_id, connection, version.file.id):
                target.write(piece)
        file = version.file
        return Upload(path, file.name, FileKind(file.kind), file.size, file.sha256)

    def _keep(self, version_id: UUID, chunk: Sequence[ScannedLine]) -> None:
        """Take lines over; when there are many, pack them and store their parts."""
        if self.stopping():
            raise Stopped
        self._waiting.extend(chunk)
        if len(self._waiting) >= LINES_AT_ONCE:
            self._pack()
            with self.ctx.database.writing() as connection:
                self._advance(connection)
                self._store_parts(connection, version_id)

    def _pack(self) -> None:
        """Make blocks of the waiting lines, and note the parts that are new.

        The scan keeps one object per distinct part until its end, so parts are told apart by
        their identity: hashing all their fields, line by line, would cost more.
        """
        for one in self._waiting:
            if id(one.part) not in self._numbers:
                self._numbers[id(one.part)] = len(self._numbers)
                self._new.append(one.part)
        for start in range(0, len(self._waiting), LINES_PER_BLOCK):
            block = self._waiting[start : start + LINES_PER_BLOCK]
            numbers = [self._numbers[id(one.part)] for one in block]
            self._packed.append((len(block), pack_lines([one.line for one in block], numbers)))
        self._done += len(self._waiting)
        self._waiting.clear()

    def _store_parts(self, connection: Connection, version_id: UUID) -> None:
        wordings = [recall.wording_of(part) for part in self._new]
        ids = parts.ensure(self.company_id, connection, wordings, at=now())
        version_parts.add(self.company_id, connection, version_id, ids, first=len(self._wordings))
        self._wordings += ids
        self._new.clear()

    def _blocks(self, amounts: Sequence[LineAmount]) -> Iterator[lines.Block]:
        """The packed lines with their amounts."""
        first = 0
        for size, body in self._packed:
            yield lines.Block(first, body, pack_amounts(amounts[first : first + size]))
            first += size

    def finish(self, version: VersionView, scan: pipeline.Scan) -> None:
        """Store the answer and publish the version, all at once."""
        mine, at = self.company_id, now()
        self._pack()
        blocks = list(self._blocks(scan.amounts))
        problems = [
            (number, problem.place.row, problem.place.sheet, recall.problem_body(problem))
            for number, problem in enumerate(scan.problems)
        ]
        with self.ctx.database.writing() as connection:
            self._advance(connection)
            self._store_parts(connection, version.id)
            lines.add(mine, connection, version.id, blocks)
            lines.add_problems(mine, connection, version.id, problems)
            self._answer(connection, version, scan)
            boms.publish(mine, connection, version.id, lines=self._done, at=at)
            jobs.finish(mine, connection, self.job_id, at=at)

    def _answer(self, connection: Connection, version: VersionView, scan: pipeline.Scan) -> None:
        basis = profiles.Basis(
            release_sha256=self.ctx.engine.knowledge.release.sha256,
            overlays=overlays(version.scan_options),
            engine_version=__version__,
            decision_revision=0,
        )
        bodies = map(recall.knowledge_of, scan.parts)
        known = list(zip(self._wordings, bodies, strict=True))
        parts.remember(self.company_id, connection, basis, known)
        profiles.add(
            self.company_id,
            connection,
            new_id(),
            version_id=version.id,
            basis=basis,
            sha256=scan.sha256,
            body=scan.body,
            at=now(),
        )

    def _advance(self, connection: Connection) -> None:
        mine = jobs.advance(
            self.company_id,
            connection,
            self.job_id,
            attempt=self._attempt,
            progress=self._done,
            at=now(),
        )
        if not mine:
            raise BomGone

    def _holds(self, connection: Connection) -> bool:
        return jobs.holds(self.company_id, connection, self.job_id, attempt=self._attempt)

    def fail(self, error: ScannerError) -> None:
        """End the job with the reason; nothing of the file's lines stays."""
        with self.ctx.database.writing() as connection:
            if self._version_id is not None and self._holds(connection):
                end_in_failure(self.company_id, connection, self.job_id, self._version_id, error)

    def was_last(self) -> bool:
        """Whether the job may not be begun again after this attempt."""
        return self._attempt >= self.ctx.settings.job_attempts

    def give_back(self, *, counted: bool = False) -> None:
        """Put the job back into the queue; this attempt does not count unless said so."""
        attempt = self._attempt if counted else self._attempt - 1
        with self.ctx.database.writing() as connection:
            if self._holds(connection):
                jobs.requeue(self.company_id, connection, self.job_id, attempt=attempt)


def end_in_failure(
    company_id: CompanyId,
    connection: Connection,
    job_id: UUID,
    version_id: UUID,
    error: ScannerError,
) -> None:
    """End a job and its version for good, with the reason; the lines stored so far go."""
    lines.remove(company_id, connection, version_id)
    boms.fail(company_id, connection, version_id)
    jobs.fail(company_id, connection, job_id, problem=problem_document(error), at=now())
