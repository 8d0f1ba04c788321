"""The concentration of a raw material over the years, as it is answered."""

import pytest

PATH = "/v1/materials/cobalt/concentration"


def test_all_kinds_of_supply_are_there_and_fit_the_contract(acme, validate):
    answer = acme.get(PATH)
    validate("MaterialConcentration", answer.json)
    scopes = {series["scope"] for series in answer.json["series"]}
    assert scopes == {"world", "eu_sourcing", "production", "eu_imports", "dutch_imports"}
    assert all("shares" not in year for series in answer.json["series"] for year in series["years"])


def test_every_material_resolves_its_sources(acme):
    items = acme.get("/v1/materials", query_string={"limit": 500}).json["items"]
    for item in items:
        answer = acme.get(f"/v1/materials/{item['id']}/concentration").json
        cited = {year["source"] for series in answer["series"] for year in series["years"]}
        assert cited == set(answer["sources"])


def test_explained_it_tells_all_shares(acme):
    series = acme.get(f"{PATH}?scope=world&stage=extraction&explain=true&top=1").json["series"]
    (year,) = series[0]["years"]
    assert len(year["largest"]) == 1
    assert len(year["shares"]) == year["countries"] > 1
    hhi = 10_000 * sum(share["share"] ** 2 for share in year["shares"] if not share["upper_bound"])
    assert year["hhi"]["low"] == pytest.approx(hhi)


@pytest.mark.parametrize(
    ("query", "scopes", "stages"),
    [
        ("scope=production", {"production"}, {"extraction", "processing"}),
        ("stage=processing&scope=production", {"production"}, {"processing"}),
    ],
)
def test_series_can_be_chosen(acme, query, scopes, stages):
    series = acme.get(f"{PATH}?{query}").json["series"]
    assert {one["scope"] for one in series} == scopes
    assert {one["stage"] for one in series} == stages


@pytest.mark.parametrize("query", ["top=0", "top=11", "scope=moon", "stage=none", "explain=yes"])
def test_what_cannot_be_asked_is_told(acme, query):
    assert acme.get(f"{PATH}?{query}").status_code == 422


def test_names_come_in_the_language_asked_for(acme):
    answer = acme.get(PATH, headers={"Accept-Language": "nl"}).json
    assert answer["name"] == "kobalt"
    assert "Congo" in answer["series"][0]["years"][0]["largest"][0]["name"]
