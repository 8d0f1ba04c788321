import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.bom import Part
from scanner.core.evidence import RecognitionState
from scanner.knowledge import load
from scanner.match.misspelt import Misspelt

MISSPELT = Misspelt(load().lexicon.terms)


@pytest.mark.parametrize(
    ("written", "meant", "target"),
    [
        ("Tantalkondesator", "tantalkondensator", "class:tantalum_cap"),
        ("konnektor", "connector", "class:connector"),
        ("kondensater", "kondensator", "class:capacitor"),
        ("resisotr", "resistor", "class:resistor"),
        ("kogellagr", "kogellager", "class:bearing"),
        ("titanum", "titanium", "material:titanium_metal"),
    ],
)
def test_the_word_that_was_meant(release_matcher, written, meant, target):
    found = release_matcher.recognise(Part(description=f"{written} 12"))
    (evidence,) = [item for item in found.evidence if str(item.points_to) == target]
    assert evidence.text == written
    assert evidence.rule.startswith(f"misspelt/{meant}/")
    right = release_matcher.recognise(Part(description=f"{meant} 12"))
    assert evidence.confidence < max(item.confidence for item in right.evidence)


@pytest.mark.parametrize(
    "text",
    ["Cooper Bussmann", "contract", "goud", "tina", "Koffer", "stringer",
     "leather", "reley"],
)  # fmt: skip
def test_words_that_are_only_near_are_left_alone(release_matcher, text):
    found = release_matcher.recognise(Part(description=text))
    assert not any(item.rule.startswith("misspelt/") for item in found.evidence)


def test_exact_words_leave_nothing_to_guess(release_matcher):
    found = release_matcher.recognise(Part(description="connector titanum"))
    assert {str(item.points_to) for item in found.evidence} == {"class:connector"}
    assert found.state is RecognitionState.RECOGNISED


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("Mesing Rundstab 10", "alloy:gen_brass"),
        ("alumimium tole 2mm", "material:aluminium"),
        ("solenoyd valve 24VDC", "class:solenoid_valve"),
        ("verin pneumatiqe 32x100", "class:cylinder_pneumatic"),
        ("Disply LCD 16x2", "class:display_lcd"),
        ("koggellager 6202", "class:bearing"),
        ("spiralboher hss 8,5", "class:cutting_tool_hss"),
    ],
)
def test_a_word_that_exact_rules_left_over(release_matcher, written, target):
    found = release_matcher.recognise(Part(description=written))
    (evidence,) = [item for item in found.evidence if str(item.points_to) == target]
    assert evidence.rule.startswith("misspelt/")


@pytest.mark.parametrize(
    "text",
    ["Disply", "Kupferfreie Montagepaste", "BLDC motor drivers", "missing part", "Sandvick 12"],
)
def test_short_words_negations_and_plurals_are_left_alone(release_matcher, text):
    found = release_matcher.recognise(Part(description=text))
    assert not any(item.rule.startswith("misspelt/") for item in found.evidence)


@given(st.text("abcdefghiklmnoprstu", max_size=5))
def test_a_short_word_is_never_corrected(word):
    assert not list(MISSPELT.find([word], set()))
