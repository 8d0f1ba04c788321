"""What was found out a moment ago, so that it need not be asked again at once."""

import threading
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

MOST: Final = 10_000
"""Values that are remembered at most; then all are forgotten."""

V = TypeVar("V")


class Recent(Generic[V]):
    """Values that hold for some seconds after they were found; safe between threads."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._found: dict[bytes, tuple[float, V]] = {}
        self._lock = threading.Lock()

    def get(self, key: bytes, find: Callable[[], V]) -> V:
        """The value of this key, found anew when it is older; what `find` raises is not kept."""
        held = self._found.get(key)
        asked_at = time.monotonic()
        if held is not None and asked_at < held[0]:
            return held[1]
        value = find()
        with self._lock:
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[key] = (asked_at + self._seconds, value)
        return value

    def forget(self) -> None:
        """Find everything anew from now on."""
        with self._lock:
            self._found.clear()
