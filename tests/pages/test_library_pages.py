"""The pages of the part library: doubt, decide, undo."""

import html
import re

import pytest

from tests.pages.test_walk import check

LINES = (
    "Reference;Part number;Description;Quantity\n"
    ";X-1;Qwzvy hinx;2\n"
    "R1;X-2;Capacitor 10R resistor;1\n"
)
PART = re.compile(r'href="(/parts/[0-9a-f-]{36})[^"]*">([^<]+)</a>')


@pytest.fixture
def parts(visit):
    """The addresses of two parts in doubt, by their description."""
    browser = visit()
    assert browser.post("/", {"lines": LINES, "name": "Doubt"}).status_code == 303
    found = {name: path for path, name in PART.findall(browser.get("/parts?q=X-").text)}
    assert set(found) == {"Qwzvy hinx", "Capacitor 10R resistor"}
    return found


def text_of(answer):
    return html.unescape(check(answer))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_whole_in_both_languages(visit, parts, language):
    browser = visit(language=language)
    for path in ("/review", "/parts", "/parts?state=unrecognised", *parts.values()):
        check(browser.get(path))
    for query in ("1.4404", "magneet", "qqqqq"):
        check(browser.get(f"{parts['Qwzvy hinx']}?q={query}"))


def test_a_part_is_said_to_be_something_else_and_that_is_undone(visit, parts):
    browser, part = visit(), parts["Qwzvy hinx"]
    assert "that does not mean that it is free of risk" in text_of(browser.get(part))
    found = text_of(browser.get(f"{part}?q=1.4404"))
    assert 'name="target" value="alloy:ss_1_4404"' in found
    sent = browser.post(
        f"{part}/decision", {"kind": "replace", "target": "alloy:ss_1_4404"}, seen=part
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, part)
    page = text_of(browser.get(part))
    assert "said to be:" in page
    assert "/materials/chromium" in page
    undone = browser.post(f"{part}/undo", {}, seen=part)
    assert undone.status_code == 303
    assert "/materials/chromium" not in text_of(browser.get(part))
    assert "a decision was undone" in text_of(browser.get(part))
    again = browser.post(f"{part}/undo", {}, seen=part)
    assert again.status_code == 409
    check(again)


def test_the_queue_is_cleared_by_one_click_and_tells_what_was_done(visit, parts):
    browser, part = visit(), parts["Capacitor 10R resistor"]
    assert part in browser.get("/review").text
    sent = browser.post(f"{part}/decision", {"kind": "confirm", "next": "review"}, seen="/review")
    assert sent.headers["Location"].startswith("/review?decided=")
    told = text_of(browser.get(sent.headers["Location"]))
    assert "Capacitor 10R resistor: confirmed:" in re.sub(r"\s+", " ", told)
    assert f'<a href="{part}">' not in told
    back = browser.post(f"{part}/undo", {"next": "review"}, seen=sent.headers["Location"])
    assert back.headers["Location"] == "/review"
    assert f'<a href="{part}">' in browser.get("/review").text


@pytest.mark.parametrize(("given", "status"), [
    ({"kind": "nothing"}, 422),
    ({"kind": "nothing", "reason": "A label of paper."}, 303),
    ({"kind": "dismiss", "material": "cobalt"}, 422),
    ({"kind": "replace", "target": "alloy:unobtainium"}, 422),
    ({"kind": "confirm"}, 422),
    ({"kind": "guess"}, 422),
    ({}, 422),
])  # fmt: skip
def test_a_decision_that_does_not_fit_changes_nothing_and_is_explained(visit, parts, given, status):
    browser, part = visit(), parts["Qwzvy hinx"]
    sent = browser.post(f"{part}/decision", given, seen=part)
    assert sent.status_code == status
    history = browser.get(part).text.count("<li value=")
    if status == 422:
        assert 'role="alert"' in check(sent)
    else:
        assert history > 0
        browser.post(f"{part}/undo", {}, seen=part)


def test_who_may_only_read_sees_no_buttons_and_decides_nothing(visit, parts):
    browser, part = visit("reader"), parts["Qwzvy hinx"]
    for path in ("/review", part):
        assert "/decision" not in text_of(browser.get(path))
    assert browser.post(f"{part}/decision", {"kind": "confirm"}, seen=part).status_code == 403


def test_the_parts_of_another_company_are_not_there(visit, parts):
    for path in parts.values():
        assert visit("rival").get(path).status_code == 404
        assert visit("rival").get(f"/review?decided={path.rpartition('/')[2]}").status_code == 404
