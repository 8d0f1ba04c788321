"""The header ``Idempotency-Key``: a request that is sent again is answered again, and done once."""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import wraps
from io import BytesIO
from typing import Any, Final, TypeVar, cast
from uuid import UUID

import orjson
from flask import Response, make_response, request

from scanner.api import answers
from scanner.api.access import company, context, principal
from scanner.api.bodies import Received
from scanner.api.problems import Refused
from scanner.core.errors import Conflict
from scanner.services import boms, replies
from scanner.services.boms import BomView
from scanner.services.replies import AnsweredBefore, Once, Reply

View = TypeVar("View", bound=Callable[..., Any])
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
    "twice. Deleting the BOM, or the case, forgets its keys.",
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
    key = _key()
    if key is None:
        return None
    return Once(f"{request.method} {request.path}", key, _digest(got), seconds)


def _key() -> str | None:
    """The key of this request, if it has one."""
    key = request.headers.get(HEADER)
    if key is not None and not A_KEY.fullmatch(key):
        detail = f"Must be 1 to {MOST_CHARS} visible ASCII characters."
        raise Refused("bad-request", detail, places=[{"parameter": HEADER, "detail": detail}])
    return key


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


def kept(view: View) -> View:
    """A decorator of what changes something at once: with a key, it does so once.

    What is changed, the key and the answer are one transaction. An answer that nobody may store
    is not stored here either: who sends its request again is told that it was done.
    """

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Any:
        key = _key()
        if key is None:
            return view(*args, **kwargs)
        asked = Once(f"{request.method} {request.path}", key, _digest_of_body(), 0)
        found = replies.earlier(context(), company(), asked)
        if isinstance(found, Reply):
            return _again(found)
        try:
            with replies.answering(context(), company(), asked) as answering:
                response = make_response(view(*args, **kwargs))
                answering.keep(_reply(response), case_id=_case_of(response))
        except AnsweredBefore as first:
            return _again(first.reply)
        return response

    return cast(View, answered)


def _digest_of_body() -> str:
    """The digest of a request: its query, type and body, and what its key may see in the answer."""
    body = request.get_data()
    request.stream = BytesIO(body)  # who reads the body in pieces begins at its beginning
    content = [
        sorted(request.args.items(multi=True)),
        request.mimetype,
        hashlib.sha256(body).hexdigest(),
        sorted(principal().scopes),
    ]
    return hashlib.sha256(orjson.dumps(content)).hexdigest()


def _case_of(response: Response) -> UUID | None:
    """The case that an answer is about; with the case the answer is forgotten."""
    return UUID(response.get_json()["id"]) if request.blueprint == "cases" else None


def _again(reply: Reply) -> Response:
    if reply.body is None:
        raise Conflict(
            "This request was done before. Its answer held a secret, and is not kept.",
            advice="Should you have lost the answer, revoke what was made, and make another.",
        )
    headers = {**reply.headers, REPLAYED: "true"}
    return answers.raw_json(reply.body, status=reply.status, headers=headers)


def _reply(response: Response) -> Reply:
    headers = {name: value for name, value in response.headers if name.lower() not in NOT_KEPT}
    secret = response.cache_control.no_store
    return Reply(response.status_code, headers, None if secret else response.get_data())


def earlier(once: Once | None) -> Response | BomView | None:
    """The answer of the same request before; the BOM that it made, where it was never answered."""
    if once is None:
        return None
    found = replies.earlier(context(), company(), once)
    if isinstance(found, Reply):
        return _again(found)
    return None if found is None else boms.of_version(context(), company(), found)


def keep(once: Once | None, response: Response) -> Response:
    """The response, kept for those who send the request again."""
    if once is not None:
        replies.keep(context(), company(), once, _reply(response))
    return response
