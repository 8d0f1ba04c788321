"""The library as a file, and the review queue."""

import math
from uuid import UUID

import orjson
import pytest

from scanner.core.errors import InvalidInput, InvalidRows, NotFound
from scanner.core.statements import DecisionKind
from scanner.services import boms, companies, decisions, jobs, library_files, parts, review
from scanner.services.decisions import Wish

BY = "key:1"


@pytest.fixture
def decide(ctx, company):
    def send(number, kind, **wish):
        (item,) = parts.list_page(ctx, company, text=f"own:{number}".lower(), limit=2).items
        wish = Wish(kind, reason="known", **wish)
        decisions.decide(ctx, company, UUID(item["id"]), wish, by=BY)

    return send


def export(ctx, company):
    return b"".join(library_files.exported(ctx, company))


def test_an_export_is_imported_elsewhere_and_again(ctx, company, scanned, decide, counts):
    other = companies.create(ctx, name="Other").id
    scanned()
    decide("P-400", DecisionKind.REPLACE, target="class:mlcc")
    decide("P-400", DecisionKind.DISMISS, material="titanium")
    decide("P-100", DecisionKind.DISMISS, material="nickel")
    body = export(ctx, company)
    keys = [orjson.loads(line)["key"] for line in body.splitlines()]
    assert keys == ["own:p-100", "own:p-400"]
    before = counts()
    tried = library_files.import_file(ctx, other, body, by=BY, dry_run=True)
    assert (tried.parts, tried.decisions, tried.dry_run) == (2, 3, True)
    assert counts() == before
    done = library_files.import_file(ctx, other, body, by=BY)
    assert (done.parts, done.decisions, done.unchanged) == (2, 3, 0)
    assert export(ctx, other) == body
    after = counts()
    for who in (other, company):
        again = library_files.import_file(ctx, who, body, by=BY)
        assert (again.decisions, again.declarations, again.unchanged) == (0, 0, 2)
    assert counts() == after
    told = list(library_files.history(ctx, other))
    assert [orjson.loads(line)["number"] for line in told] == [1, 2, 3]


def test_an_import_refuses_with_row_numbers(ctx, company, counts):
    good = {"key": "own:1", "wordings": [{"number": "1"}], "decisions": [], "declarations": []}
    nothing = {"kind": "nothing", "named": [], "contents": [], "reason": "x"}
    wrong = [
        b"{",
        b"[]",
        {**good, "key": "own:2"},
        {**good, "colour": "red"},
        {**good, "key": "own:3", "wordings": [{"number": 3}]},
        good,
        {**good, "decisions": [{**nothing, "kind": "guess"}]},
        {**good, "decisions": [{**nothing, "named": [{"target": "class:none", "layer": False}]}]},
        {**good, "decisions": [{**nothing, "kind": "replace"}]},
        {**good, "declarations": [{"full": True}]},
        good,
        {**good, "wordings": [{"colour": "red"}]},
    ]
    lines = [one if isinstance(one, bytes) else orjson.dumps(one) for one in wrong]
    before = counts()
    with pytest.raises(InvalidRows) as caught:
        library_files.import_file(ctx, company, b"\n".join(lines), by=BY)
    rows = [place.row for place, _ in caught.value.rows]
    assert rows == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]
    with pytest.raises(InvalidRows, match="no wording"):
        library_files.import_file(ctx, company, orjson.dumps({"key": "own:9"}), by=BY)
    assert counts() == before


LINES = """Part number;Description;Qty;Unit mass
Q-1;Mystery;10;
Q-2;Mystery with mass;1;0.001
Q-3;Shaft 1.4404;1;500
"""


def test_the_queue_puts_first_what_matters_most(ctx, company, scanned, decide):
    bom = scanned(LINES.replace("Unit mass", "Mass (g)"))
    page = review.queue(ctx, company, limit=10)
    assert [item["part"]["key"] for item in page.items] == ["own:q-1", "own:q-2"]
    first, second = page.items
    assert (first["state"], first["terms"]["doubt"]) == ("unrecognised", 1.0)
    assert first["terms"]["risk"] == {"value": 1.0, "known": False}
    assert first["terms"]["amount"]["known"] is False
    assert first["priority"] == pytest.approx(math.log10(1e6 + 1))
    assert second["terms"]["amount"] == {
        "value": pytest.approx(math.log10(2)), "known": True, "mass_g": 0.001,
    }  # fmt: skip
    assert second["settles"] == {"boms": 1, "versions": 1, "lines": 1, "pieces": 1.0}
    one = review.queue(ctx, company, limit=1)
    rest = review.queue(ctx, company, cursor=one.next, limit=10)
    assert (one.total, rest.next) == (2, None)
    assert [*one.items, *rest.items] == list(page.items)
    decide("Q-1", DecisionKind.NOTHING)
    assert [item["part"]["key"] for item in review.queue(ctx, company, limit=10).items] == [
        "own:q-2"
    ]
    empty = scanned()
    assert review.queue(ctx, company, bom_id=bom.id, limit=10).total == 1
    keys = [
        item["part"]["key"] for item in review.queue(ctx, company, bom_id=empty.id, limit=9).items
    ]
    assert "own:q-2" not in keys
    boms.delete(ctx, company, bom.id, by=BY)
    found = review.queue(ctx, company, limit=10)
    assert "own:q-2" not in [item["part"]["key"] for item in found.items]


def test_the_queue_is_of_one_company(ctx, company, scanned):
    bom = scanned()
    stranger = companies.create(ctx, name="Else").id
    assert review.queue(ctx, stranger, limit=10).total == 0
    with pytest.raises(NotFound):
        review.queue(ctx, stranger, bom_id=bom.id, limit=10)
    for cursor in ("x", "IjEi", "Im5hbiBhIg"):
        with pytest.raises(InvalidInput):
            review.queue(ctx, company, cursor=cursor, limit=10)


def test_annual_units_count_a_year(ctx, company, submit):
    from decimal import Decimal

    bom = submit(LINES.replace("Unit mass", "Mass (g)"), annual_units=Decimal(1000))
    jobs.run(ctx, bom.job.id)
    (entry,) = (
        one for one in review.queue(ctx, company, limit=10).items if one["part"]["number"] == "Q-2"
    )
    assert entry["terms"]["amount"]["mass_g"] == pytest.approx(1.0)
    assert entry["settles"]["pieces"] == 1000.0
