"""Finished answers, kept: what depends on the knowledge release alone is made and packed once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from flask import Flask, Request, Response, current_app, g, request
from marshmallow import Schema
from werkzeug.datastructures import Headers

from scanner import __version__
from scanner.api import answers
from scanner.api.access import context
from scanner.api.contract import Routes
from scanner.services.roles import Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

EXTENSION: Final = "scanner-kept"
MOST_BYTES: Final = 32 * 1024 * 1024
"""Bytes of bodies that one process keeps; those not asked for longest go first."""

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with the headers that belong to it; the body of a packed one is all there is."""

    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Finished(Response):
    """A response whose headers are complete, so that nobody has to look at them again."""

    default_mimetype = None

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers as they are."""
        return self.headers


class Kept:
    """Answers by key, as many as fit into so many bytes; safe between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Answer | None:
        """The answer of this key, or None."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, and forget others where there is no room."""
        with self._lock:
            before = self._answers.pop(key, None)
            self._answers[key] = answer
            self._bytes += len(answer.body) - (len(before.body) if before else 0)
            while self._bytes > self._most_bytes:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.body)


class PackedAnswers:
    """What flask-compress asks for the packed form of an answer: only kept ones have one."""

    def get(self, key: str) -> bytes | None:
        """The packed body, or None."""
        found = _kept().get(key) if "kept_as" in g else None
        return None if found is None else found.body

    def set(self, key: str, value: bytes) -> None:
        """Keep a packed body beside the plain one."""
        if "kept_as" in g:
            _kept().put(key, Answer(value))


def register(app: Flask) -> None:
    """Let an application keep answers, and their packed forms; before it begins to pack."""
    app.extensions[EXTENSION] = Kept()
    app.config.update(COMPRESS_CACHE_BACKEND=PackedAnswers, COMPRESS_CACHE_KEY=_packed_key)


def resource(
    routes: Routes, rule: str, answer: type[Schema], *, query: type[Schema] | None = None
) -> Callable[[View], View]:
    """A decorator that makes a view a resource of the knowledge release, with names in it.

    Without a `query` it is one thing that may not be there, with one it is a list in pages.
    """
    more = {} if query is None else answers.LINK_HEADER
    return routes.operation(
        "GET",
        rule,
        scope=Scope.KNOWLEDGE_READ,
        answer=answer,
        query=query,
        problems=("not-found",) if query is None else ("invalid-input",),
        headers={**answers.NAMED_HEADERS, **more},
        extra=answers.NAMED,
        around=of_release,
    )


def of_release(view: View) -> View:
    """A view whose answer depends on the knowledge release, the address and the language alone.

    What the caller already has is answered with 304 before anything is computed; what was
    answered before is not computed again.
    """

    @wraps(view)
    def kept(*args: Any, **kwargs: Any) -> Any:
        spoken = answers.language()
        key = f"{context().engine.knowledge.release.sha256} {__version__} {spoken} "
        key += request.full_path
        tag = answers.digest(key.encode())
        known = answers.known(tag)
        if known is not None:
            return Finished(status=304, headers=Headers(_heads(known)))
        found = _kept().get(key)
        if found is None:
            response = view(*args, **kwargs)
            response.headers.extend([*_heads(tag), ("Content-Language", spoken)])
            found = Answer(response.get_data(), tuple(response.headers))
            _kept().put(key, found)
        g.kept_as = key
        return Finished([found.body], headers=Headers(list(found.headers)))

    return cast(View, kept)


def _heads(tag: str) -> list[tuple[str, str]]:
    return [*answers.tag_headers(tag).items(), ("Vary", "Accept-Language, Accept-Encoding")]


def _kept() -> Kept:
    return cast(Kept, current_app.extensions[EXTENSION])


def _packed_key(_: Request) -> str:
    return str(g.get("kept_as", ""))
