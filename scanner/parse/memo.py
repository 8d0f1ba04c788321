"""A function of a cell's text, worked out once per distinct text."""

from collections.abc import Callable
from typing import TypeVar

_V = TypeVar("_V")
_MOST = 100_000


class Memo(dict[str, _V]):
    """The function's values by text; bounded, so that a long file costs no more memory."""

    def __init__(self, work: Callable[[str], _V]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, text: str) -> _V:
        if len(self) >= _MOST:
            self.clear()
        value = self[text] = self._work(text)
        return value
