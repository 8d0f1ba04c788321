"""What the figures should reach, and what they have reached and must not lose."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

LIMITS = Path(__file__).parent / "limits.toml"


def asked() -> Mapping[str, float]:
    """What we want, by figure."""
    return _table("asked")


def held(lines: Path) -> Mapping[str, float]:
    """What is reached on one of the files that rules are tuned with, by figure."""
    return _table(f"held_on_{lines.stem}")


def keeps(name: str, value: float, limit: float) -> bool:
    """Whether a figure keeps its limit: mistakes lie below theirs, all others above."""
    return value <= limit if name.startswith("mistaken") else value >= limit


def _table(name: str) -> Mapping[str, float]:
    tables: Mapping[str, Mapping[str, float]] = tomllib.loads(LIMITS.read_text(encoding="utf-8"))
    return tables[name]
