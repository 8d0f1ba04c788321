"""The box that suggests while one types, in a real Chromium, by keys alone."""

import pytest

from tests.pages.test_accessibility import findings
from tests.pages.test_browser import chromium, pytestmark
from tests.pages.test_public_pages import site

__all__ = ["chromium", "pytestmark", "site"]


@pytest.fixture
def page(chromium, site):
    """The search page of a stranger, in Dutch; its console tells nothing but refusals (429)."""
    context = chromium.new_context(locale="nl", viewport={"width": 390, "height": 800})
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/search")
    yield page
    context.close()
    assert [one for one in complaints if "429" not in one] == []


def test_arrows_choose_and_enter_opens_the_page(page):
    page.locator("#q").press_sequentially("kobal")
    page.wait_for_selector("[role=option]")
    assert page.locator("#q").get_attribute("aria-expanded") == "true"
    assert "suggestie" in page.locator(".field [role=status]").inner_text()
    assert findings(page) == []
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#q").get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    assert findings(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/materials/cobalt")


def test_enter_without_a_choice_searches_as_ever(page):
    page.locator("#q").press_sequentially("kobal")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=kobal")
    assert page.locator(".finds a").first.is_visible()


def test_escape_closes_and_keeps_what_was_typed(page):
    page.locator("#q").press_sequentially("kobal")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]").is_hidden()
    assert page.locator("#q").input_value() == "kobal"


def test_a_click_opens_the_page(page):
    page.locator("#q").press_sequentially("kobal")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/materials/cobalt")


def test_fast_typing_asks_the_server_once(page):
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    page.clock.install()
    page.clock.pause_at("2100-01-01")
    page.locator("#q").press_sequentially("kobalt")
    assert not any("suggestions" in url for url in urls)
    page.clock.run_for(250)
    page.wait_for_selector("[role=option]")
    asked = [url.partition("/search/")[2] for url in urls if "suggestions" in url]
    assert asked == ["suggestions?q=kobalt"]


def test_who_asked_too_often_is_left_in_peace_for_as_long_as_the_server_says(page):
    asked = []

    def refuse(route):
        asked.append(route.request.url)
        route.fulfill(status=429 if len(asked) == 1 else 200, headers={"Retry-After": "60"})

    page.route("**/search/suggestions*", refuse)
    page.clock.install()
    page.clock.pause_at("2100-01-01")
    box = page.locator("#q")
    with page.expect_response("**/search/suggestions*"):
        box.press_sequentially("kob")
        page.clock.run_for(250)
    page.evaluate("fetch('/static/mark.svg').then((answer) => answer.text())")  # comes after it
    box.press_sequentially("alt")
    page.clock.run_for(250)
    assert len(asked) == 1
    assert page.locator("[role=listbox]").is_hidden()
    page.clock.run_for(60_000)
    with page.expect_response("**/search/suggestions*"):
        box.press_sequentially("z")
        page.clock.run_for(250)
    assert len(asked) == 2
