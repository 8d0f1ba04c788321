"""Pausing the garbage collector while many small objects are made.

Lines, parts and compositions hold no cycles, and looking for some costs more than making them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_pauses = 0
_was_enabled = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collection meanwhile; it goes on when the last of all threads that asked is done."""
    global _pauses, _was_enabled  # noqa: PLW0603 - the collector is one for the whole process
    with _lock:
        if _pauses == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if _pauses == 0 and _was_enabled:
                gc.enable()
