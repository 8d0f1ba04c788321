"""The work of the first job of a version: from the stored file to the stored profile.

Parts are written on the way, under a version that nobody sees yet; lines wait, packed, for the
amounts that only the whole tree tells. One transaction then writes them and the profile, publishes
the version and ends the job. Whatever happens before that, beginning again first removes what is
there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import Connection

from scanner import pipeline, reader
from scanner.core.bom import Reading, ReadOptions
from scanner.core.errors import ScannerError
from scanner.core.names import CompanyId
from scanner.core.scan import LineAmount, ScannedLine, ScannedPart
from scanner.services import mappings, part_summaries, recall, refreshes, scratch, statements
from scanner.services.job_work import JobWork, Stopped
from scanner.services.line_blocks import LINES_PER_BLOCK, pack_amounts, pack_lines
from scanner.services.mappings import MappingView
from scanner.services.part_uses import PartUses
from scanner.services.stored_files import unpack
from scanner.services.views import VersionView, problem_document, version_of
from scanner.store import boms, jobs, lines, parts, version_parts
from scanner.store.parts import Summary, WordingId
from scanner.store.stamps import now
from scanner.store.trouble import told as storage_told

LINES_AT_ONCE = 20_000
"""Lines whose parts are stored together. A smaller BOM is stored whole when it is published."""


@dataclass
class Scanning(JobWork):
    """One attempt at reading a version for the first time."""

    _waiting: list[ScannedLine] = field(default_factory=list)
    _packed: list[tuple[int, bytes]] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)
    _new: list[ScannedPart] = field(default_factory=list)
    _wordings: list[WordingId] = field(default_factory=list)
    _told: list[Summary] = field(default_factory=list)
    _known: dict[str, MappingView] = field(default_factory=dict)
    _reading: Reading | None = None

    def begin(self) -> VersionView | None:
        """The version to work on with nothing left of earlier attempts, or None if all is done."""
        with self.ctx.database.writing() as connection:
            job = self._take(connection)
            if job is None:
                return None
            lines.remove(self.company_id, connection, job.version_id)
            row = boms.find_version(self.company_id, connection, job.version_id)
        self._refuse_another()
        return None if row is None else version_of(row)

    def scan(self, version: VersionView) -> pipeline.Scan:
        """The profile of the stored file; stores its lines on the way."""
        options = ReadOptions(version.columns, version.sheet)
        self._known = mappings.by_shape(self.ctx, self.company_id, options)
        options = replace(options, remembered=mappings.columns_by_shape(self._known))
        with storage_told(), scratch.folder(self.ctx.settings.work_folder) as folder:
            upload = unpack(self.ctx, self.company_id, version, folder / "bom")
            with reader.read(upload, options, self.ctx.settings.read_limits) as stream:
                found = pipeline.scan(
                    stream,
                    self.ctx.engine,
                    version.scan_options,
                    sha256=version.file.sha256,
                    said=statements.heard_by(self.ctx, self.company_id),
                    on_lines=lambda chunk: self._keep(version.id, chunk),
                )
                self._reading = stream.reading
                return found

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
        told = [part_summaries.summary_of(self.ctx.engine, part) for part in self._new]
        wordings = list(map(recall.wording_of, self._new, told))
        ids = parts.ensure(self.company_id, connection, wordings, at=now())
        version_parts.add(self.company_id, connection, version_id, ids, first=len(self._wordings))
        self._wordings += ids
        self._told += told
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
            refreshes.hold(self.company_id, connection)
            self._store_parts(connection, version.id)
            lines.add(mine, connection, version.id, blocks)
            lines.add_problems(mine, connection, version.id, problems)
            self._keep_answer(connection, version, scan, self._wordings)
            told = zip(self._wordings, self._told, strict=True)
            part_summaries.keep_of_version(self.ctx.engine, mine, connection, version, told)
            self._keep_columns(connection, version)
            uses = PartUses.of(scan.uses).packed()
            boms.publish(mine, connection, version.id, lines=self._done, uses=uses, at=at)
            jobs.finish(mine, connection, self.job_id, at=at)
            refreshes.ask_if_stale(
                self.ctx, mine, connection, version.id, self._heeded(scan, self._wordings)
            )

    def _keep_columns(self, connection: Connection, version: VersionView) -> None:
        """Remember columns that were fixed; note with the version those that were remembered."""
        if self._reading is None:
            return
        mappings.keep(self.company_id, connection, version, self._reading)
        applied = mappings.applied(self._known, self._reading)
        if applied is not None:
            options = version.options | {"columns": applied["columns"], "remembered": applied}
            boms.note_options(self.company_id, connection, version.id, options=options)

    def fail(self, error: ScannerError) -> None:
        """End the job with the reason; nothing of the file's lines stays."""
        with self.ctx.database.writing() as connection:
            if self._version_id is not None and self._holds(connection):
                end_in_failure(self.company_id, connection, self.job_id, self._version_id, error)


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
