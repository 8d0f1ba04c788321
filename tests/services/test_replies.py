"""Requests that take effect once, and lists that are chosen and ordered: the same on both."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from scanner.core.errors import KeyReused, NotFound, RequestInProgress
from scanner.services import boms, jobs, replies
from scanner.services.boms import LineFilter, Order

ONCE = replies.Once("POST /v1/boms", "one", "a" * 64, 1.0)
OTHER = replies.Once("POST /v1/boms", "one", "b" * 64, 1.0)


def test_of_many_at_once_one_makes_a_bom(ctx, company, upload_of):
    upload = upload_of()

    def send(_):
        try:
            return boms.submit(ctx, company, upload, created_by="key:1", once=ONCE).id
        except RequestInProgress:
            return None

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(send, range(16)))
    assert len([bom_id for bom_id in made if bom_id is not None]) == 1
    assert boms.list_page(ctx, company, limit=9).total == 1


def test_a_refused_repetition_leaves_nothing(ctx, company, upload_of):
    first = boms.submit(ctx, company, upload_of(), created_by="key:1", once=ONCE)
    for once, kind in ((ONCE, RequestInProgress), (OTHER, KeyReused)):
        with pytest.raises(kind):
            boms.submit(ctx, company, upload_of(), created_by="key:1", once=once)
        with pytest.raises(kind):
            replies.earlier(ctx, company, once)
    assert [bom.id for bom in boms.list_page(ctx, company, limit=9).items] == [first.id]


def test_an_answer_comes_back_as_it_was(ctx, company, other, upload_of):
    assert replies.earlier(ctx, company, ONCE) is None
    boms.submit(ctx, company, upload_of(), created_by="key:1", once=ONCE)
    reply = replies.Reply(201, {"Location": "/v1/boms/é"}, b'{"id": 1}')
    replies.keep(ctx, company, ONCE, reply)
    assert replies.earlier(ctx, company, ONCE) == reply
    assert replies.earlier(ctx, other, ONCE) is None


def test_a_guard_decides_in_the_transaction_of_the_change(ctx, company, submit, upload_of):
    bom, seen = submit(), []

    def refuse(present):
        seen.append(present.version.number)
        raise NotFound("not this one")

    with pytest.raises(NotFound, match="not this one"):
        boms.delete(ctx, company, bom.id, by="key:1", guard=refuse)
    with pytest.raises(NotFound, match="not this one"):
        boms.add_version(ctx, company, bom.id, upload_of(), created_by="key:1", guard=refuse)
    assert seen == [1, 1]
    assert boms.versions(ctx, company, bom.id, limit=9).total == 1


def test_lists_are_chosen_and_ordered(ctx, company, upload_of):
    for name in ("pump", "axle", "50% pump", "pump"):
        boms.submit(ctx, company, upload_of(), name=name, created_by="key:1")

    def names(**wanted):
        found, cursor = [], None
        while True:
            page = boms.list_page(ctx, company, cursor=cursor, limit=1, **wanted)
            found += [bom.name for bom in page.items]
            if page.next is None:
                assert page.total == len(found)
                return found
            cursor = page.next

    assert names(order=Order.NAME) == ["50% pump", "axle", "pump", "pump"]
    assert names(order=Order.NAME_BACKWARDS) == ["pump", "pump", "axle", "50% pump"]
    assert names(order=Order.OLDEST_FIRST) == ["pump", "axle", "50% pump", "pump"]
    assert names(name="PUMP") == ["pump", "50% pump", "pump"]
    assert names(name="%", state="processing") == ["50% pump"]
    assert names(state="ready") == []


def test_lines_behind_a_material(ctx, company, scanned):
    bom = scanned()
    every = boms.lines(ctx, company, bom.id, limit=99).items
    for wanted in (
        LineFilter(state="recognised"),
        LineFilter(material="chromium"),
        LineFilter(material="chromium", presence="certain", state="recognised"),
    ):
        chosen = [line for line in every if _fits(line, wanted)]
        assert chosen
        assert list(boms.lines(ctx, company, bom.id, wanted=wanted, limit=99).items) == chosen
        streamed = boms.all_lines(ctx, company, bom.id, wanted=wanted)
        assert [line for some in streamed for line in some] == chosen


def test_a_stream_of_a_deleted_bom_says_so(ctx, company, scanned):
    bom = scanned()
    streamed = boms.all_lines(ctx, company, bom.id)
    boms.delete(ctx, company, bom.id, by="key:1")
    with pytest.raises(NotFound):
        next(iter(streamed))


def test_waiting_is_for_the_version_that_is_meant(ctx, company, submit, upload_of):
    first = submit()
    boms.add_version(ctx, company, first.id, upload_of(), created_by="key:1")
    jobs.run(ctx, first.job.id)
    waited = boms.wait(ctx, company, first.id, 0, version=1)
    assert (waited.version.number, waited.version.state) == (1, "ready")
    assert boms.wait(ctx, company, first.id, 0).version.number == 2


def _fits(line, wanted):
    brings = [
        one
        for one in line["materials"]
        if wanted.material in (None, one["material"]) and wanted.presence in (None, one["presence"])
    ]
    by_content = wanted.material or wanted.presence
    return wanted.state in (None, line["state"]) and (bool(brings) or not by_content)
