"""The room to diversify as it is answered."""

import pytest


def ask(caller, material, query=""):
    return caller.get(f"/v1/materials/{material}/diversification{query}").json


def test_every_material_answers_and_resolves_its_sources(acme, validate):
    for item in acme.get("/v1/materials", query_string={"limit": 500}).json["items"]:
        answer = ask(acme, item["id"])
        validate("MaterialRoom", answer)
        assert bool(answer["stages"]) == (answer["reason"] is None)
        for room in answer["stages"]:
            assert set(room["sources"]) <= set(answer["sources"])


def test_countries_are_named_with_share_and_standing(acme):
    room = next(one for one in ask(acme, "lithium")["stages"] if one["stage"] == "processing")
    assert (room["largest"]["name"], room["scope"]) == ("China", "production")
    chile = next(one for one in room["producers"] if one["country"] == "CHL")
    assert (chile["standing"], chile["partnership"], chile["sanctioned"]) == (
        "agreement", True, False,
    )  # fmt: skip
    assert room["friendly"] == pytest.approx(0.276, abs=0.001)


def test_explained_it_names_all(acme):
    plain, explained = (
        ask(acme, "aluminium", query)["stages"][0] for query in ("", "?explain=true")
    )
    assert len(plain["producers"]) == 10 < len(explained["producers"])
    assert len(explained["producers"]) == explained["countries"]
