"""What an engineer expects of the samples, line by line and over the whole product.

How to read `expected.json` and `kinds.json`: CONTRIBUTING.md, "Adding a sample".
"""

import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "bom_samples"
KINDS = json.loads((SAMPLES / "kinds.json").read_text(encoding="utf-8"))
CASES = {
    path.parent.name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(SAMPLES.glob("*/expected.json"))
}
SURENESS = ["certain", "likely", "possible"]


def still_open(expected, aspect):
    """A mark on what we know to be wrong or missing: the test fails when it is so no longer."""
    reason = expected.get("open", {}).get(aspect)
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


def lines_where(wanted, aspect=""):
    return [
        pytest.param(case, line, id=f"{case}-row{line['row']}", marks=still_open(line, aspect))
        for case, expected in CASES.items()
        for line in expected["lines"]
        if wanted(line)
    ]


def contents(aspect):
    return lines_where(lambda line: "kind" in line, aspect)


def materials_where(wanted, aspect=""):
    return [
        pytest.param(
            case, material, id=f"{case}-{material['material']}", marks=still_open(material, aspect)
        )
        for case, expected in CASES.items()
        for material in expected["materials"]
        if wanted(material)
    ]


every_case = pytest.mark.parametrize("case", CASES)
every_line = pytest.mark.parametrize(("case", "line"), lines_where(lambda _: True))
every_material = pytest.mark.parametrize(("case", "material"), materials_where(lambda _: True))


def at_least(found, wanted):
    return found is not None and SURENESS.index(found) <= SURENESS.index(wanted)


def fits(mass, interval):
    """Whether a computed range touches the interval and its typical value lies inside."""
    low, high = interval
    typical = mass["typical"]
    nominal = mass["low"] is None
    touches = nominal or (mass["low"] <= high and mass["high"] >= low)
    return touches and (typical is None or low <= typical <= high)


def presences(answers):
    return {answer["material"]: answer["presence"] for answer in answers}


@every_case
def test_file_is_read_as_a_person_reads_it(case, sample):
    understood = sample(case)["input"]
    assert {key: understood[key] for key in CASES[case]["reading"]} == CASES[case]["reading"]


@every_case
def test_coverage(case, sample):
    expected, coverage = CASES[case]["coverage"], sample(case)["coverage"]
    counts = {key: value for key, value in expected.items() if key != "recognised_at_least"}
    assert {key: coverage[key] for key in counts} == counts
    assert coverage["recognised"] >= expected["recognised_at_least"]


@every_case
def test_every_line_has_its_expectation(case, sample):
    assert [line["row"] for line in sample(case)["lines"]] == [
        line["row"] for line in CASES[case]["lines"]
    ]


@every_line
def test_amount_in_one_product(case, line, sample_line):
    found = sample_line(case, line["row"])
    assert found["assembly"] == line.get("assembly", False)
    assert found["fitted"] == line.get("fitted", True)
    if "amount" in line:
        assert found["amount"] == pytest.approx(line["amount"], rel=1e-9)
    if "kind" not in line:
        assert found["materials"] == [], "an assembly or unfitted line adds nothing itself"


@pytest.mark.parametrize(("case", "line"), contents("state"))
def test_state(case, line, sample_line):
    wanted = line.get("state", "recognised")
    assert wanted in ("any", sample_line(case, line["row"])["state"])


@pytest.mark.parametrize(("case", "line"), contents("must"))
def test_materials_that_must_be_there(case, line, sample_line):
    found = presences(sample_line(case, line["row"])["materials"])
    must = KINDS[line["kind"]].get("must", {})
    missing = {m: (p, found.get(m)) for m, p in must.items() if not at_least(found.get(m), p)}
    assert not missing, "material: (expected at least, found)"


@pytest.mark.parametrize(("case", "line"), contents("must_not"))
def test_no_material_that_is_not_there(case, line, sample_line):
    kind = KINDS[line["kind"]]
    found = presences(sample_line(case, line["row"])["materials"])
    limits = kind.get("at_most", {})
    assert not set(kind.get("must_not", [])) & set(found)
    too_sure = {m: found[m] for m in limits if m in found and found[m] != limits[m]
                and at_least(found[m], limits[m])}  # fmt: skip
    assert not too_sure
    if kind.get("why", "").startswith("The text does not say"):
        return
    known = {*kind.get("must", {}), *kind.get("may", []), *limits}
    sure = {m for m, presence in found.items() if presence != "possible"}
    assert not sure - known, "found as certain or likely, and no engineer would expect it"


@pytest.mark.parametrize(("case", "line"), lines_where(lambda line: "mass_g" in line, "mass_g"))
def test_masses(case, line, sample_line):
    found = {m["material"]: m["mass_g"] for m in sample_line(case, line["row"])["materials"]}
    wrong = {
        material: (interval, found.get(material))
        for material, interval in line["mass_g"].items()
        if found.get(material) is None or not fits(found[material], interval)
    }
    assert not wrong, "material: (expected grams in one product, found)"


@pytest.mark.parametrize(("case", "line"), lines_where(lambda line: "mass_g_if_known" in line))
def test_masses_that_only_the_release_can_know(case, line, sample_line):
    found = {m["material"]: m for m in sample_line(case, line["row"])["materials"]}
    for material, interval in line["mass_g_if_known"].items():
        answer = found[material]
        if answer["mass_g"] is None:
            assert answer["mass_gap"], "an unknown mass has a reason"
        else:
            assert fits(answer["mass_g"], interval)


@every_material
def test_material_in_the_product(case, material, sample):
    found = {m["material"]: m for m in sample(case)["materials"]}[material["material"]]
    assert at_least(found["presence"], material["presence"])
    if "at_most" in material:
        assert found["presence"] == material["at_most"]


@every_material
def test_legal_status(case, material, sample):
    found = {m["material"]: m for m in sample(case)["materials"]}[material["material"]]
    for name in ("critical", "strategic"):
        assert (found[name] is not None) == material[name]
        if material[name]:
            qualifier = material.get("qualifier", {}).get(name)
            assert found[name]["qualifier"] == qualifier


@pytest.mark.parametrize(("case", "material"), materials_where(lambda m: "mass_g" in m, "mass_g"))
def test_total_mass(case, material, sample):
    found = {m["material"]: m for m in sample(case)["materials"]}[material["material"]]
    assert found["mass_g"] is not None
    assert fits(found["mass_g"], material["mass_g"]), (found["mass_g"], material["why"])


@pytest.mark.parametrize(("case", "material"), materials_where(lambda m: "mass_g_if_known" in m))
def test_total_mass_that_only_the_release_can_know(case, material, sample):
    found = {m["material"]: m for m in sample(case)["materials"]}[material["material"]]
    if found["mass_g"] is None:
        assert found["mass_gaps"]
    else:
        assert fits(found["mass_g"], material["mass_g_if_known"])


@every_case
def test_materials_that_nothing_holds(case, sample):
    sure = {m["material"] for m in sample(case)["materials"] if m["presence"] != "possible"}
    assert not sure & set(CASES[case]["never"]["materials"])


@every_case
def test_materials_are_ordered_by_supply_risk_and_possible_ones_stand_apart(case, sample):
    materials = sample(case)["materials"]
    possible = [m["presence"] == "possible" for m in materials]
    assert possible == sorted(possible)
    sure = [m["supply_risk"]["value"] for m in materials if m["presence"] != "possible"]
    known = [risk for risk in sure if risk is not None]
    assert known == sorted(known, reverse=True)
    assert sure[: len(known)] == known, "what has no published risk comes last"
