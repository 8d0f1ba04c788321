"""Pages of alloys, component classes and commodity codes in Dutch and English."""

import pytest

from tests.pages.test_walk import check

PATHS = (
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
        check(browser.get(path), "2026.1")


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
