"""Countries with all that is known of them, and measures on raw materials, on a day."""

import pytest


def by_id(found):
    return {one["id"]: one for one in found}


def test_a_country_says_governance_by_edition_and_year(acme, validate):
    china = acme.get("/v1/countries/CHN").json
    validate("CountryDetail", china)
    found = [(one["edition"], one["year"]) for one in china["governance_by_year"]]
    assert found == sorted(found)
    assert ("2024", 2023) in found
    assert ("2025", 2024) in found
    assert {one["source"] for one in china["governance_by_year"]} <= set(china["sources"])


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-11-06", "not_yet"),
        ("2026-11-10", "suspended"),
        ("2026-11-11", "unknown"),
        ("2026-11-28", "unknown"),
    ],
)
def test_after_a_suspension_the_state_is_unknown(acme, validate, day, state):
    erbium = acme.get("/v1/materials/erbium", query_string={"on": day}).json
    validate("MaterialDetail", erbium)
    (found,) = [one for one in erbium["export_restrictions"] if one["subject"] == "erbium"]
    assert found["state"] == state
    assert found["suspended_until"] == "2026-11-10"
    assert set(found["sources"]) <= set(erbium["sources"])


def test_without_a_day_the_periods_say_it_all(acme):
    erbium = acme.get("/v1/materials/erbium").json
    (found,) = [one for one in erbium["export_restrictions"] if one["subject"] == "erbium"]
    assert found["state"] is None
    assert found["periods"] == [
        {"first": None, "last": "2025-11-06", "state": "not_yet"},
        {"first": "2025-11-07", "last": "2026-11-10", "state": "suspended"},
        {"first": "2026-11-11", "last": None, "state": "unknown"},
    ]


def test_the_country_and_the_material_say_the_same(acme):
    query = {"on": "2026-11-28"}
    china = by_id(acme.get("/v1/countries/CHN", query_string=query).json["export_restrictions"])
    gallium = acme.get("/v1/materials/gallium", query_string=query).json["export_restrictions"]
    assert len(gallium) == 2
    assert all(china[one["id"]] == one for one in gallium)


def test_conflict_regimes_name_regions(acme):
    congo = by_id(acme.get("/v1/countries/COD").json["conflict_regimes"])
    assert [area["standing"] for area in congo["us_dodd_frank_1502"]["areas"]] == ["named"]
    regions = congo["eu_cahra"]["areas"]
    assert regions
    assert all(area["region"].startswith("CD-") and area["name"] for area in regions)
    assert acme.get("/v1/countries/NLD").json["conflict_regimes"] == []


def test_names_of_regimes_come_in_dutch(acme):
    answer = acme.get("/v1/countries/COD", headers={"Accept-Language": "nl"}).json
    assert "EU-lijst" in by_id(answer["conflict_regimes"])["eu_cahra"]["name"]


def test_namibia_is_a_country(acme):
    namibia = acme.get("/v1/countries/NAM").json
    assert namibia["alpha2"] == "NA"
    assert {one["kind"] for one in namibia["agreements"]} >= {"raw_materials"}
    assert len(namibia["export_restrictions"]) == 5


def test_sanctions_stand_at_the_country_and_the_material(acme):
    russia = by_id(acme.get("/v1/countries/RUS?on=2026-11-25").json["sanctions"])
    assert {"rus_coal", "rus_helium", "rus_gold"} <= set(russia)
    helium = by_id(acme.get("/v1/materials/helium?on=2026-11-25").json["sanctions"])
    assert helium["rus_helium"] == russia["rus_helium"]
    assert russia["rus_helium"]["state"] == "in_force"


@pytest.mark.parametrize("path", ["/v1/countries/CHN", "/v1/materials/erbium"])
@pytest.mark.parametrize("query", [{"on": "2026-02-30"}, {"on": "soon"}, {"at": "2026-11-25"}])
def test_a_day_is_a_day(acme, path, query):
    answer = acme.get(path, query_string=query)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
    assert [place["parameter"] for place in answer.json["errors"]] == list(query)


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ({"eu_member": "true"}, {"NLD", "DEU"}, {"CHN", "NOR"}),
        ({"eu_member": "false"}, {"CHN"}, {"NLD"}),
        ({"partnership": "true"}, {"NAM", "CHL"}, {"CHN"}),
        ({"sanctioned": "true"}, {"RUS", "PRK"}, {"NLD"}),
        ({"regime": "us_dodd_frank_1502"}, {"COD", "RWA"}, {"COL"}),
        ({"restricts": "dysprosium"}, {"CHN", "NAM"}, {"COD"}),
        ({"supplies": "cobalt"}, {"COD"}, {"NLD"}),
        ({"supplies": "cobalt", "regime": "eu_cahra"}, {"COD"}, {"AUS"}),
        ({"supplies": "unobtainium"}, set(), {"COD"}),
    ],
)
def test_countries_by_what_is_known_of_them(acme, validate, query, inside, outside):
    page = acme.get("/v1/countries", query_string={**query, "limit": 500}).json
    validate("CountryPage", page)
    found = {item["id"] for item in page["items"]}
    assert len(found) == page["total"]
    assert inside <= found
    assert not outside & found


def test_a_filter_holds_over_pages(acme):
    query = {"partnership": "true", "limit": 5}
    found, cursor = [], None
    while True:
        page = acme.get(
            "/v1/countries", query_string=query if cursor is None else {**query, "cursor": cursor}
        ).json
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(found) == page["total"] == 16
    assert found == sorted(found)
