"""Sessions, tokens of forms, roles, companies, throttle, language."""

import io

import pytest

from scanner.pages.throttle import MOST_KEPT, Throttle

CSV = b"Description;Qty\nShaft 1.4462;2\n"
BEHIND = ["/", "/parts", "/review", "/cases", "/company"]


@pytest.mark.parametrize("path", BEHIND)
def test_pages_ask_to_sign_in_and_lead_back(stranger, people, path):
    answer = stranger.get(path)
    assert answer.status_code == 303
    place = answer.headers["Location"]
    assert place.startswith("/sign-in")
    done = stranger.post(place, {"email": people["owner"], "password": "a long enough password"})
    assert done.headers["Location"] == path


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_nobody_is_led_to_another_site(stranger, people, next_):
    filled = {"email": people["owner"], "password": "a long enough password"}
    answer = stranger.post(f"/sign-in?next={next_}", filled)
    assert answer.headers["Location"] == "/"
    assert stranger.get(f"/language/nl?next={next_}").headers["Location"] == "/"


def test_wrong_password_and_unknown_person_look_alike(stranger, people):
    answers = [stranger.sign_in(email, "wrong") for email in (people["owner"], "x@example.org")]
    assert {answer.status_code for answer in answers} == {422}
    texts = [
        answer.text.replace(people["owner"], "").replace("x@example.org", "") for answer in answers
    ]
    assert len({text.split("csrf_token")[0] for text in texts}) == 1


def test_sixth_wrong_try_has_to_wait_even_with_the_right_password(stranger, people):
    for _ in range(5):
        assert stranger.sign_in(people["owner"], "wrong").status_code == 422
    assert stranger.sign_in(people["owner"]).status_code == 429
    assert stranger.sign_in(people["reader"]).status_code == 303


def test_throttle_frees_after_its_time_and_forgets_the_oldest():
    now = [0.0]
    throttle = Throttle(2, 60, clock=lambda: now[0])
    throttle.count("a")
    now[0] = 30.0
    throttle.count("a")
    assert throttle.wait("a") == 30.0
    assert throttle.wait("b") == 0.0
    now[0] = 61.0
    assert throttle.wait("a") == 0.0
    throttle.count("a")
    throttle.forget("a")
    throttle.count("a")
    assert throttle.wait("a") == 0.0
    for number in range(MOST_KEPT + 10):
        throttle.count(str(number))
    assert len(throttle._tries) == MOST_KEPT


@pytest.mark.parametrize("path", ["/", "/sign-out", "/sign-in"])
def test_forms_without_their_token_do_nothing(visit, path):
    browser = visit()
    data = {"file": (io.BytesIO(CSV), "bom.csv")}
    answer = browser.client.post(path, data=data, headers=browser.headers)
    assert answer.status_code == 400
    assert browser.get("/").status_code == 200


def test_session_cookie_is_kept_from_scripts_and_other_sites(stranger, people):
    cookie = stranger.sign_in(people["owner"]).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_sign_out_ends_the_session(visit):
    browser = visit()
    assert browser.post("/sign-out", {}, seen="/").status_code == 303
    assert browser.get("/").status_code == 303


def test_a_reader_may_look_and_not_change(visit):
    owner, reader = visit("owner"), visit("reader")
    data = {"file": (io.BytesIO(CSV), "bom.csv"), "lines": ""}
    place = owner.post("/", data, content_type="multipart/form-data").headers["Location"]
    page = reader.get(place)
    assert page.status_code == 200
    assert "/delete" not in page.text
    assert reader.post(f"{place}/delete", {}, seen="/").status_code == 403
    assert reader.post("/", {"lines": CSV.decode()}).status_code == 403
    assert owner.get(place).status_code == 200


def test_nothing_of_one_company_is_on_the_pages_of_another(visit):
    owner, rival = visit("owner"), visit("rival")
    data = {"file": (io.BytesIO(CSV), "secret-plan.csv"), "lines": ""}
    place = owner.post("/", data, content_type="multipart/form-data").headers["Location"]
    for path in (place, f"{place}/lines"):
        assert rival.get(path).status_code == 404
    assert rival.post(f"{place}/delete", {}, seen="/").status_code == 404
    assert "secret-plan" not in rival.get("/").text
    assert owner.get(place).status_code == 200


def test_language_follows_the_browser_until_it_is_chosen(stranger):
    stranger.headers["Accept-Language"] = "nl-BE, en;q=0.5"
    assert 'lang="nl"' in stranger.get("/sign-in").text
    assert stranger.get("/language/en?next=/sign-in").headers["Location"] == "/sign-in"
    assert '<html lang="en"' in stranger.get("/sign-in").text
    assert stranger.get("/language/xx").status_code == 404


def test_errors_are_pages_for_people_and_problems_for_programs(stranger):
    page = stranger.get("/nothing-here")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    stranger.headers["Accept"] = "*/*"
    problem = stranger.get("/nothing-here")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")


def test_pages_are_small_and_call_nobody(visit):
    browser = visit()
    page = browser.get("/")
    with browser.get("/static/scanner.css") as answer:
        style = answer.text
    assert len(page.data) + len(style) < 100_000
    for text in (page.text, style):
        assert "http://" not in text.replace("http://www.w3.org", "")
        assert "https://" not in text
