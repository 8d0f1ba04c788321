"""The page of a disruption."""

import html

import pytest

from tests.pages.test_walk import SAMPLES, check, upload


@pytest.fixture
def place(visit):
    """The address of the scenario page of the pump."""
    pump = (SAMPLES / "pump" / "bom.csv").read_bytes()
    return upload(visit(), pump, name="Pump").headers["Location"] + "/scenario"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("query", ["", "?country=CHN&percent=50", "?country=NRU", "?country=X"])
def test_every_answer_is_whole_in_both_languages(visit, place, language, query):
    check(visit(language=language).get(place + query))


def test_what_depends_on_a_country_is_told_with_year_and_source(visit, place):
    page = html.unescape(check(visit().get(f"{place}?country=CHN&percent=50"), "2026.1"))
    assert "China supplies 50% less" in page
    assert "It is no forecast" in page
    assert "1 line is not understood, and may depend on it too." in page
    assert "Opferanode M8" in page
    magnesium = page[page.index('href="/materials/magnesium"') :]
    assert "48%" in magnesium[:600]
    assert "2016-2020" in magnesium[:600]
    assert 'id="source-ec2023_annex7"' in page


def test_a_country_that_supplies_nothing_of_it_takes_nothing(visit, place):
    page = check(visit().get(f"{place}?country=NRU"))
    assert "loses supply" in page or "0%" in page


def test_the_bom_of_another_company_is_not_there(visit, place):
    assert visit("rival").get(place).status_code == 404
