"""The list of methods: each answers for every material, within its scale, and is documented."""

import re
from pathlib import Path

import pytest

from scanner.assess.methods import BY_ID, METHODS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def facts(engine):
    return engine.facts


def figures(method, facts):
    return {key: method.figure(facts, key) for key in facts.supply.materials}


def test_ids_are_unique():
    assert len(BY_ID) == len(METHODS)


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_a_method_answers_for_every_material(method, facts, knowledge):
    for figure in figures(method, facts).values():
        assert (figure.value is None) == (figure.reason is not None)
        assert set(figure.sources) <= set(knowledge.sources)
        if figure.value is not None:
            assert figure.sources
            assert figure.year
            highest = float("inf") if method.highest is None else method.highest
            lowest = float("-inf") if method.lowest is None else method.lowest
            # Printed shares may add up to more than 1 by rounding and are never normalised.
            assert lowest <= figure.value <= highest * 1.01
        if figure.bounds is not None:
            assert figure.bounds.low - 1e-9 <= figure.value <= figure.bounds.high + 1e-9


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_a_method_knows_some_material_and_tells_them_apart(method, facts):
    known = {figure.value for figure in figures(method, facts).values()} - {None}
    assert len(known) > 1


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_a_method_has_a_heading_in_the_documentation(method):
    page, _, anchor = method.page.partition("#")
    text = (DOCS / page).read_text(encoding="utf-8")
    if anchor:
        assert anchor in {_anchor(line) for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def _anchor(heading: str) -> str:
    """The anchor that Markdown viewers make of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_an_index_is_that_of_the_world_at_the_assessed_stage(facts, knowledge):
    cobalt = BY_ID["governance_hhi"].figure(facts, "cobalt")
    assert cobalt.value == pytest.approx(3.644, abs=0.0006)
    assert cobalt.sources == ("ec2023_annex7", "wgi2024")
    assert 0 < BY_ID["hhi"].figure(facts, "cobalt").value < 10_000
