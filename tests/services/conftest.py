"""Use cases on real databases of both kinds and the newest knowledge release."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest

from scanner.core.bom import ReadLimits
from scanner.services import boms, companies, jobs
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade
from scanner.upload import inspect

PUMP = """Pos;Part number;Description;Qty;Unit;Material
1;P-100;Housing;1;pcs;1.4404
2;P-200;Shaft;1;pcs;1.4462
3;P-300;Bolt M8x20 A4;12;pcs;A4-80
4;P-400;Gadget;;pcs;
"""

TREE = """Level,Part number,Description,Quantity
0,A-1,Drive unit,2
1,A-2,Motor,3
2,A-3,Magnet NdFeB N42SH,4
1,A-4,Screw M3 A2-70,8
"""


@dataclass
class Told:
    """A queue that remembers what it was told."""

    jobs: list[UUID] = field(default_factory=list)

    def enqueue(self, connection, job_id):
        self.jobs.append(job_id)


@pytest.fixture
def settings(tmp_path, database_url):
    return Settings(data=tmp_path / "data", database_url=database_url)


@pytest.fixture
def ctx(settings, engine):
    upgrade(settings)
    database = Database.of(settings)
    yield Context(settings, database, engine, Told())
    database.close()


@pytest.fixture
def company(ctx):
    return companies.create(ctx, name="Acme").id


@pytest.fixture
def other(ctx):
    return companies.create(ctx, name="Rival").id


@pytest.fixture
def upload_of(tmp_path):
    def make(text=PUMP, name="pump.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return inspect(path, limits=ReadLimits())

    return make


@pytest.fixture
def submit(ctx, company, upload_of):
    def send(text=PUMP, *, to=None, **options):
        return boms.submit(ctx, to or company, upload_of(text), created_by="key:1", **options)

    return send


@pytest.fixture
def scanned(ctx, submit, company):
    """Submit a file and do its job at once."""

    def send(text=PUMP, *, to=None, **options):
        bom = submit(text, to=to, **options)
        jobs.run(ctx, bom.job.id)
        return boms.get(ctx, to or company, bom.id)

    return send


@pytest.fixture
def counts(ctx):
    """How many rows each table has, but for the audit log, which only grows."""

    def count():
        from scanner.store.tables import Table

        with ctx.database.reading() as connection:
            return {
                name: connection.exec_driver_sql(f'select count(*) from "{name}"').scalar_one()
                for name in Table.metadata.tables
                if name != "audit_entry"
            }

    return count


@pytest.fixture
def pump():
    return PUMP


@pytest.fixture
def tree():
    return TREE
