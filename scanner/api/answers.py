"""Answers as HTTP has them: language, links to the next page, ETags, raw JSON."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

import orjson
from flask import Response, request, url_for
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from scanner.api.access import context
from scanner.api.problems import Refused
from scanner.api.schemas_boms import BomSchema
from scanner.core.names import Language
from scanner.profile import canonical
from scanner.services.boms import BomView, Guard, StoredProfile
from scanner.services.paging import Page

Thing = TypeVar("Thing")
ASK_AGAIN: Final = "1"
"""Seconds after which to ask again for what is being made."""

TAG_CHARS: Final = 32
PACKINGS: Final = ("zstd", "br", "gzip")
"""How answers are packed for those who can unpack them, the best first."""

_BOM = BomSchema()

LANGUAGES: Final = ("en", "nl", "de", "fr")

REVALIDATED: Mapping[str, Any] = {
    "parameters": [
        {
            "name": "If-None-Match",
            "in": "header",
            "description": "The ETag you have; 304 when it is still right.",
            "schema": {"type": "string"},
            "example": '"5ba42e31-of-before"',
        }
    ],
    "responses": {"304": {"description": "What you have is still right."}},
}
"""OpenAPI of an operation that answers 304."""

IN_A_LANGUAGE: Mapping[str, Any] = {
    "parameters": [
        {
            "name": "Accept-Language",
            "in": "header",
            "description": "Language of names: `en`, `nl`, `de` or `fr`; English otherwise.",
            "schema": {"type": "string"},
            "example": "nl",
        },
    ],
}
"""OpenAPI of an operation whose answer holds names."""

NAMED: Mapping[str, Any] = {
    "parameters": [*REVALIDATED["parameters"], *IN_A_LANGUAGE["parameters"]],
    "responses": REVALIDATED["responses"],
}
"""OpenAPI of an operation whose answer holds names, and that answers 304."""

ETAG_HEADER: Mapping[str, Any] = {
    "ETag": {"description": "Names exactly these bytes.", "schema": {"type": "string"}},
}
LANGUAGE_HEADER: Mapping[str, Any] = {
    "Content-Language": {
        "description": "The language of the names.",
        "schema": {"type": "string", "enum": list(LANGUAGES)},
    },
}
NAMED_HEADERS: Mapping[str, Any] = {**ETAG_HEADER, **LANGUAGE_HEADER}
RETRY_HEADER: Mapping[str, Any] = {
    "Retry-After": {
        "description": "Seconds after which to ask again, while the work is not over.",
        "schema": {"type": "integer"},
    }
}
IF_MATCH: Mapping[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "description": "The `ETag` of the BOM as you know it: 412 when it has changed since.",
    "schema": {"type": "string"},
    "example": "*",
}
LINK_HEADER: Mapping[str, Any] = {
    "Link": {
        "description": 'Address of the next page, `rel="next"`; absent on the last page.',
        "schema": {"type": "string"},
    }
}


def language() -> Language:
    """The language of names in this answer: ``nl-BE`` is Dutch, too."""
    return language_of(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1024)
def language_of(header: str) -> Language:
    """The language of names for who sends this `Accept-Language`."""
    accepted = parse_accept_header(header, LanguageAccept)
    wished = (tag.lower().partition("-")[0] for tag in accepted.values())
    return Language(next((tag for tag in wished if tag in LANGUAGES), "en"))


def json(data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer in the form that profiles have: sorted keys, floats of 9 digits."""
    return raw_json(canonical(data), status=status, headers=headers)


def named(data: Any) -> Response:
    """A JSON answer with names in it, which says their language."""
    response = json(data, headers={"Content-Language": language()})
    response.vary.add("Accept-Language")
    return response


def raw_json(
    body: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON answer of bytes that are JSON already."""
    response = Response(body, status=status, mimetype="application/json")
    response.headers.extend(headers or {})
    return response


def next_link(page: Page[Any]) -> dict[str, str]:
    """The `Link` header of a page, empty on the last one."""
    if page.next is None:
        return {}
    arguments = {**request.args.to_dict(), **(request.view_args or {}), "cursor": page.next}
    return {"Link": f'<{url_for(cast(str, request.endpoint), **arguments)}>; rel="next"'}


def page(found: Page[Any], items: Sequence[Any], **more: Any) -> Response:
    """A page of a list as it is, with its `Link` header."""
    body = {"items": items, "next": found.next, "total": found.total, **more}
    return json(body, headers=next_link(found))


def limit(query: Mapping[str, Any]) -> int:
    """The most entries that this page may hold."""
    settings = context().settings
    return min(int(query.get("limit", settings.default_page)), settings.max_page)


def unchanged(tag: str) -> Response | None:
    """A 304 where the caller already has what `tag` names, else None."""
    form = known(tag)
    return None if form is None else tagged(Response(status=304), form)


def any_is_known() -> bool:
    """Whether `If-None-Match` names whatever there is."""
    return request.if_none_match.star_tag


def known(tag: str) -> str | None:
    """The form of this tag, plain or packed, that `If-None-Match` names; None without one.

    A tag that a proxy made weak by packing names it, too (RFC 9110, 13.1.2).
    """
    given = request.headers.get("If-None-Match")
    if given is None:
        return None
    if given == f'"{tag}"':
        return tag
    named = request.if_none_match
    return next((form for form in forms(tag) if named.contains_weak(form)), None)


def bom(view: BomView, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A BOM under its ETag; it says when to ask again while a version is being processed."""
    body = _bom_body(view)
    response = unchanged(digest(body)) if request.method in ("GET", "HEAD") else None
    if response is None:
        response = tagged(raw_json(body, status=status, headers=headers), digest(body))
    if view.version.state == "processing":
        response.headers["Retry-After"] = ASK_AGAIN
    return response


def guard() -> Guard | None:
    """What `If-Match` asks of a BOM before it is changed; None without the header.

    The guard raises `Refused` when the BOM is no longer what one of the ETags names.
    """
    if "If-Match" not in request.headers:
        return None
    wished = request.if_match

    def check(view: BomView) -> None:
        if not any(map(wished.contains, forms(digest(_bom_body(view))))):
            raise Refused(
                "precondition-failed",
                "The BOM is not the one that If-Match names.",
                advice="Fetch it again, and decide by what it is now.",
                places=[{"parameter": "If-Match", "detail": "Names another state of the BOM."}],
            )

    return check


def guard_of(thing: str, known: Callable[[Thing], str]) -> Callable[[Thing], None] | None:
    """What `If-Match` asks of a thing before it is changed; None without the header.

    Of an ETag of two halves, as `halves` makes it, the first counts.
    """
    if "If-Match" not in request.headers:
        return None
    wished = request.if_match
    named = filter(None, wished.as_set())  # an empty tag is no tag of ours
    first_halves = {tag.partition(".")[0] for tag in named}

    def check(found: Thing) -> None:
        if not wished.star_tag and known(found) not in first_halves:
            raise Refused(
                "precondition-failed",
                f"The {thing} is not as If-Match names it.",
                advice="Fetch it again, and decide by what it is now.",
                places=[
                    {"parameter": "If-Match", "detail": f"Names another state of the {thing}."}
                ],
            )

    return check


def halves(known: str, body: bytes) -> str:
    """An ETag of what somebody decides by, and of all bytes of the answer."""
    return f"{known}.{digest(body)}"


def forms(tag: str) -> tuple[str, ...]:
    """The tag of the bytes as they are, and as each packing names them."""
    return (tag, *(f"{tag}:{packing}" for packing in PACKINGS))


def _bom_body(view: BomView) -> bytes:
    return orjson.dumps(_BOM.dump(view))


def digest(body: bytes) -> str:
    """What names these bytes in an ETag."""
    return hashlib.sha256(body).hexdigest()[:TAG_CHARS]


def tagged(response: Response, tag: str) -> Response:
    """The response under a strong ETag; caches have to ask whether it is still right."""
    response.headers.extend(tag_headers(tag))
    return response


def tag_headers(tag: str) -> dict[str, str]:
    """The headers of an answer under a strong ETag."""
    return {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}


def enveloped(stored: StoredProfile) -> bytes:
    """A stored profile in its envelope, its bytes untouched."""
    head = orjson.dumps({"id": stored.id, "created_at": stored.created_at, "sha256": stored.sha256})
    return b'%s,"profile":%s}' % (head[:-1], stored.body)


def streamed(pieces: Iterable[bytes], *, mimetype: str) -> Response:
    """Pieces that are sent as they are made.

    The first one is made now: what cannot begin is told as a problem. An error later breaks the
    connection and never ends it well.
    """
    rest = iter(pieces)
    return Response(_after(next(rest, b""), rest), mimetype=mimetype)


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
