"""Words of the trade in four languages against the release: which class a line is, and is not.

`vocabulary.csv` holds lines of our own. A line with `never` is a trap: it names a class without
being of it. Where `class` is ``nothing``, no class at all is accepted.
"""

import csv
from pathlib import Path

import pytest

from scanner.core.bom import Part
from scanner.core.names import ClassId, TargetKind
from scanner.match.tree import Tree

VOCABULARY = Path(__file__).parent / "vocabulary.csv"


def lines():
    with VOCABULARY.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def named(line):
    return f"{line['language']} {line['line']}"


@pytest.fixture(scope="module")
def tree(knowledge):
    return Tree(knowledge.lexicon.class_parents)


def classes_of(matcher, description):
    evidence = matcher.recognise(Part(description=description)).evidence
    return {ClassId(one.points_to.id) for one in evidence if one.points_to.kind is TargetKind.CLASS}


@pytest.mark.parametrize("line", [one for one in lines() if one["class"]], ids=named)
def test_the_class_of_a_line(release_matcher, tree, line):
    found = classes_of(release_matcher, line["line"])
    if line["class"] == "nothing":
        assert not found
    else:
        assert any(tree.is_under(one, ClassId(line["class"])) for one in found), found


@pytest.mark.parametrize("line", [one for one in lines() if one["never"]], ids=named)
def test_what_a_line_is_not(release_matcher, tree, line):
    found = classes_of(release_matcher, line["line"])
    for never in line["never"].split():
        assert not any(tree.is_under(one, ClassId(never)) for one in found), found


def test_all_languages_are_read():
    for language in ("nl", "en", "de", "fr"):
        assert sum(line["language"] == language for line in lines()) >= 5


def test_a_number_and_the_designator_together_outweigh_the_land_pattern(release_matcher):
    part = Part(value="SFH3710", footprint="Resistors_SMD:R_0805", designator_prefix="Q")
    evidence = release_matcher.recognise(part).evidence
    assert evidence[0].points_to.id == "photodiode_si"
