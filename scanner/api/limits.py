"""How many requests a caller may send: counted per API key, or per address where there is none."""

import logging
import threading
import time
from typing import Final, NamedTuple, cast

from flask import Flask, Response, current_app, g, request
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from scanner.api.problems import Refused
from scanner.core.errors import InvalidInput
from scanner.settings import Settings

log = logging.getLogger(__name__)

EXTENSION: Final = "scanner-limits"
HEADERS: Final = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


class Quota(NamedTuple):
    """What a caller may still do: requests of `limit` that remain, and seconds until all do."""

    limit: int
    remaining: int
    seconds: int


class InThisProcess:
    """Counts in windows that begin with a caller's first request.

    What `limits` has for this starts threads while it counts.
    """

    def __init__(self) -> None:
        self._windows: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()
        self._swept_at = 0.0

    def count(self, limit: RateLimitItem, caller: str) -> tuple[int, float]:
        """Requests in the caller's window with this one, and the time at which it ends."""
        at, length = time.time(), limit.get_expiry()
        with self._lock:
            number, end = self._windows.get(caller, (0, at))
            if end <= at:
                self._sweep(at, length)
                number, end = 0, at + length
            self._windows[caller] = number + 1, end
        return number + 1, end

    def _sweep(self, at: float, length: float) -> None:
        """Forget windows that are over, once in a while."""
        if not 0 <= at - self._swept_at < length:
            self._windows = {who: one for who, one in self._windows.items() if one[1] > at}
            self._swept_at = at


class InStorage:
    """Counts in a storage that processes share."""

    def __init__(self, address: str) -> None:
        self._counter = FixedWindowRateLimiter(storage_from_string(address))

    def count(self, limit: RateLimitItem, caller: str) -> tuple[int, float]:
        """Requests in the caller's window with this one, and the time at which it ends."""
        allowed = self._counter.hit(limit, caller)
        window = self._counter.get_window_stats(limit, caller)
        return limit.amount - window.remaining if allowed else limit.amount + 1, window.reset_time


class RateLimits:
    """Counts the requests of callers in windows of fixed length.

    `InvalidInput` when the settings name no limit or no storage. A storage that does not answer
    stops nobody: the log says so.
    """

    def __init__(self, settings: Settings) -> None:
        self._per_key = _limit("rate_limit", settings.rate_limit)
        self._per_address = _limit("rate_limit_public", settings.rate_limit_public)
        try:
            self._counter = _counter(settings.rate_limit_storage)
        except (ConfigurationError, ValueError) as error:
            raise InvalidInput(
                "The storage of rate limits cannot be used: its address is none that is known, or "
                "its driver is not installed.",
                advice="Set SCANNER_RATE_LIMIT_STORAGE to redis://host:6379 and install "
                "'raw-materials-scanner[redis]', or to nothing.",
            ) from error

    def count(self, key: str | None, address: str) -> tuple[bool, Quota] | None:
        """Count one request: whether it is allowed, and what remains; None without a limit."""
        limit = self._per_address if key is None else self._per_key
        if limit is None:
            return None
        caller = f"address:{address}" if key is None else f"key:{key}"
        try:
            number, end = self._counter.count(limit, caller)
        except Exception:
            log.exception("requests are not counted: the storage of rate limits does not answer")
            return None
        left = max(1, round(end - time.time()))
        return number <= limit.amount, Quota(limit.amount, max(0, limit.amount - number), left)


def register(app: Flask, settings: Settings) -> None:
    """Let an application limit what its callers send, and tell them."""
    app.extensions[EXTENSION] = RateLimits(settings)
    app.after_request(_tell)


def of(app: Flask) -> RateLimits:
    """What counts the requests of an application; only after `register`."""
    return cast(RateLimits, app.extensions[EXTENSION])


def count(key: str | None) -> None:
    """Count this request for its key or, without one, for its address.

    Raises `Refused` when that is one too many.
    """
    limits = current_app.extensions.get(EXTENSION)
    found = None if limits is None else limits.count(key, request.remote_addr or "")
    if found is None:
        return
    allowed, g.quota = found
    if not allowed:
        raise Refused(
            "too-many-requests",
            f"Only {g.quota.limit} requests are taken in this time.",
            advice=f"Send the next one in {g.quota.seconds} seconds.",
            retry_after=g.quota.seconds,
        )


def headers(quota: Quota) -> dict[str, str]:
    """What an answer tells of the limit."""
    values = (quota.limit, quota.remaining, quota.seconds)
    return dict(zip(HEADERS, map(str, values), strict=True))


def _tell(response: Response) -> Response:
    quota: Quota | None = g.get("quota")
    if quota is not None:
        response.headers.extend(headers(quota))
    return response


def _counter(address: str) -> InThisProcess | InStorage:
    return InStorage(address) if address else InThisProcess()


def _limit(setting: str, text: str) -> RateLimitItem | None:
    if not text:
        return None
    try:
        return parse(text)
    except ValueError as error:
        raise InvalidInput(
            f"SCANNER_{setting.upper()} is no limit: {text!r}.",
            advice="Write it as '600 per minute' or '10 per second'; nothing is no limit.",
        ) from error
