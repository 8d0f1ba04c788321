"""Lists of any length as a stream: one JSON object a line (``application/x-ndjson``)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from flask import Response, request

from scanner.api import answers
from scanner.api.problems import invalid_fields
from scanner.api.schemas_lines import LinePageSchema
from scanner.profile import canonical

TYPE: Final = "application/x-ndjson"
JSON: Final = "application/json"

LINES: Final[Mapping[str, Any]] = {
    "responses": {
        "200": {
            "description": "OK",
            "headers": answers.LINK_HEADER,
            "content": {
                JSON: {"schema": LinePageSchema},
                TYPE: {
                    "schema": {
                        "type": "string",
                        "description": "All lines, each a `Line` as JSON and a line feed; without "
                        "pages, total and cursor.",
                    }
                },
            },
        }
    }
}
"""OpenAPI of an operation that can stream its lines."""


def is_asked() -> bool:
    """Whether the caller prefers a stream of JSON lines to a page."""
    return request.accept_mimetypes.best_match([JSON, TYPE]) == TYPE


def refuse_pages(query: Mapping[str, Any]) -> None:
    """Refuse what makes sense for pages only."""
    places = [
        {"parameter": name, "detail": f"All lines come at once as {TYPE}, without pages."}
        for name in ("cursor", "limit")
        if name in query
    ]
    if places:
        raise invalid_fields(places)


def stream(chunks: Iterable[Sequence[Any]]) -> Response:
    """The items as a stream."""
    response = answers.streamed(_lines(chunks), mimetype=TYPE)
    response.vary.add("Accept")
    return response


def _lines(chunks: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    for chunk in chunks:
        yield b"".join(canonical(item) + b"\n" for item in chunk)
