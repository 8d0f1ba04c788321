"""A real Chromium without script signs in, uploads a sample and reads the profile."""

import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from scanner.app import create_app

SAMPLE = Path(__file__).parents[2] / "bom_samples" / "e_bike_drive" / "bom.xlsx"
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]


@pytest.fixture
def address(ctx, worker):
    server = make_server("127.0.0.1", 0, create_app(ctx.settings, ctx), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_sign_in_upload_and_read(chromium, address, people, width, language):
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=language, java_script_enabled=False
    )
    page, complaints, calls = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: calls.append(request.url))
    page.goto(address)
    page.fill("#email", people["owner"])
    page.fill("#password", "a long enough password")
    page.click("main button[type=submit]")
    page.set_input_files("#file", SAMPLE)
    page.fill("#annual_units", "5000")
    page.click("form[enctype] button[type=submit]")
    page.wait_for_selector("#materials")
    assert page.locator("html").get_attribute("lang") == language
    row = page.locator("#material-neodymium")
    assert row.is_visible()
    for element in ("html", "main table", "#material-neodymium", "header"):
        box = page.locator(element).first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 1, f"{element} is wider than the screen"
    row.locator("a[href*='/materials/neodymium']").last.click()
    page.wait_for_selector("#parts")
    assert page.locator(".reasons li").first.is_visible()
    assert "N42SH" in page.locator("main").inner_text()
    assert complaints == []
    assert [url for url in calls if not url.startswith(address)] == []
    context.close()
