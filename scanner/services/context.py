"""What every use case is given: settings, database, engine, and the port to background work."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from scanner.pipeline import Engine
from scanner.settings import Settings
from scanner.store import Database


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
