"""Pages of the help-desk, as a person without script goes through them."""

import re

import pytest

from scanner.services import companies, users
from scanner.services.roles import Role
from tests.pages.conftest import PASSWORD, Browser
from tests.pages.test_walk import check

WORDS = {
    "en": ("Reply", "is on the European Union&#39;s lists", "Statistics of the help-desk"),
    "nl": ("Antwoord", "staat op de lijsten van strategische", "Statistiek van de helpdesk"),
}


@pytest.fixture
def desk(app, ctx, people):
    """Somebody of the help-desk of a company of its own, who sees no BOMs."""
    company = companies.create(ctx, name="Desk")
    made = users.create(
        ctx, company.id, email=f"{company.id}@example.org", name="An de Vries",
        role=Role.HELP_DESK, password=PASSWORD,
    )  # fmt: skip

    def go(language):
        browser = Browser(app, language)
        assert browser.sign_in(made.email).status_code == 303
        return browser, made

    return go


def begin(browser, language="nl"):
    asked = {"question": "Is there cobalt in it?", "contact": "Bo", "language": language}
    made = browser.post("/cases", asked)
    assert made.status_code == 303, made.text
    return made.headers["Location"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_from_question_to_reply_and_hand_over(desk, language):
    browser, person = desk(language)
    reply, listed, statistics = WORDS[language]
    check(browser.get("/cases"))
    place = begin(browser, language)
    check(browser.get(place), "Is there cobalt in it?", reply, "Bo")
    found = check(browser.get(f"{place}?q=cobalt"))
    assert 'name="id" value="cobalt"' in found
    added = browser.post(f"{place}/looked-up", {"subject": "material", "id": "cobalt"}, seen=place)
    assert added.status_code == 303
    check(browser.get(place), listed)
    other = "nl" if language == "en" else "en"
    check(browser.get(f"{place}?language={other}"), WORDS[other][1])
    browser.post(f"{place}/notes", {"text": "Calls <b>back</b>"}, seen=place)
    changes = {"state": "closed", "assigned_to": str(person.id)}
    assert browser.post(f"{place}/change", changes, seen=place).status_code == 303
    page = check(browser.get(place), "Calls &lt;b&gt;back&lt;/b&gt;", "An de Vries")
    assert re.search(r'value="closed" selected', page)
    check(browser.get("/cases?state=closed&mine=1"), "Is there cobalt in it?")
    assert "Is there cobalt" not in browser.get("/cases?state=open").text
    numbers = check(browser.get("/cases/statistics"), statistics)
    assert "Bo" not in re.sub(r"<[^>]+>", "", numbers)
    browser.post(f"{place}/looked-up/1/forget", {}, seen=place)
    assert listed not in browser.get(place).text
    assert browser.post(f"{place}/delete", {}, seen=place).status_code == 303
    assert browser.get(place).status_code == 404


def test_what_does_not_fit_is_told_and_changes_nothing(desk):
    browser, _ = desk("en")
    assert browser.post("/cases", {"question": " "}).status_code == 422
    place = begin(browser)
    for path, given in (
        ("looked-up", {"subject": "material", "id": "unobtainium"}),
        ("notes", {"text": ""}),
        ("change", {"assigned_to": "nobody at all"}),
    ):
        answer = browser.post(f"{place}/{path}", given, seen=place)
        assert answer.status_code == 422, path
        check(answer)
        assert 'role="alert"' in answer.text


def test_who_sees_no_boms_adds_none(desk):
    browser, _ = desk("en")
    place = begin(browser)
    given = {"subject": "bom", "id": "00000000-0000-7000-8000-000000000000"}
    assert browser.post(f"{place}/looked-up", given, seen=place).status_code == 403


def test_who_reads_changes_nothing(visit):
    place = begin(visit("owner"))
    reader = visit("reader")
    page = check(reader.get(place))
    assert f'action="{place}' not in page
    assert reader.post(f"{place}/notes", {"text": "Mine"}, seen="/account").status_code == 403


def test_cases_of_another_company_are_not_there(visit):
    place = begin(visit("owner"))
    assert visit("rival").get(place).status_code == 404
