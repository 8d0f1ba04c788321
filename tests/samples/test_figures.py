"""Every figure of a profile names its source, its year and its release."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = sorted(path.parent.name for path in (ROOT / "bom_samples").glob("*/expected.json"))
every_case = pytest.mark.parametrize("case", CASES)

COUNTED_BY_US = {
    "ambiguous", "amount", "assemblies", "column", "count", "countries", "decision_revision",
    "distinct_parts", "header_row", "headers", "index", "largest_source_of", "level", "lines",
    "not_fitted", "parent", "parts", "pieces", "priced_lines", "problems", "recognised", "row",
    "rows", "skipped", "undocumented", "unpriced_lines", "unrecognised", "with_mass",
    "without_materials", "zero_amount",
}  # fmt: skip
SAID_BY_THE_FILE = {"unit_mass_g"}


def numbers(value, trail=(), path=""):
    """Each number below `value` with its path and the objects around it, outermost first."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, (*trail, (key, value)), f"{path}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from numbers(item, trail, f"{path}/{index}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, trail


def cited_by(node):
    """The source keys that one object names itself."""
    keys = {node["source"]} if isinstance(node.get("source"), str) else set()
    sources = node.get("sources")
    return keys | set(sources) if isinstance(sources, list) else keys


def sources_of(trail):
    """The source keys of the innermost object that names any, and the years named on the way."""
    years = []
    for _, node in reversed(trail):
        if node.get("year"):
            years.append(node["year"])
        if keys := cited_by(node):
            return keys, years
        if "mass_gaps" in node:  # a total: its parts say where their shares of it come from
            shown = node["parts"]["shown"]
            return set().union(*(cited_by(part) for part in shown)), years
    return set(), years


def figures(document):
    head = {key: value for key, value in document.items() if key not in ("sources", "lines")}
    for path, trail in numbers(head):
        keys = [key for key, _ in trail]
        if keys[-1] in COUNTED_BY_US | SAID_BY_THE_FILE or "by_code" in keys or "columns" in keys:
            continue
        yield path, trail


@every_case
def test_every_figure_has_a_source(case, sample):
    document = sample(case)
    sources = document["sources"]
    seen = 0
    for path, trail in figures(document):
        keys, _ = sources_of(trail)
        assert keys, f"{path} names no source"
        assert keys <= set(sources), f"{path} cites {keys - set(sources)}, which is not listed"
        seen += 1
    assert seen > 500, "the walker has walked past the figures"


@every_case
def test_every_figure_has_a_year_or_says_that_its_source_has_none(case, sample):
    document = sample(case)
    undated = set()
    for _, trail in figures(document):
        keys, years = sources_of(trail)
        if not years and not any(document["sources"][key]["year"] for key in keys):
            undated |= keys
    assert not undated, "sources without a year, at figures without one"


@every_case
def test_every_figure_of_risk_has_a_year(case, sample):
    for material in sample(case)["materials"]:
        for name in ("supply_risk", "economic_importance", "import_reliance", "eol_rir"):
            assert material[name]["year"], (material["material"], name)
        for item in material["concentration"]:
            assert item["year"], (material["material"], item["stage"], item["scope"])
        largest = material["largest_source"]
        assert largest is None or largest["year"]


@every_case
def test_every_cited_source_can_be_looked_up(case, sample):
    document = sample(case)
    assert document["knowledge"]["release"]
    for key, source in document["sources"].items():
        assert source["title"], key
        assert source["publisher"], key
        assert source["licence"], key


@every_case
def test_every_null_figure_has_a_reason(case, sample):
    for material in sample(case)["materials"]:
        for name in ("supply_risk", "economic_importance", "import_reliance", "eol_rir"):
            figure = material[name]
            assert (figure["value"] is None) == bool(figure["reason"]), (material, name)
        assert material["mass_g"] is not None or material["mass_gaps"]


@every_case
def test_every_reason_for_a_material_can_be_followed(case, sample):
    for line in sample(case)["lines"]:
        for material in line["materials"]:
            assert material["evidence"], (line["row"], material["material"])
            for index in material["evidence"]:
                evidence = line["evidence"][index]
                assert evidence["text"], (line["row"], evidence)
                assert evidence["rule"], (line["row"], evidence)
                assert 0 < evidence["confidence"] <= 1


@every_case
def test_every_method_is_explained(case, sample):
    explained = set(re.findall(r"^## `([a-z0-9-]+)`", methods(), re.MULTILINE))
    used = {
        figure["method"]
        for material in sample(case)["materials"]
        for figure in (material["supply_risk"], material["economic_importance"],
                       material["import_reliance"], material["eol_rir"], *material["concentration"])
    }  # fmt: skip
    assert used <= explained


def methods():
    return (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
