import pytest

from scanner.core.bom import Part
from scanner.core.evidence import RecognitionState
from scanner.match.misspelt import is_one_slip


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
    ("one", "other", "slip"),
    [
        ("resistor", "resistr", True),
        ("resistor", "ressistor", True),
        ("resistor", "resistar", True),
        ("resistor", "resisotr", True),
        ("resistor", "resistor", False),
        ("resistor", "transistor", False),
        ("resistor", "rsistar", False),
    ],
)
def test_one_slip(one, other, slip):
    assert is_one_slip(one, other) is slip
    assert is_one_slip(other, one) is slip
