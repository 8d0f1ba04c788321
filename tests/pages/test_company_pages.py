"""The page of a company: its keys, its log, its export and its end."""

import io
import re
import zipfile

import pytest

from scanner.core.errors import NotFound, NotSignedIn
from scanner.pages import company_words
from scanner.services import audit, companies, keys, users
from scanner.services.audit import Action
from scanner.services.roles import Role, Scope

TOKEN = re.compile(r'<code class="once">([^<]+)</code>')
PASSWORD = "a long enough password"
MADE = {"name": "ERP link", "scopes": ["boms:read", "boms:write"], "last_day": "2090-12-31"}


@pytest.fixture
def leaver(ctx, visit, people):
    """A company of its own with an owner, and the owner's browser."""
    company = companies.create(ctx, name="Gaat Weg BV")
    people["leaver"] = f"leaver-{company.id}@example.org"
    users.create(
        ctx, company.id, email=people["leaver"], name="L", role=Role.OWNER, password=PASSWORD
    )
    return company.id, visit("leaver")


def test_words_cover_all_scopes_and_actions():
    assert set(company_words.SCOPES) == set(Scope)
    assert set(company_words.ACTIONS) == set(Action)


def test_only_owners_see_the_company(visit, stranger):
    assert visit("reader").get("/company").status_code == 403
    assert visit("reader").get("/company/log").status_code == 403
    assert stranger.get("/company").status_code == 303
    assert "/company" not in visit("reader").get("/").text


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "until somebody deletes them"), ("nl", "tot iemand ze verwijdert")],
)
def test_page_says_what_is_kept_and_on_what_answers_rest(ctx, visit, language, expected):
    text = visit(language=language).get("/company").text
    assert expected in text
    assert ctx.engine.knowledge.release.sha256 in text


def test_key_is_shown_once_and_works_until_it_is_revoked(ctx, visit):
    browser = visit()
    made = browser.post("/company/keys", MADE, seen="/company")
    token = TOKEN.search(made.text)[1]
    principal = keys.verify(ctx, token)
    assert principal.scopes == {"boms:read", "boms:write"}
    key = keys.get(ctx, principal.company_id, principal.key_id)
    assert key.expires_at.isoformat().startswith("2090-12-31T23:59:59")
    assert token not in browser.get("/company").text
    turned = browser.post(f"/company/keys/{key.id}/rotate", {}, seen="/company")
    successor = TOKEN.search(turned.text)[1]
    assert keys.verify(ctx, token)
    assert keys.verify(ctx, successor).scopes == principal.scopes
    again = browser.post(f"/company/keys/{key.id}/rotate", {}, seen="/company")
    assert again.status_code == 303
    assert browser.post(f"/company/keys/{key.id}/revoke", {}, seen="/company").status_code == 303
    with pytest.raises(NotSignedIn):
        keys.verify(ctx, token)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Enter a name, such as ERP link."),
        ({"scopes": []}, "Choose at least one."),
        ({"last_day": "2020-01-01"}, "Choose a day that is still to come."),
        ({"name": "a\x07b"}, "Use letters, digits and punctuation only."),
    ],
)
def test_wrong_key_is_refused_in_words_and_nothing_is_made(ctx, visit, people, change, said):
    browser = visit()
    mine = users.sign_in(ctx, people["owner"], PASSWORD)[0].company_id
    before = len(keys.list_all(ctx, mine))
    answer = browser.post("/company/keys", {**MADE, **change}, seen="/company")
    assert answer.status_code == 422
    assert said in answer.text
    assert len(keys.list_all(ctx, mine)) == before


def test_keys_of_others_are_not_there(visit, ctx, people):
    rival = users.sign_in(ctx, people["rival"], PASSWORD)[0].company_id
    key = keys.create(ctx, rival, name="theirs").key
    for what in ("rotate", "revoke"):
        answer = visit().post(f"/company/keys/{key.id}/{what}", {}, seen="/company")
        assert answer.status_code == 404
    assert keys.get(ctx, rival, key.id).revoked_at is None


def test_log_tells_in_words_who_did_what(visit):
    browser = visit(language="nl")
    browser.post("/company/keys", MADE, seen="/company")
    text = browser.get("/company/log").text
    assert "API-sleutel gemaakt" in text
    assert "aangemeld" in text
    assert "owner" in text


def test_log_comes_in_pages(ctx, visit, people):
    mine = users.sign_in(ctx, people["owner"], PASSWORD)[0].company_id
    with ctx.database.writing() as connection:
        for _ in range(51):
            audit.record(mine, connection, Action.PARTS_IMPORTED, None, by=audit.COMMAND)
    browser = visit()
    first = browser.get("/company/log").text
    older = re.search(r'href="(/company/log\?cursor=[^"]+)"', first)[1]
    assert "entries, newest first" in browser.get(older).text


def test_everything_can_be_taken_along(visit):
    answer = visit().post("/company/export", {}, seen="/company")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {"company.json", "people.json", "audit.ndjson"} <= set(archive.namelist())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "Another", "password": PASSWORD}, "That is not the name of the company."),
        ({"name": "Gaat Weg BV", "password": "wrong"}, "That is not your present password."),
        ({"name": "", "password": PASSWORD}, "Enter the name of the company."),
    ],
)
def test_company_is_not_deleted_by_half_a_word(ctx, leaver, typed, said):
    company, browser = leaver
    answer = browser.post("/company/erase", typed, seen="/company")
    assert answer.status_code == 422
    assert said in answer.text
    assert companies.get(ctx, company).name == "Gaat Weg BV"


def test_guessing_the_password_has_to_wait(ctx, leaver):
    company, browser = leaver
    for _ in range(5):
        browser.post("/company/erase", {"name": "Gaat Weg BV", "password": "x"}, seen="/company")
    last = browser.post(
        "/company/erase", {"name": "Gaat Weg BV", "password": PASSWORD}, seen="/company"
    )
    assert last.status_code == 429
    assert companies.get(ctx, company)


def test_deleted_company_is_gone_with_its_people_and_keys(ctx, leaver, people):
    company, browser = leaver
    key = keys.create(ctx, company, name="theirs")
    assert keys.principal_of(ctx, key.token).company_id == company
    typed = {"name": "Gaat Weg BV", "password": PASSWORD}
    answer = browser.post("/company/erase", typed, seen="/company")
    assert answer.status_code == 200
    assert "Gaat Weg BV is deleted" in answer.text
    assert browser.get("/company").status_code == 303
    with pytest.raises(NotFound):
        companies.get(ctx, company)
    with pytest.raises(NotSignedIn):
        keys.principal_of(ctx, key.token)
    assert browser.sign_in(people["leaver"]).status_code == 422
