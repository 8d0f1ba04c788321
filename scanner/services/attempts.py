"""What is told and counted of an attempt at a job: that it began, and how it ended."""

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime

from scanner import logs, metrics
from scanner.core.evidence import RecognitionState
from scanner.pipeline import Scan
from scanner.services.views import VersionView
from scanner.store.stamps import now

log = logging.getLogger(__name__)


@dataclass
class Attempt:
    """One attempt at a job that was added then, from its begin to its one end."""

    created_at: datetime
    _began: float = field(default_factory=time.monotonic)

    def began(self, version: VersionView, number: int) -> None:
        """Tell that the work begins, for the so many-th time."""
        told = logs.fields(attempt=number, kind=version.file.kind, bytes=version.file.size)
        log.info("job started", extra=told)
        if number == 1:
            waited = (now() - self.created_at).total_seconds()
            metrics.job_wait_seconds.observe(max(waited, 0.0))

    def done(self, number: int, scan: Scan) -> None:
        """Tell that the profile is there."""
        self._ended(logging.INFO, "done", number, lines=len(scan.amounts))
        metrics.lines.inc(len(scan.amounts))
        metrics.parts_recognised.inc(len(scan.parts))
        for recognition in RecognitionState:
            counted = scan.document["coverage"][recognition]
            metrics.lines_counted.labels(recognition).inc(counted)

    def failed(self, number: int, code: str) -> None:
        """Tell that it failed for good, by a problem of this code."""
        self._ended(logging.INFO, "failed", number, code=code)

    def gone(self, number: int) -> None:
        """Tell that the BOM was deleted, or the job taken over, meanwhile."""
        self._ended(logging.INFO, "gone", number)

    def stopped(self, number: int) -> None:
        """Tell that the worker stops and the job waits again."""
        self._ended(logging.INFO, "stopped", number)

    def broke_off(self, number: int) -> None:
        """Tell of the fault of ours that is being handled; the job will be begun again."""
        self._ended(logging.ERROR, "broken", number)

    def _ended(self, level: int, state: str, number: int, **more: str | int) -> None:
        seconds = time.monotonic() - self._began
        metrics.jobs_ended.labels(state, more.get("code", "")).inc()
        metrics.job_seconds.labels(state).observe(seconds)
        log.log(
            level,
            "job ended",
            extra=logs.fields(
                state=state,
                attempt=number,
                seconds=round(seconds, 3),
                **more,
            ),
            exc_info=level >= logging.ERROR,
        )
