"""What every worker is: told to stop, or left behind by the process that started it."""

import logging
import threading
from collections.abc import Callable

from scanner.core.errors import StorageUnavailable
from scanner.services.context import Context

PAUSE_AFTER_FAULT = 1.0
"""Seconds of rest after the database, a disk or the code failed, not a file."""

log = logging.getLogger(__name__)


class Stoppable:
    """A worker that ends when it is told to, or when `orphaned` says that its parent is gone."""

    def __init__(self, ctx: Context, *, orphaned: Callable[[], bool] = lambda: False) -> None:
        self._ctx = ctx
        self._orphaned = orphaned
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the worker to stop: it ends its job, or puts it back at the next chunk of lines."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether the worker should begin nothing more."""
        return self._stop.is_set() or self._orphaned()

    def rest(self) -> None:
        """Wait for the next look at the queue, or until told to stop."""
        self._stop.wait(self._ctx.settings.job_poll)

    def outlive(self, error: Exception) -> None:
        """Log a fault of the service, and rest before the work goes on."""
        if isinstance(error, StorageUnavailable):
            log.warning("the work waits: %s", error)
        else:
            log.error("the work broke off", exc_info=error)
        self._stop.wait(PAUSE_AFTER_FAULT)
