"""One attempt at one job, whatever its kind: it holds the job, advances it, and gives it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from scanner import __version__
from scanner.core.errors import ReaderFailed
from scanner.core.names import CompanyId
from scanner.pipeline import Scan
from scanner.services import recall
from scanner.services.context import Context
from scanner.services.options import overlays
from scanner.services.views import VersionView
from scanner.store import jobs, parts, profiles
from scanner.store.parts import WordingId
from scanner.store.stamps import new_id, now
from scanner.store.types import AnyRow


class Stopped(Exception):
    """The worker was told to stop in mid-job; the job waits in the queue again."""


class BomGone(Exception):
    """The BOM was deleted, or its job taken over, while it was worked on."""


@dataclass
class JobWork:
    """One attempt at one job."""

    ctx: Context
    company_id: CompanyId
    job_id: UUID
    stopping: Callable[[], bool]
    _version_id: UUID | None = None
    _attempt: int = 0
    _done: int = 0

    @property
    def attempt(self) -> int:
        """How often the job was begun, this time included; after `begin`."""
        return self._attempt

    def was_last(self) -> bool:
        """Whether the job may not be begun again after this attempt."""
        return self._attempt >= self.ctx.settings.job_attempts

    def give_back(self, *, counted: bool = False) -> None:
        """Put the job back into the queue; this attempt does not count unless said so."""
        attempt = self._attempt if counted else self._attempt - 1
        with self.ctx.database.writing() as connection:
            if self._holds(connection):
                jobs.requeue(self.company_id, connection, self.job_id, attempt=attempt)

    def _take(self, connection: Connection) -> AnyRow | None:
        """Mark the job as begun once more; None where it is gone or over."""
        jobs.lock(self.company_id, connection, self.job_id)
        job = jobs.find(self.company_id, connection, self.job_id)
        if job is None or job.state in jobs.OVER:
            return None
        self._version_id, self._attempt = job.version_id, job.attempt + 1
        jobs.begin(self.company_id, connection, self.job_id, attempt=self._attempt, at=now())
        return job

    def _refuse_another(self) -> None:
        """Raise `ReaderFailed` when the job was begun too often."""
        if self._attempt > self.ctx.settings.job_attempts:
            raise ReaderFailed(
                f"The work on this file broke off {self._attempt - 1} times.",
                advice="Try a smaller part of the file, or report it with the id of this job.",
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

    def _keep_answer(
        self,
        connection: Connection,
        version: VersionView,
        scan: Scan,
        wordings: Sequence[WordingId],
    ) -> None:
        """Store the profile of a version, and what its parts were recognised as."""
        mine = self.company_id
        basis = profiles.Basis(
            release_sha256=self.ctx.engine.knowledge.release.sha256,
            overlays=overlays(version.scan_options),
            engine_version=__version__,
            decision_revision=max((part.revision for part in scan.parts), default=0),
        )
        known = [
            (wording, part.revision, recall.knowledge_of(part))
            for wording, part in zip(wordings, scan.parts, strict=True)
        ]
        parts.remember(mine, connection, basis, known)
        if not profiles.exists_by(mine, connection, version.id, basis):
            profiles.add(
                mine,
                connection,
                new_id(),
                version_id=version.id,
                basis=basis,
                sha256=scan.sha256,
                body=scan.body,
                at=now(),
            )

    @staticmethod
    def _heeded(scan: Scan, wordings: Sequence[WordingId]) -> dict[UUID, int]:
        """The revision by which each part stands in an answer."""
        pairs = zip(wordings, scan.parts, strict=True)
        return {wording.part_id: part.revision for wording, part in pairs}
