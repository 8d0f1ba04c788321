"""What everybody may look up without an account, and that nothing else is open by it."""

from dataclasses import replace

import pytest

from scanner.app import create_app
from scanner.services.context import Context
from scanner.services.roles import Scope
from tests.access.test_matrix import ARGUMENT, OF_A_COMPANY, OF_ALL, PAGES

PAGE = {"Accept": "text/html"}
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def open_app(ctx):
    """An application that everybody may look things up in, five times a minute and address."""

    def make(**settings):
        given = replace(ctx.settings, **{"public_lookup": True, **settings})
        app = create_app(given, Context(given, ctx.database, ctx.engine, ctx.queue))
        app.testing = True
        return app

    return make


def path_of(rule):
    values = {**dict.fromkeys(OF_A_COMPANY, NOBODY), **OF_ALL}
    return ARGUMENT.sub(lambda found: values[found[1]], str(rule))


def test_every_route_is_open_or_asks_who_is_there(open_app):
    """All that asks for `knowledge:read` and only reads is open; the rest is as it was."""
    app, opened = open_app(), 0
    for rule in app.url_map.iter_rules():
        access = str(getattr(app.view_functions[rule.endpoint], "access", "public"))
        if access in ("public",):
            continue
        is_page = rule.endpoint.partition(".")[0] in PAGES
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
            answer = app.test_client().open(
                path_of(rule), method=method, headers=PAGE if is_page else {}
            )
            if access == Scope.KNOWLEDGE_READ:
                assert method == "GET", rule
                assert answer.status_code in (200, 404, 422), (rule, answer.status_code)
                opened += 1
            elif is_page:
                assert answer.status_code in (303, 400), (rule, method, answer.status_code)
            else:
                assert answer.status_code == 401, (rule, method)
    assert opened > 20


def test_a_key_that_is_not_valid_is_refused_all_the_same(open_app):
    headers = {"Authorization": "Bearer nonsense"}
    assert open_app().test_client().get("/v1/materials", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/v1/materials/cobalt", "/materials/cobalt"])
def test_each_address_may_send_so_many(open_app, path):
    app = open_app(rate_limit_public="3 per minute")

    def ask(address):
        return app.test_client().get(path, headers=PAGE, environ_overrides={"REMOTE_ADDR": address})

    answers = [ask("192.0.2.1") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert ask("192.0.2.2").status_code == 200


def test_pages_may_be_kept_and_set_no_cookie(open_app):
    client = open_app().test_client()
    first = client.get("/search?q=cobalt", headers=PAGE)
    assert first.status_code == 200
    assert "Set-Cookie" not in first.headers
    assert first.cache_control.max_age == 300
    assert {"accept-language", "cookie"} <= {item.lower() for item in first.vary}
    assert "script-src 'self';" in first.headers["Content-Security-Policy"]
    assert "unsafe" not in first.headers["Content-Security-Policy"]
    again = client.get("/search?q=cobalt", headers={**PAGE, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_it_can_be_switched_off(open_app):
    client = open_app(public_lookup=False).test_client()
    assert client.get("/v1/search?q=cobalt").status_code == 401
    sent = client.get("/search?q=cobalt", headers=PAGE)
    assert (sent.status_code, sent.headers["Location"].partition("?")[0]) == (303, "/sign-in")
