"""The page of a BOM: orders and lists of its materials, the law, indicators, and each material."""

import re
from pathlib import Path

import pytest

from tests.pages.test_walk import check, upload

SAMPLE = Path(__file__).parents[2] / "bom_samples" / "e_bike_drive" / "bom.xlsx"
ROW = re.compile(r'<tr class="entry" id="material-([a-z_]+)">(.*?)</tr>', re.DOTALL)


@pytest.fixture(scope="module")
def shop(app, people, worker):
    from tests.pages.conftest import Browser

    browser = Browser(app)
    assert browser.sign_in(people["owner"]).status_code == 303
    sent = upload(browser, SAMPLE.read_bytes(), name="drive.xlsx", annual_units="5000")
    return browser, sent.headers["Location"]


def rows(text):
    """Materials of the first table, in order, with their cells."""
    return ROW.findall(text[: text.index('id="possible"')])


def test_materials_come_in_the_order_that_is_asked_for(shop):
    browser, place = shop
    plain = [key for key, _ in rows(check(browser.get(place)))]
    for order in ("name", "mass", "share", "lines", "risk"):
        found = [key for key, _ in rows(check(browser.get(f"{place}?sort={order}")))]
        assert sorted(found) == sorted(plain)
        assert (found == plain) == (order == "risk")
    names = [re.search(r">([^<]+)</a>", cells)[1] for _, cells in
             rows(browser.get(f"{place}?sort=name").text)]  # fmt: skip
    assert names == sorted(names, key=str.casefold)
    masses = ["unknown" in cells for _, cells in rows(browser.get(f"{place}?sort=mass").text)]
    assert masses


@pytest.mark.parametrize("kind", ["critical", "strategic"])
def test_a_list_shows_its_materials_and_says_how_many_it_leaves_out(shop, kind):
    browser, place = shop
    page = browser.get(f"{place}?list={kind}").text
    shown, all_of_them = rows(page), rows(browser.get(place).text)
    assert 0 < len(shown) < len(all_of_them)
    assert all(f'class="tag {kind}"' in cells for _, cells in shown)
    assert f"({len(all_of_them) - len(shown)} are not shown)" in page


def test_an_order_or_a_list_that_is_not_there_is_the_usual_one(shop):
    browser, place = shop
    assert rows(browser.get(f"{place}?sort=luck&list=none").text) == rows(browser.get(place).text)


def test_the_law_is_told_with_its_sources(shop):
    browser, place = shop
    page = check(browser.get(place))
    law = page[page.index('id="rules"') : page.index('id="indicators"')]
    assert re.search(r"Magnesium</a>: China 97%", law)
    assert 'href="#source-ec2023_annex7"' in law
    assert "upper bound" in law


def test_what_no_indicator_knows_is_called_unknown(shop):
    browser, place = shop
    page = browser.get(place).text
    table = page[page.index('id="indicators"') : page.index('id="unknown"')]
    assert table.count('class="level') + table.count('class="unknown"') == 11 * 4


def test_a_material_tells_its_parts_and_what_can_be_done(shop):
    browser, place = shop
    page = check(browser.get(f"{place}/materials/neodymium"), "N42SH", "Buy elsewhere")
    assert "A stock for 90 days weighs" in page
    for kind in ("Replace it", "Use less of it", "Recycle it", "Keep a stock", "Make it in the EU"):
        assert kind in page


def test_a_material_that_is_not_inside_is_not_found(shop):
    browser, place = shop
    assert browser.get(f"{place}/materials/unobtainium").status_code == 404


def test_a_stranger_sees_no_material_of_it(shop, visit):
    _, place = shop
    assert visit("rival").get(f"{place}/materials/neodymium").status_code == 404


def test_a_map_shows_each_stage_with_names_and_shares(shop):
    browser, _ = shop
    page = check(browser.get("/materials/cobalt"))
    assert page.count('<figure class="map">') == 2
    assert page.count('id="land"') == 1
    first = page[page.index('<figure class="map">') : page.index("</figure>")]
    assert re.search(r"<title[^>]*>World map of supply: extraction</title>", first)
    assert "Congo - Kinshasa 63%" in first
    assert "COD 63%" in first
    assert 'href="#source-natural_earth"' in first


def test_what_the_map_cannot_draw_is_named(shop):
    browser, _ = shop
    drawn = [
        re.search(r"Too small for this map: ([^.]+)\.", browser.get(f"/materials/{key}").text)
        for key in ("cobalt", "lithium", "tin", "helium", "salt", "gypsum", "limestone", "sulphur")
        if browser.get(f"/materials/{key}").status_code == 200
    ]
    assert any(drawn)
