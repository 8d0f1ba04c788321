"""The page that looks anything up."""

import html

import pytest

from tests.pages.test_walk import check


def text_of(answer):
    return html.unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "query", ["", "cobalt", "tantaalcondensator 10uF", "1.4404", "titanuim", "qqqqqqqq", "<b>&"]
)
def test_every_answer_is_whole_in_both_languages(visit, language, query):
    check(visit(language=language).get("/search", query_string={"q": query}))


def test_a_line_of_text_is_taken_apart_with_its_evidence(visit):
    text = text_of(visit(language="nl").get("/search?q=Magneet NdFeB N42 10x4"))
    assert "als regel van een stuklijst" in text
    assert "/materials/neodymium" in text
    assert "/materials/dysprosium" in text


def test_what_has_a_name_is_no_line(visit):
    text = text_of(visit().get("/search?q=cobalt"))
    assert "as a line of a bill of materials" not in text
    assert "/materials/cobalt" in text


def test_who_finds_nothing_is_told_that_it_is_unknown(visit):
    assert "does not mean that it is free of risk" in text_of(visit().get("/search?q=qqqqqqqq"))


def test_a_typing_error_is_named(visit):
    text = text_of(visit().get("/search?q=titanuim"))
    assert "spelt nearly so" in text
    assert "/materials/titanium" in text


def test_what_is_still_being_typed_gets_suggestions_in_the_language_of_the_reader(visit):
    text = text_of(visit(language="nl").get("/search/suggestions?q=kobal"))
    assert 'data-page="/materials/cobalt"' in text
    assert "<html" not in text


def test_a_suggestion_is_text_and_no_markup(visit):
    answer = visit().get("/search/suggestions", query_string={"q": "<b>&"})
    assert answer.status_code == 200
    assert "<b>" not in answer.text
