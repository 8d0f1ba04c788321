"""GeoPolRisk of imports and of own purchases, as it is answered."""

import pytest

PATH = "/v1/materials/cobalt/import-risk"
ORIGINS = [
    {"country": "COD", "weight_t": 8, "value_kusd": 200},
    {"country": "FIN", "weight_t": 2, "value_kusd": 60},
]


def test_the_union_is_asked_first_and_the_answer_fits_the_contract(acme, validate):
    answer = acme.get(PATH).json
    validate("MaterialImportRisk", answer)
    assert answer["importer"] == ["EU27"]
    years = [score["year"] for score in answer["scores"]]
    assert years == sorted(years, reverse=True)
    assert all("origins" not in score["import_risk"] for score in answer["scores"])


def test_every_material_answers_and_resolves_its_sources(acme):
    items = acme.get("/v1/materials", query_string={"limit": 500}).json["items"]
    for item in items:
        answer = acme.get(f"/v1/materials/{item['id']}/import-risk").json
        for score in answer["scores"]:
            assert set(score["sources"]) <= set(answer["sources"])
            assert (score["score"] is None) == (score["reason"] is not None)
        assert bool(answer["scores"]) == (answer["reason"] is None)


def test_explained_it_tells_origins_and_suppliers(acme, validate):
    answer = acme.get(f"{PATH}?importer=NLD&year=2024&explain=true").json
    validate("MaterialImportRisk", answer)
    (score,) = answer["scores"]
    risk = score["import_risk"]
    assert risk["value"] == pytest.approx(sum(term["term"] for term in risk["origins"]))
    assert risk["imports_t"] == pytest.approx(sum(term["weight_t"] for term in risk["origins"]))
    hhi = sum(share["share"] ** 2 for share in score["production"]["shares"])
    assert score["hhi"]["low"] == pytest.approx(10_000 * hhi)
    assert score["score"] == pytest.approx(hhi * risk["value"])


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("importer=DEU", "trade_not_held"),
        ("importer=NLD,DEU", "trade_not_held"),
        ("year=1999", "not_in_this_year"),
    ],
)
def test_what_is_not_known_has_a_reason(acme, query, reason):
    answer = acme.get(f"{PATH}?{query}").json
    assert (answer["scores"], answer["reason"]) == ([], reason)


@pytest.mark.parametrize(
    "query", ["importer=EU27,NLD", "importer=nld", "importer=", "year=12", "explain=yes"]
)
def test_what_cannot_be_asked_is_told(acme, query):
    answer = acme.get(f"{PATH}?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["parameter"] == query.partition("=")[0]


def test_own_purchases_take_the_place_of_imports(acme, validate):
    given = {"origins": ORIGINS, "stage": "processing", "explain": True}
    answer = acme.post(PATH, json=given)
    validate("PurchaseRisk", answer.json)
    score = answer.json["score"]
    assert score["import_risk"]["imports_t"] == 10
    assert score["price_usd_per_kg"] == 26
    assert score["factor"] > 0
    at_home = acme.post(PATH, json={**given, "home": "EU27"}).json["score"]
    assert at_home["score"] < score["score"]
    finland = next(one for one in at_home["import_risk"]["origins"] if one["country"] == "FIN")
    assert finland["term"] == 0


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"origins": []}, "/origins"),
        ({"origins": [{"country": "COD", "weight_t": 0}]}, "/origins/0/weight_t"),
        ({"origins": [{"country": "ZZZ", "weight_t": 1}]}, "/origins/0/country"),
        ({"origins": ORIGINS, "home": "ZZZ"}, "/home"),
        ({"origins": ORIGINS, "moon": 1}, "/moon"),
        ({"origins": ORIGINS, "explain": 0}, "/explain"),
    ],
)
def test_what_does_not_fit_is_pointed_at(acme, given, pointer):
    answer = acme.post(PATH, json=given)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer


def test_there_is_no_such_material(acme):
    path = "/v1/materials/unobtainium/import-risk"
    assert acme.get(path).status_code == 404
    assert acme.post(path, json={"origins": ORIGINS}).status_code == 404
