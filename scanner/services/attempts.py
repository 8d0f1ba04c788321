"""What is told of an attempt at a job: that it began, and how it ended."""

import logging
import time
from dataclasses import dataclass, field

from scanner import logs
from scanner.pipeline import Scan
from scanner.services.views import VersionView

log = logging.getLogger(__name__)


@dataclass
class Attempt:
    """One attempt at a job, from its begin to its one end."""

    _began: float = field(default_factory=time.monotonic)

    def began(self, version: VersionView, number: int) -> None:
        """Tell that the work begins, for the so many-th time."""
        told = logs.fields(attempt=number, kind=version.file.kind, bytes=version.file.size)
        log.info("job started", extra=told)

    def done(self, number: int, scan: Scan) -> None:
        """Tell that the profile is there."""
        self._ended(logging.INFO, "done", number, lines=len(scan.amounts))

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
        log.log(
            level,
            "job ended",
            extra=logs.fields(
                state=state,
                attempt=number,
                seconds=round(time.monotonic() - self._began, 3),
                **more,
            ),
            exc_info=level >= logging.ERROR,
        )
