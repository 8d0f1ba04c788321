"""Pages of alloys, component classes and commodity codes in Dutch and English."""

import html
import re

import pytest

from scanner.services import alloys, codes
from tests.pages.test_walk import check

PATHS = (
    "/components",
    "/alloys",
    "/alloys?q=1.44",
    "/codes",
    "/codes?q=8505",
    "/codes?q=magnet",
    "/components/mlcc",
    "/components/electronic_component",
    "/components/document",
    "/alloys/ss_1_4404",
    "/alloys/1.4408",
    "/codes/850511",
    "/codes/85",
    "/codes/842132",
    "/codes/870323",
    "/codes/2805301010",
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_whole_in_both_languages(visit, language):
    browser = visit(language=language)
    for path in PATHS:
        check(browser.get(path))


@pytest.mark.parametrize("path", ["/components/mlcc", "/alloys/ss_1_4404", "/codes/850511"])
def test_a_page_of_figures_names_its_release(visit, path):
    check(visit().get(path), "2026.1")


def links(page, area):
    """The addresses of one area that a page leads to, without those of lists."""
    return re.findall(rf'href="(/{area}/[^"?]+)"', page)


def test_the_tree_of_components_leads_to_each_of_them(visit, ctx):
    found = links(check(visit().get("/components")), "components")
    wanted = [f"/components/{key}" for key in ctx.engine.knowledge.catalogue.classes]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize(("area", "asked"), [("alloys", ""), ("alloys", "1.4"), ("codes", "85")])
def test_the_pages_of_a_list_lead_to_everything_in_it_once(visit, ctx, area, asked):
    browser, path, found = visit(), f"/{area}?q={asked}", []
    while path:
        page = check(browser.get(path))
        found += links(page, area)
        next_page = re.search(r'href="([^"]*cursor=[^"]*)"', page)
        path = html.unescape(next_page[1]) if next_page else None
    if area == "alloys":
        listed = alloys.list_page(ctx, limit=10_000, query=asked or None).items
        wanted = [f"/alloys/{entry.id}" for entry in listed]
    else:
        listed = codes.list_page(ctx, limit=100_000, prefix=asked).items
        wanted = [f"/codes/{entry.code}" for entry in listed]
    assert len(wanted) > 50
    assert found == wanted


def test_codes_are_found_by_their_words(visit):
    page = check(visit(language="nl").get("/codes?q=permanente+magneten"))
    assert "/codes/85051110" in links(page, "codes")
    assert "/codes/85" in links(check(visit().get("/codes")), "codes")


@pytest.mark.parametrize("area", ["alloys", "codes"])
def test_a_list_says_when_nothing_is_called_so(visit, area):
    page = check(visit().get(f"/{area}?q=<unobtainium>"), "Nothing here is called so")
    assert "&lt;unobtainium&gt;" in page


@pytest.mark.parametrize("area", ["alloys", "codes"])
def test_a_made_up_cursor_is_refused(visit, area):
    refused = visit().get(f"/{area}?q=85&cursor=x")
    assert refused.status_code == 422


def test_a_class_links_to_the_classes_around_it(visit):
    page = check(visit().get("/components/mlcc"), "Multilayer ceramic capacitor")
    assert 'href="/components/capacitor"' in page
    assert 'href="/materials/nickel"' in page
    below = check(visit().get("/components/capacitor"))
    assert 'href="/components/mlcc"' in below


def test_a_nominal_figure_says_that_its_range_is_not_known(visit):
    page = check(visit().get("/alloys/1.4408"), "1.4408")
    assert "about 19" in page
    assert "its range is not known" in page
    dutch = check(visit(language="nl").get("/alloys/1.4408"))
    assert "de spreiding is niet bekend" in dutch


def test_an_ambiguous_designation_shows_all_candidates(visit, ctx):
    spelling, found = next(
        (spelling, found)
        for spelling, found in ctx.engine.alloys_by_spelling.items()
        if len(found) > 1 and len(spelling) > 3
    )
    page = check(visit().get(f"/alloys/{spelling}"), "Several alloys are called so")
    assert page.count("Also called:") == len(found)


def test_an_unknown_code_shows_the_nearest_heading(visit):
    page = check(visit().get("/codes/8505 11 99"), "850511")
    assert "85051199 is not in this release" in page
    assert "of the monolith" in check(visit().get("/codes/842132"))
    assert "kg per kg of vehicle" in check(visit().get("/codes/870323"))


@pytest.mark.parametrize("path", ["/components/none", "/alloys/unobtainium", "/codes/0000"])
def test_what_is_not_there_is_said_to_be_missing(visit, path):
    missing = visit().get(path)
    assert missing.status_code == 404
    check(missing)
