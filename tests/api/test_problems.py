"""Whatever goes wrong is a problem document that says what, where and what to do."""

import io
from dataclasses import replace
from uuid import uuid4

import pytest

from scanner.api.problems import KINDS, status_of
from scanner.app import create_app
from scanner.core import errors
from scanner.core.errors import ScannerError

NOWHERE = "01936f00-0000-7000-8000-000000000000"
"""An id of nothing; the same in every process that collects these tests."""

CSV = b"Description;Qty\nShaft 1.4462;2\n"
ROW = {"description": "Shaft", "quantity": 1}


def all_kinds(kind=ScannerError):
    for found in kind.__subclasses__():
        if found.__module__ == errors.__name__:
            yield found
        yield from all_kinds(found)


def problem(answer, status, code):
    """Check the form of a problem document; its content."""
    found = answer.json
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert found["type"] == f"/problems/{code}"
    assert (found["code"], found["status"]) == (code, status)
    assert found["title"]
    assert found["detail"]
    assert found["advice"]
    assert found["request_id"] == answer.headers["X-Request-Id"]
    return found


def json_body(content, kind="application/json"):
    return {"data": content, "content_type": kind}


@pytest.mark.parametrize("kind", list(all_kinds()), ids=lambda kind: kind.__name__)
def test_every_error_of_the_field_has_a_status_and_a_page(kind, anonymous):
    assert kind.code in KINDS
    assert status_of(kind("so")) == KINDS[kind.code].status
    page = anonymous.get(f"/problems/{kind.code}")
    assert page.status_code == 200
    assert KINDS[kind.code].title in page.text


def test_pages_of_problems(anonymous):
    assert anonymous.get("/problems").status_code == 200
    problem(anonymous.get("/problems/none-such"), 404, "not-found")


@pytest.mark.parametrize(
    ("send", "status", "code"),
    [
        (json_body(b""), 400, "malformed-json"),
        (json_body(b"{"), 400, "malformed-json"),
        (json_body(b'{"lines": [1e999999]}'), 400, "malformed-json"),
        (json_body(b"\xff\xfe"), 400, "malformed-json"),
        (json_body(b"[" * 100_000), 400, "malformed-json"),
        (json_body(b"[]"), 422, "invalid-input"),
        (json_body(b"null"), 422, "invalid-input"),
        (json_body(b"a,b", "text/csv"), 415, "unsupported-media-type"),
        (json_body(b"{}", ""), 415, "unsupported-media-type"),
        ({"json": {}}, 422, "invalid-input"),
        ({"json": {"lines": []}}, 422, "invalid-input"),
        ({"json": {"lines": {}}}, 422, "invalid-input"),
        ({"json": {"lines": [3]}}, 422, "invalid-input"),
        ({"json": {"lines": [ROW], "annual_units": 0}}, 422, "invalid-input"),
        ({"json": {"lines": [ROW], "annual_units": "NaN"}}, 422, "invalid-input"),
        ({"json": {"lines": [ROW], "annual_units": True}}, 422, "invalid-input"),
        ({"json": {"lines": [ROW], "documented_only": 1}}, 422, "invalid-input"),
        ({"json": {"lines": [ROW], "documented_only": "true"}}, 422, "invalid-input"),
        ({"json": {"lines": [ROW], "other": 1}}, 422, "invalid-input"),
        ({"json": {"lines": [{**ROW, "colour": "red"}]}}, 422, "invalid-input"),
        ({"json": {"lines": [{**ROW, "quantity": []}]}}, 422, "invalid-input"),
    ],
)
def test_bad_analysis(acme, send, status, code):
    problem(acme.post("/v1/analyses", **send), status, code)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"lines": [ROW, {**ROW, "colour": "red"}]}, "/lines/1/colour"),
        ({"lines": [ROW], "annual_units": -1}, "/annual_units"),
        ({"lines": [ROW], "a/b~c": 1}, "/a~1b~0c"),
        ({"lines": [ROW, 7]}, "/lines/1"),
        ({}, "/lines"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/analyses", "/v1/boms"])
def test_json_pointer_leads_to_what_is_wrong(acme, path, body, pointer):
    found = problem(acme.post(path, json=body), 422, "invalid-input")
    assert pointer in [place["pointer"] for place in found["errors"]]
    assert all(place["detail"] for place in found["errors"])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "not ours"}, "cursor"),
        ({"cursor": "bm9uZQ"}, "cursor"),
        ({"limitt": "5"}, "limitt"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/boms", "/v1/materials", "/v1/countries"])
def test_query_is_checked(acme, path, query, parameter):
    found = problem(acme.get(path, query_string=query), 422, "invalid-input")
    assert [place["parameter"] for place in found["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "empty-file"),
        (b"%PDF-1.7 not a list", 415, "unsupported-type"),
        (b"\x89PNG\r\n\x1a\n", 415, "unsupported-type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 415, "unsupported-type"),
        (b"PK\x03\x04 broken", 400, "truncated-upload"),
    ],
)
def test_bad_file_is_refused_before_anything_is_stored(join, body, status, code):
    caller = join("Careless")
    for send in (
        {"data": {"file": (io.BytesIO(body), "bom.csv")}},
        {"data": body, "content_type": "text/csv"},
    ):
        answer = caller.post("/v1/boms", **send)
        problem(answer, status, code)
    assert caller.get("/v1/boms").json["total"] == 0


def test_upload_needs_a_file_in_a_known_form(acme):
    found = problem(acme.post("/v1/boms", data={"name": "x"}), 415, "unsupported-media-type")
    assert "multipart/form-data" in found["advice"]
    form = {"data": {"name": "x"}, "content_type": "multipart/form-data"}
    assert problem(acme.post("/v1/boms", **form), 422, "invalid-input")["errors"] == [
        {"parameter": "file", "detail": "The form needs one file part 'file'; there is none."}
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"annual_units": "-3"},
        {"annual_units": "lots"},
        {"documented_only": "yes"},
        {"columns": "[]"},
        {"columns": '{"a": 1}'},
        {"columns": "{"},
        {"name": "  "},
        {"name": "a\x00b"},
        {"name": "x" * 201},
        {"sheet": "\n"},
        {"colour": "red"},
    ],
)
def test_options_of_an_upload_are_checked(acme, query):
    raw = acme.post("/v1/boms", query_string=query, data=CSV, content_type="text/csv")
    form = acme.post("/v1/boms", data={"file": (io.BytesIO(CSV), "bom.csv"), **query})
    for answer in (raw, form):
        found = problem(answer, 422, "invalid-input")
        assert [place["parameter"] for place in found["errors"]] == list(query)


def test_a_field_that_does_not_exist_is_told(acme):
    answer = acme.upload(CSV, columns='{"Description": "colour"}')
    problem_of_job = answer.json["version"]["job"]["problem"]
    assert problem_of_job["type"] == "/problems/invalid-input"
    assert problem_of_job["place"]["pointer"].startswith("/columns")


def test_addresses_and_methods_that_are_not_there(acme):
    for path in ("/v1/none", "/v1/boms/not-a-uuid", f"/v1/boms/{uuid4()}/none"):
        problem(acme.get(path), 404, "not-found")
    for path, allowed in (("/v1/boms", "POST"), ("/v1/analyses", "POST")):
        answer = acme.open("PATCH", path)
        problem(answer, 405, "method-not-allowed")
        assert allowed in answer.headers["Allow"]
        assert answer.headers["Allow"] in answer.json["advice"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/materials/unobtainium",
        "/v1/countries/ZZZ",
        "/v1/releases/1999.1",
        f"/v1/boms/{NOWHERE}",
        f"/v1/boms/{NOWHERE}/lines",
        f"/v1/boms/{NOWHERE}/profile",
        f"/v1/boms/{NOWHERE}/versions",
        f"/v1/jobs/{NOWHERE}",
    ],
)
def test_unknown_things(acme, path):
    problem(acme.get(path), 404, "not-found")


def test_too_large(ctx, acme):
    small = replace(ctx, settings=replace(ctx.settings, max_bytes=1000))
    client = create_app(small.settings, small).test_client()
    for send in (
        {"data": {"file": (io.BytesIO(b"x" * 5000), "bom.csv")}},
        {"data": b"x" * 5000, "content_type": "text/csv"},
    ):
        problem(client.post("/v1/boms", headers=acme.headers, **send), 413, "bom-too-large")
    flood = {"data": b"x" * 3_000_000, "content_type": "text/csv"}
    problem(client.post("/v1/boms", headers=acme.headers, **flood), 413, "request-too-large")


def test_truncated_body_is_told(app, acme):
    environ = {"CONTENT_LENGTH": "5000", "wsgi.input": io.BytesIO(CSV)}
    answer = acme.client.post(
        "/v1/boms", headers=acme.headers, content_type="text/csv", environ_overrides=environ
    )
    assert answer.status_code == 400, answer.text
    assert answer.mimetype == "application/problem+json"


def test_a_form_that_breaks_off_is_told_as_such(acme):
    body = (
        b'--X\r\nContent-Disposition: form-data; name="file"; filename="b.csv"\r\n\r\n'
        b"Description;Qty\r\nShaft"
    )
    form = "multipart/form-data; boundary=X"
    answer = acme.post("/v1/boms", data=body, content_type=form)
    problem(answer, 400, "truncated-upload")


def test_a_fault_of_ours_tells_nothing_of_the_inside(ctx, acme, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("secret path /etc/scanner")

    app = create_app(ctx.settings, ctx)
    monkeypatch.setattr("scanner.services.boms.get", broken)
    answer = app.test_client().get(f"/v1/boms/{uuid4()}", headers=acme.headers)
    problem(answer, 500, "internal-error")
    assert "secret" not in answer.text


def test_request_id_of_the_caller_is_kept_when_it_is_harmless(anonymous):
    given = anonymous.get("/healthz", headers={"X-Request-Id": "trace-1.2_3"})
    assert given.headers["X-Request-Id"] == "trace-1.2_3"
    for bad in ("a b", "x" * 65, "<script>"):
        answer = anonymous.get("/healthz", headers={"X-Request-Id": bad})
        assert answer.headers["X-Request-Id"] != bad
        assert len(answer.headers["X-Request-Id"]) == 32
