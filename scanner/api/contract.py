"""The one typed door to flask-smorest: what a route declares, and the document made of it.

A route says in one place who may call it, what it takes and what it answers. The check of the
key, the parsing of the query and the OpenAPI document all follow from that declaration.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, TypeVar

import flask_smorest as smorest
import yaml
from apispec import APISpec
from flask import Flask
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser

from scanner import __version__
from scanner.api import access, examples, limits, once
from scanner.api.problems import KINDS, PROBLEM_TYPE, Kind
from scanner.api.schemas_problem import ProblemSchema
from scanner.api.texts import DESCRIPTION, PATH_PARAMETERS, TAGS
from scanner.core.errors import StorageUnavailable
from scanner.services.roles import Scope

View = TypeVar("View", bound=Callable[..., Any])
EXTENSION = "scanner-contract"
SHARED: Final = (
    "not-signed-in",
    "not-allowed",
    "too-many-requests",
    "storage-unavailable",
    "storage-full",
)
"""Problems of one form wherever they occur: described once."""

ANYWHERE: Final = ("internal-error",)
"""Problems that any operation may answer with; they are not named each time."""


class StrictParser(FlaskParser):
    """Reads query parameters; one that the route does not know is an error, not ignored."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {"query": RAISE}  # noqa: RUF012


class Api(smorest.Api):  # type: ignore[misc]
    """flask-smorest with problem details (RFC 9457) as the only form of an error."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        """Describe the problems that operations share, and those that none of them names."""
        for code in SHARED:
            response = _problem([KINDS[code]])
            self.spec.components.response(code, response, lazy=True)
        default = _problem([KINDS[code] for code in ANYWHERE])
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, default, lazy=True)

    def _register_error_handlers(self) -> None:
        """Leave errors to the application: it decides between a problem and a page."""


def _as_it_is(view: Callable[..., Any]) -> Callable[..., Any]:
    return view


class Routes(smorest.Blueprint):  # type: ignore[misc]
    """The routes of one resource, under its own name or another one in the reference."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, import_name: str, *, tag: str | None = None, **options: Any):
        super().__init__(name, import_name, **options)
        self._tags = [tag or name]

    def operation(
        self,
        method: str,
        rule: str,
        *,
        scope: access.Access,
        answer: type[Schema] | None,
        status: int = HTTPStatus.OK,
        query: type[Schema] | None = None,
        problems: Sequence[str] = (),
        content_type: str | None = None,
        headers: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        counted: bool = True,
        done_once: bool = False,
        around: Callable[[Callable[..., Any]], Callable[..., Any]] = _as_it_is,
    ) -> Callable[[View], View]:
        """A decorator that makes a view an operation of the contract.

        `answer` is the schema of the answer in case of success, `query` that of the query string
        (handed to the view as its first argument), `problems` the codes of all problems that it may
        answer with beside those of keys, storage and limits, `extra` more OpenAPI of the operation.
        Rate limits hold where it is `counted`. What is `done_once` takes an `Idempotency-Key`, in
        one transaction with all that it changes. `around` is a decorator that works after the key
        is checked and before the query is read. The operation's id is the name of the view.
        """
        if done_once:
            around, headers = once.kept, {**(headers or {}), **once.RESPONSE_HEADERS}
            problems = (*problems, *once.PROBLEMS)
            extra = {
                **(extra or {}),
                "parameters": [*(extra or {}).get("parameters", ()), once.PARAMETER],
            }
        named = _named(method, scope, problems, counted)

        def declare(view: View) -> View:
            wrapped = self.response(
                status,
                answer,
                content_type=content_type,
                headers=dict(headers or {}),
                description=HTTPStatus(status).phrase,
            )(view)
            if query is not None:
                wrapped = self.arguments(query, location="query")(wrapped)
            described = self.doc(
                operationId=view.__name__,
                **_document(scope, named, extra or {}, query),
            )(wrapped)
            guarded = _guarded(around(described), scope, counted)
            guarded.problems = named  # type: ignore[attr-defined]
            self.route(rule, methods=[method], tags=self._tags)(guarded)
            return view

        return declare


def _guarded(view: Callable[..., Any], scope: access.Access, counted: bool) -> Callable[..., Any]:
    def count() -> None:
        if counted:
            limits.count(access.key_id())

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            access.require(scope)
        except StorageUnavailable:  # nobody can tell whose key it is: it counts for nobody
            raise
        except Exception:  # who is refused counts, too: by address, without a valid key
            count()
            raise
        count()
        return view(*args, **kwargs)

    guarded.access = scope  # type: ignore[attr-defined]
    return guarded


def _named(
    method: str, scope: access.Access, problems: Sequence[str], counted: bool
) -> tuple[str, ...]:
    """The codes of all problems of an operation, those of keys, storage and limits among them.

    Whoever needs a key needs the database that knows it; room needs only who changes something.
    """
    keyed = scope != access.PUBLIC
    by_key = ("not-signed-in", "not-allowed") if keyed else ()
    by_storage = ("storage-unavailable",) if keyed else ()
    by_room = ("storage-full",) if keyed and method != "GET" else ()
    by_limit = ("too-many-requests",) if counted else ()
    return tuple(dict.fromkeys((*by_key, *problems, *by_limit, *by_storage, *by_room)))


def _document(
    scope: access.Access,
    problems: Sequence[str],
    extra: Mapping[str, Any],
    query: type[Schema] | None,
) -> dict[str, Any]:
    security: list[dict[str, list[str]]] = []
    if scope != access.PUBLIC:
        security = [{"key": [str(scope)]}]
    if scope == Scope.KNOWLEDGE_READ:  # open to everybody, unless the operator says otherwise
        security.append({})
    document = {
        **extra,
        "security": security,
        "responses": {**_responses(problems), **extra.get("responses", {})},
    }
    if query is not None and "parameters" in extra:
        document["parameters"] = [*extra["parameters"], {"in": "query", "schema": query}]
    return document


def _responses(problems: Sequence[str]) -> dict[str, Any]:
    """The answers of these codes, by status."""
    by_status: dict[int, list[Kind]] = {}
    for code in problems:
        by_status.setdefault(KINDS[code].status, []).append(KINDS[code])
    return {
        str(status): kinds[0].code if kinds[0].code in SHARED else _problem(kinds)
        for status, kinds in sorted(by_status.items())
    }


def _problem(kinds: Sequence[Kind]) -> dict[str, Any]:
    """The answer with one of several kinds of problem, which its `code` names."""
    words = [f"`{kind.code}`: {kind.title}." for kind in kinds]
    return {
        "description": words[0] if len(words) == 1 else "\n".join(f"- {line}" for line in words),
        "content": {PROBLEM_TYPE: {"schema": ProblemSchema}},
    }


def make(app: Flask, components: Mapping[str, Mapping[str, Any]]) -> Api:
    """The contract of an application, still without routes, with schemas that no class makes."""
    app.config.update(
        API_TITLE="Raw-materials scanner",
        API_VERSION=__version__,
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {
                "description": DESCRIPTION,
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/", "description": "This server"}],
        },
    )
    api = Api(app)
    spec: APISpec = api.spec
    spec.components.security_scheme(
        "key",
        {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key of your company: `Authorization: Bearer <key>`. The "
            "names after `key` are the scopes that the key needs.",
        },
    )
    for name, description in TAGS.items():
        spec.tag({"name": name, "description": description})
    for name, schema in components.items():
        spec.components.schema(name, dict(schema))
    app.extensions[EXTENSION] = api
    return api


def openapi_document(app: Flask) -> dict[str, Any]:
    """The OpenAPI 3.1 document of an application, as plain data in a stable order."""
    document: dict[str, Any] = app.extensions[EXTENSION].spec.to_dict()
    named = {tag["name"]: tag for tag in reversed(document["tags"]) if tag.get("description")}
    document["tags"] = [named[name] for name in TAGS]
    for methods in document["paths"].values():
        for parameter in methods.get("parameters", ()):
            parameter["description"], parameter["example"] = PATH_PARAMETERS[parameter["name"]]
    examples.add_to(document)
    return _plain(document)  # type: ignore[no-any-return]


def openapi_yaml(app: Flask) -> str:
    """The document as YAML with sorted keys: the bytes of ``openapi.yaml``."""
    return yaml.dump(
        openapi_document(app),
        Dumper=_Plainly,
        sort_keys=True,
        allow_unicode=True,
        width=100,
        default_flow_style=False,
    )


class _Plainly(yaml.SafeDumper):
    """YAML without anchors, with text of several lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write repeated values out."""
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Plainly.add_representer(str, _text)


def _plain(value: Any) -> Any:
    """The same structure of dicts, lists and built-in scalars, keys as text and sorted."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in sorted(value.items(), key=_by_text)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _by_text(item: tuple[Any, Any]) -> str:
    return str(item[0])
