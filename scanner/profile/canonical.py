"""The one form in which a document becomes bytes: same content, same bytes, for ever."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

SIGNIFICANT_DIGITS = 9


_AS_IT_IS = frozenset({str, int, bool, type(None)})
"""Types of values that are written as they are: most values of any document are of these."""


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as UTF-8 JSON with sorted keys and floats of 9 significant digits."""
    return encoded(rounded(document))


def encoded(document: Mapping[str, Any]) -> bytes:
    """A document that is `rounded` already, in the same form."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def embedded(body: bytes) -> Any:
    """Canonical bytes as a value of a document: they are written as they are."""
    return orjson.Fragment(body)


def digest(body: bytes) -> str:
    """SHA-256 of canonical bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def rounded(value: Any) -> Any:
    """The same structure with every float cut to 9 significant digits (tuples become lists)."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, dict | Mapping):  # a dict is seen at once, others take longer
        return {
            key: item if type(item) in _AS_IT_IS else rounded(item) for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [item if type(item) in _AS_IT_IS else rounded(item) for item in value]
    return value
