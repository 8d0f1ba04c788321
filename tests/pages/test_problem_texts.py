"""What is wrong with a file is told in the language of the page, and never in another one."""

import io

import pytest
from flask_babel import force_locale

from scanner.core import errors
from scanner.pages.problem_texts import FORMS, said
from scanner.pages.words import PROBLEMS


@pytest.fixture
def dutch(app):
    with app.test_request_context(headers={"Accept-Language": "nl"}), force_locale("nl"):
        yield


def test_figures_of_a_sentence_come_back_in_its_translation(dutch):
    assert said("The list has more than 250000 lines.") == "De lijst heeft meer dan 250000 regels."
    assert said("An assembly contains itself: As > Naaf\n2 > As.").endswith("As > Naaf\n2 > As.")


def test_every_form_is_told_in_dutch(dutch):
    for form in FORMS:
        assert said(form) not in ("", form)


def test_a_sentence_that_is_known_in_english_only_is_left_out(dutch):
    assert said("The moon is in the way.") == ""


def test_an_english_page_says_what_the_error_says(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert said("The moon is in the way.") == "The moon is in the way."


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("empty", b"", "Er staat niets in het bestand."),
        ("white", b" \n \n", "alleen spaties en lege regels"),
        ("pdf", b"%PDF-1.7\n\x00\xff", "Het bestand is een PDF-document."),
        ("picture", b"\x89PNG\r\n\x1a\n\x00\x00", "Het bestand is een afbeelding (PNG)."),
        ("page", b"<!doctype html><p>x</p>", "een webpagina of een XML-document"),
        ("header", b"1;2;3\n4;5;6\n7;8;9\n", "Geen van de eerste 3 rijen"),
        ("lines", b"Omschrijving;Aantal\n;\n", "daaronder geen regel die een onderdeel noemt"),
        ("json", b'{"a": 1}', "In de JSON staat geen lijst met regels."),
    ],
)
def test_real_files_are_refused_in_dutch(visit, name, content, text):
    browser = visit(language="nl")
    data = {"file": (io.BytesIO(content), name), "lines": ""}
    answer = browser.post("/", data, content_type="multipart/form-data")
    page = answer if answer.status_code == 422 else browser.get(answer.headers["Location"])
    assert text in page.text
    assert 'lang="en"' not in page.text.partition("<main")[2].partition("</main>")[0]


def test_a_reader_is_not_told_to_upload(visit):
    owner, reader = visit("owner"), visit("reader")
    data = {"file": (io.BytesIO(b"1;2;3\n4;5;6\n7;8;9\n"), "bom.csv"), "lines": ""}
    place = owner.post("/", data, content_type="multipart/form-data").headers["Location"]
    assert "Upload again" in owner.get(place).text
    for path in (place, "/"):
        page = reader.get(path).text
        assert "Upload again" not in page
        assert "upload it again" not in page
        assert 'type="file"' not in page
        assert "Hand over" not in page


def test_every_problem_of_a_file_has_words():
    kinds = [errors.UnreadableBom, *errors.UnreadableBom.__subclasses__()]
    more = [errors.BomTooLarge, errors.CyclicBom, errors.Cancelled, errors.Conflict]
    assert {kind.code for kind in (*kinds, *more)} <= set(PROBLEMS)
