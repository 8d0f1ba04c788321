"""axe-core reads every page in a real Chromium: WCAG 2.2 AA, both languages, light and dark."""

import pytest

from tests.pages.test_browser import SAMPLE, address, chromium, pytestmark

__all__ = ["address", "chromium", "pytestmark"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = (
    "/",
    "/review",
    "/parts",
    "/parts?q=qqqqq",
    "/search",
    "/search?q=tantaal",
    "/search?q=Magneet NdFeB N42 10x4",
    "/materials",
    "/materials/neodymium",
    "/countries",
    "/countries/COD",
    "/components",
    "/components/magnet_ndfeb",
    "/alloys",
    "/alloys/1.4404",
    "/codes",
    "/codes/850511",
    "/people",
    "/cases",
    "/cases/statistics",
    "/company",
    "/company/log",
    "/account",
    "/boms/00000000-0000-7000-8000-000000000000",
)


def findings(page):
    """What axe-core finds, a line each."""
    sync = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = sync.Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{page.url}: {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"][:2]
    ]


@pytest.mark.parametrize(
    "looks",
    [("en", 1280, "light"), ("nl", 320, "dark")],
    ids=lambda looks: "-".join(map(str, looks)),
)
def test_every_page_can_be_used_by_everybody(chromium, address, people, looks):
    language, width, scheme = looks
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    wrong = findings(page)
    page.fill("#email", people["owner"])
    page.fill("#password", "a long enough password")
    page.click("main button[type=submit]")
    page.set_input_files("#file", SAMPLE)
    page.click("form[enctype] button[type=submit]")
    page.wait_for_selector("#materials")
    bom = page.url.removeprefix(address)
    page.goto(f"{address}/parts")
    part = page.locator("main table a").first.get_attribute("href")
    page.goto(f"{address}/cases")
    page.fill("#question", "Zit er kobalt in onze motor, en wat als China niet levert?")
    page.click("main button[type=submit]")
    case = page.url.removeprefix(address)
    page.goto(f"{address}{bom}/columns")
    wrong += findings(page)
    page.locator("main select[name^=column]").last.select_option("remarks")
    page.click("main button[type=submit]")
    page.wait_for_selector("#materials")
    for path in (
        *PATHS,
        "/columns",
        f"{bom}/columns",
        case,
        f"{case}?q=kobalt",
        bom,
        f"{bom}/lines",
        f"{bom}/materials/neodymium",
        f"{bom}/scenario?country=CHN",
        part,
        f"{part}?q=steel",
    ):
        page.goto(address + path)
        wrong += findings(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if too_wide:
            wrong.append(f"{path} is wider than {width} pixels")
    context.close()
    assert not wrong, "\n".join(wrong)
