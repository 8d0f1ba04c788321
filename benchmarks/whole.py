"""One whole scan in a process of its own: ``python -m benchmarks.whole FILE FOLDER [DATABASE]``.

Prints as JSON: seconds from the first byte of the upload to the stored profile, and the peak
memory in bytes of this process and of the one that reads the file. Loading the release and making
the tables happen before the clock starts, as in a running service.
"""

import json
import resource
import sys
import time
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from scanner import knowledge
from scanner.core.bom import ReadLimits
from scanner.core.names import CompanyId
from scanner.pipeline import Engine
from scanner.services import boms, jobs
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store import Database, companies
from scanner.store.stamps import new_id, now
from scanner.store.tables import Table
from scanner.upload import accept

KIB = 1024  # Linux counts resident memory in KiB


class Noted:
    """A queue that only notes which jobs there are."""

    def __init__(self) -> None:
        self.jobs: list[UUID] = []

    def enqueue(self, _: Connection, job_id: UUID) -> None:
        """Note the job."""
        self.jobs.append(job_id)


def main(path: Path, folder: Path, database_url: str = "") -> None:
    """Upload, scan, and print what it took; in SQLite unless an address is given."""
    ctx, queue, company_id = _service(folder, database_url)
    limits = ReadLimits()
    start = time.perf_counter()
    with path.open("rb") as stream:
        upload = accept(stream, folder / "upload", name=path.name, limits=limits)
    bom = boms.submit(ctx, company_id, upload, created_by="benchmark")
    for job_id in queue.jobs:
        jobs.run(ctx, job_id)
    stored = boms.profile(ctx, company_id, bom.id)
    seconds = time.perf_counter() - start
    if not stored.body:
        raise SystemExit("there is no profile")
    print(json.dumps({"seconds": seconds, **_peaks()}))


def _service(folder: Path, database_url: str) -> tuple[Context, Noted, CompanyId]:
    settings, queue = Settings(data=folder, database_url=database_url), Noted()
    database = Database.of(settings)
    Table.metadata.create_all(database.engine)
    company_id = CompanyId(new_id())
    with database.writing() as connection:
        companies.add_company(company_id, connection, name="benchmark", at=now())
    engine = Engine.of(knowledge.load(cache=folder.parent / "cache"))
    return Context(settings, database, engine, queue), queue, company_id


def _peaks() -> dict[str, float]:
    who = {"scanning": resource.RUSAGE_SELF, "reading": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(which).ru_maxrss * KIB for name, which in who.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
