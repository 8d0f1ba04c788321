"""Measures as they are answered, for materials and for a BOM."""

import pytest


def test_every_material_answers_and_resolves_its_sources(acme, validate):
    for item in acme.get("/v1/materials", query_string={"limit": 500}).json["items"]:
        answer = acme.get(f"/v1/materials/{item['id']}/measures").json
        validate("MaterialMeasures", answer)
        for one in (*answer["diversify"], *answer["reshore"]):
            assert one["sources"]
            assert set(one["sources"]) <= set(answer["sources"])
        for kind in ("substitute", "recycle"):
            if answer[kind] is not None:
                assert set(answer[kind]["sources"]) <= set(answer["sources"])


@pytest.fixture(scope="module")
def answers(acme, pump):
    path = f"/v1/boms/{pump['id']}"
    return acme.get(f"{path}/measures").json, acme.get(f"{path}/profile").json


def test_a_bom_has_measures_for_what_is_surely_inside(validate, answers):
    told, profile = answers
    validate("BomMeasures", told)
    assert told["profile_sha256"] == profile["sha256"]
    sure = [m["material"] for m in profile["profile"]["materials"] if m["presence"] != "possible"]
    assert [one["material"] for one in told["materials"]] == sure
    possible = {m["material"] for m in profile["profile"]["materials"]} - set(sure)
    assert set(told["left_out"]) == possible


def test_the_parts_to_reduce_are_those_that_bring_most(answers):
    told, profile = answers
    held = {m["material"]: m for m in profile["profile"]["materials"]}
    seen = 0
    for one in told["materials"]:
        mass = held[one["material"]]["mass_g"]
        if one["reduce"] is None:
            continue
        seen += 1
        assert mass is not None
        for part in one["reduce"]["parts"]:
            if part["share"] is not None:
                assert 0 <= part["share"]["low"] <= part["share"]["high"] <= 1 + 1e-9
    assert seen


def test_days_of_stock_come_with_annual_units_only(answers):
    for one in answers[0]["materials"]:
        stock = one["stock"]
        assert (stock["mass_kg"] is None) == (stock["reason"] is not None)
        if answers[0]["annual_units"] is None:
            assert stock["reason"] == "annual_units_missing"
