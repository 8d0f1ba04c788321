"""One line and one count per request: what was asked of which route, by whom, and how it went.

Each request gets an id here, which its line, its answer and its problem document tell.

It wraps the application as WSGI sees it, so that bytes and time count until the last one is sent.
Neither path nor query is told: the route is, and callers by their ids.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from random import getrandbits
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import Counter, Histogram

from scanner import logs, metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD: Final = "other"
NO_ROUTE: Final = "none"
REQUEST_ID: Final = "scanner.request_id"
"""Where the id of a request stands in its environment."""

A_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""Ids that callers may choose themselves."""

log = logging.getLogger(__name__)


class AccessLog:
    """A WSGI application that logs each request to another one.

    The other one tells its route by ``logs.bind(route=…)``; the id is for it in the environment.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer the request; the line is written when the answer is closed."""
        request = _Request(environ)

        def started(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            request.status = int(status[:3])
            return start(status, [*headers, ("X-Request-Id", environ[REQUEST_ID])], *error)

        try:
            return _Answer(self._app(environ, started), request)
        except BaseException:
            request.end()
            raise


class _Request:
    """One request while it is answered."""

    def __init__(self, environ: "WSGIEnvironment") -> None:
        self._began = time.perf_counter()
        self._received = _number(environ.get("CONTENT_LENGTH"))
        method = environ["REQUEST_METHOD"]
        given = environ.get("HTTP_X_REQUEST_ID", "")
        name = given if A_REQUEST_ID.fullmatch(given) else f"{getrandbits(128):032x}"
        environ[REQUEST_ID] = name
        self._bound = logs.begin()
        self._bound.update(
            request_id=name,
            method=method if method in METHODS else OTHER_METHOD,
            route=NO_ROUTE,
        )
        metrics.requests_in_flight.inc()
        self.status = 500
        self.sent = 0

    def end(self) -> None:
        """Count the request and write its line."""
        seconds = time.perf_counter() - self._began
        metrics.requests_in_flight.dec()
        method, route = self._bound["method"], self._bound["route"]
        count, time_taken = _metrics(method, route, self.status)
        count.inc()
        time_taken.observe(seconds)
        log.info(
            "request",
            extra=logs.fields(
                status=self.status,
                ms=round(1000 * seconds, 1),
                bytes=self.sent,
                received=self._received,
            ),
        )
        logs.begin()


@lru_cache(maxsize=10_000)
def _metrics(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """The numbers of this kind of request: the library takes its time to find them."""
    return (
        metrics.requests.labels(method, route, status),
        metrics.request_seconds.labels(method, route),
    )


class _Answer:
    """The body of an answer, counted as it is sent."""

    def __init__(self, body: Iterable[bytes], request: _Request) -> None:
        self._body = body
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._request.sent += len(piece)
            yield piece

    def close(self) -> None:
        """Close the body and end the request."""
        close: Callable[[], None] | None = getattr(self._body, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._request.end()


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
