"""Look-ups without an account: each address may send so many in a time, and may keep the pages."""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from flask import Response, g, make_response, render_template, request

Count: TypeAlias = Callable[[str | None, str], tuple[bool, Any] | None]
"""Counts a request of a key or, without one, of an address: if it is allowed, and its quota."""

TOO_MANY: Final = 429
KEPT: Final = 300
"""Seconds for which a page may be kept by whoever has no account."""


class LookUps:
    """The pages that need no account, for who has none."""

    def __init__(self, count: Count) -> None:
        self._count = count

    def refuse(self, address: str) -> Any:
        """Count a request of an address; the page that says so when it is one too many, or None."""
        counted = self._count(None, address)
        if counted is None or counted[0]:
            g.keepable = True
            return None
        seconds = counted[1].seconds
        response = make_response(render_template("too_many.html", seconds=seconds), TOO_MANY)
        response.headers["Retry-After"] = str(seconds)
        return response


def keepable(response: Response) -> Response:
    """The page as it is; one for who has no account says that it may be kept, and answers 304.

    It differs by language and by who is signed in, which the headers name.
    """
    if g.get("keepable") and response.status_code == 200:
        response.cache_control.public = True
        response.cache_control.max_age = KEPT
        response.vary.update(("Accept-Language", "Cookie"))
        response.add_etag()
        response.make_conditional(request)
    return response
