"""The header ``Idempotency-Key``: a request that is sent again is answered again, and done once."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from flask import Response, request

from scanner.api import answers
from scanner.api.access import company, context
from scanner.api.bodies import Received
from scanner.api.problems import Refused
from scanner.services import boms, replies
from scanner.services.boms import BomView
from scanner.services.replies import Once, Reply

HEADER: Final = "Idempotency-Key"
PROBLEMS: Final = ("bad-request", "request-in-progress", "idempotency-key-reused")
REPLAYED: Final = "Idempotent-Replayed"
MOST_CHARS: Final = 255
A_KEY: Final = re.compile(rf"[!-~]{{1,{MOST_CHARS}}}")
NOT_KEPT: Final = frozenset({"content-type", "content-length"})

PARAMETER: Final[Mapping[str, Any]] = {
    "name": HEADER,
    "in": "header",
    "description": "A key of your own, such as a UUID, that makes it safe to send the request "
    "again: within 24 hours the same key and content get the first answer, and nothing is made "
    "twice. Deleting the BOM forgets its keys.",
    "schema": {"type": "string", "pattern": f"^[!-~]{{1,{MOST_CHARS}}}$"},
    "example": "8f14e45f-ceea-467f-a8b1-3e9c1a0bd2f7",
}
RESPONSE_HEADERS: Final[Mapping[str, Any]] = {
    REPLAYED: {
        "description": "`true` where this is the answer to an earlier request with the same key.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}


def asked(got: Received, seconds: float) -> Once | None:
    """What the header asks for: that this content takes effect once; None without the header."""
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not A_KEY.fullmatch(key):
        detail = f"Must be 1 to {MOST_CHARS} visible ASCII characters."
        raise Refused("bad-request", detail, places=[{"parameter": HEADER, "detail": detail}])
    return Once(f"{request.method} {request.path}", key, _digest(got), seconds)


def _digest(got: Received) -> str:
    """The digest of what was sent: the file and what was fixed about it, in whatever packing.

    A request without `documented_only` has the digest that it had before there was one.
    """
    upload, options = got.upload, got.options
    content: dict[str, Any] = {
        "file": [upload.sha256, upload.name],
        "name": got.name,
        "annual_units": None if got.annual_units is None else str(got.annual_units),
        "columns": dict(options.columns),
        "sheet": options.sheet,
    }
    if got.documented_only:
        content["documented_only"] = True
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def earlier(once: Once | None) -> Response | BomView | None:
    """The answer of the same request before; the BOM that it made, where it was never answered."""
    if once is None:
        return None
    found = replies.earlier(context(), company(), once)
    if isinstance(found, Reply):
        headers = {**found.headers, REPLAYED: "true"}
        return answers.raw_json(found.body, status=found.status, headers=headers)
    return None if found is None else boms.of_version(context(), company(), found)


def keep(once: Once | None, response: Response) -> Response:
    """The response, kept for those who send the request again."""
    if once is not None:
        headers = {name: value for name, value in response.headers if name.lower() not in NOT_KEPT}
        reply = Reply(response.status_code, headers, response.get_data())
        replies.keep(context(), company(), once, reply)
    return response
