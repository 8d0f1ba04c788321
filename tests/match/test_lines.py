"""Our own labelled lines against the release: which materials a line must and must not give.

`lines.csv` grew with the rules. `blind.csv` was labelled before its author read the rules, as an
engineer would judge each line; what it may hold as well is nobody's mistake. Labels that turned
out wrong say so.
"""

import csv
from pathlib import Path

import pytest

from scanner.compose import Composer
from scanner.core.bom import Part
from scanner.core.names import Presence

LINES = Path(__file__).parent / "lines.csv"
BLIND = Path(__file__).parent / "blind.csv"


def cases(path=LINES):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def part_of(case):
    return Part(**dict(field.split("=", 1) for field in case["part"].split("|")))


@pytest.fixture(scope="module")
def answers(release_matcher, knowledge):
    """For each case: the materials that must and must not be there, and those that are."""
    found = []
    composer = Composer(knowledge.recipes)
    for case in cases():
        part = part_of(case)
        contents = composer.compose(part, release_matcher.recognise(part)).contents
        sure = {item.material for item in contents if item.presence is not Presence.POSSIBLE}
        possible = {item.material for item in contents} - sure
        must, must_not = set(case["must"].split()), set(case["must_not"].split())
        found.append((case["part"], must, must_not, sure, possible))
    return found


def test_there_are_lines_in_four_languages():
    lines = cases()
    assert len(lines) >= 120
    for language in ("nl", "en", "de", "fr"):
        assert sum(case["language"] == language for case in lines) >= 12


def test_labels_are_materials(knowledge):
    known = set(knowledge.supply.materials)
    for case in cases():
        labels = {*case["must"].split(), *case["must_not"].split()}
        assert labels <= known, case["part"]
        assert not set(case["must"].split()) & set(case["must_not"].split())


def test_recall_of_what_must_be_found(answers):
    wanted = sum(len(must) for _, must, _, _, _ in answers)
    missed = {part: must - sure for part, must, _, sure, _ in answers if must - sure}
    assert sum(map(len, missed.values())) <= 0.03 * wanted, missed


def test_what_must_not_be_there_is_not(answers):
    wrong = {part: no & (sure | maybe) for part, _, no, sure, maybe in answers}
    wrong = {part: materials for part, materials in wrong.items() if materials}
    assert len(wrong) <= 0.01 * len(answers), wrong


@pytest.fixture(scope="module")
def blind_answers(release_matcher, knowledge):
    """For each blind case: its labels as sets, and what is found surely and what possibly."""
    found = []
    composer = Composer(knowledge.recipes)
    for case in cases(BLIND):
        part = part_of(case)
        contents = composer.compose(part, release_matcher.recognise(part)).contents
        sure = {item.material for item in contents if item.presence is not Presence.POSSIBLE}
        labels = {name: set(case[name].split()) for name in ("must", "may", "must_not")}
        found.append((case["part"], labels, sure, {item.material for item in contents} - sure))
    return found


def test_blind_labels_are_materials_and_agree(knowledge):
    known = set(knowledge.supply.materials)
    lines = cases(BLIND)
    assert len(lines) >= 300
    for case in lines:
        must, may, never = (set(case[name].split()) for name in ("must", "may", "must_not"))
        assert must | may | never <= known, case["part"]
        assert not (must | may) & never, case["part"]


def test_blind_precision_of_critical_materials(blind_answers, knowledge):
    critical = {key for key, one in knowledge.supply.materials.items() if one.critical}
    stated = sum(len(sure & critical) for _, _, sure, _ in blind_answers)
    wrong = {
        part: extra
        for part, labels, sure, _ in blind_answers
        if (extra := (sure & critical) - labels["must"] - labels["may"])
    }
    assert sum(map(len, wrong.values())) <= 0.03 * stated, wrong


def test_blind_recall(blind_answers):
    wanted = sum(len(labels["must"]) for _, labels, _, _ in blind_answers)
    missed = {
        part: gap for part, labels, sure, _ in blind_answers if (gap := labels["must"] - sure)
    }
    assert sum(map(len, missed.values())) <= 0.1 * wanted, missed


def test_blind_lines_hold_nothing_they_must_not(blind_answers):
    wrong = {
        part: there
        for part, labels, sure, maybe in blind_answers
        if (there := labels["must_not"] & (sure | maybe))
    }
    assert len(wrong) <= 0.01 * len(blind_answers), wrong
