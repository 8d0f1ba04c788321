"""How long cases are kept, and that a company can take them along."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import orjson
import pytest

from scanner.core.cases import CaseState, LookedUp
from scanner.core.errors import NotFound
from scanner.core.names import Language
from scanner.services import audit, cases, exports, retention
from scanner.services.audit import Action
from scanner.services.cases import Question
from scanner.services.context import Context
from scanner.services.looked_up import Thing

DESK = "user:1"


@pytest.fixture
def ask(ctx):
    def make(company, text="Zit er kobalt in?", *, closed=False):
        question = Question(text, Language("nl"), "Bo, bo@example.org")
        made = cases.create(ctx, company, question, by=DESK)
        if closed:
            cases.change(ctx, company, made.case.id, {"state": CaseState.CLOSED}, by=DESK)
        return made.case.id

    return make


@pytest.fixture
def after(ctx, monkeypatch):
    """The service after so many days, with what it is told to keep."""
    real = retention.now

    def make(days, **kept):
        monkeypatch.setattr(retention, "now", lambda: real() + timedelta(days=days))
        return Context(replace(ctx.settings, **kept), ctx.database, ctx.engine, ctx.queue)

    return make


def ids(ctx, company):
    return {one.id for one in cases.list_page(ctx, company, limit=100).items}


def test_closed_cases_go_when_the_settings_say_so(ctx, company, other, ask, after):
    closed, still_open, theirs = (
        ask(company, closed=True), ask(company), ask(other, closed=True),
    )  # fmt: skip
    reopened = ask(company, closed=True)
    cases.change(ctx, company, reopened, {"state": CaseState.OPEN}, by=DESK)
    for days, kept in ((10_000, {}), (29, {"keep_cases_days": 30})):
        retention.sweep(after(days, **kept))
        assert ids(ctx, company) == {closed, still_open, reopened}
    retention.sweep(after(31, keep_cases_days=30))
    assert ids(ctx, company) == {still_open, reopened}
    assert ids(ctx, other) == set()
    with pytest.raises(NotFound):
        cases.get(ctx, company, closed)
    for owner, gone in ((company, closed), (other, theirs)):
        newest = audit.list_page(ctx, owner, limit=1).items[0]
        assert (newest.action, newest.actor, newest.subject) == (
            Action.CASE_EXPIRED, "service", gone,
        )  # fmt: skip


def test_the_number_of_a_case_that_went_is_not_given_again(ctx, company, ask, after):
    first = cases.get(ctx, company, ask(company, closed=True)).case.number
    retention.sweep(after(31, keep_cases_days=30))
    assert cases.get(ctx, company, ask(company)).case.number != first


def test_an_export_holds_every_case_with_what_happened(ctx, company, other, ask, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)  # more cases than one page of them
    mine = [ask(company, f"Question {number}?") for number in range(5)]
    cases.look_up(ctx, company, mine[0], Thing(LookedUp.MATERIAL, "cobalt"), by=DESK)
    cases.note(ctx, company, mine[0], "Calls back.", by=DESK)
    ask(other, "A question of others?")
    with ZipFile(BytesIO(b"".join(exports.of_company(ctx, company, by=DESK)))) as archive:
        told = [orjson.loads(line) for line in archive.read("cases.ndjson").splitlines()]
    assert {one["case"]["id"] for one in told} == set(map(str, mine))
    assert len(told) == len(mine)
    (full,) = (one for one in told if one["case"]["id"] == str(mine[0]))
    assert (full["case"]["question"], full["case"]["contact"]) == (
        "Question 0?", "Bo, bo@example.org",
    )  # fmt: skip
    assert [(one["kind"], one["body"]) for one in full["entries"]] == [
        ("looked-up", "cobalt"), ("note", "Calls back."),
    ]  # fmt: skip
