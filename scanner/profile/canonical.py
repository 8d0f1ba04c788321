"""The one form in which a document becomes bytes: same content, same bytes, for ever."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

SIGNIFICANT_DIGITS = 9


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as UTF-8 JSON with sorted keys and floats of 9 significant digits."""
    return orjson.dumps(rounded(document), option=orjson.OPT_SORT_KEYS)


def digest(body: bytes) -> str:
    """SHA-256 of canonical bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def rounded(value: Any) -> Any:
    """The same structure with every float cut to 9 significant digits (tuples become lists)."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, Mapping):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value
