"""Pages for people without an account in a real Chromium: small, usable by everybody, by keys."""

import threading
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from scanner.app import create_app
from scanner.services import companies
from scanner.services.context import Context
from tests.pages.test_accessibility import findings
from tests.pages.test_browser import chromium, pytestmark

__all__ = ["chromium", "pytestmark"]

MOST_BYTES = 100_000
PATHS = (
    "/sign-in",
    "/search",
    "/search?q=kobalt",
    "/materials/cobalt",
    "/countries/CHN",
    "/question",
)


@pytest.fixture
def site(ctx):
    company = companies.create(ctx, name="Desk")
    settings = replace(ctx.settings, help_desk_company=str(company.id), rate_limit_public="")
    app = create_app(settings, Context(settings, ctx.database, ctx.engine, ctx.queue))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    serving.join(10)


@pytest.mark.parametrize(
    "looks",
    [("en", 1280, "dark"), ("nl", 320, "light")],
    ids=lambda looks: "-".join(map(str, looks)),
)
def test_everybody_can_use_the_pages_that_need_no_account(chromium, site, looks):
    language, width, scheme = looks
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme,
        java_script_enabled=True,
    )  # fmt: skip
    page, wrong = context.new_page(), []
    for path in PATHS:
        page.goto(site + path)
        wrong += findings(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{path} is wider than {width} pixels")
    context.close()
    assert not wrong, "\n".join(wrong)


def test_the_first_page_is_small(chromium, site):
    """What a browser without any cache fetches for the page that a stranger sees first."""
    context = chromium.new_context()
    page, sizes = context.new_page(), {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(site, wait_until="networkidle")
    context.close()
    assert len(sizes) >= 2, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_a_question_is_asked_by_keys_alone_and_without_script(chromium, site):
    context = chromium.new_context(java_script_enabled=False, locale="nl")
    page = context.new_page()
    page.goto(f"{site}/question")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator("#question:focus").count():
            break
    page.keyboard.type("Zit er kobalt in mijn fiets?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Uw vraag is binnen"
    context.close()
