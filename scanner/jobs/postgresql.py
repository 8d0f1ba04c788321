"""The queue and the workers of a PostgreSQL database: procrastinate, on any number of machines.

A job is deferred in the transaction that adds its row. procrastinate hands it to one worker at a
time. Every worker also looks for the jobs of those that fell silent, and for rows of which
procrastinate knows nothing: the row is the truth, the queue only decides who works on it when.
"""

import asyncio
import fcntl
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from sqlalchemy import Connection, make_url

from scanner.jobs.sqlite import PAUSE_AFTER_FAULT
from scanner.services import jobs
from scanner.services.context import Context
from scanner.services.retention import Housekeeping

QUEUE, TASK = "boms", "scan"
SILENT_BEATS = 4
"""Signs of life that a worker may miss before others take over its work."""

AGAIN_AFTER = 1
"""Seconds until work that broke off is begun again; how often is a setting of ours."""

LOOK_EVERY = 1.0
"""Seconds between two looks at the queue: new jobs are announced, those begun again are not."""

log = logging.getLogger(__name__)


class PostgresqlQueue:
    """The queue on PostgreSQL."""

    def __init__(self) -> None:
        self._app = App(connector=SyncPsycopgConnector())  # never opened: others' connections do

    def enqueue(self, connection: Connection, job_id: UUID) -> None:
        """Defer the work; no worker sees it before the transaction is committed."""
        self._app.configure_task(
            TASK,
            queue=QUEUE,
            lock=str(job_id),
            connection=connection.connection.driver_connection,
        ).defer(job_id=str(job_id))


class PostgresqlWorker:
    """Takes jobs from procrastinate until told to stop; one at a time, beside others.

    `orphaned` says whether the process that started this one is gone; it then stops, too.
    """

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

    def run(self) -> None:
        """Work until told to stop; faults of the service are logged and outlived."""
        with _sharing(self._ctx.settings.worker_lock, self._ctx.settings.work_folder):
            while not self.stopping():
                try:
                    asyncio.run(self._work())
                except Exception:
                    log.exception("the worker broke off")
                    self._stop.wait(PAUSE_AFTER_FAULT)

    async def _work(self) -> None:
        """Be one worker of procrastinate until told to stop, or until the database is gone."""
        beat = self._ctx.settings.job_heartbeat
        app = self._app()
        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    install_signal_handlers=False,
                    fetch_job_polling_interval=LOOK_EVERY,
                    update_heartbeat_interval=beat,
                    stalled_worker_timeout=beat * SILENT_BEATS,
                    delete_jobs="successful",
                )
            )
            recovery = asyncio.create_task(self._recover_every(beat))
            try:
                while not (self.stopping() or worker.done() or recovery.done()):
                    await asyncio.sleep(self._ctx.settings.job_poll)
            finally:
                for task in (recovery, worker):
                    task.cancel()
                done = await asyncio.gather(worker, recovery, return_exceptions=True)
        for error in done:
            if isinstance(error, Exception):
                raise error

    def _app(self) -> App:
        url = make_url(self._ctx.database.address).set(drivername="postgresql")
        app = App(
            connector=PsycopgConnector(
                conninfo=url.render_as_string(hide_password=False),
                kwargs={"application_name": "scanner queue"},
            )
        )

        @app.task(name=TASK, queue=QUEUE, retry=RetryStrategy(wait=AGAIN_AFTER))
        def scan(job_id: str) -> None:
            jobs.run(self._ctx, UUID(job_id), stopping=self.stopping)

        return app

    async def _recover_every(self, beat: float) -> None:
        housekeeping = Housekeeping(self._ctx)
        while True:
            await asyncio.to_thread(housekeeping.see_to_it)
            again = await asyncio.to_thread(jobs.recover, self._ctx, silence=beat * SILENT_BEATS)
            for job_id in again:
                log.info("job %s waits in the queue again", job_id)
            await asyncio.sleep(beat)


@contextmanager
def _sharing(path: Path, work_folder: Path) -> Iterator[None]:
    """Share the data folder with other workers; the first one clears what killed ones left."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(work_folder, ignore_errors=True)
        except BlockingIOError:
            log.info("other workers use the data folder, too")
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield
