"""The examples of the contract: exchanges with the real service, recorded in `recorded/`.

``make examples`` records them anew; a test sends the requests again and compares the answers. What
differs each time (ids, times, cursors, digests) is a placeholder; long lists are shortened, and
each example says by how much.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import orjson

FOLDER: Final = Path(__file__).with_name("recorded")
METHODS: Final = ("get", "post", "put", "patch", "delete")


@cache
def recorded(operation_id: str) -> tuple[Mapping[str, Any], ...]:
    """The exchanges of an operation in the order of their recording; empty where there are none."""
    file = FOLDER / f"{operation_id}.json"
    return tuple(orjson.loads(file.read_bytes())) if file.is_file() else ()


def add_to(document: dict[str, Any]) -> None:
    """Put every recorded exchange beside what it is an example of in an OpenAPI document."""
    for operation in _operations(document):
        for exchange in recorded(operation["operationId"]):
            _add_request(operation, exchange)
            _add_answer(document, operation, exchange)
            _add_values(document, operation, exchange)


def _operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        yield from (methods[name] for name in METHODS if name in methods)


def _add_request(operation: Mapping[str, Any], exchange: Mapping[str, Any]) -> None:
    """The body of a request that went well, as an example of its content type."""
    request, status = exchange["request"], exchange["answer"]["status"]
    content = operation.get("requestBody", {}).get("content", {}).get(request.get("content_type"))
    if content is not None and status < 400:
        content.setdefault("examples", {})[exchange["name"]] = {
            "summary": exchange["summary"],
            "value": request["body"],
        }


def _add_answer(
    document: Mapping[str, Any], operation: Mapping[str, Any], exchange: Mapping[str, Any]
) -> None:
    answer = exchange["answer"]
    response = _resolved(document, operation["responses"][str(answer["status"])])
    for name, described in response.get("headers", {}).items():
        if name in answer["headers"]:
            described.setdefault("example", answer["headers"][name])
    content = response.get("content", {}).get(answer.get("content_type"))
    if content is not None:
        example = {"summary": exchange["summary"], "value": answer["body"]}
        if "shortened" in exchange:
            example["description"] = f"Shortened: {'; '.join(exchange['shortened'])}."
        content.setdefault("examples", {})[exchange["name"]] = example


def _add_values(
    document: Mapping[str, Any], operation: Mapping[str, Any], exchange: Mapping[str, Any]
) -> None:
    """The first value that was answered for each member that has no example of its own."""
    answer = exchange["answer"]
    response = _resolved(document, operation["responses"][str(answer["status"])])
    content = response.get("content", {}).get(answer.get("content_type"), {})
    schema = content.get("schema")
    if isinstance(schema, dict) and isinstance(answer.get("body"), dict | list):
        _walk(document["components"]["schemas"], schema, answer["body"])


def _walk(schemas: Mapping[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Give the members of a schema, and of those inside, the values that stand here."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        _walk(schemas, part, value)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for item in value:
            _walk(schemas, schema["items"], item)
    if not isinstance(value, dict):
        return
    inner = schema.get("additionalProperties")
    for name, found in value.items():
        member = schema.get("properties", {}).get(name)
        if member is None:
            if isinstance(inner, dict):
                _walk(schemas, inner, found)
        elif isinstance(found, dict | list):
            _walk(schemas, member, found)
        elif found is not None and not {"$ref", "example", "enum"} & member.keys():
            member["example"] = found


def _resolved(document: Mapping[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in response:
        return response
    name = response["$ref"].rpartition("/")[2]
    return cast(dict[str, Any], document["components"]["responses"][name])
