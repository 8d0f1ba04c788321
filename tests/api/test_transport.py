"""Packed answers, packed bodies, and pages of other origins."""

import gzip
import json
from dataclasses import replace

import brotli
import pytest
from flask_compress.compat import compression

from scanner.app import create_app
from scanner.core.errors import InvalidInput

CSV = b"Description;Qty;Material\nShaft;2;1.4462\n"
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": compression.zstd.decompress}
PAGE = "https://plm.example.com"


@pytest.fixture(params=sorted(UNPACK))
def packing(request):
    return request.param


def packed(caller, path, packing, **headers):
    return caller.get(path, headers={"Accept-Encoding": packing, **headers})


def test_answers_are_packed_as_the_caller_wishes(acme, pump, packing):
    for path in (f"/v1/boms/{pump['id']}/profile", "/v1/materials", "/openapi.yaml"):
        plain, small = acme.get(path), packed(acme, path, packing)
        assert small.headers["Content-Encoding"] == packing
        assert "Accept-Encoding" in small.headers["Vary"]
        assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2
        assert UNPACK[packing](small.data) == plain.data
        assert "Content-Encoding" not in plain.headers


def test_the_best_packing_is_taken_and_none_when_none_is_known(acme, pump):
    path = f"/v1/boms/{pump['id']}/profile"
    assert packed(acme, path, "gzip, br, zstd").headers["Content-Encoding"] == "zstd"
    assert packed(acme, path, "gzip, br").headers["Content-Encoding"] == "br"
    assert packed(acme, path, "gzip;q=1, br;q=0.5").headers["Content-Encoding"] == "gzip"
    for unknown in ("", "identity", "compress", "identity, gzip;q=0"):
        assert "Content-Encoding" not in packed(acme, path, unknown).headers


def test_small_answers_and_pages_stay_as_they_are(acme, packing):
    assert "Content-Encoding" not in packed(acme, "/healthz", packing).headers
    assert "Content-Encoding" not in packed(acme, "/docs", packing).headers


def test_a_packed_answer_is_revalidated(acme, pump, packing):
    """Its ETag is another one, names the same state, and comes back as it was."""
    for path in (f"/v1/boms/{pump['id']}/profile", "/v1/materials", f"/v1/boms/{pump['id']}"):
        plain, small = acme.get(path), packed(acme, path, packing)
        if small.headers.get("Content-Encoding"):
            assert small.headers["ETag"] != plain.headers["ETag"]
        tag = small.headers["ETag"]
        again = packed(acme, path, packing, **{"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Content-Encoding" not in again.headers


def test_a_packed_etag_is_good_for_a_change(acme, packing):
    bom = acme.upload(CSV, name="n" * 180 + ".csv").json
    path = f"/v1/boms/{bom['id']}"
    small = packed(acme, path, packing)
    assert small.headers["Content-Encoding"] == packing
    assert acme.delete(path, headers={"If-Match": small.headers["ETag"]}).status_code == 204


def test_a_packed_stream_holds_every_line(acme, pump, packing):
    path = f"/v1/boms/{pump['id']}/lines"
    lines = acme.get(path, headers={"Accept": "application/x-ndjson"}).data
    small = packed(acme, path, packing, Accept="application/x-ndjson")
    assert small.headers["Content-Encoding"] == packing
    assert "Content-Length" not in small.headers
    assert UNPACK[packing](small.data) == lines
    assert len(small.data) < len(lines) / 2


def test_a_repeated_upload_is_answered_in_the_packing_of_the_repetition(acme):
    def send(packing):
        return acme.post(
            "/v1/boms?name=" + "n" * 180,
            data=CSV,
            content_type="text/csv",
            headers={"Idempotency-Key": "packed", "Prefer": "wait=20", "Accept-Encoding": packing},
        )

    first, again, plain = send("br"), send("gzip"), send("identity")
    assert gzip.decompress(again.data) == brotli.decompress(first.data) == plain.data
    assert plain.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("packing", ["gzip", "br", "deflate", "GZIP", "gzip, gzip", ""])
def test_packed_bodies_are_refused(acme, packing):
    body = gzip.compress(json.dumps({"lines": [{"description": "Shaft"}]}).encode())
    for path, kind in (
        ("/v1/analyses", "application/json"),
        ("/v1/boms", "application/json"),
        ("/v1/boms", "text/csv"),
        ("/v1/boms", "multipart/form-data; boundary=x"),
    ):
        answer = acme.post(
            path, data=body, content_type=kind, headers={"Content-Encoding": packing}
        )
        assert (answer.status_code, answer.json["code"]) == (415, "unsupported-media-type")
        assert "Content-Encoding" in answer.json["advice"]


def test_identity_is_no_packing(acme):
    answer = acme.post(
        "/v1/boms", data=CSV, content_type="text/csv", headers={"Content-Encoding": "identity"}
    )
    assert answer.status_code == 201


@pytest.fixture
def shared(ctx, acme):
    """Acme at a service that lets the pages of one origin in."""
    settings = replace(ctx.settings, cors_origins=f"{PAGE}, http://localhost:5173")
    app = create_app(settings, replace(ctx, settings=settings))
    return replace(acme, client=app.test_client())


def names(answer):
    return {name.lower() for name, _ in answer.headers if "access-control" in name.lower()}


def test_no_page_of_another_origin_is_let_in_by_default(acme, anonymous):
    assert names(acme.get("/v1/boms", headers={"Origin": PAGE})) == set()
    assert names(anonymous.options("/v1/boms", headers={"Origin": PAGE})) == set()


@pytest.mark.parametrize("origin", [PAGE, "http://localhost:5173"])
def test_pages_that_are_named_are_let_in(shared, origin):
    answer = shared.get("/v1/boms", headers={"Origin": origin})
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


def test_browsers_may_ask_first(shared):
    answer = shared.client.options(
        "/v1/boms",
        headers={
            "Origin": PAGE,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, idempotency-key",
        },
    )
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE
    assert {"GET", "POST"} <= set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    taken = answer.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert {"authorization", "idempotency-key", "content-type", "if-match"} <= set(taken)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.com",
        "https://plm.example.com.evil.org",
        "http://plm.example.com",
        "https://plm.example.com:8443",
        "null",
        "",
    ],
)
def test_pages_that_are_not_named_are_not_let_in(shared, origin):
    answer = shared.get("/v1/boms", headers={"Origin": origin})
    assert names(answer) == set()
    assert "Origin" in answer.headers["Vary"]


def test_problems_are_shared_and_pages_for_people_are_not(shared):
    refused = shared.client.get("/v1/boms", headers={"Origin": PAGE})
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == PAGE
    for path in ("/docs", "/sign-in", "/healthz"):
        assert names(shared.client.get(path, headers={"Origin": PAGE})) == set()


@pytest.mark.parametrize("text", ["*", "plm.example.com", f"{PAGE}/", "javascript:x", "null"])
def test_what_is_no_origin_stops_the_start(ctx, text):
    settings = replace(ctx.settings, cors_origins=text)
    with pytest.raises(InvalidInput, match="SCANNER_CORS_ORIGINS"):
        create_app(settings, replace(ctx, settings=settings))
