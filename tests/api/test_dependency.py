"""The strategic-dependency tests as they are answered."""

import pytest

PATH = "/v1/materials/antimony/dependency"


def test_every_material_answers_and_cites_its_sources(acme, validate):
    items = acme.get("/v1/materials", query_string={"limit": 500}).json["items"]
    for item in items:
        answer = acme.get(f"/v1/materials/{item['id']}/dependency").json
        validate("MaterialDependency", answer)
        assert (answer["codes"] == []) == (answer["reason"] is not None)
        assert {code["source"] for code in answer["codes"]} <= set(answer["sources"])


def test_the_newest_year_stands_first_by_value(acme):
    (ores,) = acme.get(PATH).json["codes"]
    (value,) = ores["by_value"]
    assert (value["test"], value["year"], value["unit"]) == ("cdi1", "2024", "kUSD")
    assert value["above"] == "yes"
    assert ores["lasting"] == "yes"
    assert ores["dependent"] == "unknown"
    assert [one["value"] for one in ores["others"]] == [None] * 3


def test_where_a_weight_is_missing_an_older_year_stands_beside(acme):
    (ores,) = acme.get(PATH).json["codes"]
    newest, told = ores["by_weight"]
    assert (newest["value"], newest["reason"]) == (None, "weight_missing")
    assert told["value"] is not None
    assert told["year"] < newest["year"]


def test_explained_it_tells_every_year_and_origin(acme):
    (ores,) = acme.get(f"{PATH}?explain=true").json["codes"]
    years = [one["year"] for one in ores["by_value"]]
    assert years == sorted(years, reverse=True)
    assert len(years) == 7
    for year in ores["by_value"]:
        assert len(year["origins"]) == year["countries"]
        assert year["value"] == pytest.approx(sum(one["share"] ** 2 for one in year["origins"]))
