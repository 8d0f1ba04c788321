"""Our own labelled lines against the release: which materials a line must and must not give."""

import csv
from pathlib import Path

import pytest

from scanner.compose import Composer
from scanner.core.bom import Part
from scanner.core.names import Presence

LINES = Path(__file__).parent / "lines.csv"


def cases():
    with LINES.open(encoding="utf-8", newline="") as stream:
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
