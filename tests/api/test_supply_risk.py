"""The supply risk of a raw material as it is answered: official, recomputed, and its trend."""

import pytest


def ask(caller, material, query=""):
    return caller.get(f"/v1/materials/{material}/supply-risk{query}").json


def test_the_official_value_leads_and_the_recomputed_stands_beside_it(acme, validate):
    cobalt = ask(acme, "cobalt")
    validate("MaterialSupplyRisk", cobalt)
    assert (cobalt["supply_risk"]["value"], cobalt["economic_importance"]["value"]) == (2.8, 6.8)
    stage = next(one for one in cobalt["stages"] if one["bottleneck"])
    assert stage["recomputed"] == pytest.approx(2.785, abs=0.001)
    assert stage["explanation"]["cause"] == "agrees"
    assert stage["mix"] == "global"
    assert "shares" not in stage["world"]


def test_explained_the_terms_give_the_value(acme, validate):
    boron = ask(acme, "boron", "?explain=true")
    validate("MaterialSupplyRisk", boron)
    (stage,) = [one for one in boron["stages"] if one["bottleneck"]]
    world, eu = (
        sum(share["term"] for share in stage[supply]["shares"])
        for supply in ("world", "eu_sourcing")
    )
    half = stage["import_reliance"]["value"] / 2
    held = (1 - stage["eol_rir"]["value"]) * stage["substitution"]["value"]
    assert (world * half + eu * (1 - half)) * held == pytest.approx(stage["recomputed"])


@pytest.mark.parametrize(
    ("material", "cause"),
    [
        ("arsenic", "world_alone"),
        ("perlite", "eu_sourcing_alone"),
        ("yttrium", "eol_rir_2017"),
        ("chromium", "shares_incomplete"),
        ("germanium", "not_computed"),
        ("neodymium", "unexplained"),
    ],
)
def test_every_difference_is_explained_or_called_unexplained(acme, material, cause):
    stage = next(one for one in ask(acme, material)["stages"] if one["bottleneck"])
    assert stage["explanation"]["cause"] == cause


def test_the_trend_names_who_moved_it(acme):
    trend = ask(acme, "cobalt")["present_day"]
    assert (trend["direction"], trend["because"][0]["country"]) == ("rising", "COD")
    assert len(trend["because"]) == 5 < trend["countries"]
    explained = ask(acme, "cobalt", "?explain=true")["present_day"]
    assert len(explained["because"]) == explained["countries"]
    moved = sum(mover["moved"] for mover in explained["because"])
    assert moved == pytest.approx(explained["change"])


def test_every_material_answers_and_resolves_its_sources(acme, validate):
    items = acme.get("/v1/materials", query_string={"limit": 500}).json["items"]
    for item in items:
        answer = ask(acme, item["id"])
        validate("MaterialSupplyRisk", answer)
        assert (answer["present_day"]["direction"] is None) == bool(answer["present_day"]["reason"])
        assert set(answer["present_day"]["sources"]) <= set(answer["sources"])
