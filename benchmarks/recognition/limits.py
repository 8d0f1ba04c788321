"""What the figures should reach, and what they have reached and must not lose."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

LIMITS = Path(__file__).parent / "limits.toml"


def asked() -> Mapping[str, float]:
    """What we want, by figure."""
    return _table("asked")


def held() -> Mapping[str, float]:
    """What is reached on `lines.csv`, by figure."""
    return _table("held")


def keeps(name: str, value: float, limit: float) -> bool:
    """Whether a figure keeps its limit: mistakes lie below theirs, all others above."""
    return value <= limit if name.startswith("mistaken") else value >= limit


def _table(name: str) -> Mapping[str, float]:
    tables: Mapping[str, Mapping[str, float]] = tomllib.loads(LIMITS.read_text(encoding="utf-8"))
    return tables[name]
