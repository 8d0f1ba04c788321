"""The eleven indicators as they are answered."""

import pytest


def ask(caller, material, query="", **headers):
    return caller.get(f"/v1/materials/{material}/indicators{query}", headers=headers).json


def test_every_material_answers_and_resolves_its_sources(acme, validate):
    for item in acme.get("/v1/materials", query_string={"limit": 500}).json["items"]:
        answer = ask(acme, item["id"])
        validate("MaterialIndicators", answer)
        found = [one for group in answer["groups"] for one in group["indicators"]]
        assert len(found) == 11
        for one in found:
            assert (one["value"] is None) == (one["reason"] is not None)
            assert set(one["sources"]) <= set(answer["sources"])
            assert "terms" not in one


def test_explained_they_tell_what_went_in(acme, validate):
    answer = ask(acme, "cobalt", "?explain=true")
    validate("MaterialIndicators", answer)
    years = answer["groups"][0]["indicators"][0]
    reserves, production = years["terms"]
    assert reserves["value"] / production["value"] == pytest.approx(years["value"])


def test_names_are_dutch_where_asked_for(acme):
    answer = ask(acme, "cobalt", **{"Accept-Language": "nl"})
    assert answer["groups"][0]["indicators"][0]["name"] == "Jaren reserves"
