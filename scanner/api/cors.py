"""Which web pages may use the API from a browser (CORS): none, unless the settings name them."""

import re
from typing import Final

from flask import Flask, Response, request

from scanner.core.errors import InvalidInput

AN_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
SHARED: Final = ("/v1", "/openapi.")
TAKEN: Final = (
    "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
    "Prefer, X-Request-Id"
)
SHOWN: Final = (
    "Content-Language, ETag, Idempotent-Replayed, Link, Location, Preference-Applied, "
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id"
)
REMEMBERED: Final = "600"
"""Seconds for which a browser need not ask again."""


def register(app: Flask, origins: str) -> None:
    """Let pages of these origins, separated by commas, use the API; `InvalidInput` for others.

    No credentials are shared: a page sends the API key that it was given.
    """
    allowed = frozenset(filter(None, (origin.strip() for origin in origins.split(","))))
    wrong = sorted(origin for origin in allowed if not AN_ORIGIN.fullmatch(origin))
    if wrong:
        raise InvalidInput(
            f"SCANNER_CORS_ORIGINS names what is no origin: {wrong[0]!r}.",
            advice="Write scheme and host only, such as https://plm.example.com.",
        )
    if not allowed:
        return

    @app.after_request
    def share(response: Response) -> Response:
        if not request.path.startswith(SHARED):
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin in allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = SHOWN
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
                response.headers["Access-Control-Allow-Headers"] = TAKEN
                response.headers["Access-Control-Max-Age"] = REMEMBERED
        return response
