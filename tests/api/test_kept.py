"""Answers that are kept: the same for everybody who may have them, and never too many."""

import pytest

from scanner.api import kept, limits
from scanner.api.kept import Answer, Kept, Mark
from scanner.services import keys
from scanner.settings import Settings

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
    assert len(memory) == 0


def test_a_304_says_no_more_than_it_must(acme):
    tag = acme.get("/v1/materials/cobalt").headers["ETag"]
    again = acme.get("/v1/materials/cobalt", headers={"If-None-Match": tag})
    told = {name.lower() for name, _ in again.headers}
    assert {"etag", "cache-control", "vary", "x-request-id"} <= told
    assert told.isdisjoint({"content-type", "content-length", "content-security-policy"})


def test_a_kept_answer_counts_as_any_other(acme, app, memory, monkeypatch):
    settings = Settings(rate_limit="3 per hour", rate_limit_public="3 per hour")
    monkeypatch.setitem(app.extensions, limits.EXTENSION, limits.RateLimits(settings))
    found = [acme.get("/v1/materials/cobalt") for _ in range(5)]
    assert [answer.status_code for answer in found] == [200, 200, 200, 429, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in found] == ["2", "1", "0", "0", "0"]
    assert all(len(answer.headers.getlist("RateLimit-Limit")) == 1 for answer in found)
    assert len({answer.headers["X-Request-Id"] for answer in found}) == 5


def test_a_kept_answer_is_not_for_a_revoked_key(acme, anonymous, ctx, memory):
    made = keys.create(ctx, acme.company.id, name="short-lived")
    headers = {"Authorization": f"Bearer {made.token}"}
    path = "/v1/materials/cobalt"
    assert [anonymous.get(path, headers=headers).status_code for _ in range(2)] == [200, 200]
    keys.revoke(ctx, acme.company.id, made.key.id)
    assert anonymous.get(path, headers=headers).status_code == 401


@pytest.mark.parametrize("kept_before", [False, True])
def test_conditions_are_read_as_if_nothing_were_kept(acme, memory, kept_before):
    path = "/v1/materials/cobalt"
    tag = acme.get(path).headers["ETag"]
    for condition, status in {
        tag: 304,
        f"W/{tag}": 304,
        f'"other", {tag}': 304,
        f'{tag[:-1]}:gzip"': 304,
        "*": 304,
        '"other"': 200,
        f'{tag[:-1]}x"': 200,
    }.items():
        if not kept_before:
            memory.clear()
        answer = acme.get(path, headers={"If-None-Match": condition})
        assert answer.status_code == status, condition
        assert "Accept-Language" in answer.headers["Vary"]


def test_the_line_of_a_kept_answer_says_what_any_line_says(acme, memory, caplog):
    with caplog.at_level("INFO", logger="scanner.access_log"):
        told = []
        for _ in range(2):
            acme.get("/v1/materials/cobalt").close()
            told.append(caplog.records[-1].fields.keys())
    assert len(memory) == 1
    assert told[0] == told[1]


def answer(size):
    return Answer(Mark("tag", "/", "scope"), b"x" * size, (), frozenset(), ())


def test_answers_not_asked_for_longest_are_forgotten_first():
    memory = Kept(most_bytes=10)
    a, b, c, huge = (("/", name, "en", "") for name in ("a", "b", "c", "huge"))
    memory.put(a, answer(4))
    memory.put(b, answer(4))
    assert memory.get(a) is not None
    memory.put(c, answer(4))
    assert [memory.get(key) is not None for key in (a, b, c)] == [True, False, True]
    memory.put(c, answer(6))
    assert [memory.get(key) is not None for key in (a, b, c)] == [True, False, True]
    memory.put(huge, answer(11))
    assert [memory.get(key) for key in (a, b, c, huge)] == [None] * 4
