"""What a reply to a caller tells: of each thing that was looked up, the facts of one release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from scanner.core.cases import LookedUp
from scanner.core.composition import Range
from scanner.core.indicators import Assessment
from scanner.core.names import Language, Presence, SourceId, Stage
from scanner.core.supply import Share

Names: TypeAlias = Mapping[Language, str]


class Held(NamedTuple):
    """A raw material in a thing: how sure that is, its mass fraction 0..1, and who says so."""

    assessment: Assessment
    presence: Presence
    fraction: Range | None
    source: SourceId | None


class Supplied(NamedTuple):
    """A raw material that a country supplies to the world, by its names."""

    names: Names
    stage: Stage
    share: Share


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """A raw material."""

    assessment: Assessment


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """A country and what it supplies, the largest share first."""

    names: Names
    supplied: tuple[Supplied, ...]


@dataclass(frozen=True, slots=True)
class HoldingFacts:
    """An alloy, a kind of part, a commodity code or a line of text, and what it holds.

    `known` is false for a text that nothing recognises; `taken_for` is what one is taken for.
    """

    subject: LookedUp
    names: Names
    held: tuple[Held, ...]
    known: bool = True
    taken_for: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BomFacts:
    """A bill of materials: its lines, those recognised, its materials in the order of its profile.

    `release` is the one of the profile.
    """

    name: str
    lines: int
    recognised: int
    held: tuple[Held, ...]
    release: str


Fact: TypeAlias = MaterialFacts | CountryFacts | HoldingFacts | BomFacts
