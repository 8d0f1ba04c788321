"""The examples of the contract are what the service answers today, and they fit the contract."""

import pytest
from jsonschema import Draft202012Validator

from scanner.api.examples import FOLDER, recorded
from tests.api.recording import by_operation

ITSELF = {"get_openapi_json", "get_openapi_yaml"}
"""Operations that answer with the contract: it is its own example."""

NOT_SHOWN = {"export_company", "cancel_job", "get_workbook_template"}
"""ZIPs, and a job that has to be caught before a worker takes it."""


@pytest.fixture(scope="module")
def replayed(ctx, app, worker):
    return by_operation(ctx, app)


def operations(contract):
    for methods in contract["paths"].values():
        for method, operation in methods.items():
            if method != "parameters":
                yield operation


def test_examples_are_what_the_service_answers(replayed):
    for operation, found in replayed.items():
        for kept, now in zip(recorded(operation), found, strict=True):
            assert kept == now, f"{operation}: run make examples"
    assert {file.stem for file in FOLDER.glob("*.json")} == set(replayed), "run make examples"


def test_every_operation_shows_an_answer(contract):
    for operation in operations(contract):
        name = operation["operationId"]
        if name not in ITSELF | NOT_SHOWN:
            statuses = [exchange["answer"]["status"] for exchange in recorded(name)]
            assert any(status < 300 for status in statuses), f"{name}: add it to recording.py"


def test_examples_are_named_after_the_problem_they_show(contract):
    for operation in operations(contract):
        for exchange in recorded(operation["operationId"]):
            assert str(exchange["answer"]["status"]) in operation["responses"]
            if exchange["answer"]["status"] >= 400:
                assert exchange["answer"]["body"]["code"] == exchange["name"]


def test_examples_fit_their_schemas(contract):
    tried = 0
    for operation in operations(contract):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for body in bodies:
            for kind, content in body.get("content", {}).items():
                for example in content.get("examples", {}).values():
                    if "json" in kind and kind != "application/x-ndjson":
                        schema = {**content["schema"], "components": contract["components"]}
                        errors = list(Draft202012Validator(schema).iter_errors(example["value"]))
                        assert not errors, (operation["operationId"], errors[:3])
                        tried += 1
    assert tried > 30


def test_members_show_values_that_fit_them(contract):
    """What no recorded answer holds a value of is null there, and described."""
    shown, values = 0, 0
    for name, schema in contract["components"]["schemas"].items():
        for member, described in schema.get("properties", {}).items():
            if "example" in described:
                whole = {**described, "components": contract["components"]}
                errors = list(Draft202012Validator(whole).iter_errors(described["example"]))
                assert not errors, (name, member, errors[:1])
            kinds = described.get("type", "object")
            kinds = {kinds} if isinstance(kinds, str) else set(kinds)
            if name != "LineInput" and not {"object", "array"} & kinds:
                values += 1
                shown += bool({"example", "enum", "$ref"} & described.keys())
    assert shown / values > 0.8, f"{shown} of {values} members show a value"
