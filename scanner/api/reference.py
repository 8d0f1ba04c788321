"""The reference for people: every operation, schema and problem, rendered from the contract."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar, cast

import orjson
from flask import Blueprint, current_app, render_template
from markupsafe import Markup, escape

from scanner.api import limits
from scanner.api.access import PUBLIC
from scanner.api.contract import openapi_document
from scanner.api.problems import KINDS, Kind
from scanner.core.errors import NotFound
from scanner.core.line_problems import LINE_PROBLEMS

View = TypeVar("View", bound=Callable[..., Any])
routes = Blueprint("reference", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the reference shows it."""

    method: str
    path: str
    document: Mapping[str, Any]
    codes: tuple[str, ...]
    path_parameters: tuple[Mapping[str, Any], ...] = ()

    @property
    def id(self) -> str:
        """Its id in the contract."""
        return str(self.document["operationId"])

    @property
    def scope(self) -> str | None:
        """The scope that its key needs; None where no key is needed."""
        for requirement in self.document["security"]:
            return str(requirement["key"][0])
        return None

    @property
    def answers(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Statuses other than the problems, with their descriptions."""
        found = self.document["responses"].items()
        return [(status, answer) for status, answer in found if status < "4"]

    @property
    def problems(self) -> list[tuple[int, list[Kind]]]:
        """The kinds of problem that it may answer with, by status."""
        kinds = sorted((KINDS[code] for code in self.codes), key=attrgetter("status"))
        return [(status, list(found)) for status, found in groupby(kinds, attrgetter("status"))]

    @property
    def parameters(self) -> list[Mapping[str, Any]]:
        """Parameters of the path first, then of the operation."""
        return [*self.path_parameters, *self.document.get("parameters", [])]

    @property
    def body(self) -> Mapping[str, Any]:
        """Content types of the request body with their schemas."""
        content: Mapping[str, Any] = self.document.get("requestBody", {}).get("content", {})
        return content

    @property
    def example(self) -> str | None:
        """An example of the JSON body, indented."""
        found = self.body.get("application/json", {}).get("examples", {})
        return next((_indented(example["value"]) for example in found.values()), None)

    @property
    def examples(self) -> list[tuple[str, Mapping[str, Any], str]]:
        """Recorded answers that went well: status, the example, and its value as text."""
        return [
            (status, example, _indented(example["value"]))
            for status, answer in self.answers
            for content in answer.get("content", {}).values()
            for example in content.get("examples", {}).values()
        ]


def open_to_all(view: View) -> View:
    """A view of the reference: anybody may read it, as often as the limit for addresses says."""

    @wraps(view)
    def counted(*args: Any, **kwargs: Any) -> Any:
        limits.count(None)
        return view(*args, **kwargs)

    counted.access = PUBLIC  # type: ignore[attr-defined]
    return cast(View, counted)


@routes.get("/docs")
@open_to_all
def show() -> str:
    """The whole contract on one page."""
    document = openapi_document(current_app)
    operations = list(_operations(document))
    by_tag = [
        (tag, [item for item in operations if tag["name"] in item.document["tags"]])
        for tag in document["tags"]
    ]
    return render_template(
        "contract.html",
        document=document,
        by_tag=by_tag,
        schemas=document["components"]["schemas"],
        kinds=KINDS.values(),
        type_of=type_of,
        name_of=name_of,
    )


@routes.get("/problems")
@open_to_all
def show_problems() -> str:
    """Every kind of problem."""
    return render_template("problems.html", kinds=KINDS.values())


@routes.get("/problems/<code>")
@open_to_all
def show_problem(code: str) -> str:
    """One kind of problem: this is where `type` leads."""
    kind = KINDS.get(code)
    if kind is None:
        raise NotFound(f"There is no problem type '{code}'.", advice="See /problems for all.")
    return render_template("problem.html", kind=kind)


@routes.get("/line-problems")
@open_to_all
def show_line_problems() -> str:
    """Every code of a problem with a single row."""
    return render_template("line_problems.html", problems=sorted(LINE_PROBLEMS.items()))


@routes.get("/line-problems/<code>")
@open_to_all
def show_line_problem(code: str) -> str:
    """One code of a problem with a single row."""
    if code not in LINE_PROBLEMS:
        raise NotFound(f"There is no line problem '{code}'.", advice="See /line-problems for all.")
    detail, advice = LINE_PROBLEMS[code]
    return render_template("line_problem.html", code=code, detail=detail, advice=advice)


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    order = {"get": 1, "post": 0, "put": 2, "patch": 3, "delete": 4}
    codes = {
        endpoint.rpartition(".")[2]: view.problems
        for endpoint, view in current_app.view_functions.items()
        if hasattr(view, "problems")
    }
    for path, methods in sorted(document["paths"].items()):
        for method in sorted(set(methods) & set(order), key=order.__getitem__):
            shared = tuple(methods.get("parameters", ()))
            document_of = methods[method]
            yield Operation(
                method.upper(), path, document_of, codes[document_of["operationId"]], shared
            )


@routes.app_template_filter("prose")
def prose(text: str) -> Markup:
    """Paragraphs, dashed lists, `code`, **stress** and nothing else of Markdown, as HTML."""
    blocks = [_block(block) for block in str(escape(text)).strip().split("\n\n")]
    return Markup("\n".join(blocks))  # noqa: S704 - escaped above, tags are ours


def _block(block: str) -> str:
    marked = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", block, flags=re.DOTALL)
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", marked)
    if not marked.startswith("- "):
        return f"<p>{marked}</p>"
    items = "".join(f"<li>{item}</li>" for item in re.split(r"(?:^|\n)- ", marked) if item)
    return f"<ul>{items}</ul>"


def name_of(schema: Mapping[str, Any]) -> str | None:
    """The name of the component that a schema refers to, through lists and nulls."""
    for part in _parts(schema):
        if "$ref" in part:
            return str(part["$ref"]).rpartition("/")[2]
        for inner in ("items", "additionalProperties"):
            if isinstance(part.get(inner), dict) and (found := name_of(part[inner])):
                return found
    return None


def type_of(schema: Mapping[str, Any]) -> str:
    """The type of a schema in words: ``array of LineSchema or null``."""
    words = [_type_word(part) for part in _parts(schema)]
    return " or ".join(dict.fromkeys(word for word in words if word))


def _parts(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    for key in ("anyOf", "allOf", "oneOf"):
        if key in schema:
            return list(schema[key])
    return [schema]


def _type_word(part: Mapping[str, Any]) -> str:
    if "$ref" in part:
        return str(part["$ref"]).rpartition("/")[2]
    kinds = part.get("type", "any")
    words = [kinds] if isinstance(kinds, str) else list(kinds)
    if "array" in words and part.get("items"):
        words = [f"array of {type_of(part['items'])}" if w == "array" else w for w in words]
    if isinstance(part.get("additionalProperties"), dict) and part["additionalProperties"]:
        inner = type_of(part["additionalProperties"])
        words = [f"map of {inner}" if w == "object" else w for w in words]
    if part.get("format"):
        words = [f"{w} ({part['format']})" if w in ("string", "number") else w for w in words]
    return " or ".join(words)


def _indented(value: Any) -> str:
    if isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
