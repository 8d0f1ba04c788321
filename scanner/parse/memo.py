"""A function of a cell, worked out once per distinct content."""

from collections.abc import Callable, Hashable
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
_MOST = 100_000


class Memo(dict[_K, _V]):
    """The function's values by cell; bounded, so that a long file costs no more memory."""

    def __init__(self, work: Callable[[_K], _V]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, cell: _K) -> _V:
        if len(self) >= _MOST:
            self.clear()
        value = self[cell] = self._work(cell)
        return value
