"""What must not depend on the database: the bytes of an answer; and what only many writers show."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from scanner.core.bom import ReadLimits
from scanner.services import boms, companies, jobs
from scanner.services.context import Context
from scanner.services.paging import cursor_of
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade
from scanner.upload import inspect


class Untold:
    """A queue that nobody listens to."""

    def enqueue(self, connection, job_id):
        pass


@pytest.fixture
def answer(tmp_path, engine):
    """Profile and lines of a file, by way of the database at an address."""
    path = tmp_path / "bom.csv"

    def give(address, text):
        path.write_text(text, encoding="utf-8")
        settings = Settings(data=tmp_path / "data", database_url=address)
        upgrade(settings)
        ctx = Context(settings, Database.of(settings), engine, Untold())
        company = companies.create(ctx, name="Acme").id
        upload = inspect(path, limits=ReadLimits())
        bom = boms.submit(ctx, company, upload, created_by="key:1")
        jobs.run(ctx, bom.job.id)
        profile = boms.profile(ctx, company, bom.id)
        lines = boms.lines(ctx, company, bom.id, limit=10_000)
        ctx.database.close()
        return profile.body, lines

    return give


@pytest.fixture
def texts(pump, tree):
    heading = pump.splitlines(keepends=True)[0]
    many = (f"Z{n:04};Shaft {n % 700};{n % 7}.50;pcs;1.44{n % 90:02}\n" for n in range(1500))
    return pump, tree, heading + "".join(many)


@pytest.mark.parametrize("lines_at_once", [3, 20_000])
def test_the_same_file_gives_the_same_bytes_on_both(
    answer, empty_postgresql, texts, monkeypatch, lines_at_once
):
    monkeypatch.setattr("scanner.services.scanning.LINES_AT_ONCE", lines_at_once)
    for text in texts:
        body, lines = answer("", text)
        assert (body, lines) == answer(empty_postgresql, text)
        assert lines.total == len(text.splitlines()) - 1


def test_versions_that_are_added_at_once_are_numbered_in_a_row(ctx, company, submit, upload_of):
    bom, upload = submit(), upload_of()

    def add(_):
        return boms.add_version(ctx, company, bom.id, upload, created_by="key:1").version.number

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    found = boms.versions(ctx, company, bom.id, limit=20)
    assert [version.number for version in found.items] == list(range(9, 0, -1))


def test_text_that_postgresql_cannot_hold_is_stored_alike_on_both(ctx, company, scanned):
    heading = "Position,Part number,Description,Qty,Unit\n"
    plain = "".join(f"{n},P-{n},Shaft,1,pcs\n" for n in range(5_000))
    bom = scanned(f"{heading}{plain}\0,Q\0-1,Sh\0aft 1.4404,2,p\0cs\n")
    assert bom.version.problem is None
    assert bom.version.state == "ready"
    (line,) = boms.lines(ctx, company, bom.id, cursor=cursor_of(4_999), limit=1).items
    assert (line["position"], line["unit"], line["quantity"]) == ("\ufffd", "p\ufffdcs", "2")
    assert line["part"]["description"] == "Sh\0aft 1.4404"
