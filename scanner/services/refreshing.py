"""The work of a job that brings a profile up to date with what people said about its parts.

It reads the stored lines and parts of the version, not the file: they are what was published, and
what they were read as does not change with the reader. How the file was understood stands in the
profile. Everything is recognised anew, so that the answer is by one state of knowledge.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from scanner import pipeline
from scanner.core.bom import Column, Line, Part, Reading, RowCounts
from scanner.core.errors import LineProblem, ScannerError
from scanner.core.names import CompanyId
from scanner.core.scan import ScannedLine
from scanner.services import part_summaries, recall, refreshes, statements
from scanner.services.context import Context
from scanner.services.job_work import BomGone, JobWork, Stopped
from scanner.services.line_blocks import LineBlock
from scanner.services.views import VersionView, problem_document, version_of
from scanner.store import boms, jobs, lines, profiles, version_parts
from scanner.store.parts import WordingId
from scanner.store.stamps import now


@dataclass
class StoredLines:
    """The lines of a published version as the steps read them, once."""

    ctx: Context
    company_id: CompanyId
    version_id: UUID
    count: int
    reading: Reading = field(init=False)
    problems: Sequence[LineProblem] = field(init=False)
    _parts: Mapping[int, tuple[Part, WordingId]] = field(init=False)

    def __post_init__(self) -> None:
        """Read all but the lines."""
        mine = (self.company_id, self.version_id)
        with self.ctx.database.reading() as connection:
            answer = profiles.newest(mine[0], connection, mine[1])
            if answer is None:
                raise BomGone
            self.reading = reading_of(orjson.loads(answer.body)["input"])
            stored = lines.problems(mine[0], connection, mine[1])
            self.problems = tuple(map(recall.line_problem, stored))
            self._parts = {
                row.number: (
                    Part(**orjson.loads(row.fields)),
                    WordingId(row.part_id, row.wording),
                )
                for row in version_parts.worded(mine[0], connection, mine[1])
            }

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        """The lines, block by block."""
        for start in range(0, self.count, LINES_AT_ONCE):
            with self.ctx.database.reading() as connection:
                found = lines.blocks(
                    self.company_id,
                    connection,
                    self.version_id,
                    start=start,
                    stop=min(start + LINES_AT_ONCE, self.count),
                )
                blocks = [LineBlock.of(row) for row in found]
            if not blocks:
                raise BomGone
            for block in blocks:
                yield tuple(
                    block.plain_line(index, self._parts[block.number(index)][0])
                    for index in block.indexes
                    if start <= index < start + LINES_AT_ONCE
                )

    def wordings(self, scan: pipeline.Scan) -> list[WordingId]:
        """The wording of each part of a scan of these lines."""
        known = dict(self._parts.values())
        return [known[part.part] for part in scan.parts]


LINES_AT_ONCE = 20_000


@dataclass
class Refreshing(JobWork):
    """One attempt at bringing the profile of a version up to date."""

    _wordings: list[WordingId] = field(default_factory=list)

    def begin(self) -> VersionView | None:
        """The version to work on, or None if there is nothing to do."""
        with self.ctx.database.writing() as connection:
            job = self._take(connection)
            if job is None:
                return None
            row = boms.find_version(self.company_id, connection, job.version_id)
        self._refuse_another()
        return None if row is None else version_of(row)

    def scan(self, version: VersionView) -> pipeline.Scan:
        """The profile of the stored lines as of now."""
        stored = StoredLines(self.ctx, self.company_id, version.id, version.lines or 0)
        scan = pipeline.scan(
            stored,
            self.ctx.engine,
            version.scan_options,
            sha256=version.file.sha256,
            said=statements.heard_by(self.ctx, self.company_id),
            on_lines=self._count,
        )
        self._wordings = stored.wordings(scan)
        return scan

    def _count(self, chunk: Sequence[ScannedLine]) -> None:
        if self.stopping():
            raise Stopped
        self._done += len(chunk)

    def finish(self, version: VersionView, scan: pipeline.Scan) -> None:
        """Store the answer beside the earlier ones."""
        mine, engine = self.company_id, self.ctx.engine
        told = [
            (wording, part_summaries.summary_of(engine, part))
            for wording, part in zip(self._wordings, scan.parts, strict=True)
        ]
        with self.ctx.database.writing() as connection:
            self._advance(connection)
            refreshes.hold(self.company_id, connection)
            self._keep_answer(connection, version, scan, self._wordings)
            part_summaries.keep_of_version(engine, mine, connection, version, told)
            jobs.finish(mine, connection, self.job_id, at=now())
            refreshes.ask_if_stale(
                self.ctx, mine, connection, version.id, self._heeded(scan, self._wordings)
            )

    def fail(self, error: ScannerError) -> None:
        """End the job with the reason; the profiles that are there stay."""
        with self.ctx.database.writing() as connection:
            if self._holds(connection):
                jobs.fail(
                    self.company_id,
                    connection,
                    self.job_id,
                    problem=problem_document(error),
                    at=now(),
                )


def reading_of(told: Mapping[str, Any]) -> Reading:
    """How a file was understood, as its profile tells it."""
    return Reading(
        format=told["format"],
        encoding=told["encoding"],
        delimiter=told["delimiter"],
        decimal_mark=told["decimal_mark"],
        sheet=told["sheet"],
        other_sheets=tuple(told["other_sheets"]),
        header_row=told["header_row"],
        columns=tuple(Column(**column) for column in told["columns"]),
        counts=RowCounts(**told["rows"]),
    )
