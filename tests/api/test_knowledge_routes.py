"""Materials, countries, releases and sources: names, languages, ETags, pages, sources."""

import pytest

LANGUAGES = {"en": "cobalt", "nl": "kobalt", "de": "kobalt", "fr": "cobalt"}


def pages_of(caller, path, limit):
    found, cursor = [], None
    while True:
        query = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        page = caller.get(path, query_string=query).json
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found, page["total"]


@pytest.mark.parametrize(("language", "name"), LANGUAGES.items())
def test_names_come_in_the_language_asked_for(acme, language, name):
    answer = acme.get("/v1/materials/cobalt", headers={"Accept-Language": language})
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.json["name"].lower() == name


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        ("sv", "en"),
        ("sv, fr;q=0.2", "fr"),
        ("nl-BE, en;q=0.5", "nl"),
        ("de-AT", "de"),
        ("*", "en"),
        ("", "en"),
        ("nl;q=0, en", "en"),
    ],
)
def test_language_is_negotiated(acme, asked, got):
    answer = acme.get("/v1/countries/NLD", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == got


@pytest.mark.parametrize(
    "path",
    [
        "/v1/materials",
        "/v1/materials/neodymium",
        "/v1/countries",
        "/v1/countries/CHN",
        "/v1/sources",
        "/v1/sources/crma",
    ],
)
def test_unchanged_knowledge_is_not_sent_again(acme, path):
    first = acme.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    again = acme.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert acme.get(path).data == first.data
    other = acme.get(path, headers={"If-None-Match": tag, "Accept-Language": "nl"})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag
    assert acme.open("HEAD", path).headers["ETag"] == tag


@pytest.mark.parametrize("path", ["/v1/materials", "/v1/countries"])
def test_pages_add_up_to_the_whole(acme, path):
    whole = acme.get(path, query_string={"limit": 500}).json
    found, total = pages_of(acme, path, 37)
    assert found == whole["items"]
    assert total == len(found)
    ids = [item["id"] for item in found]
    assert ids == sorted(set(ids))


def test_every_material_resolves_its_sources_and_fits_the_contract(acme, validate):
    items = acme.get("/v1/materials", query_string={"limit": 500}).json["items"]
    assert len(items) > 80
    for item in items:
        answer = acme.get(f"/v1/materials/{item['id']}").json
        validate("MaterialDetail", answer)
        assert set(sources_in(answer)) <= set(answer["sources"])
        for figure in ("supply_risk", "economic_importance", "import_reliance", "eol_rir"):
            assert (answer[figure]["value"] is None) == (answer[figure]["reason"] is not None)


def test_every_country_fits_the_contract(acme, validate):
    items = acme.get("/v1/countries", query_string={"limit": 500}).json["items"]
    assert len(items) > 190
    for item in items[::10]:
        answer = acme.get(f"/v1/countries/{item['id']}").json
        validate("CountryDetail", answer)
        assert set(sources_in(answer)) <= set(answer["sources"])


def test_country_codes_are_taken_in_any_case(acme):
    assert acme.get("/v1/countries/chn").json["id"] == "CHN"


def test_china_supplies_neodymium(acme):
    china = acme.get("/v1/countries/CHN").json
    found = {(s["material"], s["stage"], s["scope"]): s["share"] for s in china["supplies"]}
    shown = acme.get("/v1/materials/neodymium").json
    for table in shown["supply"]:
        for share in table["shares"]:
            if share["country"] == "CHN" and not share["upper_bound"]:
                assert found["neodymium", table["stage"], table["scope"]] == share["share"]
    assert shown["critical"]["annex"]


def test_releases_and_sources(acme, ctx, validate):
    listed = acme.get("/v1/releases").json
    validate("ReleaseList", listed)
    current = [item for item in listed["items"] if item["current"]]
    assert [item["sha256"] for item in current] == [ctx.engine.knowledge.release.sha256]
    assert acme.get(f"/v1/releases/{current[0]['id']}").json == current[0]
    sources = acme.get("/v1/sources").json
    validate("SourceList", sources)
    assert sources["total"] == len(ctx.engine.knowledge.sources)
    assert all(item["licence"] for item in sources["items"])


def sources_in(value):
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield value["source"]
        for item in value.values():
            yield from sources_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from sources_in(item)


def test_a_source_says_on_what_terms_it_is_used(acme):
    source = acme.get("/v1/sources/iea_cm2025").json
    assert (source["terms"], source["licence"]) == ("open", "CC BY 4.0")
    assert source["attribution"].startswith("IEA")
    assert acme.get("/v1/sources/nowhere").status_code == 404


def test_a_material_comes_with_all_that_is_known_of_it(acme):
    cobalt = acme.get("/v1/materials/cobalt", headers={"Accept-Language": "nl"}).json
    editions = {(one["commodity"], one["source"]) for one in cobalt["production"]}
    assert ("cobalt_refined", "iea_cm2025") in editions
    assert cobalt["production"][0]["name"] == "kobalt"
    assert [past["year"] for past in cobalt["history"]] == [2011, 2014, 2017, 2020, 2023]
    assert cobalt["companionality"]["fraction"] == 0.85
    assert {code["code"] for code in cobalt["trade"] if not code["held"]} == {"260500", "283329"}
    for part in ("reserves", "prices", "recycling", "uses", "parameters_2017"):
        assert cobalt[part], part


def test_every_figure_of_every_material_cites_a_source_that_the_answer_brings(acme):
    def keys_in(value):
        if isinstance(value, dict):
            for name, item in value.items():
                if name == "source" and isinstance(item, str):
                    yield item
                elif name != "sources":
                    yield from keys_in(item)
        elif isinstance(value, list):
            for item in value:
                yield from keys_in(item)

    for material in ("aluminium", "dysprosium", "platinum", "helium", "magnesium", "xenon"):
        answer = acme.get(f"/v1/materials/{material}").json
        assert set(keys_in(answer)) <= set(answer["sources"]), material


def test_withheld_output_is_null_with_its_state(acme):
    answer = acme.get("/v1/materials/aluminium").json
    withheld = [
        country
        for series in answer["production"]
        for year in series["years"]
        for country in year["countries"]
        if country["state"] == "withheld"
    ]
    assert withheld
    assert all(country["quantity"] is None for country in withheld)
