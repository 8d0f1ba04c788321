"""Corrections of columns: remembered, applied, told, forgotten, and never another company's."""

import pytest

from scanner.core.bom import ReadOptions
from scanner.core.errors import NotFound
from scanner.services import audit, boms, companies, exports, jobs, mappings, previews
from scanner.services.audit import Action

ODD = "Zaak;Hoeveel;Soort\nAs 1.4462;2;staal\nWaaier;1;brons\n"
LATER = "Lijst 2;;\nZaak;Hoeveel;Soort\nMoer;12;staal\n"
RIGHT = {"Zaak": "description", "Hoeveel": "quantity"}


@pytest.fixture
def hand_over(ctx, company, submit):
    """Upload and read; the newest version."""

    def send(text=ODD, columns=None, *, to=None):
        bom = submit(text, to=to, options=ReadOptions(columns or {}))
        jobs.run(ctx, ctx.queue.jobs.pop())
        return boms.get(ctx, to or company, bom.id)

    return send


def actions(ctx, company):
    return [one.action for one in audit.list_page(ctx, company, limit=50).items]


def test_a_correction_is_remembered_and_applied_to_the_next_file(ctx, company, hand_over):
    first = hand_over(columns=RIGHT)
    (kept,) = mappings.list_all(ctx, company)
    assert (kept.columns, kept.kind, kept.created_by) == (RIGHT, "csv", "key:1")
    assert kept.headings == ("Zaak", "Hoeveel", "Soort")
    assert first.version.remembered is None
    second = hand_over(LATER).version
    assert (second.state, second.columns) == ("ready", RIGHT)
    assert second.remembered == {
        "id": str(kept.id), "since": kept.since.isoformat(), "columns": RIGHT,
    }  # fmt: skip
    told = boms.reading(ctx, company, second.bom_id)
    assert told["remembered"] == second.remembered
    assert [column["field"] for column in told["columns"]][:2] == ["description", "quantity"]
    assert Action.COLUMNS_REMEMBERED in actions(ctx, company)


def test_the_newest_correction_counts_and_an_equal_one_changes_nothing(ctx, company, hand_over):
    hand_over(columns=RIGHT)
    (first,) = mappings.list_all(ctx, company)
    hand_over(LATER, columns=RIGHT)
    assert mappings.list_all(ctx, company) == (first,)
    other = {**RIGHT, "Soort": "remarks"}
    hand_over(columns=other)
    (newest,) = mappings.list_all(ctx, company)
    assert (newest.columns, newest.shape) == (other, first.shape)
    assert newest.since > first.since


def test_an_older_correction_that_is_read_late_does_not_replace_a_newer(ctx, company, submit):
    submit(ODD, options=ReadOptions(RIGHT))
    other = {**RIGHT, "Soort": "remarks"}
    submit(ODD, options=ReadOptions(other))
    older, newer = ctx.queue.jobs[-2:]
    jobs.run(ctx, newer)
    jobs.run(ctx, older)
    assert [one.columns for one in mappings.list_all(ctx, company)] == [other]


def test_what_was_applied_stays_with_the_version(ctx, company, hand_over):
    hand_over(columns=RIGHT)
    read = hand_over(LATER)
    (kept,) = mappings.list_all(ctx, company)
    mappings.forget(ctx, company, kept.id, by="key:1")
    assert mappings.list_all(ctx, company) == ()
    assert boms.get(ctx, company, read.id).version == read.version
    assert hand_over(LATER).version.state == "failed"
    assert actions(ctx, company).count(Action.COLUMNS_FORGOTTEN) == 1


def test_another_company_has_no_use_of_it(ctx, company, other, hand_over):
    hand_over(columns=RIGHT)
    (kept,) = mappings.list_all(ctx, company)
    assert hand_over(LATER, to=other).version.state == "failed"
    assert mappings.list_all(ctx, other) == ()
    with pytest.raises(NotFound):
        mappings.forget(ctx, other, kept.id, by="key:2")
    assert mappings.list_all(ctx, company) == (kept,)


def test_a_preview_applies_and_keeps_nothing(ctx, company, hand_over, upload_of):
    previews.preview(ctx, company, upload_of(ODD), ReadOptions(RIGHT))
    assert mappings.list_all(ctx, company) == ()
    hand_over(columns=RIGHT)
    shown = previews.preview(ctx, company, upload_of(LATER), ReadOptions())
    assert shown.remembered is not None
    assert shown.lines[0].part.description == "Moer"
    fixed = previews.preview(ctx, company, upload_of(LATER), ReadOptions({**RIGHT, "C": "remarks"}))
    assert fixed.remembered is None


def test_a_file_that_fails_teaches_nothing(ctx, company, hand_over):
    assert hand_over("Zaak;Hoeveel\n", columns=RIGHT).version.state == "failed"
    assert mappings.list_all(ctx, company) == ()


def test_the_oldest_goes_when_there_are_too_many(ctx, company, hand_over, monkeypatch):
    monkeypatch.setattr(mappings, "MOST", 2)
    for name in ("Een", "Twee", "Drie"):
        hand_over(ODD.replace("Soort", name), columns=RIGHT)
    kept = [one.headings[2] for one in mappings.list_all(ctx, company)]
    assert kept == ["Twee", "Drie"]


def test_export_holds_it_and_erasing_takes_it_away(ctx, company, hand_over):
    hand_over(columns=RIGHT)
    whole = b"".join(exports.of_company(ctx, company, by="key:1"))
    assert b"column-mappings.json" in whole
    companies.erase(ctx, company)
    assert mappings.list_all(ctx, company) == ()
