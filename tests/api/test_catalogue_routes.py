"""Alloys, component classes and commodity codes over HTTP."""

import pytest

LISTS = {"/v1/alloys": "AlloyPage", "/v1/components": "ComponentPage", "/v1/codes": "CodePage"}


def keys_in(value):
    """Every key of a source in an answer, outside its own table of sources."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield value["source"]
        for name, item in value.items():
            if name in ("sources", "own_sources") and isinstance(item, list):
                yield from item
            elif not (name == "sources" and isinstance(item, dict)):
                yield from keys_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys_in(item)


@pytest.mark.parametrize("path", [*LISTS, "/v1/alloys/316L", "/v1/components/mlcc",
                                  "/v1/codes/850511"])  # fmt: skip
def test_unchanged_answers_are_not_sent_again(acme, path):
    first = acme.get(path)
    tag = first.headers["ETag"]
    again = acme.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = acme.get(path, headers={"If-None-Match": tag, "Accept-Language": "nl"})
    assert (other.status_code, other.headers["Content-Language"]) == (200, "nl")


@pytest.mark.parametrize(("path", "schema"), LISTS.items())
def test_lists_fit_the_contract_and_link_to_the_next_page(acme, validate, path, schema):
    page = acme.get(path, query_string={"limit": 3})
    validate(schema, page.json)
    assert len(page.json["items"]) == 3
    assert page.json["next"] in page.headers["Link"]


def test_every_component_fits_the_contract_and_brings_its_sources(acme, validate):
    items = acme.get("/v1/components", query_string={"limit": 500}).json["items"]
    assert len(items) > 250
    for item in items[::4]:
        answer = acme.get(f"/v1/components/{item['id']}").json
        validate("ComponentDetail", answer)
        assert set(keys_in(answer)) <= set(answer["sources"]), item["id"]


def test_every_alloy_fits_the_contract_and_brings_its_sources(acme, validate):
    items = acme.get("/v1/alloys", query_string={"limit": 500}).json["items"]
    for item in items[::7]:
        answer = acme.get(f"/v1/alloys/{item['id']}").json
        validate("AlloyDetail", answer)
        assert set(keys_in(answer)) <= set(answer["sources"]), item["id"]


@pytest.mark.parametrize(
    "code", ["85", "8505", "850511", "28053010", "2805301010", "870323", "842132", "853400"]
)
def test_codes_fit_the_contract_and_bring_their_sources(acme, validate, code):
    answer = acme.get(f"/v1/codes/{code}").json
    validate("CodeDetail", answer)
    assert set(keys_in(answer)) <= set(answer["sources"])


def test_a_nominal_figure_says_that_its_range_is_not_known(acme):
    (steel,) = acme.get("/v1/alloys/1.4408").json["alloys"]
    chromium = next(one for one in steel["composition"] if one["item"] == "Cr")
    assert chromium["fraction"]["range_known"] is (chromium["basis"] == "range")
    nominal = [one["fraction"] for one in steel["composition"] if one["basis"] == "nominal"]
    assert all(one["low"] is one["high"] is None for one in nominal)
    behind = next(one for one in steel["materials"] if one["material"] == "chromium")
    assert behind["fraction"] == chromium["fraction"]


def test_designations_with_signs_are_asked_for_as_they_are(acme):
    answer = acme.get("/v1/alloys/AlNiCo37/5")
    assert answer.status_code == 200
    assert answer.json["designation"] == "AlNiCo37/5"


def test_names_of_components_and_codes_come_in_dutch(acme):
    dutch = {"Accept-Language": "nl"}
    assert "condensator" in acme.get("/v1/components/mlcc", headers=dutch).json["name"]
    metals = acme.get("/v1/codes/28053010", headers=dutch).json
    assert metals["name"] == metals["names"]["nl"] != metals["names"]["en"]
    assert {"cerium", "lanthaan"} <= {one["name"] for one in metals["contents"]}


def test_a_code_that_is_not_known_to_the_last_digit_says_so(acme):
    answer = acme.get("/v1/codes/8505 11 99").json
    assert (answer["asked"], answer["code"], answer["exact"]) == ("85051199", "850511", False)
    assert answer["names"]["en"]


def test_what_is_no_prefix_is_refused(acme):
    answer = acme.get("/v1/codes", query_string={"prefix": "magnets"})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
