"""The queue and the workers of a PostgreSQL database: procrastinate, on any number of machines.

A job is deferred in the transaction that adds its row. procrastinate hands it to one worker at a
time. Every worker also looks for the jobs of those that fell silent, and for rows of which
procrastinate knows nothing: the row is the truth, the queue only decides who works on it when.
"""

import asyncio
import logging
from uuid import UUID

from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from sqlalchemy import Connection, make_url

from scanner.jobs.stopping import Stoppable
from scanner.services import jobs, scratch
from scanner.services.retention import Housekeeping
from scanner.store.trouble import trouble_of

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


class PostgresqlWorker(Stoppable):
    """Takes jobs from procrastinate until told to stop; one at a time, beside others."""

    def run(self) -> None:
        """Work until told to stop; faults of the service are logged and outlived."""
        while not self.stopping():
            try:
                asyncio.run(self._work())
            except Exception as error:
                self.outlive(trouble_of(error) or error)

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
            await asyncio.to_thread(scratch.clear, self._ctx.settings.work_folder)
            again = await asyncio.to_thread(jobs.recover, self._ctx, silence=beat * SILENT_BEATS)
            for job_id in again:
                log.info("job %s waits in the queue again", job_id)
            await asyncio.sleep(beat)
