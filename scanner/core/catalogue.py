"""The catalogue: alloys, component classes and commodity codes as the sources print them.

Recipes are what the steps compute with; this is what a person looks up: designations, words, and
every row of a composition with its own basis, source and note. Rows of which there are thousands
are named tuples: they open several times faster than data classes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Self

from scanner.core.composition import UnitMass
from scanner.core.names import AlloyId, ClassId, Language, MaterialId, Presence, SourceId


class FiguresOf(StrEnum):
    """What the figures of a commodity code are a mass fraction of."""

    GOODS = "goods"
    MONOLITH = "monolith"


class IntensityUnit(StrEnum):
    """What an amount of material is counted per."""

    KG_PER_MW = "kg_per_MW"
    KG_PER_KG_VEHICLE = "kg_per_kg_vehicle"
    KG_PER_KG_MOTOR = "kg_per_kg_motor"
    G_PER_PIECE = "g_per_piece"


class AmountUnit(StrEnum):
    """What an amount of an element in a component class is counted per.

    FRACTION_OF_PART: a mass fraction of the part that the role names, not of the component.
    """

    KG_PER_MW = "kg_per_MW"
    G_PER_KWH = "g_per_kWh"
    MG_PER_DEVICE = "mg_per_device"
    FRACTION_OF_PART = "fraction_of_part"


class Printed(NamedTuple):
    """A figure as it is published: a limit or a typical value that nobody prints is ``None``."""

    low: float | None
    typical: float | None
    high: float | None

    @classmethod
    def of(cls, low: float | None, typical: float | None, high: float | None) -> Self | None:
        """The figure of a row, or ``None`` where it has none.

        Equal limits are one nominal value: how far a piece may lie from it is not known.
        """
        if low is not None and low == high:
            return cls(None, low, None)
        return None if low is typical is high is None else cls(low, typical, high)


class Constituent(NamedTuple):
    """One row of a composition.

    `kind` and `item` name an element, phase, alloy or material. `presence` is ``None`` for an
    upper limit, which makes none, and for what is `absent`: refused although the class above
    has it. `basis` says what the figure of an alloy is.
    """

    kind: str
    item: str
    presence: Presence | None
    absent: bool
    fraction: Printed | None
    basis: str | None
    role: str | None
    expert: bool
    sources: tuple[SourceId, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class AlloyEntry:
    """An alloy, a grade or a general word for one, with all its designations."""

    id: AlloyId
    family: str
    base: str | None
    names: Mapping[Language, str]
    designations: tuple[str, ...]
    constituents: tuple[Constituent, ...]
    sources: tuple[SourceId, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class PieceMass:
    """Grams of one piece, in one package or in general."""

    package: str | None
    mass: UnitMass
    note: str | None


@dataclass(frozen=True, slots=True)
class ClassAmount:
    """How much of an element is in a component per unit; never a share of its mass."""

    element: str
    role: str
    amount: Printed
    unit: AmountUnit
    source: SourceId
    note: str | None


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A component class: its place in the tree, and how it is recognised.

    `words` are by language; `part_numbers` counts patterns of part numbers.
    """

    id: ClassId
    parent: ClassId | None
    children: tuple[ClassId, ...]
    names: Mapping[Language, str]
    words: Mapping[Language, tuple[str, ...]]
    designators: tuple[str, ...]
    part_numbers: int
    constituents: tuple[Constituent, ...]
    amounts: tuple[ClassAmount, ...]
    masses: tuple[PieceMass, ...]
    sources: tuple[SourceId, ...]


class CodeContent(NamedTuple):
    """One raw material in the goods of a code, as the tariff or a publication says it."""

    code: str
    material: MaterialId
    form: str
    role: str
    presence: Presence | None
    fraction: Printed | None
    figures_of: FiguresOf
    basis: str
    expert: bool
    sources: tuple[SourceId, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Intensity:
    """How much of a raw material one kind of goods needs, per unit."""

    product: str
    material: MaterialId
    amount: Printed
    unit: IntensityUnit
    values: int | None
    source: SourceId
    note: str | None


class CodeEntry(NamedTuple):
    """A commodity code with its names; `names_material` or `names_class`: what its text names."""

    code: str
    nomenclature: str
    name_en: str
    name_nl: str | None
    in_taric_2025: bool | None
    names_material: MaterialId | None
    names_class: ClassId | None
    sources: tuple[SourceId, ...]

    def name(self, language: Language) -> str:
        """The name in this language where the nomenclature gave us one, else in English."""
        return self.name_nl if language == "nl" and self.name_nl else self.name_en

    @property
    def parent(self) -> str | None:
        """The heading above; ``None`` for a chapter."""
        return self.code[:-2] or None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What can be looked up in one release, each by its key in the order of the keys.

    `contents` also knows codes of ten digits, which have no entry of their own.
    """

    alloys: Mapping[AlloyId, AlloyEntry] = field(default_factory=dict)
    classes: Mapping[ClassId, ClassEntry] = field(default_factory=dict)
    codes: Mapping[str, CodeEntry] = field(default_factory=dict)
    contents: Mapping[str, tuple[CodeContent, ...]] = field(default_factory=dict)
    intensities: Mapping[str, tuple[Intensity, ...]] = field(default_factory=dict)
