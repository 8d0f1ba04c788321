"""A walk through all pages in both languages, as a person without script takes it."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import orjson
import pytest

from scanner.services import boms, users

PASSWORD = "a long enough password"
SAMPLES = Path(__file__).parents[2] / "bom_samples"
DRIVE = "e_bike_drive/bom.xlsx"
VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "line", "path"}
WORDS = {
    "en": {
        "home": "What is in your product?",
        "coverage": "We recognised",
        "possible": "Possibly also inside",
        "unknown": "What is not recognised is unknown. It is not free of risk.",
        "material": "Magnesium",
        "country": "South Africa",
        "number": "4.1",
        "failed": "No column headings were recognised.",
        "lines": "Lines of Pump",
        "empty": "The file is empty.",
        "units": "Enter a whole number above 0",
    },
    "nl": {
        "home": "Wat zit er in uw product?",
        "coverage": "Wij herkenden",
        "possible": "Mogelijk ook in het product",
        "unknown": "Wat niet is herkend, is onbekend. Het is niet vrij van risico.",
        "material": "Magnesium",
        "country": "Zuid-Afrika",
        "number": "4,1",
        "failed": "Er zijn geen kolomkoppen herkend.",
        "lines": "Regels van Pump",
        "empty": "Het bestand is leeg.",
        "units": "Vul een geheel getal boven 0 in",
    },
}


class Balanced(HTMLParser):
    """Checks that tags close, and collects ids and references to them."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.refs, self.text = [], [], set(), []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        assert "style" not in found, "the policy forbids inline style"
        assert not [name for name in found if name.startswith("on")]
        if tag == "script":
            assert found["src"].startswith("/static/"), "the policy forbids inline script"
        if "id" in found:
            self.ids.append(found["id"])
        if found.get("href", "").startswith("#"):
            self.refs.add(found["href"][1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes the wrong element"


def check(answer, *texts):
    """A page that is well formed, whose inner links lead somewhere, that holds the texts."""
    page = Balanced()
    page.feed(answer.text)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), "ids are unique"
    assert page.refs <= set(page.ids), page.refs - set(page.ids)
    for text in texts:
        assert text in answer.text
    assert "%(" not in answer.text
    assert "{{" not in answer.text
    return answer.text


def upload(browser, content, name="bom.csv", **fields):
    data = {"file": (io.BytesIO(content), name), "lines": "", **fields}
    return browser.post("/", data, content_type="multipart/form-data")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_walk(visit, language):
    browser, words = visit(language=language), WORDS[language]
    home = browser.get("/")
    check(home, words["home"], f'lang="{language}"')
    pump = (SAMPLES / "pump" / "bom.csv").read_bytes()
    sent = upload(browser, pump, name="Pump", annual_units="1000")
    assert sent.status_code == 303, sent.text
    place = sent.headers["Location"]
    page = check(
        browser.get(place),
        words["coverage"],
        words["unknown"],
        words["material"],
        words["country"],
        words["number"],
        "2026.1",
    )
    assert 'id="source-' in page
    check(browser.get(f"{place}/lines"), words["lines"], "Spiralgehäuse DN 65")
    check(browser.get("/"), "Pump", "1.000" if language == "nl" else "1,000")
    for path in (
        *("/materials", "/materials/magnesium", "/materials/gallium"),
        *("/countries", "/countries/ZAF", "/countries/COD", "/countries/CHN"),
    ):
        check(browser.get(path))
    check(browser.get("/countries/ZAF"), words["country"])
    gone = browser.post(f"{place}/delete", {}, seen=place)
    assert gone.status_code == 303
    missing = browser.get(place)
    assert missing.status_code == 404
    check(missing)


@pytest.mark.parametrize("sample", ["pump/bom.csv", "sensor_board/bom.csv", DRIVE])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_all_of_a_profile_is_on_the_page(visit, ctx, people, sample, language):
    browser = visit(language=language)
    place = upload(browser, (SAMPLES / sample).read_bytes(), name=sample).headers["Location"]
    page = check(browser.get(place))
    company = users.authenticate(ctx, people["owner"], PASSWORD).company_id
    bom_id = UUID(place.rpartition("/")[2])
    profile = orjson.loads(boms.profile(ctx, company, bom_id).body)
    for entry in profile["materials"]:
        assert f'id="material-{entry["material"]}"' in page
    alone = {
        entry["material"]: check(browser.get(f"{place}/materials/{entry['material']}"))
        for entry in profile["materials"]
    }
    for key in profile["sources"]:
        assert any(f'id="source-{key}"' in text for text in (page, *alone.values())), key
    for entry in profile["materials"]:
        for held in entry["parts"]["shown"]:
            assert all(one["rule"] in alone[entry["material"]] for one in held["evidence"])
    sure, possible = page.index('id="materials"'), page.find('id="possible"')
    for entry in profile["materials"]:
        at = page.index(f'id="material-{entry["material"]}"')
        assert at > (possible if entry["presence"] == "possible" else sure)


def test_unknown_supply_risk_is_said_and_not_shown_as_low(visit):
    page = visit().get("/materials").text
    rows = re.findall(r'<tr class="entry">.*?</tr>', page, re.DOTALL)
    risks = [
        re.search(r'data-label="Supply risk \(SR\)">(.*?)</td>', row, re.DOTALL)[1] for row in rows
    ]
    unknown = ['<span class="unknown">unknown</span>' in risk for risk in risks]
    assert unknown == sorted(unknown), "what is unknown comes last and says so"
    numbers = [float(re.search(r"[0-9.]+", risk)[0]) for risk in risks if "unknown" not in risk]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) + sum(unknown) == len(rows) > 80


DOCUMENTED = {
    "en": ("Documented statements only", "documented statements only",
           "Of 1 recognised line no document says what is inside",
           "left out, by engineering knowledge alone:"),
    "nl": ("Alleen gedocumenteerde uitspraken", "alleen gedocumenteerde uitspraken",
           "Van 1 herkende regel zegt geen document wat erin zit",
           "weggelaten, alleen uit vakkennis:"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "nl"])
def test_documented_statements_only(visit, language):
    browser = visit(language=language)
    form, said, unknown, left_out = DOCUMENTED[language]
    check(browser.get("/"), form, 'type="checkbox"')
    body = b"Description;Quantity;Material\nTerminal block 2-pole;3;\nShaft;1;1.4462\n"
    place = upload(browser, body, documented_only="y").headers["Location"]
    check(browser.get(place), said, unknown)
    lines = check(browser.get(f"{place}/lines"), left_out)
    assert "none of the screened ones" not in lines
    assert "geen van de onderzochte" not in lines
    everything = upload(browser, body).headers["Location"]
    assert said not in browser.get(everything).text
    assert left_out not in browser.get(f"{everything}/lines").text


def test_the_choice_stays_when_the_form_comes_back(visit):
    refused = upload(visit(), b"", documented_only="y")
    assert refused.status_code == 422
    assert re.search(r'<input type="checkbox" id="documented_only"[^>]* checked', refused.text)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_pasted_lines(visit, language):
    browser = visit(language=language)
    lines = "Description\tQty\nShaft 1.4462\t2\n"
    sent = browser.post("/", {"lines": lines, "name": "Pasted"})
    assert sent.status_code == 303, sent.text
    place = sent.headers["Location"]
    check(browser.get(place), "Pasted")
    check(browser.get(f"{place}/materials/nickel"), "Shaft 1.4462")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_bad_input_is_explained_in_the_language_of_the_page(visit, language):
    browser, words = visit(language=language), WORDS[language]
    failed = upload(browser, b"1;2;3\n4;5;6\n7;8;9\n")
    check(browser.get(failed.headers["Location"]), words["failed"])
    empty = upload(browser, b"")
    assert empty.status_code == 422
    check(empty, words["empty"])
    nothing = browser.post("/", {"lines": ""})
    assert nothing.status_code == 422
    wrong = upload(browser, b"Description;Qty\nShaft;1\n", annual_units="-5")
    assert wrong.status_code == 422
    check(wrong, words["units"])


def test_problems_of_rows_show_place_and_advice(visit):
    browser = visit(language="nl")
    body = b"Omschrijving;Aantal\nAs 1.4462;2\nBout A4-80;-3\nMoer A4;\n"
    page = check(browser.get(upload(browser, body).headers["Location"]))
    assert "rij 3" in page
    assert "Het aantal is negatief" in page


def test_the_cell_of_a_stranger_is_text_and_not_markup(visit):
    browser = visit()
    body = b'Description;Qty\n"<script>alert(1)</script> 1.4462";1\n'
    sent = upload(browser, body, name="<b>x</b>.csv")
    place = sent.headers["Location"]
    page = check(browser.get(place))
    page += check(browser.get(f"{place}/materials/nickel"), "&lt;script&gt;")
    assert "<script>" not in page
    assert "<b>x</b>" not in page


def test_dutch_names_begin_with_the_capital_that_dutch_has(visit):
    page = visit(language="nl").get("/materials").text
    assert "IJzererts" in page
    assert "Ijzererts" not in page


def test_a_material_shows_production_uses_and_history_in_dutch(visit):
    page = visit(language="nl").get("/materials/aluminium").text
    assert "Wereldproductie: bauxiet" in page
    assert "niet gepubliceerd" in page
    assert "EU-beoordelingen sinds 2011" in page
    assert "Toepassingen in de EU" in page


def test_a_material_shows_its_indicators_its_trend_and_who_else_makes_it(visit):
    page = " ".join(check(visit(language="nl").get("/materials/cobalt")).split())
    assert "Het risico op de wereldmarkt is gestegen." in page
    assert "was 2,72 in 2016–2020 en is 3,86 in 2025" in page
    assert page.count('<tr class="group">') == 4
    assert page.count('class="level ') == 10
    assert "Schade aan de biodiversiteit" in page
    assert "geen bron die wij mogen doorgeven" in page
    assert "Congo-Kinshasa maakte 74% van de wereldproductie in 2025" in page
    assert "met een grondstoffenpartnerschap" in page


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_material_is_told_in_words(visit, ctx, language):
    browser = visit(language=language)
    for material in ctx.engine.knowledge.supply.materials:
        page = check(browser.get(f"/materials/{material}"))
        assert not re.search(r'class="unknown">[^<]*_', page), material


def test_what_no_source_tells_is_not_on_the_page_of_a_material(visit):
    page = visit().get("/materials/xenon").text
    assert "World production" not in page
    assert "EU assessments since 2011" in page
