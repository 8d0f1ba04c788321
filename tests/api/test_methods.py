"""The methods, rankings under them, and how far they agree, as they are answered."""

import pytest

from scanner.assess.methods import METHODS
from tests.api.test_knowledge_routes import pages_of

IDS = [method.id for method in METHODS]


@pytest.fixture(scope="module")
def single(acme):
    items = acme.get("/v1/materials", query_string={"limit": 500}).json["items"]
    return {item["id"]: item for item in items if not item["is_group"]}


def test_all_methods_are_there_and_count_every_material(acme, validate, single):
    answer = acme.get("/v1/methods").json
    validate("MethodPage", answer)
    assert [method["id"] for method in answer["items"]] == IDS
    for method in answer["items"]:
        assert {"en", "nl"} <= set(method["names"])
        assert method["with_figure"] + method["without_figure"] == len(single)
        assert sum(method["reasons"].values()) == method["without_figure"]
    assert pages_of(acme, "/v1/methods", 3) == (answer["items"], len(IDS))


def test_names_come_in_dutch(acme):
    names = [item["name"] for item in acme.get("/v1/methods").json["items"]]
    dutch = acme.get("/v1/methods", headers={"Accept-Language": "nl"}).json["items"]
    assert [item["names"]["nl"] for item in dutch] == [item["name"] for item in dutch] != names


@pytest.mark.parametrize("method_id", IDS)
def test_every_material_is_ranked_or_says_why_not(acme, validate, single, method_id):
    answer = acme.get(f"/v1/methods/{method_id}", query_string={"limit": 500}).json
    validate("RankingPage", answer)
    assert {item["material"] for item in answer["items"]} == set(single)
    ranks = [item["rank"] for item in answer["items"]]
    known = ranks[: answer["method"]["with_figure"]]
    assert known == sorted(known)
    assert known[0] == 1
    assert set(ranks[len(known) :]) <= {None}
    for item in answer["items"]:
        assert (item["rank"] is None) == (item["figure"]["reason"] is not None)
        assert set(item["figure"]["sources"]) <= set(answer["sources"])
        if item["rank"] is not None:
            assert item["places"]["best"] <= item["rank"] <= item["places"]["worst"]


def test_a_ranking_comes_in_pages_and_in_part(acme):
    path = "/v1/methods/geopolrisk"
    whole = acme.get(path, query_string={"limit": 500}).json
    assert pages_of(acme, path, 20) == (whole["items"], whole["total"])
    critical = acme.get(f"{path}?critical=true&limit=500").json["items"]
    assert critical == [item for item in whole["items"] if item["critical"] is not None]
    neither = acme.get(f"{path}?critical=false&strategic=false&limit=500").json["items"]
    assert neither == [
        item for item in whole["items"] if item["critical"] is None and item["strategic"] is None
    ]


def test_every_two_methods_are_compared(acme, validate, single):
    answer = acme.get("/v1/methods/comparison").json
    validate("Comparison", answer)
    assert len(answer["pairs"]) == len(IDS) * (len(IDS) - 1) // 2
    for pair in answer["pairs"]:
        apart = pair["only_first"] + pair["only_second"] + pair["neither"]
        assert pair["common"] + len(apart) == len(set(apart)) + pair["common"] == len(single)
        assert (pair["spearman"] is None) == (pair["reason"] is not None)
    weighted = next(
        pair
        for pair in answer["pairs"]
        if {pair["first"], pair["second"]} == {"hhi", "governance_hhi"}
    )
    assert 0.5 < weighted["kendall"] < weighted["spearman"] < 1.0


def test_a_comparison_can_be_narrowed(acme, single):
    query = "methods=hhi,geopolrisk&critical=true"
    (pair,) = acme.get(f"/v1/methods/comparison?{query}").json["pairs"]
    assert {pair["first"], pair["second"]} == {"hhi", "geopolrisk"}
    critical = {key for key, item in single.items() if item["critical"] is not None}
    apart = {*pair["only_first"], *pair["only_second"], *pair["neither"]}
    assert apart < critical
    assert pair["common"] == len(critical - apart)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/methods/astrology", 404),
        ("/v1/methods/comparison?methods=hhi,astrology", 422),
        ("/v1/methods/hhi?cursor=x", 422),
        ("/v1/methods/hhi?moon=full", 422),
        ("/v1/methods?cursor=IngiCg", 422),
    ],
)
def test_what_is_not_there_is_told(acme, path, status):
    assert acme.get(path).status_code == status
