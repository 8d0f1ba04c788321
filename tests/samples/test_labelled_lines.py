"""The labelled lines are what they say, and recognition keeps the figures reached on them.

The limits stand in `benchmarks/recognition/limits.toml`: a rule that costs a figure fails here.
"""

import csv

import pytest

from benchmarks.recognition import __main__ as program
from benchmarks.recognition import limits
from benchmarks.recognition.labels import (
    DEVELOPMENT,
    LINES,
    LINES_3,
    Expected,
    LabelledLine,
    read_lines,
    unknown_materials,
)
from benchmarks.recognition.measuring import (
    FIGURES,
    Judged,
    calibration,
    critical_materials,
    figures,
    judge,
)
from scanner.core.bom import Part
from scanner.core.composition import Composition
from scanner.core.evidence import Recognition, RecognitionState
from scanner.core.scan import ScannedPart


@pytest.fixture(scope="module", params=DEVELOPMENT, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture(scope="module")
def lines(path):
    return read_lines(path)


@pytest.fixture(scope="module")
def judged(lines, engine):
    return [judge(line, engine) for line in lines]


@pytest.fixture(scope="module")
def reached(judged, engine):
    return figures(judged, critical_materials(engine))


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_held(name, reached, path):
    value, limit = reached[name].fraction, limits.held(path)[name]
    assert limits.keeps(name, value, limit), f"{name} is {value:.4f}, held is {limit}"


def test_every_figure_has_a_limit_and_no_limit_lacks_a_figure(path):
    assert set(limits.held(path)) == set(FIGURES)
    assert set(limits.asked()) <= set(FIGURES)


def test_confidence_is_earned(judged):
    for one in calibration(judged):
        if one.right.whole >= 30:
            assert one.right.fraction >= one.low, one


def test_labels_are_materials_of_the_release(lines, knowledge):
    assert unknown_materials(lines, knowledge.supply.materials) == set()


def test_lines_are_many_and_of_every_sort(lines, path):
    assert len(lines) >= (400 if path == LINES_3 else 600)
    assert {line.language for line in lines} == {"de", "en", "fr", "nl"}
    assert sum(bool(line.trap) for line in lines) >= (90 if path == LINES_3 else 120)
    assert sum(line.odd_spelling for line in lines) >= 60
    assert any(line.expected is not Expected.RECOGNISED for line in lines)
    assert len({line.part for line in lines}) == len(lines)


def test_lines_are_from_real_files_and_no_line_stands_in_two_files():
    first, second, third = (read_lines(path) for path in DEVELOPMENT)
    assert sum(line.from_real_file for line in first) >= 300
    assert sum(line.expected is Expected.UNRECOGNISED for line in first) >= 40
    parts = [line.part for lines in (first, second, third) for line in lines]
    assert len(set(parts)) == len(parts)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"must": "copper", "may": "copper"}, "copper is labelled twice"),
        ({"may": "tin", "must_not": "tin"}, "tin is labelled twice"),
        ({"must": "tin", "must_not": "tin"}, "tin is labelled twice"),
        ({"must": "tin", "state": "unrecognised"}, "makes a line recognised"),
        ({"must": "tin", "state": "either"}, "makes a line recognised"),
        ({"description": ""}, "is empty"),
        ({"state": "known"}, "known"),
    ],
)
def test_broken_label_is_refused(tmp_path, change, complaint):
    with pytest.raises(ValueError, match=complaint):
        read_lines(written(tmp_path, [change]))


def test_id_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(ValueError, match="twice"):
        read_lines(written(tmp_path, [{}, {}]))


def test_figures_count_pairs_of_line_and_material():
    answers = [
        answered("recognised", must="tin copper", may="lead", sure="tin lead", possible="copper"),
        answered("recognised", must="nickel", must_not="gold", sure="gold", found="ambiguous"),
        answered("unrecognised", sure="", found="unrecognised"),
    ]
    found = figures(answers, critical=frozenset({"copper", "nickel"}))
    shares = {name: (found[name].part, found[name].whole) for name in FIGURES}
    assert shares == {
        "precision_critical_sure": (0, 0),
        "recall_critical_sure": (0, 2),
        "precision_sure": (2, 3),
        "recall_sure": (1, 3),
        "mistaken_sure": (1, 3),
        "precision_critical_all": (1, 1),
        "recall_critical_all": (1, 2),
        "precision_all": (3, 4),
        "recall_all": (2, 3),
        "mistaken_all": (1, 3),
        "state": (2, 3),
    }


def test_complaint_names_what_is_wrong_and_why(judged):
    wrong = next(one for one in judged if one.wrong and one.answer.recognition.evidence)
    text = program.complaint(wrong)
    assert wrong.line.id in text
    assert all(material in text for material in wrong.wrong)
    assert str(wrong.answer.recognition.evidence[0].points_to) in text


def test_report_has_every_family_and_language(judged, engine):
    text = program.report(judged, critical_materials(engine))
    for one in judged:
        assert f"  {one.line.family} " in text
        assert f"  {one.line.language} " in text


def written(folder, changes):
    """A file of lines, each a good one with some cells changed."""
    with LINES.open(encoding="utf-8") as stream:
        headings = next(csv.reader(stream))
    good = {"id": "L1", "language": "en", "family": "x", "description": "x", "state": "recognised"}
    path = folder / "lines.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, headings, restval="")
        writer.writeheader()
        writer.writerows({**good, **change} for change in changes)
    return path


def labelled(expected, *, part=None, must="", may="", must_not=""):
    return LabelledLine(
        id="L1",
        language="en",
        family="x",
        part=part or Part(description="x"),
        drawn_from="own",
        expected=Expected(expected),
        must=frozenset(must.split()),
        may=frozenset(may.split()),
        must_not=frozenset(must_not.split()),
        trap="",
        odd_spelling=False,
    )


def answered(expected, *, sure, possible="", found="recognised", **labels):
    """A judged line without an engine."""
    line = labelled(expected, **labels)
    sure, possible = frozenset(sure.split()), frozenset(possible.split())
    return Judged(
        line=line,
        answer=ScannedPart(
            key="x",
            fingerprint="x",
            part=line.part,
            recognition=Recognition(RecognitionState(found)),
            composition=Composition(),
        ),
        sure=sure,
        possible=possible,
        wrong=(sure | possible) - line.must - line.may,
    )
