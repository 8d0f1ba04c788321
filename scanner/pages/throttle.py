"""A plain brake on guessing passwords: it counts failures in this process."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST_KEPT = 10_000


class Throttle:
    """Allows `limit` failures per key within `seconds`; then the key has to wait.

    Safe to share between threads. It forgets the oldest keys beyond `MOST_KEPT`, so that nobody
    can fill the memory with made-up names.
    """

    def __init__(
        self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until the next try is allowed; 0 when it is allowed now."""
        with self._lock:
            recent = self._recent(key)
            if len(recent) < self._limit:
                return 0.0
            return max(0.0, recent[0] + self._seconds - self._clock())

    def failed(self, key: str) -> None:
        """Count a failure."""
        with self._lock:
            recent = self._recent(key)
            recent.append(self._clock())
            self._failures[key] = recent
            self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEPT:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of a key."""
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: str) -> deque[float]:
        found = self._failures.get(key, deque())
        while found and found[0] <= self._clock() - self._seconds:
            found.popleft()
        return found
