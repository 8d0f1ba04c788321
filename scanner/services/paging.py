"""Pages of long lists, with opaque cursors that stay right while rows are added."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson

from scanner.core.errors import InvalidInput, Place

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[T_co]):
    """Some of a list: `next` is the cursor of the rest or None, `total` counts the whole list."""

    items: tuple[T_co, ...]
    next: str | None
    total: int


def cursor_of(place: UUID | int | str | tuple[str, UUID]) -> str:
    """The opaque text for a place in a list."""
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def id_in(cursor: str | None) -> UUID | None:
    """The id that a cursor stands for; `InvalidInput` when it is none of ours."""
    if cursor is None:
        return None
    try:
        return UUID(_value(cursor))
    except (TypeError, ValueError, AttributeError) as error:
        raise not_ours() from error


def named_id_in(cursor: str | None) -> tuple[str, UUID] | None:
    """The name and id that a cursor stands for; `InvalidInput` when it is none of ours."""
    if cursor is None:
        return None
    try:
        name, text = _value(cursor)
        if isinstance(name, str) and "\x00" not in name:
            return name, UUID(text)
    except (TypeError, ValueError, AttributeError) as error:
        raise not_ours() from error
    raise not_ours()


def index_in(cursor: str | None) -> int | None:
    """The whole number that a cursor stands for; `InvalidInput` when it is none of ours."""
    if cursor is None:
        return None
    value = _value(cursor)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise not_ours()
    return value


def text_in(cursor: str | None) -> str | None:
    """The key that a cursor stands for; `InvalidInput` when it is none of ours."""
    if cursor is None:
        return None
    value = _value(cursor)
    if not isinstance(value, str):
        raise not_ours()
    return value


def _value(cursor: str) -> Any:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise not_ours() from error


def not_ours() -> InvalidInput:
    """What is told of a cursor that no page of the list named."""
    return InvalidInput(
        "The cursor is not one that this list gave out.",
        advice="Take `next` from the page before, or leave the cursor away for the first page.",
        place=Place(pointer="/cursor"),
    )
