"""The contract: committed, served and generated are one; and it is a valid OpenAPI document."""

from pathlib import Path

import yaml
from markupsafe import escape
from openapi_spec_validator import validate as validate_openapi

from scanner.api.problems import KINDS
from scanner.app import contract_text
from scanner.core.line_problems import LINE_PROBLEMS

COMMITTED = Path(__file__).parents[2] / "openapi.yaml"


def test_committed_file_is_what_the_code_declares():
    assert COMMITTED.read_text(encoding="utf-8") == contract_text(), "run: scanner openapi --write"


def test_served_documents_are_the_committed_one(anonymous):
    served = anonymous.get("/openapi.yaml")
    assert served.data == COMMITTED.read_bytes()
    assert served.mimetype == "application/yaml"
    assert anonymous.get("/openapi.json").json == yaml.safe_load(served.data)


def test_document_is_valid_openapi(contract):
    assert contract["openapi"] == "3.1.0"
    validate_openapi(contract)


def test_every_operation_is_described(contract):
    ids = []
    for path, methods in contract["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            ids.append(operation["operationId"])
            assert operation["summary"], (method, path)
            assert operation["responses"]["default"] == {
                "$ref": "#/components/responses/DEFAULT_ERROR"
            }
            for parameter in operation.get("parameters", []) + methods.get("parameters", []):
                named = (method, path, parameter["name"])
                assert parameter["description"], named
                told = {"example", "enum"} & {*parameter, *parameter["schema"]}
                assert told or parameter["schema"].get("type") == "boolean", named
    assert len(ids) == len(set(ids))


def test_every_member_of_every_answer_is_described(contract):
    for name, schema in contract["components"]["schemas"].items():
        for member, description in schema.get("properties", {}).items():
            assert description.get("description"), f"{name}.{member}"


def test_reference_page_shows_every_operation_and_schema(anonymous, contract):
    page = anonymous.get("/docs").text
    for methods in contract["paths"].values():
        for method, operation in methods.items():
            if method != "parameters":
                assert f'id="{operation["operationId"]}"' in page
    for name in contract["components"]["schemas"]:
        assert f'id="schema-{name}"' in page
    assert "<script" not in page
    assert "{{" not in page


def test_reference_of_problems_is_complete(anonymous):
    page = anonymous.get("/problems").text
    for code in KINDS:
        assert f"/problems/{code}" in page
        assert anonymous.get(f"/problems/{code}").status_code == 200


def test_reference_of_line_problems_is_complete(anonymous):
    page = anonymous.get("/line-problems").text
    for code, (detail, advice) in LINE_PROBLEMS.items():
        assert f"/line-problems/{code}" in page
        of_one = anonymous.get(f"/line-problems/{code}")
        assert of_one.status_code == 200
        assert str(escape(detail)) in of_one.text
        assert str(escape(advice)) in of_one.text
    assert anonymous.get("/line-problems/none").status_code == 404


def test_every_operation_names_the_problems_that_it_may_answer(app, contract):
    for methods in contract["paths"].values():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            name = operation["operationId"]
            views = (v for key, v in app.view_functions.items() if key.endswith(f".{name}"))
            for code in next(views).problems:
                answer = operation["responses"][str(KINDS[code].status)]
                named = answer.get("$ref", answer.get("description", ""))
                assert named.endswith(f"/{code}") or f"`{code}`" in named, (name, code)


def test_health_and_readiness(anonymous, ctx):
    assert anonymous.get("/healthz").json["status"] == "ok"
    ready = anonymous.get("/readyz").json
    assert ready["release"] == ctx.engine.knowledge.release.id


def test_security_headers_are_everywhere(anonymous, acme):
    for answer in (anonymous.get("/docs"), acme.get("/v1/boms"), anonymous.get("/v1/none")):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in acme.get("/v1/boms").headers
