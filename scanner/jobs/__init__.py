"""jobs – engines that run background work.

Law: a job row is what clients see; an engine only decides who runs it when. Work is idempotent.
"""

from scanner.jobs.engine import Worker, queue, worker

__all__ = ["Worker", "queue", "worker"]
