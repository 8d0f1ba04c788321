"""The raw materials of a BOM ranked under a method, as they are answered."""

import pytest

from scanner.assess.methods import METHODS


@pytest.fixture(scope="module")
def path(pump):
    return f"/v1/boms/{pump['id']}/materials"


@pytest.fixture(scope="module")
def profile(acme, pump):
    return acme.get(f"/v1/boms/{pump['id']}/profile").json


@pytest.mark.parametrize("method", [method.id for method in METHODS])
def test_every_method_ranks_all_materials_of_the_profile(acme, validate, path, profile, method):
    answer = acme.get(f"{path}?rank_by={method}").json
    validate("BomMaterials", answer)
    assert answer["method"]["id"] == method
    assert answer["profile_sha256"] == profile["sha256"]
    held = {one["material"]: one for one in profile["profile"]["materials"]}
    assert {one["material"] for one in answer["materials"]} | set(answer["left_out"]) == set(held)
    for one in answer["materials"]:
        assert one["mass_g"] == held[one["material"]]["mass_g"]
        assert one["presence"] == held[one["material"]]["presence"]
        assert (one["rank"] is None) == (one["figure"]["reason"] is not None)
        assert (one["exposure"] is None) == (one["exposure_reason"] is not None)
        assert set(one["figure"]["sources"]) <= set(answer["sources"])


def test_by_supply_risk_the_order_is_that_of_the_profile(acme, path, profile):
    answer = acme.get(path).json
    assert answer["method"]["id"] == "eu-supply-risk-2023"
    order = [one["material"] for one in profile["profile"]["materials"]]
    assert [one["material"] for one in answer["materials"]] == [
        one for one in order if one not in answer["left_out"]
    ]


def test_weighted_the_greatest_exposure_stands_first(acme, path):
    sure = [
        one
        for one in acme.get(f"{path}?weighted=true").json["materials"]
        if one["presence"] != "possible" and one["exposure"] is not None
    ]
    most = [
        one["exposure"]["high"]
        if one["exposure"]["typical"] is None
        else one["exposure"]["typical"]
        for one in sure
    ]
    assert len(most) > 3
    assert most == sorted(most, reverse=True)
    for one in sure:
        places = one["exposure_places"]
        assert places["best"] <= one["exposure_ranks"]["high"] <= places["worst"]


def test_the_figures_come_from_the_same_release_and_in_the_language_asked_for(acme, path, profile):
    answer = acme.get(path, headers={"Accept-Language": "nl"})
    assert answer.headers["Content-Language"] == "nl"
    release = profile["profile"]["knowledge"]["release"]
    assert answer.json["profile_release"] == answer.json["release"] == release
    assert "nikkel" in {one["name"] for one in answer.json["materials"]}


@pytest.mark.parametrize(
    ("query", "status"),
    [("rank_by=astrology", 422), ("weighted=perhaps", 422), ("version=99", 404)],
)
def test_what_cannot_be_asked_is_told(acme, path, query, status):
    assert acme.get(f"{path}?{query}").status_code == status


def test_a_rival_sees_nothing(rival, path):
    assert rival.get(path).status_code == 404
