"""Reference designators and the words for parts that are not fitted."""

import pytest

from scanner.parse import designators


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("C1,C2", ["C1", "C2"]),
        ("C1; C2;", ["C1", "C2"]),
        ("R1-R4", ["R1", "R2", "R3", "R4"]),
        ("R1 - R3, R7", ["R1", "R2", "R3", "R7"]),
        ("R1..3", ["R1", "R2", "R3"]),
        ("D1–D2", ["D1", "D2"]),
        ("U1 U2\nU3", ["U1", "U2", "U3"]),
        ("R9-R2", ["R9-R2"]),
        ("R1-C4", ["R1-C4"]),
        ("R1-R99999", ["R1-R99999"]),
        ("+5V, LED1", ["+5V", "LED1"]),
        ("", []),
    ],
)
def test_split(cell, names):
    assert designators.split(cell) == names


def test_prefix():
    assert designators.prefix(["C1", "C2"]) == "C"
    assert designators.prefix(["+5V", "LED1"]) == "LED"
    assert designators.prefix(["1", "2"]) is None
    assert designators.prefix([]) is None


@pytest.mark.parametrize(
    "text",
    ["DNP", "100n DNP", "10k/DNP", "dnf", "Not fitted", "do not populate", "niet bestukken",
     "nicht bestückt", "NICHT BESTÜCKEN", "non monté", "unbestückt"],
)  # fmt: skip
def test_not_fitted_in_four_languages(text):
    assert designators.says_not_fitted(text)


@pytest.mark.parametrize("text", ["", "fitted bolt", "bestückt", "DNPX-100", "notfittedhere"])
def test_other_words(text):
    assert not designators.says_not_fitted(text)


@pytest.mark.parametrize(
    ("text", "negates", "fitted"),
    [
        ("", False, True), ("yes", False, True), ("no", False, False), ("nein", False, False),
        ("0", False, False), ("DNP", False, False),
        ("", True, True), ("x", True, False), ("DNP", True, False), ("ja", True, False),
        ("no", True, True), ("0", True, True),
    ],
)  # fmt: skip
def test_columns_for_fitting(text, negates, fitted):
    assert designators.is_fitted(text, heading_negates=negates) is fitted
