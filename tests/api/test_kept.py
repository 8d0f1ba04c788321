"""Answers that are kept: the same for everybody who may have them, and never too many."""

import pytest

from scanner.api import kept
from scanner.api.kept import Answer, Kept
from scanner.services import keys

PATHS = ("/v1/materials/cobalt", "/v1/countries/CHN", "/v1/materials?limit=5", "/v1/sources")


@pytest.fixture
def memory(app, monkeypatch):
    """A fresh memory of the application's answers."""
    fresh = Kept()
    monkeypatch.setitem(app.extensions, kept.EXTENSION, fresh)
    return fresh


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("packing", ["identity", "gzip", "br", "zstd"])
def test_a_kept_answer_is_the_first_one(acme, memory, path, packing):
    headers = {"Accept-Encoding": packing, "Accept-Language": "nl", "X-Request-Id": "same"}
    first, second = (acme.get(path, headers=headers) for _ in range(2))
    assert (second.status_code, second.data) == (200, first.data)
    assert second.headers == first.headers
    assert first.headers.get("Content-Encoding", "identity") in (packing, "identity")
    asked = acme.open("HEAD", path, headers=headers)
    assert (asked.headers, asked.data) == (first.headers, b"")


def test_languages_and_queries_are_kept_apart(acme, memory):
    for _ in range(2):
        names = {
            language: acme.get(
                "/v1/materials/tungsten", headers={"Accept-Language": language}
            ).json["name"]
            for language in ("en", "nl", "de", "fr")
        }
        assert len(set(names.values())) == 4
        sizes = [acme.get(f"/v1/materials?limit={n}").json["items"] for n in (3, 7)]
        assert [len(items) for items in sizes] == [3, 7]


@pytest.mark.parametrize("path", PATHS)
def test_a_kept_answer_is_for_those_who_may_have_it(acme, anonymous, ctx, path):
    assert acme.get(path).status_code == 200
    assert anonymous.get(path).status_code == 401
    token = keys.create(ctx, acme.company.id, name="narrow", scopes=["boms:read"]).token
    tag = acme.get(path).headers["ETag"]
    for condition in ({}, {"If-None-Match": tag}):
        headers = {"Authorization": f"Bearer {token}", **condition}
        assert anonymous.get(path, headers=headers).status_code == 403


def test_what_is_refused_is_not_kept(acme, memory):
    for path in ("/v1/materials/unobtainium", "/v1/countries/XXX", "/v1/materials?colour=red"):
        assert [acme.get(path).status_code for _ in range(2)] in ([404, 404], [422, 422])
    assert memory.get("anything") is None
    assert memory._bytes == 0


def test_a_304_says_no_more_than_it_must(acme):
    tag = acme.get("/v1/materials/cobalt").headers["ETag"]
    again = acme.get("/v1/materials/cobalt", headers={"If-None-Match": tag})
    told = {name.lower() for name, _ in again.headers}
    assert {"etag", "cache-control", "vary", "x-request-id"} <= told
    assert told.isdisjoint({"content-type", "content-length", "content-security-policy"})


def test_answers_not_asked_for_longest_are_forgotten_first():
    memory = Kept(most_bytes=10)
    memory.put("a", Answer(b"1234"))
    memory.put("b", Answer(b"1234"))
    assert memory.get("a") is not None
    memory.put("c", Answer(b"1234"))
    assert [memory.get(key) is not None for key in "abc"] == [True, False, True]
    memory.put("c", Answer(b"123456"))
    assert [memory.get(key) is not None for key in "abc"] == [True, False, True]
    memory.put("huge", Answer(b"12345678901"))
    assert [memory.get(key) for key in ("a", "b", "c", "huge")] == [None] * 4
