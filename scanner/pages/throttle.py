"""A plain brake on what may be tried a few times only: it counts tries in this process."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST_KEPT = 10_000


class Throttle:
    """Allows `limit` tries per key within `seconds`; then the key has to wait.

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
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until the next try is allowed; 0 when it is allowed now."""
        with self._lock:
            recent = self._recent(key)
            if len(recent) < self._limit:
                return 0.0
            return max(0.0, recent[0] + self._seconds - self._clock())

    def count(self, key: str) -> None:
        """Count a try."""
        with self._lock:
            recent = self._recent(key)
            recent.append(self._clock())
            self._tries[key] = recent
            self._tries.move_to_end(key)
            while len(self._tries) > MOST_KEPT:
                self._tries.popitem(last=False)

    def forget(self, key: str) -> None:
        """Forget the tries of a key."""
        with self._lock:
            self._tries.pop(key, None)

    def _recent(self, key: str) -> deque[float]:
        found = self._tries.get(key, deque())
        while found and found[0] <= self._clock() - self._seconds:
            found.popleft()
        return found
