"""Pages of countries and raw materials say what is in the way of trade, and since when."""

import re
from datetime import date

import pytest

from scanner.services import standing

AFTER_ALL_SUSPENSIONS = date(2026, 11, 28)
WORDS = {
    "en": ("Restrictions of exports", "licence needed", "suspended until 2026-11-10"),
    "nl": ("Uitvoerbeperkingen", "vergunning nodig", "opgeschort tot en met 2026-11-10"),
}


def entry(page, subject):
    """The texts of the row that is about a subject."""
    rows = re.findall(r'<tr class="entry">.*?</tr>', page, re.DOTALL)
    (found,) = [row for row in rows if f'<span class="sub" lang="en">{subject}' in row]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_of_a_country_shows_its_measures(visit, language):
    page = visit(language=language).get("/countries/CHN").text
    assert all(text in page for text in WORDS[language])


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2026, 11, 10), "suspended"), (AFTER_ALL_SUSPENSIONS, "unknown")],
)
def test_a_page_says_the_state_of_its_day(visit, monkeypatch, day, state):
    monkeypatch.setattr(standing, "today", lambda: day)
    page = visit().get("/materials/erbium").text
    assert f"State on {day}" in page
    assert f" {state} suspended until 2026-11-10; what follows is not known" in entry(
        page, "erbium"
    )


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("COD", ("Conflict areas", "Named in the law", "High-risk regions")),
        ("RUS", ("Sanctions of the EU", "import restriction", "helium")),
        ("NAM", ("Restrictions of exports", "raw-materials partnership", "Rule of law")),
        ("BRA", ("EU-Mercosur", "provisionally applied", "2026-05-01")),
    ],
)
def test_what_is_known_of_a_country_is_shown(visit, code, texts):
    page = visit().get(f"/countries/{code}").text
    assert [text for text in texts if text not in page] == []
