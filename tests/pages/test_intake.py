"""The form for people without an account: consent, what becomes of it, and that it can be off."""

from dataclasses import replace

import pytest

from scanner.app import create_app
from scanner.core.cases import Origin
from scanner.pages import intake
from scanner.pages.throttle import Throttle
from scanner.services import audit, cases, companies
from scanner.services.context import Context
from tests.pages.conftest import Browser
from tests.pages.test_walk import check

GIVEN = {"question": "Zit er kobalt in mijn fiets?", "contact": "Bo", "consent": "y"}


@pytest.fixture
def desk(ctx, monkeypatch):
    """A company that takes questions, and browsers of people whom nobody knows."""
    monkeypatch.setattr(intake, "per_address", Throttle(2, 3600))
    company = companies.create(ctx, name="Desk")
    settings = replace(ctx.settings, help_desk_company=str(company.id))
    app = create_app(settings, Context(settings, ctx.database, ctx.engine, ctx.queue))
    app.testing = True
    return company, lambda language: Browser(app, language)


def kept(ctx, company):
    return cases.list_page(ctx, company.id, limit=10).items


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_question_with_consent_becomes_a_case(ctx, desk, language):
    company, browser = desk
    someone = browser(language)
    check(someone.get("/question"))
    answer = check(someone.post("/question", GIVEN))
    (case,) = kept(ctx, company)
    assert case.number in answer
    assert (case.origin, case.language, case.contact) == (Origin.PUBLIC, language, "Bo")
    assert audit.list_page(ctx, company.id, limit=1).items[0].actor == "public"


def test_without_consent_nothing_is_kept(ctx, desk):
    company, browser = desk
    answer = browser("en").post("/question", {**GIVEN, "consent": ""})
    assert answer.status_code == 422
    assert "Without your consent" in check(answer, GIVEN["question"])
    assert browser("en").post("/question", {**GIVEN, "question": " "}).status_code == 422
    assert not kept(ctx, company)


def test_one_address_asks_so_often(ctx, desk):
    company, browser = desk
    statuses = [browser("en").post("/question", GIVEN).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert len(kept(ctx, company)) == 2


def test_there_is_no_form_unless_the_operator_wants_one(stranger):
    assert stranger.get("/question").status_code == 404
    assert "/question" not in stranger.get("/sign-in").text
