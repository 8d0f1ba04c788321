"""Bounds: what the sources leave open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value that agree with what the source prints."""

    low: float
    high: float
