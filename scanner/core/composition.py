"""Composition: raw materials in one unit of a part, with the range and the reason."""

from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from scanner.core.names import MaterialId, Presence, SourceId


@dataclass(frozen=True, slots=True)
class Range:
    """An interval with an optional typical value; the unit stands where the range is used.

    `typical` is ``None`` where the sources give limits only: nothing is made up between them.
    Always ``low <= typical <= high``. `known` is false where a source gives one figure without
    limits, or where such a figure is a part of this range: then `low` and `high` enclose what is
    known of the rest, and the true value may lie outside.
    """

    low: float
    typical: float | None
    high: float
    known: bool = True

    def __post_init__(self) -> None:
        """Refuse a range that is upside down or negative."""
        middle = self.low if self.typical is None else self.typical
        if not 0 <= self.low <= middle <= self.high:
            raise ValueError(f"not a range: {self.low}, {self.typical}, {self.high}")

    def times(self, other: "Range") -> "Range":
        """The product of two non-negative ranges, end by end."""
        typical = (
            None if self.typical is None or other.typical is None else self.typical * other.typical
        )
        known = self.known and other.known
        return Range(self.low * other.low, typical, self.high * other.high, known)

    def from_nothing(self, *, typical: float | None = None) -> "Range":
        """This range for what may be absent: it begins at 0."""
        return Range(0.0, typical, self.high, self.known)

    def scaled(self, factor: float) -> "Range":
        """This range times a non-negative number."""
        return self.times(exactly(factor))


def exactly(value: float) -> Range:
    """The range that holds one value only."""
    return Range(value, value, value)


def nominal(value: float) -> Range:
    """One published figure, and nobody says how far the true value may lie from it."""
    return Range(value, value, value, known=False)


def stated(low: float, typical: float | None, high: float) -> Range:
    """The range that a source states; equal limits are one nominal figure."""
    return nominal(low) if low == high else Range(low, typical, high)


def total(ranges: list[Range]) -> Range:
    """The sum of ranges, end by end, with exact rounding; `typical` and `known` only if all do."""
    typicals = [r.typical for r in ranges if r.typical is not None]
    return Range(
        fsum(r.low for r in ranges),
        fsum(typicals) if len(typicals) == len(ranges) else None,
        fsum(r.high for r in ranges),
        all(r.known for r in ranges),
    )


class MassGap(StrEnum):
    """Why a mass is not given. No mass is ever 0 for lack of knowledge."""

    NO_FRACTION = "no_fraction_known"
    NO_UNIT_MASS = "no_unit_mass_known"
    PRESENCE_ONLY = "presence_only"
    NO_QUANTITY = "no_quantity"
    UNIT_NOT_CONVERTIBLE = "unit_not_convertible"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One raw material in an alloy, class, substance or code, as the knowledge release says it.

    `fraction` is a mass fraction 0..1 of the whole thing in contained element (or mineral, where
    the mineral is traded as such: then `basis` says ``mineral``); ``None`` where only presence is
    known. `upstream` is true where the raw material is the source of what is inside rather than
    what is inside (fluorine → fluorspar). `grade` is ``battery`` or ``magnet`` where the role
    makes it so. `expert` marks presence that rests on engineering knowledge without a document.
    """

    material: MaterialId
    presence: Presence
    fraction: Range | None
    role: str
    source: SourceId
    element: str | None = None
    basis: str = "element"
    upstream: bool = False
    grade: str | None = None
    expert: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """How a figure was reckoned: the text seen, the formula, the sources of all that is in it."""

    text: str
    formula: str
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """One raw material in one part.

    `mass_g` is grams in one piece of the part (or per gram, for parts bought by mass: see
    `Composition.per`); ``None`` with `gap` set where unknown. `evidence` are indexes into
    `Recognition.evidence`. `working` is there where the mass, or the fraction of a layer, was
    reckoned from what the text says.
    """

    material: MaterialId
    presence: Presence
    fraction: Range | None
    mass_g: Range | None
    gap: MassGap | None
    roles: tuple[str, ...]
    basis: str
    upstream: bool
    grade: str | None
    expert: bool
    evidence: tuple[int, ...]
    sources: tuple[SourceId, ...]
    working: Working | None = None


class Per(StrEnum):
    """Of what a mass is: the unit in which parts are counted or measured."""

    PIECE = "piece"
    METRE = "metre"
    SQUARE_METRE = "square_metre"


@dataclass(frozen=True, slots=True)
class UnitMass:
    """Grams of one piece (or metre, or m²), where they come from, and the source of the figure.

    `working` is there where the mass was reckoned from what the text says.
    """

    grams: Range
    origin: str
    source: SourceId | None
    per: Per = Per.PIECE
    working: Working | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A material that engineering knowledge alone names, or is surer of than any document."""

    material: MaterialId
    presence: Presence


@dataclass(frozen=True, slots=True)
class Composition:
    """The raw materials of one piece of a part, ordered by material id.

    `unit_mass` is that of one piece; `stock_masses` are those of one metre and one square metre
    of what is bought by length or area. Where only documented statements count, `left_out` are the
    statements of engineering knowledge that do not, and `restored` the materials of which a
    document speaks again that an expert's statement had replaced.
    """

    contents: tuple[Content, ...] = ()
    unit_mass: UnitMass | None = None
    stock_masses: tuple[UnitMass, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    restored: tuple[MaterialId, ...] = ()
