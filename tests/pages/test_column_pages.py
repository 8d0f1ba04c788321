"""The page of a file's columns: seen, put right, remembered, forgotten; without script."""

import io
import re

import pytest
from openpyxl import Workbook

from tests.pages.test_walk import check, upload

MESSY = b"Thing;Description;Count;Grade\nA-1;Shaft;2;1.4462\nA-2;Impeller;1;CuSn12\n"
ODD = b"Zaak;Hoeveel\nAs 1.4462;2\nWaaier;1\n"
CHOSEN = re.compile(r'<option value="([a-z_]*)" selected>')


def chosen(page):
    """What the page has chosen for each column, in order."""
    return CHOSEN.findall(page)


def sent(page, **other):
    """The form as the page fills it in, with other choices."""
    filled = {f"column-{at}": field for at, field in enumerate(chosen(page))}
    return filled | {name.replace("_", "-"): field for name, field in other.items()}


@pytest.fixture
def place(visit):
    """The address of a BOM whose columns are to be put right."""
    return upload(visit(), MESSY, name="Odd").headers["Location"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Read again with these columns"), ("nl", "Opnieuw lezen met")]
)
def test_page_shows_columns_with_cells_and_choices(visit, place, language, said):
    browser = visit(language=language)
    assert f"{place}/columns" in browser.get(place).text
    page = check(browser.get(f"{place}/columns"), "Thing", "A-1", "CuSn12", said)
    assert chosen(page)[1:3] == ["description", "quantity"]


def test_what_is_chosen_makes_a_version_and_is_remembered(visit, place):
    browser = visit()
    page = browser.get(f"{place}/columns").text
    answer = browser.post(
        f"{place}/columns", sent(page, column_0="maker_number", column_3="finish")
    )
    assert answer.status_code == 303
    again = browser.get(f"{place}/columns").text
    assert "version 2" in again
    assert chosen(again) == ["maker_number", "description", "quantity", "finish"]
    listed = check(browser.get("/columns"), "Thing · Description · Count · Grade")
    later = upload(browser, MESSY.replace(b"Shaft", b"Sleeve"), name="Later").headers["Location"]
    assert "a remembered correction was applied" in browser.get(later).text
    read = check(browser.get(f"{later}/columns"), "that your company made before")
    assert chosen(read) == chosen(again)
    (form,) = re.findall(r'action="(/columns/[^"]+/forget)"', listed)
    assert browser.post(form, {}, seen="/columns").status_code == 303
    check(browser.get("/columns"), "None yet.")
    assert chosen(browser.get(f"{later}/columns").text) == chosen(again)


def test_nothing_changed_makes_no_version(visit, place):
    browser = visit()
    page = browser.get(f"{place}/columns").text
    assert browser.post(f"{place}/columns", sent(page)).status_code == 303
    assert "version 1" in browser.get(f"{place}/columns").text


def test_two_columns_for_one_field_are_refused_and_the_choice_is_kept(visit, place):
    browser = visit()
    page = browser.get(f"{place}/columns").text
    answer = browser.post(f"{place}/columns", sent(page, column_0="finish", column_3="finish"))
    assert answer.status_code == 422
    check(answer, "Two columns were chosen for “finish”.")
    assert chosen(answer.text)[::3] == ["finish", "finish"]


@pytest.mark.parametrize("data", [ODD, b"As 1.4462;2\nWaaier;1\n"], ids=["headings", "none"])
def test_a_file_that_was_not_understood_is_read_once_its_columns_are_told(visit, data):
    browser = visit()
    place = upload(browser, data, name="Odd").headers["Location"]
    check(browser.get(place), "No column headings were recognised.", f"{place}/columns")
    check(browser.get(f"{place}/columns"), "Say what the columns hold", "As 1.4462")
    told = {"column-0": "description", "column-1": "quantity"}
    assert browser.post(f"{place}/columns", told).status_code == 303
    check(browser.get(place), "We recognised")
    check(browser.get(f"{place}/lines"), "As 1.4462", "Waaier")
    page = browser.get("/columns").text
    for form in re.findall(r'action="(/columns/[^"]+/forget)"', page):
        browser.post(form, {}, seen="/columns")
    assert ("Zaak" in page) == (data == ODD)


def test_another_sheet_is_read_with_columns_of_its_own(visit):
    book = Workbook()
    book.active.title = "Stock"
    for row in (["Part number", "Description", "Quantity"], ["A-1", "Shaft 1.4462", 2]):
        book.active.append(row)
    other = book.create_sheet("Spares")
    for row in (["Artikel", "Aantal"], ["Magneet NdFeB N42", 4]):
        other.append(row)
    file = io.BytesIO()
    book.save(file)
    browser = visit()
    place = upload(browser, file.getvalue(), name="book.xlsx").headers["Location"]
    page = check(browser.get(f"{place}/columns"), "Sheet with the list", "Spares")
    filled = sent(page[page.index("<table") :], column_1="remarks")
    assert browser.post(f"{place}/columns", {**filled, "sheet": "Spares"}).status_code == 303
    check(browser.get(f"{place}/lines"), "Magneet NdFeB N42")
    assert "Artikel" in browser.get(f"{place}/columns").text
    assert "Artikel" not in browser.get("/columns").text


def test_nothing_told_of_a_file_that_was_not_understood_makes_no_version(visit):
    browser = visit()
    place = upload(browser, ODD, name="Odd").headers["Location"]
    told = {"column-0": "", "column-1": ""}
    assert browser.post(f"{place}/columns", told).status_code == 303
    assert "version 1" in browser.get(f"{place}/columns").text


def test_readers_look_and_change_nothing_and_others_see_nothing(visit, place):
    reader, rival = visit("reader"), visit("rival")
    page = check(reader.get(f"{place}/columns"), "Thing")
    assert "<select" not in page
    assert reader.post(f"{place}/columns", {}, seen="/account").status_code == 403
    check(reader.get("/columns"))
    assert rival.get(f"{place}/columns").status_code == 404
    assert rival.post(f"{place}/columns", {}, seen="/account").status_code == 404


def test_the_company_page_leads_to_what_is_remembered(visit):
    assert 'href="/columns"' in visit().get("/company").text
