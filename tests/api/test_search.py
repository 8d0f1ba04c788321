"""Looking anything up over HTTP."""

import pytest


def find(client, query, **more):
    return client.get("/v1/search", query_string={"q": query, **more}).json["items"]


@pytest.mark.parametrize(("query", "subject", "id"), [
    ("kobalt", "material", "cobalt"),
    ("Duitsland", "country", "DEU"),
    ("condensateur au tantale", "component", "tantalum_cap"),
    ("1,4404", "alloy", "ss_1_4404"),
    ("8505 11", "code", "850511"),
    ("neodymum", "material", "neodymium"),
])  # fmt: skip
def test_every_kind_of_thing_is_found_in_any_language(acme, query, subject, id):
    found = [(one["subject"], one["id"]) for one in find(acme, query)]
    assert found[0] == (subject, id)


def test_answers_fit_the_contract_and_lead_on(acme, validate):
    answer = acme.get("/v1/search", query_string={"q": "tanta"})
    validate("FoundList", answer.json)
    assert len(answer.json["items"]) == 10
    assert {one["subject"] for one in answer.json["items"]} >= {"material", "component"}
    for one in answer.json["items"]:
        assert acme.get(one["address"]).status_code == 200, one


def test_kind_and_number_can_be_asked_for(acme):
    found = find(acme, "co", subject="country", limit=3)
    assert len(found) == 3
    assert {one["subject"] for one in found} == {"country"}


def test_nothing_is_an_answer(acme):
    assert find(acme, "qqqqqqqq") == []
    assert find(acme, "?!") == []


@pytest.mark.parametrize("asked", [
    {}, {"q": ""}, {"q": "x" * 101}, {"q": "x", "limit": 51}, {"q": "x", "subject": "person"},
])  # fmt: skip
def test_what_cannot_be_asked_is_told(acme, asked):
    answer = acme.get("/v1/search", query_string=asked)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
