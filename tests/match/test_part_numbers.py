import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.core.bom import Part
from scanner.match.clues import Origin
from scanner.match.part_numbers import PartNumberClues, first_characters


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^(GRM|GCM)\d{2}", "G"),
        (r"^(\d{1,2})?TP[A-Z]", "0123456789T"),
        (r"^[AB]C|^D", "ABD"),
        (r"^S?X", "SX"),
        (r"^(08|06)(05|03)", "0"),
        (r"^1\.5KE", "1"),
        (r"^(?:ab|c)d", "ac"),
    ],
)
def test_first_characters(pattern, expected):
    assert first_characters(pattern) == frozenset(expected)


def test_what_is_not_understood_may_begin_with_anything():
    assert len(first_characters(r"^x*y")) > 90


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_number_of_the_release_is_lost_by_its_first_character(knowledge, data):
    rule = data.draw(st.sampled_from(knowledge.lexicon.part_numbers))
    number = data.draw(st.from_regex(re.compile(rule.pattern, re.ASCII)))
    if number and 32 < ord(number[0]) < 127:
        assert number[0] in first_characters(rule.pattern)


@pytest.fixture(scope="module")
def numbers(lexicon):
    return PartNumberClues(lexicon.part_numbers)


def test_a_number_in_its_column_is_as_sure_as_its_rule(numbers):
    (clue,) = numbers.find(Part(maker_number="GRM188R71C104KA01D"))
    assert clue.origin is Origin.PART_NUMBER
    assert clue.evidence.confidence == 0.95
    assert clue.evidence.text == "GRM188R71C104KA01D"
    assert not clue.unsure


def test_another_maker_makes_it_less_sure(numbers):
    (clue,) = numbers.find(Part(maker="Yageo", maker_number="GRM188"))
    assert clue.evidence.confidence == pytest.approx(0.95 * 0.85, abs=1e-4)


def test_the_right_maker_makes_an_untested_rule_surer(numbers):
    (clue,) = numbers.find(Part(maker="KEMET Electronics", maker_number="T491B106"))
    assert clue.evidence.confidence == 0.6


def test_a_number_among_other_words_needs_support(numbers):
    (clue,) = numbers.find(Part(description="Cap T491B106 reel"))
    assert clue.unsure
    assert clue.origin is Origin.NUMBER_ELSEWHERE


def test_a_proven_number_is_believed_among_other_words(numbers):
    (clue,) = numbers.find(Part(description="Cap GRM188R71 reel"))
    assert not clue.unsure


def test_a_number_that_a_part_is_for_is_not_the_part(numbers):
    assert numbers.find(Part(description="Adapter for GRM188R71")) == []


def test_lower_case_is_read_too(numbers):
    assert numbers.find(Part(maker_number="grm188r71"))


def test_words_are_no_numbers(numbers):
    assert numbers.find(Part(description="A screw for the motor, 4 pcs")) == []


def test_an_untested_number_that_is_written_like_no_other_is_believed(knowledge):
    numbers = PartNumberClues(knowledge.lexicon.part_numbers)
    (clue,) = numbers.find(Part(description="Half bridge FF300R12KE3"))
    assert clue.evidence.points_to.id == "igbt"
    assert not clue.unsure


def test_a_type_of_five_characters_is_believed_in_a_text_but_not_as_an_article(knowledge):
    numbers = PartNumberClues(knowledge.lexicon.part_numbers)
    assert not any(clue.unsure for clue in numbers.find(Part(description="BAV99 reel")))
    assert all(clue.unsure for clue in numbers.find(Part(number="BAV99")))
