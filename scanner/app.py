"""The application: settings and context in, a Flask application out.

The one place that knows all rooms of the web: it wires the context, sets the limits and headers
of every request, and decides whether an error becomes a problem document or a page.
"""

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from flask import Flask, Request, Response, g, request
from flask.json.provider import JSONProvider
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from scanner import logs, pages
from scanner.access_log import NO_ROUTE, REQUEST_ID, AccessLog
from scanner.api import access, contract, limits, problems
from scanner.api.forms import FormRequest
from scanner.api.register import add_manners
from scanner.api.register import register as register_api
from scanner.core.errors import ScannerError
from scanner.services.context import Context
from scanner.settings import Settings
from scanner.store.trouble import trouble_of
from scanner.wiring import open_context

FORM_OVERHEAD = 1024 * 1024
"""Bytes that a form may have around the file."""

FORM_TEXT = 8 * 1024 * 1024
"""Bytes of form fields, pasted lines included."""

FORM_PARTS = 50

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HEADERS = {  # of every answer that does not set them itself
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
log = logging.getLogger(__name__)

PROBLEMS_ONLY = ("/v1", "/healthz", "/readyz", "/openapi.")


class PageSessions(SecureCookieSessionInterface):
    """Sessions in signed cookies for pages; the API neither reads nor sets cookies."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie is for https only: as the settings say, or as this request came."""
        return request.is_secure or super().get_cookie_secure(app)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the cookie; an empty one that is never kept where there is no page."""
        if request.path.startswith(PROBLEMS_ONLY):
            return SecureCookieSession()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep the session, if this was a page."""
        if not request.path.startswith(PROBLEMS_ONLY):
            super().save_session(app, session, response)


class Application(Flask):
    """Flask with our headers in every answer, and without coroutines.

    It tells the log of an error and not of the path that a caller asked for.
    """

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is: none has to be asked whether it is a coroutine."""
        return func

    def make_default_options_response(self) -> Response:
        """What may be done at an address: the header `Allow`, and no content."""
        answer: Response = super().make_default_options_response()
        answer.status_code = HTTPStatus.NO_CONTENT
        answer.headers["Allow"] = ", ".join(sorted(answer.allow))
        return answer

    def log_exception(self, exc_info: Any) -> None:
        """Log an error that nobody foresaw."""
        log.error("a request failed", exc_info=exc_info)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer to one request; a 304 is as short as can be (RFC 9110, 15.4.5).

        What has no content has no type of it.
        """

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if status.startswith("304"):
                return start_response(status, headers, *error)
            if status.startswith("204"):
                headers = [header for header in headers if header[0] != "Content-Type"]
            given = {name for name, _ in headers}
            more = [header for header in HEADERS.items() if header[0] not in given]
            return start_response(status, headers + more, *error)

        return super().__call__(environ, start)


class Json(JSONProvider):
    """Flask's JSON by orjson; formatting options of the standard library have no effect."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """The value as JSON text."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The value of a JSON text."""
        return orjson.loads(s)


def create_app(settings: Settings, context: Context | None = None) -> Flask:
    """The web application; wires its own context unless one is given.

    Raises `BrokenRelease` when the knowledge release does not validate, `InvalidInput` when a
    setting does not fit, and `RuntimeError` when a route does not say who may use it.
    """
    app = _bare_app()
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_bytes + FORM_OVERHEAD,
        MAX_FORM_MEMORY_SIZE=FORM_TEXT,
        MAX_FORM_PARTS=FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="scanner",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=settings.session_hours * 3600,
    )
    wired = context or open_context(settings)
    app.extensions[access.EXTENSION] = wired
    _add_request_manners(app)
    _add_error_handlers(app)
    register_api(app)
    add_manners(app, settings)
    pages.register(app, wired, limits.of(app).count)
    _trust_proxies(app, settings.trusted_proxies)
    app.wsgi_app = AccessLog(app.wsgi_app)  # type: ignore[assignment, method-assign]
    _check_that_routes_declare_access(app)
    return app


def contract_text() -> str:
    """The OpenAPI document as YAML; needs no database and no knowledge."""
    app = _bare_app()
    register_api(app)
    return contract.openapi_yaml(app)


def _bare_app() -> Flask:
    static = Path(__file__).parent / "pages" / "static"
    app = Application("scanner", static_folder=str(static), template_folder=None)
    app.json = Json(app)
    app.request_class = FormRequest
    app.session_interface = PageSessions()
    app.url_map.strict_slashes = False
    return app


def _trust_proxies(app: Flask, number: int) -> None:
    """Take the caller's address and scheme from what so many proxies in front say; none: ignore.

    The host is not taken from them: a proxy passes the header `Host` on.
    """
    if number > 0:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=number, x_proto=number, x_host=0
        )


def _add_request_manners(app: Flask) -> None:
    @app.before_request
    def tell_route() -> None:
        g.request_id = request.environ[REQUEST_ID]
        rule = request.url_rule
        logs.bind(route=NO_ROUTE if rule is None else rule.rule)


def _add_error_handlers(app: Flask) -> None:
    @app.errorhandler(ScannerError)
    def known(error: ScannerError) -> Response:
        if _wants_page():
            return pages.error_page(problems.status_of(error), error)
        return problems.from_error(error)

    @app.errorhandler(OSError)
    def disk(error: OSError) -> Response:
        trouble = trouble_of(error)
        if trouble is None:
            raise error
        return known(trouble)

    app.register_error_handler(problems.Refused, problems.from_refusal)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if status < HTTPStatus.BAD_REQUEST:
            return error
        if _wants_page():
            return pages.error_page(status, None)
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            return problems.failed()
        return problems.from_http(error)


def _wants_page() -> bool:
    """Whether an error goes to a person: the API always answers with a problem document."""
    if request.path.startswith(PROBLEMS_ONLY):
        return False
    forms = ["application/problem+json", "application/json", "text/html"]
    return request.accept_mimetypes.best_match(forms) == "text/html"


def _check_that_routes_declare_access(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        view: Callable[..., Any] = app.view_functions[rule.endpoint]
        if rule.endpoint != "static" and not hasattr(view, "access"):
            raise RuntimeError(f"{rule.endpoint} ({rule.rule}) does not declare who may use it")
