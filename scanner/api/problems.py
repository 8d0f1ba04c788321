"""Problem details (RFC 9457): the one table from errors to HTTP, and the document they become."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from scanner.core import errors
from scanner.core.errors import Place, ScannerError

PROBLEM_TYPE = "application/problem+json"
TYPE_FOLDER = "/problems"
MOST_PLACES = 200
"""Of a file with more wrong rows, the first are named."""

UNAVAILABLE = HTTPStatus.SERVICE_UNAVAILABLE
UNAVAILABLE_SECONDS = 5
"""When to try again after the service could not answer."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its HTTP status, its title, and what it means to a caller."""

    code: str
    status: int
    title: str
    meaning: str


_MEANINGS: dict[type[ScannerError], tuple[int, str]] = {
    errors.UnreadableBom: (422, "The bytes arrived, and no table of lines could be made of them."),
    errors.EmptyFile: (422, "The file has no bytes, or nothing but white space."),
    errors.UnsupportedType: (
        415,
        "The content of the file decides, not its name. Save it as CSV (UTF-8) or XLSX, or send "
        "the lines as JSON.",
    ),
    errors.EncryptedWorkbook: (422, "Remove the password in your spreadsheet and send it again."),
    errors.TruncatedUpload: (
        400,
        "Fewer bytes came than were announced, or the file ends in its middle. Send it again.",
    ),
    errors.NoHeader: (
        422,
        "No row holds headings that are known in Dutch, English, German or French. Name the "
        "columns with `columns`, or put a row of headings above the lines.",
    ),
    errors.NoLines: (422, "There are headings, or an empty sheet, and nothing to read below."),
    errors.ReaderFailed: (
        422,
        "Files are read in a process with little memory and time; this one exceeded it. Save it "
        "as CSV, or split it.",
    ),
    errors.UnsafeArchive: (
        422,
        "A workbook is a packed file; this one unpacks to too much, or is not built as a "
        "workbook. Save it anew from your spreadsheet.",
    ),
    errors.BomTooLarge: (
        413,
        "The limits are settings of the service. Split the file by assembly.",
    ),
    errors.CyclicBom: (
        422,
        "An assembly contains itself, directly or through others; `detail` names the path. The "
        "amounts in such a tree have no meaning.",
    ),
    errors.InvalidInput: (
        422,
        "`errors` points to each value that does not fit: with a JSON pointer into the body, or "
        "the name of a parameter.",
    ),
    errors.NotFound: (
        404,
        "There is nothing at this address for the company of this key. What belongs to another "
        "company is not told from what does not exist.",
    ),
    errors.NotReady: (
        409,
        "The BOM exists and its profile does not: it is still being read, or reading it failed. "
        "Its job says which.",
    ),
    errors.NotAllowed: (403, "The key is valid and lacks the scope that the operation needs."),
    errors.NotSignedIn: (
        401,
        "Send `Authorization: Bearer <key>` with a key that is neither expired nor revoked.",
    ),
    errors.Cancelled: (
        422,
        "Somebody cancelled the job. It stands in the job's `problem`; upload the file again if "
        "its profile is wanted after all.",
    ),
    errors.KeyReused: (
        422,
        "An `Idempotency-Key` stands for one request with one content. Make a new key for every "
        "new request.",
    ),
    errors.RequestInProgress: (
        409,
        "A request with the same `Idempotency-Key` and content has come before and has no answer "
        "yet. Send it again after the seconds of `Retry-After`.",
    ),
    errors.Conflict: (409, "Fetch the present state and decide again."),
    errors.StorageUnavailable: (
        503,
        "The database is restarting, does not answer, or its disk takes no changes. Nothing of the "
        "request was stored, or all of it: with an `Idempotency-Key` it is safe to send it again.",
    ),
    errors.StorageFull: (
        507,
        "The disk of the service is full, and nothing of the request was stored. What is there can "
        "still be read. The operator has to make room.",
    ),
    errors.BrokenRelease: (500, "The operator has to repair or replace the knowledge release."),
}

_HTTP = (
    Kind(
        "bad-request", 400, "The request is not well formed", "The request itself cannot be read."
    ),
    Kind("malformed-json", 400, "The body is not JSON", "`detail` says where reading stopped."),
    Kind(
        "method-not-allowed",
        405,
        "This method is not there",
        "The address exists; the header `Allow` names the methods that do.",
    ),
    Kind(
        "precondition-failed",
        412,
        "It has changed meanwhile",
        "`If-Match` names a state that is no longer the present one. Fetch it, look at what has "
        "changed, and decide again.",
    ),
    Kind(
        "request-too-large",
        413,
        "The request is larger than the limit",
        "The body, or its form fields, exceed the limit of the service.",
    ),
    Kind(
        "unsupported-media-type",
        415,
        "This content type is not taken",
        "The header `Content-Type` names a kind of body that the operation does not take.",
    ),
    Kind(
        "too-many-requests",
        429,
        "Too many requests",
        "The headers `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` tell how many "
        "may come in how many seconds; `Retry-After` says when the next one may.",
    ),
    Kind(
        "internal-error",
        500,
        "The service failed",
        "This is our fault, not yours. Report the `request_id`; nothing was half-stored.",
    ),
    Kind("not-available", 503, "The service is not ready", "Try again in a moment."),
)


def _kinds() -> Iterator[Kind]:
    for error, (status, meaning) in _MEANINGS.items():
        yield Kind(error.code, status, error.title, meaning)
    yield from _HTTP


KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _kinds()}
"""Every kind of problem by its code."""

_BY_STATUS = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    412: "precondition-failed",
    413: "request-too-large",
    415: "unsupported-media-type",
    422: "invalid-input",
    429: "too-many-requests",
    503: "not-available",
}


class Refused(Exception):
    """A request that is refused before any service sees it.

    `code` is a key of `KINDS`; `places` say where, as they stand in the problem's `errors`;
    `retry_after` is the number of seconds after which the same may be taken.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        advice: str = "",
        places: Sequence[Mapping[str, Any]] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
        self.kind = KINDS[code]
        self.detail = detail
        self.advice = advice
        self.places = list(places)


def invalid_fields(places: Sequence[Mapping[str, Any]], *, advice: str = "") -> Refused:
    """The refusal of values that do not fit, each with its place."""
    first = places[0]
    named = first.get("pointer") or first.get("parameter") or "the request"
    rest = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
    detail = f"{named}: {first['detail']}{rest}"
    return Refused("invalid-input", detail, advice=advice, places=places)


def status_of(error: ScannerError) -> int:
    """The HTTP status of an error of the field."""
    for kind in type(error).__mro__:
        known = KINDS.get(getattr(kind, "code", ""))
        if known is not None:
            return known.status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def from_error(error: ScannerError) -> Response:
    """The problem document of an error of the field."""
    code = error.code if error.code in KINDS else "internal-error"
    response = _respond(KINDS[code], error.detail, error.advice, list(_places(error)))
    if code == "not-signed-in":
        response.headers["WWW-Authenticate"] = 'Bearer realm="scanner"'
    elif code == "not-allowed":
        response.headers["WWW-Authenticate"] = 'Bearer realm="scanner", error="insufficient_scope"'
    return _later(response, error.retry_after)


def from_http(error: HTTPException) -> Response:
    """The problem document of an HTTP error; its own headers (`Allow`) are kept."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    messages = getattr(error, "data", {}).get("messages")
    if isinstance(messages, dict):
        return from_refusal(invalid_fields(list(_messages(messages))))
    kind = KINDS[_BY_STATUS.get(status, "bad-request" if status < 500 else "internal-error")]
    response = _respond(kind, _sentence(error, kind), _advice(error, kind), [], status=status)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(_methods(error))
    return _later(response, UNAVAILABLE_SECONDS if status == UNAVAILABLE else None)


_ADVICE = {
    "bad-request": "Check how the request is put together, and that all of it is sent.",
    "not-found": "Check the address; /docs lists all of them.",
    "request-too-large": "Send less at once: split the file by assembly.",
    "unsupported-media-type": "Send the header Content-Type that the operation takes; see /docs.",
    "not-available": "Try again in a moment.",
}


def _advice(error: HTTPException, kind: Kind) -> str:
    """What to do about an error that no view foresaw."""
    if isinstance(error, MethodNotAllowed):
        return f"Use one of {', '.join(_methods(error))}."
    return _ADVICE.get(kind.code, "")


def _methods(error: MethodNotAllowed) -> list[str]:
    return sorted(error.valid_methods or ())


def not_ready(detail: str) -> Response:
    """The problem document of a service that cannot answer now."""
    response = _respond(KINDS["not-available"], detail, "Try again in a moment.", [])
    return _later(response, UNAVAILABLE_SECONDS)


def _later(response: Response, seconds: int | None) -> Response:
    """The response, which says when to try again where that may help."""
    if seconds is not None:
        response.headers.setdefault("Retry-After", str(seconds))
    return response


def failed() -> Response:
    """The problem document of an error that nobody foresaw; it tells nothing of the inside."""
    return _respond(
        KINDS["internal-error"],
        "An error occurred that we had not foreseen.",
        "Try again; if it stays, report the request_id.",
        [],
    )


_SENTENCES = {
    "not-found": "There is nothing at this address.",
    "method-not-allowed": "The address is there and does not take this method.",
}
"""What is wrong where no view was asked."""


def _sentence(error: HTTPException, kind: Kind) -> str:
    if error.description == type(error).description and kind.code in _SENTENCES:
        return _SENTENCES[kind.code]
    return " ".join((error.description or kind.title).split())


def from_refusal(refused: Refused) -> Response:
    """The problem document of a refused request."""
    response = _respond(refused.kind, refused.detail, refused.advice, refused.places)
    return _later(response, refused.retry_after)


def _places(error: ScannerError) -> Iterator[dict[str, Any]]:
    if isinstance(error, errors.InvalidRows):
        for place, detail in error.rows[:MOST_PLACES]:
            yield {**_place(place), "detail": detail}
    elif error.place is not None:
        yield {**_place(error.place), "detail": error.detail}


def _place(place: Place) -> dict[str, Any]:
    """The parts of a place that are known; a pointer names a parameter where there is no body."""
    known: dict[str, Any] = {"sheet": place.sheet, "row": place.row, "column": place.column}
    if place.pointer is not None:
        if request.mimetype == "application/json":
            known["pointer"] = place.pointer
        else:
            known["parameter"] = place.pointer.lstrip("/").partition("/")[0]
    return {name: value for name, value in known.items() if value is not None}


def _messages(messages: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Places out of marshmallow's messages: location → field → … → sentences."""
    for location, found in messages.items():
        for path, sentence in _leaves(found, ()):
            if location in {"json", "body"}:
                yield {"pointer": pointer(path), "detail": sentence}
            else:
                yield {"parameter": str(path[0]) if path else location, "detail": sentence}


def field_places(messages: Mapping[Any, Any], *, body: bool) -> list[dict[str, Any]]:
    """Places out of the messages of one schema, as pointers into the body or as parameters."""
    return list(_messages({"json" if body else "query": messages}))


def _leaves(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, path if key == "_schema" else (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, path)
    else:
        yield path, str(value)


def pointer(path: tuple[Any, ...]) -> str:
    """A JSON pointer (RFC 6901) out of keys and indexes."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def _respond(
    kind: Kind,
    detail: str,
    advice: str,
    places: Sequence[Mapping[str, Any]],
    *,
    status: int | None = None,
) -> Response:
    number = int(status or kind.status)
    body = {
        "type": f"{TYPE_FOLDER}/{kind.code}",
        "code": kind.code,
        "title": kind.title,
        "status": number,
        "detail": detail,
        "advice": advice or kind.meaning,
        "errors": list(places),
        "request_id": g.get("request_id", ""),
    }
    return Response(orjson.dumps(body), status=number, mimetype=PROBLEM_TYPE)
