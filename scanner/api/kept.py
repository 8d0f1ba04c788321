"""Finished answers, kept: what depends on the knowledge release alone is made and packed once.

A view that is `of_release` marks its answer; `KeptAnswers`, which stands before Flask, keeps it as
it went out, packed and with its headers, and gives it to whoever asks for the same. Key, scope and
rate limit are those of any other request: whoever is not let in there is left to Flask to refuse.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from flask import Flask, current_app, request
from marshmallow import Schema

from scanner import __version__, logs
from scanner.api import access, answers, limits
from scanner.api.contract import Routes
from scanner.api.schemas_shared import PageQuery
from scanner.services.roles import Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

EXTENSION: Final = "scanner-kept"
MARK: Final = "scanner.kept"
"""Where a view leaves its `Mark`, in the environment of the request."""

MOST_BYTES: Final = 32 * 1024 * 1024
"""Bytes of bodies that one process keeps; those not asked for longest go first."""

READS: Final = ("GET", "HEAD")
IN_A_304: Final = frozenset({"Cache-Control", "Vary"})
"""Headers of a kept answer that a 304 repeats, beside its tag."""

Headers = tuple[tuple[str, str], ...]
Key = tuple[str, ...]
View = TypeVar("View", bound=Callable[..., Any])


class Mark(NamedTuple):
    """What makes an answer one to keep: its tag, and the route and scope of its operation."""

    tag: str
    route: str
    scope: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given; `tags` are all forms in which a caller may know it."""

    mark: Mark
    body: bytes
    headers: Headers
    tags: frozenset[str]
    headers_of_304: Headers

    @classmethod
    def of(cls, mark: Mark, body: bytes, headers: Iterable[tuple[str, str]]) -> "Answer":
        """The answer without what was said to one caller only."""
        lasting = tuple(header for header in headers if header[0] not in limits.HEADERS)
        tags = frozenset(f'"{form}"' for form in answers.forms(mark.tag))
        again = tuple(header for header in lasting if header[0] in IN_A_304)
        return cls(mark, body, lasting, tags, again)

    def given(self, wished: str | None) -> tuple[str, Headers, bytes] | None:
        """Status, headers and body for who sends this `If-None-Match`, or None: see what it says.

        None is for lists and weak tags, which Flask reads.
        """
        if wished is None or (self.mark.tag not in wished and "*" not in wished):
            return "200 OK", self.headers, self.body
        if wished in self.tags:
            return "304 NOT MODIFIED", (("ETag", wished), *self.headers_of_304), b""
        return None


class Kept:
    """Answers by what was asked, as many as fit into so many bytes; safe between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._answers)

    def clear(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._answers.clear()
            self._bytes = 0

    def get(self, key: Key) -> Answer | None:
        """The answer of this key, or None."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer, and forget others where there is no room."""
        with self._lock:
            before = self._answers.pop(key, None)
            self._answers[key] = answer
            self._bytes += len(answer.body) - (len(before.body) if before else 0)
            while self._bytes > self._most_bytes:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.body)


class KeptAnswers:
    """A WSGI application that gives what it has kept, and keeps what another one marks."""

    def __init__(self, app: Flask) -> None:
        self._app: WSGIApplication = app.wsgi_app
        self._extensions = app.extensions

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """The answer to one request."""
        key = _key(environ)
        if key is None:
            return self._app(environ, start)
        found = self._kept.get(key)
        given = None if found is None else found.given(environ.get("HTTP_IF_NONE_MATCH"))
        if found is None or given is None:
            return self._made(key, environ, start)
        more = self._admitted(found.mark, environ)
        if more is None:
            return self._app(environ, start)
        status, headers, body = given
        start(status, [*headers, *more])
        return (body,) if environ["REQUEST_METHOD"] == "GET" else ()

    @property
    def _kept(self) -> Kept:
        return cast(Kept, self._extensions[EXTENSION])

    def _admitted(self, mark: Mark, environ: "WSGIEnvironment") -> Headers | None:
        """What to tell somebody who may have this answer; None for others and in doubt."""
        ctx = self._extensions[access.EXTENSION]
        if not environ.get("HTTP_AUTHORIZATION") and access.open_without_key(ctx, mark.scope):
            logs.bind(route=mark.route)
            return self._counted(None, environ.get("REMOTE_ADDR", ""))
        try:
            found = access.principal_in(ctx, environ.get("HTTP_AUTHORIZATION", ""))
        except Exception:  # Flask will meet it again, and tell it
            return None
        if mark.scope not in found.scopes:
            return None
        told = self._counted(found.key_id.hex, "")
        if told is not None:
            logs.bind(route=mark.route, company_id=found.company_id, key_id=found.key_id)
        return told

    def _counted(self, key: str | None, address: str) -> Headers | None:
        """The headers of the limit for this key or address; None where it is used up."""
        counts = cast(limits.RateLimits, self._extensions[limits.EXTENSION])
        counted = counts.count(key, address)
        if counted is not None and not counted[0]:
            return None
        return () if counted is None else tuple(limits.headers(counted[1]).items())

    def _made(
        self, key: Key, environ: "WSGIEnvironment", start: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer of the other application, kept if it is marked and whole."""
        said: list[Any] = []

        def started(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            said[:] = status, headers
            return start(status, headers, *error)

        body = self._app(environ, started)
        mark = environ.get(MARK)
        if mark is None or environ["REQUEST_METHOD"] != "GET" or not said[0].startswith("200"):
            return body
        try:
            whole = b"".join(body)
        finally:
            close: Callable[[], None] | None = getattr(body, "close", None)
            if close is not None:
                close()
        self._kept.put(key, Answer.of(mark, whole, said[1]))
        return (whole,)


def register(app: Flask) -> None:
    """Let an application keep answers."""
    app.extensions[EXTENSION] = Kept()
    app.wsgi_app = KeptAnswers(app)  # type: ignore[assignment, method-assign]


def resource(
    routes: Routes,
    rule: str,
    answer: type[Schema],
    *,
    query: type[Schema] | None = None,
    problems: Sequence[str] | None = None,
) -> Callable[[View], View]:
    """A decorator that makes a view a resource of the knowledge release, with names in it.

    With the `query` of a page it is a list, otherwise one thing that may not be there, unless its
    `problems` are named.
    """
    paged = query is not None and issubclass(query, PageQuery)
    unfit = () if query is None else ("invalid-input",)
    usual = unfit if paged else ("not-found", *unfit)
    more = answers.LINK_HEADER if paged else {}
    return routes.operation(
        "GET",
        rule,
        scope=Scope.KNOWLEDGE_READ,
        answer=answer,
        query=query,
        problems=usual if problems is None else problems,
        headers={**answers.NAMED_HEADERS, **more},
        extra=answers.NAMED,
        around=of_release,
    )


def of_release(view: View) -> View:
    """A view whose answer depends on the knowledge release, the address and the language alone.

    What the caller already has is answered with 304 before anything is computed; who has anything
    (``If-None-Match: *``) only once it is sure that there is an answer.
    """

    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> Any:
        spoken = answers.language()
        release = access.context().engine.knowledge.release.sha256
        tag = answers.digest(f"{release} {__version__} {spoken} {request.full_path}".encode())
        response = None if answers.any_is_known() else answers.unchanged(tag)
        if response is None:
            made = answers.tagged(view(*args, **kwargs), tag)
            made.headers["Content-Language"] = spoken
            request.environ[MARK] = Mark(tag, _route(), _scope())
            response = answers.unchanged(tag) or made
        response.vary.update(("Accept-Language", "Accept-Encoding"))
        return response

    return cast(View, marked)


def _route() -> str:
    return str(request.url_rule)


def _scope() -> str:
    view: Any = current_app.view_functions[str(request.endpoint)]
    return str(view.access)


def _key(environ: "WSGIEnvironment") -> Key | None:
    """What an answer depends on; None where none is kept."""
    if environ["REQUEST_METHOD"] not in READS or "HTTP_ORIGIN" in environ:
        return None
    return (
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        answers.language_of(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
        environ.get("HTTP_ACCEPT_ENCODING", ""),
    )
