"""Scenarios as they are answered: what is lost, and what it means for a BOM."""

import pytest

PATH = "/v1/scenarios"
TIN = {"countries": ["IDN", "CHN"], "materials": ["tin"], "fraction": 0.5}


def test_without_a_bom_supplies_are_told(acme, validate):
    answer = acme.post(PATH, json={"countries": ["chn"]})
    assert answer.status_code == 200, answer.text
    validate("Scenario", answer.json)
    found = answer.json
    assert found["kind"] == "mechanical_exposure"
    assert found["scenario"]["countries"] == ["CHN"]
    assert len(found["materials"]) + len(found["untouched"]) == 90
    for material in found["materials"]:
        for supply in material["supplies"]:
            assert (supply["lost"] is None) == (supply["reason"] is not None)
            assert len(supply["next"]) <= 3
    assert found["boms"] == []


def test_half_a_stop_loses_half(acme):
    whole, half = (
        acme.post(PATH, json={**TIN, "fraction": fraction}).json["materials"][0]["supplies"]
        for fraction in (1, 0.5)
    )
    for one, other in zip(whole, half, strict=True):
        assert other["lost"]["low"] == pytest.approx(one["lost"]["low"] / 2)
        assert other["stopped"] == one["stopped"]


def test_explained_it_names_all_who_are_left(acme):
    told = acme.post(PATH, json={**TIN, "explain": True}).json["materials"][0]["supplies"][0]
    named = {share["country"] for share in told["next"]}
    assert len(named) > 3
    assert not named & {"IDN", "CHN"}


def test_a_bom_is_held_against_it(acme, pump, validate):
    asked = {**TIN, "boms": [pump["id"]], "stock": [{"material": "tin", "mass_kg": 10}]}
    answer = acme.post(PATH, json=asked)
    validate("Scenario", answer.json)
    (found,) = answer.json["boms"]
    assert found["kind"] == "mechanical_exposure"
    assert found["bom"] == pump["id"]
    (tin,) = found["materials"]
    assert tin["material"] == "tin"
    profile = acme.get(f"/v1/boms/{pump['id']}/profile").json["profile"]
    held = next(one for one in profile["materials"] if one["material"] == "tin")
    assert tin["annual_mass_kg"] == held["annual_mass_kg"]
    yearly, lost = tin["annual_mass_kg"], tin["largest_loss"]["lost"]
    low = yearly["low"] if yearly["low"] is not None else yearly["typical"]
    assert tin["annual_shortfall_kg"]["low"] == pytest.approx(low * lost["low"])
    value = tin["annual_value_usd"]
    assert value["low"] == pytest.approx(low * value["usd_per_kg"])
    assert value["source"] in answer.json["sources"]
    days = tin["days_of_stock"]
    assert days["high"] == pytest.approx(10 * 365 / (low * lost["low"]))
    assert 0 < days["low"] <= days["high"]


def test_its_parts_are_those_that_hold_the_material(acme, pump):
    (found,) = acme.post(PATH, json={**TIN, "boms": [pump["id"]]}).json["boms"]
    lines = acme.get(f"/v1/boms/{pump['id']}/lines?material=tin").json["items"]
    shown = found["parts"]["shown"]
    assert found["parts"]["count"] == len(shown)
    assert {one["part"]["key"] for one in shown} == {line["part"]["key"] for line in lines}
    assert found["parts"]["lines"] >= len(lines) > 0


def test_without_units_or_stock_the_reason_is_told(acme):
    line = {"part_number": "T-1", "description": "capacitor", "material": "S235JR", "quantity": 1}
    bom = acme.post("/v1/boms", json={"lines": [line]}, headers={"Prefer": "wait=20"}).json
    asked = {"countries": ["CHN"], "boms": [bom["id"]]}
    (found,) = acme.post(PATH, json=asked).json["boms"]
    assert found["annual_units"] is None
    assert found["materials"]
    for one in found["materials"]:
        assert one["annual_shortfall_kg"]["reason"] == "annual_units_missing"
        assert one["annual_value_usd"]["reason"] == "annual_units_missing"
        assert one["days_of_stock"]["reason"] == "stock_missing"
    unknown = {"amounts": [], "priced_lines": 0, "unpriced_lines": 1}
    assert found["parts"]["spend"] == unknown


def test_spend_at_stake_is_what_the_parts_cost_in_a_product_and_a_year(acme, validate):
    rows = b"Part number,Description,Qty,Price (EUR)\n"
    rows += b"M-1,Magnet NdFeB N42,4,2.50\nM-2,Magnet NdFeB N35,2,\nS-1,Bracket S235JR,1,9.00\n"
    answer = acme.upload(rows, name="magnets.csv", annual_units="1000")
    bom = answer.json
    asked = {"countries": ["CHN"], "materials": ["neodymium"], "boms": [bom["id"]]}
    answer = acme.post(PATH, json=asked)
    validate("Scenario", answer.json)
    (found,) = answer.json["boms"]
    assert found["parts"]["spend"] == {
        "amounts": [{"currency": "EUR", "amount": 10.0, "annual": 10_000.0}],
        "priced_lines": 1,
        "unpriced_lines": 1,
    }
    assert found["parts"]["shown"][0]["spend"]["priced_lines"] == 1
    profile = acme.get(f"/v1/boms/{bom['id']}/profile").json["profile"]
    assert profile["spend"]["amounts"] == [{"currency": "EUR", "amount": 19.0, "annual": 19_000.0}]
    (held,) = (one for one in profile["materials"] if one["material"] == "neodymium")
    assert held["spend"] == found["parts"]["spend"]
    line = acme.get(f"/v1/boms/{bom['id']}/lines").json["items"][0]
    assert line["price"] == {"amount": "2.50", "per": "1", "currency": "EUR"}


def test_a_bom_of_somebody_else_is_not_there(rival, pump):
    answer = rival.post(PATH, json={"countries": ["CHN"], "boms": [pump["id"]]})
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_boms_need_the_right_to_read_them(join, pump):
    caller = join("Desk", scopes=("analyses:run",))
    assert caller.post(PATH, json={"countries": ["CHN"]}).status_code == 200
    answer = caller.post(PATH, json={"countries": ["CHN"], "boms": [pump["id"]]})
    assert (answer.status_code, answer.json["code"]) == (403, "not-allowed")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/countries"),
        ({"countries": []}, "/countries"),
        ({"countries": ["CHN"], "fraction": 0}, "/fraction"),
        ({"countries": ["CHN"], "fraction": 1.5}, "/fraction"),
        ({"countries": ["CHN"], "fraction": None}, "/fraction"),
        ({"countries": ["CHN"], "stage": "moon"}, "/stage"),
        ({"countries": ["CHN"], "scopes": ["moon"]}, "/scopes/0"),
        ({"countries": ["ZZZ"]}, "/countries"),
        ({"countries": ["CHN"], "materials": ["unobtainium"]}, "/materials"),
        ({"countries": ["CHN"], "stock": [{"material": "tin"}]}, "/stock/0/mass_kg"),
        ({"countries": ["CHN"], "boms": ["x"]}, "/boms/0"),
        ({"countries": ["CHN"], "weather": "bad"}, "/weather"),
    ],
)
def test_what_cannot_be_asked_is_told(acme, body, pointer):
    answer = acme.post(PATH, json=body)
    assert answer.status_code == 422
    assert pointer in {error["pointer"] for error in answer.json["errors"]}
