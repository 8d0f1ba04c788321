"""Rate limits: counted per key, per address without one, in one process or for all."""

import shutil
import socket
import subprocess
import threading
import time
from dataclasses import replace

import pytest

from scanner.app import create_app
from scanner.core.errors import InvalidInput
from scanner.services import keys
from scanner.store import Database

PROBES = ("/healthz", "/readyz")


@pytest.fixture
def limited(ctx):
    """Make a client of a service with these limits."""

    def make(**limits):
        settings = replace(ctx.settings, **limits)
        return create_app(settings, replace(ctx, settings=settings)).test_client()

    return make


def told(answer):
    names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
    return tuple(int(answer.headers[name]) for name in names)


def test_a_key_may_send_so_many_requests_and_no_more(limited, acme):
    client = limited(rate_limit="3 per hour")
    for left in (2, 1, 0):
        answer = client.get("/v1/boms", headers=acme.headers)
        assert answer.status_code == 200
        assert told(answer)[:2] == (3, left)
        assert 0 < told(answer)[2] <= 3600
    refused = client.get("/v1/boms", headers=acme.headers)
    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert refused.json["code"] == "too-many-requests"
    assert told(refused)[:2] == (3, 0)
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    upload = client.post("/v1/boms", headers=acme.headers, data=b"x", content_type="text/csv")
    assert upload.status_code == 429


def test_after_the_window_requests_are_taken_again(limited, acme):
    client = limited(rate_limit="1 per second")
    answers = [client.get("/v1/releases", headers=acme.headers) for _ in range(3)]
    assert 429 in [answer.status_code for answer in answers]
    time.sleep(int(answers[-1].headers["Retry-After"]) + 0.1)
    assert client.get("/v1/releases", headers=acme.headers).status_code == 200


def test_keys_are_counted_apart(ctx, limited, acme, rival):
    client = limited(rate_limit="1 per hour")
    second = keys.create(ctx, acme.company.id, name="second", scopes=["boms:read"]).token
    headers = [acme.headers, rival.headers, {"Authorization": f"Bearer {second}"}]
    assert [client.get("/v1/boms", headers=one).status_code for one in headers] == [200] * 3
    assert [client.get("/v1/boms", headers=one).status_code for one in headers] == [429] * 3


def test_guessing_keys_is_limited_by_address_and_harms_no_key(limited, acme):
    client = limited(rate_limit="100 per hour", rate_limit_public="2 per hour")
    wrong = {"Authorization": acme.headers["Authorization"][:-4] + "0000"}
    statuses = [client.get("/v1/boms", headers=wrong).status_code for _ in range(4)]
    assert statuses == [401, 401, 429, 429]
    assert client.get("/v1/boms").status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/v1/boms", environ_overrides=elsewhere).status_code == 401
    assert told(client.get("/v1/boms", headers=acme.headers))[:2] == (100, 99)


def test_who_lacks_a_scope_is_counted_by_key(ctx, limited, acme):
    client = limited(rate_limit="1 per hour", rate_limit_public="1 per hour")
    token = keys.create(ctx, acme.company.id, name="narrow", scopes=["boms:read"]).token
    headers = {"Authorization": f"Bearer {token}"}
    statuses = [client.get("/v1/materials", headers=headers).status_code for _ in range(2)]
    assert statuses == [403, 429]
    assert client.get("/docs").status_code == 200


def test_public_routes_are_counted_by_address_and_probes_are_not(limited):
    client = limited(rate_limit_public="2 per hour")
    for _ in range(5):
        assert [client.get(path).status_code for path in PROBES] == [200, 200]
    paths = ("/openapi.json", "/docs", "/problems", "/problems/no-header")
    assert [client.get(path).status_code for path in paths] == [200, 200, 429, 429]
    assert "RateLimit-Limit" not in client.get("/healthz").headers


def test_a_key_that_cannot_be_looked_up_counts_for_nobody(ctx, acme):
    settings = replace(ctx.settings, rate_limit_public="2 per hour")
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    client = create_app(settings, replace(ctx, settings=settings, database=gone)).test_client()
    answers = [client.get("/v1/boms", headers=acme.headers) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [503] * 4
    gone.close()


def test_without_limits_nothing_is_told(acme):
    assert not [name for name, _ in acme.get("/v1/boms").headers if "RateLimit" in name]


def test_many_threads_are_counted_to_the_letter(limited, acme):
    client = limited(rate_limit="50 per hour")
    app, seen = client.application, []

    def knock():
        mine = app.test_client()
        seen.extend(mine.get("/v1/releases", headers=acme.headers).status_code for _ in range(10))

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (seen.count(200), seen.count(429)) == (50, 30)


@pytest.mark.parametrize("setting", ["rate_limit", "rate_limit_public"])
@pytest.mark.parametrize("text", ["many", "5", "per minute", "-1 per hour"])
def test_a_limit_that_is_none_stops_the_start(limited, setting, text):
    with pytest.raises(InvalidInput, match=f"SCANNER_{setting.upper()}"):
        limited(**{setting: text})


def test_a_storage_that_is_none_stops_the_start(limited):
    with pytest.raises(InvalidInput, match="storage of rate limits"):
        limited(rate_limit_storage="cupboard://here")


@pytest.fixture(scope="module")
def redis():
    """Address of a real Redis that keeps nothing; stops it when asked."""
    if shutil.which("redis-server") is None:
        pytest.skip("there is no redis-server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}", server
    server.terminate()
    server.wait(10)


def test_processes_count_together_in_redis_and_go_on_without_it(limited, acme, redis, caplog):
    address, server = redis
    first, second = (limited(rate_limit="3 per hour", rate_limit_storage=address) for _ in range(2))
    clients = [first, second, first, second]
    answers = [client.get("/v1/boms", headers=acme.headers) for client in clients]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [told(answer)[1] for answer in answers] == [2, 1, 0, 0]
    server.terminate()
    server.wait(10)
    after = first.get("/v1/boms", headers=acme.headers)
    assert after.status_code == 200
    assert "RateLimit-Limit" not in after.headers
    assert "not counted" in caplog.text
