"""What proxies in front say of the caller is believed only of as many as the settings name."""

from dataclasses import replace

import pytest
from flask import request

from scanner.app import create_app

SAID = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


@pytest.fixture
def behind(ctx):
    """Make a service that trusts so many proxies."""

    def make(proxies, **changes):
        settings = replace(ctx.settings, trusted_proxies=proxies, **changes)
        return create_app(settings, replace(ctx, settings=settings))

    return make


def seen_by(app, headers):
    """Address and scheme of the caller as the application sees them."""
    found = []
    app.before_request(lambda: found.append((request.remote_addr, request.scheme)))
    app.test_client().get("/healthz", headers=headers)
    return found[0]


def test_without_trusted_proxies_nobody_may_say_where_a_request_comes_from(behind):
    assert seen_by(behind(0), SAID) == ("127.0.0.1", "http")


def test_a_trusted_proxy_names_the_caller_and_the_scheme(behind):
    assert seen_by(behind(1), SAID) == ("203.0.113.7", "https")
    assert seen_by(behind(1), {}) == ("127.0.0.1", "http")


def test_what_the_caller_put_before_the_proxies_word_is_not_believed(behind):
    two = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7, 192.0.2.2"}
    assert seen_by(behind(1), two)[0] == "192.0.2.2"
    assert seen_by(behind(2), two)[0] == "203.0.113.7"


def test_the_limit_per_address_counts_callers_behind_a_proxy_apart(behind):
    client = behind(1, rate_limit_public="1 per hour").test_client()
    one, other = ({"X-Forwarded-For": f"203.0.113.{number}"} for number in (7, 8))
    statuses = [client.get("/openapi.json", headers=said).status_code for said in (one, one, other)]
    assert statuses == [200, 429, 200]


def test_a_made_up_address_does_not_escape_the_limit(behind):
    client = behind(0, rate_limit_public="1 per hour").test_client()
    statuses = [
        client.get("/openapi.json", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in (7, 8)
    ]
    assert statuses == [200, 429]


@pytest.mark.parametrize(
    ("proxies", "https", "headers", "secure"),
    [(0, False, SAID, False), (1, False, SAID, True), (1, False, {}, False), (0, True, {}, True)],
)
def test_the_session_is_for_https_only_where_the_request_came_by_it(
    behind, proxies, https, headers, secure
):
    answer = behind(proxies, https=https).test_client().get("/sign-in", headers=headers)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("scanner=")
    assert ("Secure" in cookie) is secure
