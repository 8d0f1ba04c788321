"""Diversification room: who else makes a raw material, and how the Union stands to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scanner.core.names import CountryCode, SourceId, Stage
from scanner.core.supplies import SupplySeries
from scanner.core.supply import Share


class Standing(StrEnum):
    """How the Union stands to a country; the first that applies.

    EU: a member. AGREEMENT: a trade agreement, customs union, the EEA or an overseas association
    that is in force or provisionally applied. PARTNERSHIP: a strategic partnership on raw materials
    without such an agreement. OTHER: neither.
    """

    EU = "eu"
    AGREEMENT = "agreement"
    PARTNERSHIP = "partnership"
    OTHER = "other"


class Producer(NamedTuple):
    """A country that makes the material. `sanctioned`: the Union restricts its imports from there.

    `agreements` are the names of what it has with the Union; `partnership` also beside those.
    """

    share: Share
    standing: Standing
    agreements: tuple[str, ...]
    partnership: bool
    sanctioned: bool
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The world's output of one stage outside the largest supplier, as fractions of the whole.

    `outside` is what others make, named or not; `by_standing` splits the named part and `unnamed`
    is the rest. `friendly` is the part in the Union and in countries with an agreement or a
    partnership. `producers` are all others that are named, biggest first; `withheld` make some
    that is not published.
    """

    stage: Stage
    series: SupplySeries
    year: str
    largest: Producer
    outside: float
    by_standing: Mapping[Standing, float]
    unnamed: float
    producers: tuple[Producer, ...]
    withheld: tuple[CountryCode, ...]
    sources: tuple[SourceId, ...]

    @property
    def friendly(self) -> float:
        """The fraction of the world's output with friends of the Union outside the largest."""
        return sum(self.by_standing[one] for one in Standing if one is not Standing.OTHER)
