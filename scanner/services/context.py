"""What every use case is given: settings, database, engine, and the port to background work."""

from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID

from sqlalchemy import Connection

from scanner.pipeline import Engine
from scanner.services.recent import Recent
from scanner.settings import Settings
from scanner.store import Database

KEYS_HOLD_FOR: Final = 1.0
"""Seconds for which a process takes a verified API key for valid: the longest that one works after
another process revoked it."""


class JobQueue(Protocol):
    """The port by which a stored job is made known to those who run jobs."""

    def enqueue(self, connection: Connection, job_id: UUID) -> None:
        """Make a job known, in the transaction that adds its row; telling twice does no harm."""


@dataclass(frozen=True)
class Context:
    """The wiring of one process; safe to share between its threads."""

    settings: Settings
    database: Database
    engine: Engine
    queue: JobQueue
    verified_keys: Recent[Any] = field(default_factory=lambda: Recent(KEYS_HOLD_FOR))
