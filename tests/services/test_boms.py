import hashlib
import time
from decimal import Decimal
from uuid import uuid4

import orjson
import pytest

from scanner.core.bom import ReadOptions
from scanner.core.errors import InvalidInput, NotFound, NotReady
from scanner.core.scan import ScanOptions
from scanner.pipeline import scan_file
from scanner.services import boms, jobs
from scanner.store.files import CHUNK_BYTES, content


def test_a_submitted_file_waits_for_its_job(ctx, company, submit, upload_of):
    bom = submit(name="Pump", annual_units=Decimal("1000.50"))
    assert (bom.name, bom.version.number, bom.version.state) == ("Pump", 1, "processing")
    assert (bom.job.state, bom.job.version, bom.job.bom_id) == ("queued", 1, bom.id)
    assert str(bom.version.annual_units) == "1000.50"
    assert bom.version.created_by == "key:1"
    assert ctx.queue.jobs == [bom.job.id]
    assert boms.get(ctx, company, bom.id) == bom
    with pytest.raises(NotReady, match="still being read"):
        boms.profile(ctx, company, bom.id)
    with pytest.raises(NotReady):
        boms.lines(ctx, company, bom.id, limit=10)


def test_the_job_gives_the_profile_that_a_scan_without_a_database_gives(
    ctx, company, scanned, upload_of
):
    bom = scanned(annual_units=Decimal(1000))
    assert (bom.version.state, bom.version.lines, bom.job.state) == ("ready", 4, "done")
    assert bom.job.lines_done == 4
    stored = boms.profile(ctx, company, bom.id)
    assert stored.sha256 == hashlib.sha256(stored.body).hexdigest()
    direct = scan_file(upload_of().path, ctx.engine, ScanOptions(Decimal(1000)))
    assert stored.body == direct.body
    page = boms.lines(ctx, company, bom.id, limit=10)
    assert list(page.items) == direct.line_answers()
    assert orjson.dumps(page.items)
    assert (page.next, page.total) == (None, 4)
    assert [problem["code"] for problem in page.items[3]["problems"]] == ["missing-quantity"]


def test_amounts_are_rolled_up_also_where_lines_were_stored_before_the_tree_was_known(
    ctx, company, scanned, tree, monkeypatch
):
    whole = boms.lines(ctx, company, scanned(tree).id, limit=10)
    assert [line["amount"] for line in whole.items] == [2.0, 6.0, 24.0, 16.0]
    assert [line["assembly"] for line in whole.items] == [True, True, False, False]
    monkeypatch.setattr("scanner.services.scanning.LINES_AT_ONCE", 1)
    assert boms.lines(ctx, company, scanned(tree).id, limit=10).items == whole.items


def test_a_file_of_many_chunks_comes_back_byte_by_byte(ctx, company, submit):
    text = "Part number,Qty\n" + "".join(f"P-{n},{n}\n" for n in range(60_000))
    bom = submit(text)
    assert bom.version.file.size > 2 * CHUNK_BYTES
    with ctx.database.reading() as connection:
        stored = b"".join(content(company, connection, bom.version.file.id))
    assert stored == text.encode()


@pytest.mark.parametrize("units", ["0", "-1", "NaN", "Infinity"])
def test_annual_units_must_be_a_positive_number(submit, counts, units):
    before = counts()
    with pytest.raises(InvalidInput, match="per year"):
        submit(annual_units=Decimal(units))
    assert counts() == before


@pytest.mark.parametrize("text", ["a\0b", "half \ud800"])
def test_text_that_no_database_holds_is_refused(submit, counts, text):
    before = counts()
    with pytest.raises(InvalidInput, match="cannot be stored"):
        submit(name=text)
    with pytest.raises(InvalidInput, match="cannot be stored"):
        submit(options=ReadOptions({text: "description"}, None))
    assert counts() == before


def test_nothing_is_half_stored_when_the_upload_vanishes(ctx, company, upload_of, counts):
    before = counts()
    upload = upload_of()
    upload.path.unlink()
    with pytest.raises(FileNotFoundError):
        boms.submit(ctx, company, upload, created_by="key:1")
    assert counts() == before
    assert ctx.queue.jobs == []


def test_a_file_that_is_no_bom_leaves_a_failed_version_and_nothing_else(
    ctx, company, scanned, counts
):
    bom = scanned("just a letter\nwith two rows of words\n")
    assert (bom.version.state, bom.job.state) == ("failed", "failed")
    assert bom.version.problem.code == "no-header"
    assert bom.version.problem.detail
    assert bom.version.problem.advice
    found = counts()
    for table in (
        "line_block",
        "version_part",
        "line_problem",
        "part",
        "part_wording",
        "recognition",
        "profile",
    ):
        assert found[table] == 0
    with pytest.raises(NotReady, match="no result"):
        boms.profile(ctx, company, bom.id)


def test_a_failure_after_lines_were_stored_removes_them(ctx, company, scanned, counts, monkeypatch):
    monkeypatch.setattr("scanner.services.scanning.LINES_AT_ONCE", 1)
    text = "Part number,Parent,Description,Quantity\nA,B,Box,1\nB,A,Lid,1\n"
    bom = scanned(text)
    assert bom.version.problem.code == "cyclic-bom"
    assert counts()["version_part"] == counts()["part"] == 0


def test_work_that_breaks_off_every_time_ends_as_a_failure(ctx, submit, company, monkeypatch):
    bom = submit()

    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("scanner.services.scanning.pipeline.scan", broken)
    for _ in range(ctx.settings.job_attempts):
        with pytest.raises(ZeroDivisionError):
            jobs.run(ctx, bom.job.id)
        jobs.requeue_unfinished(ctx)
    jobs.run(ctx, bom.job.id)
    assert boms.get(ctx, company, bom.id).version.problem.code == "reader-failed"


def test_doing_a_job_again_changes_nothing(ctx, company, scanned, counts):
    bom = scanned()
    before, profile = counts(), boms.profile(ctx, company, bom.id)
    jobs.run(ctx, bom.job.id)
    assert (counts(), boms.profile(ctx, company, bom.id)) == (before, profile)
    jobs.run(ctx, uuid4())


def test_a_stopped_job_goes_back_to_the_queue_and_does_not_count(ctx, company, submit):
    bom = submit()
    with pytest.raises(jobs.Stopped):
        jobs.run(ctx, bom.job.id, stopping=lambda: True)
    again = jobs.get(ctx, company, bom.job.id)
    assert (again.state, again.attempt) == ("queued", 0)
    jobs.run(ctx, bom.job.id)
    assert boms.get(ctx, company, bom.id).version.state == "ready"


def test_a_bom_deleted_in_mid_job_stays_deleted(ctx, company, submit, counts, monkeypatch):
    before = counts()
    bom = submit()
    monkeypatch.setattr("scanner.services.scanning.LINES_AT_ONCE", 1)

    def delete_meanwhile():
        boms.delete(ctx, company, bom.id, by="key:1")
        return False

    jobs.run(ctx, bom.job.id, stopping=delete_meanwhile)
    assert counts() == before


def test_deletion_leaves_nothing(ctx, company, scanned, upload_of, counts):
    before = counts()
    bom = scanned("Part number,Qty\nQ-1,2\n")
    later = boms.add_version(ctx, company, bom.id, upload_of(), created_by="key:1")
    jobs.run(ctx, later.job.id)
    boms.delete(ctx, company, bom.id, by="key:1")
    assert counts() == before
    with pytest.raises(NotFound):
        boms.get(ctx, company, bom.id)
    with pytest.raises(NotFound):
        boms.delete(ctx, company, bom.id, by="key:1")


def test_deletion_keeps_parts_that_another_bom_uses(ctx, company, scanned, counts):
    kept = scanned()
    before = counts()
    page = boms.lines(ctx, company, kept.id, limit=10)
    boms.delete(ctx, company, scanned(name="again").id, by="key:1")
    assert counts() == before
    assert boms.lines(ctx, company, kept.id, limit=10) == page


def test_equal_parts_are_stored_once(scanned, counts):
    scanned()
    before = counts()
    scanned()
    after = counts()
    for table in ("part", "part_wording", "recognition"):
        assert after[table] == before[table]
    assert after["version_part"] == 2 * before["version_part"]


def test_the_newest_ready_version_answers_until_the_next_is_ready(
    ctx, company, scanned, upload_of, tree
):
    bom = scanned()
    later = boms.add_version(ctx, company, bom.id, upload_of(tree), created_by="key:2")
    assert (later.version.number, later.version.state) == (2, "processing")
    assert boms.profile(ctx, company, bom.id).version == 1
    with pytest.raises(NotReady):
        boms.profile(ctx, company, bom.id, version=2)
    jobs.run(ctx, later.job.id)
    assert boms.profile(ctx, company, bom.id).version == 2
    assert boms.lines(ctx, company, bom.id, version=1, limit=1).total == 4
    found = boms.versions(ctx, company, bom.id, limit=1)
    assert ([v.number for v in found.items], found.total) == ([2], 2)
    rest = boms.versions(ctx, company, bom.id, cursor=found.next, limit=1)
    assert ([v.number for v in rest.items], rest.next) == ([1], None)
    with pytest.raises(NotFound):
        boms.get(ctx, company, bom.id, version=3)


def test_pages_of_boms_are_stable_while_boms_are_added(ctx, company, submit):
    ids = [submit().id for _ in range(5)]
    first = boms.list_page(ctx, company, limit=2)
    submit()
    second = boms.list_page(ctx, company, cursor=first.next, limit=2)
    third = boms.list_page(ctx, company, cursor=second.next, limit=2)
    seen = [bom.id for page in (first, second, third) for bom in page.items]
    assert seen == ids[::-1]
    assert (first.total, third.total, third.next) == (5, 6, None)


def test_pages_of_lines_cover_each_line_once(ctx, company, scanned):
    bom = scanned()
    seen, cursor = [], None
    while True:
        page = boms.lines(ctx, company, bom.id, cursor=cursor, limit=3)
        seen += [line["index"] for line in page.items]
        if (cursor := page.next) is None:
            break
    assert seen == [0, 1, 2, 3]


@pytest.mark.parametrize("cursor", ["", "x", "!!", "bnVsbA", "MTIz" * 400, "ÿ", "InRleHQi", "LTE"])
def test_a_made_up_cursor_is_refused(ctx, company, scanned, cursor):
    bom = scanned()
    with pytest.raises(InvalidInput, match="cursor"):
        boms.list_page(ctx, company, cursor=cursor, limit=1)
    with pytest.raises(InvalidInput, match="cursor"):
        boms.lines(ctx, company, bom.id, cursor=cursor, limit=1)


def test_companies_with_the_same_file_do_not_see_each_other(ctx, company, other, scanned):
    mine, theirs = scanned(), scanned(to=other)
    assert mine.version.file.sha256 == theirs.version.file.sha256
    assert [bom.id for bom in boms.list_page(ctx, other, limit=9).items] == [theirs.id]
    for look in (
        lambda: boms.get(ctx, other, mine.id),
        lambda: boms.versions(ctx, other, mine.id, limit=1),
        lambda: boms.lines(ctx, other, mine.id, limit=1),
        lambda: boms.profile(ctx, other, mine.id),
        lambda: boms.wait(ctx, other, mine.id, 0),
        lambda: boms.delete(ctx, other, mine.id, by="key:1"),
        lambda: jobs.get(ctx, other, mine.job.id),
    ):
        with pytest.raises(NotFound):
            look()
    boms.delete(ctx, other, theirs.id, by="key:1")
    assert boms.lines(ctx, company, mine.id, limit=9).total == 4


def test_adding_a_version_to_anothers_bom_is_refused(ctx, other, scanned, upload_of):
    bom = scanned()
    with pytest.raises(NotFound):
        boms.add_version(ctx, other, bom.id, upload_of(), created_by="key:1")


def test_columns_that_the_caller_fixes_reach_the_reader(ctx, company, scanned):
    options = ReadOptions({"Thing": "description"}, None)
    bom = scanned("Part number,Thing,Qty\nP-1,Shaft 1.4404,2\n", options=options)
    (line,) = boms.lines(ctx, company, bom.id, limit=1).items
    assert line["part"]["description"] == "Shaft 1.4404"


def test_waiting_ends_with_the_job_or_with_the_time(ctx, company, submit):
    bom = submit()
    begun = time.monotonic()
    assert boms.wait(ctx, company, bom.id, 0.2).version.state == "processing"
    assert 0.2 <= time.monotonic() - begun < 2
    jobs.run(ctx, bom.job.id)
    begun = time.monotonic()
    assert boms.wait(ctx, company, bom.id, 30).version.state == "ready"
    assert time.monotonic() - begun < 5
