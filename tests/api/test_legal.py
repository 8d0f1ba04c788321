"""The legal tests of a raw material as they are answered."""

import pytest

TUNGSTEN = "/v1/materials/tungsten/legal"


def test_all_materials_answer_and_cite_their_sources(acme, validate):
    items = acme.get("/v1/materials", query_string={"limit": 500}).json["items"]
    for item in items:
        answer = acme.get(f"/v1/materials/{item['id']}/legal").json
        validate("MaterialLegal", answer)
        assert answer["company_duty"]["applies_to_material"] == (item["strategic"] is not None)
        assert len(answer["company_duty"]["product_groups"]) in (0, 14)
        for test in answer["third_country_tests"]:
            assert (test["source"] is None) == (test["reason"] is not None)
            assert test["source"] in {None, *answer["sources"]}


def test_without_a_day_it_is_that_of_the_release(acme, engine):
    answer = acme.get(TUNGSTEN)
    assert answer.json["on"] == engine.knowledge.release.date
    assert answer.json == acme.get(f"{TUNGSTEN}?on={engine.knowledge.release.date}").json


def test_a_day_decides_what_is_in_force(acme):
    path = "/v1/materials/antimony/legal"
    for day, in_force in (("2024-09-14", "no"), ("2024-09-15", "yes")):
        found = acme.get(f"{path}?on={day}").json["export_restrictions"]
        licence = next(one for one in found if one["id"] == "chn_antimony_licence_2024_09_15")
        assert licence["in_force"] == in_force
        assert "periods" not in licence


def test_a_suspension_that_ran_out_is_unknown_not_over(acme):
    found = acme.get("/v1/materials/antimony/legal?on=2026-11-28").json["export_restrictions"]
    assert [one["in_force"] for one in found] == ["yes", "unknown"]


def test_grades_say_what_a_component_can_show(acme):
    shown = {
        key: acme.get(f"/v1/materials/{key}/legal").json["strategic"]["grade_shown"]
        for key in ("cobalt", "nickel", "magnesium", "neodymium", "titanium_metal", "boron")
    }
    assert shown == {
        "cobalt": "not_needed",
        "nickel": "by_role",
        "magnesium": "by_role",
        "neodymium": "by_role",
        "titanium_metal": "by_material",
        "boron": "no",
    }


def test_explained_it_tells_areas_and_periods(acme):
    plain, told = (acme.get(f"{TUNGSTEN}{query}").json for query in ("", "?explain=true"))
    for answer, there in ((plain, False), (told, True)):
        countries = [
            country
            for regime in answer["conflict_regimes"]
            for supply in regime["supplies"]
            for country in supply["countries"]
        ]
        assert countries
        assert all(("areas" in country) == there for country in countries)
        assert all(("periods" in one) == there for one in answer["export_restrictions"])


def test_own_purchases_are_another_test(acme, validate):
    origins = [{"country": "CHN", "weight_t": 8}, {"country": "DEU", "weight_t": 4}]
    answer = acme.post("/v1/materials/magnesium/legal", json={"origins": origins})
    validate("PurchaseTest", answer.json)
    assert (answer.json["test"], answer.json["above"]) == ("own_purchases", "yes")
    assert answer.json["largest"]["country"] == "CHN"
    assert answer.json["largest"]["share"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"origins": []}, "/origins"),
        ({"origins": [{"country": "CHN", "weight_t": 0}]}, "/origins/0/weight_t"),
        ({"origins": [{"country": "ZZZ", "weight_t": 1}]}, "/origins/0/country"),
        (
            {"origins": [{"country": "CHN", "weight_t": 1, "value_kusd": 1}]},
            "/origins/0/value_kusd",
        ),
    ],
)
def test_what_cannot_be_bought_is_told(acme, body, pointer):
    answer = acme.post("/v1/materials/magnesium/legal", json=body)
    assert answer.status_code == 422
    assert pointer in {error["pointer"] for error in answer.json["errors"]}
