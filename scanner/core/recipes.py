"""The recipes: what the things that evidence points to are made of, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scanner.core.composition import Ingredient, Range, UnitMass
from scanner.core.evidence import Target
from scanner.core.names import ClassId, MaterialId, SourceId


@dataclass(frozen=True, slots=True)
class Density:
    """Grams per cubic centimetre of a solid, about 20 °C, and where the figures come from."""

    g_per_cm3: Range
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class DipCoat:
    """Micrometres of zinc that a standard asks for on iron of a thickness in millimetres.

    `micrometres` are from the thinnest place to the mean; the standard sets no upper limit.
    """

    below_mm: float | None
    up_to_mm: float | None
    micrometres: Range
    source: SourceId

    def covers(self, thickness: float) -> bool:
        """Whether the coat is that of iron of this thickness."""
        return (self.below_mm is None or thickness < self.below_mm) and (
            self.up_to_mm is None or thickness <= self.up_to_mm
        )


@dataclass(frozen=True, slots=True)
class StandardShape:
    """Cubic centimetres of a part by a standard and thread; of its head alone where it has a shank.

    `shank` is cubic centimetres of a millimetre of its length; ``None`` where a part has none.
    """

    formula: str
    cm3: Range
    shank: Range | None
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A rolled section: its area, its outline and the thickness of its web, in millimetres."""

    square_mm: Range
    outline_mm: float | None
    web_mm: float
    source: SourceId


class Rated(StrEnum):
    """Of what an amount of a raw material is stated."""

    KILOWATT_HOUR = "kWh"
    KILOWATT = "kW"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class RatedAmount:
    """Grams of a raw material in one kilowatt-hour, kilowatt or device of a class."""

    material: MaterialId
    rated: Rated
    grams: Range
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Recipes:
    """Ingredients by target, already expanded to raw materials, and masses of pieces.

    Alloys inside classes, phases and oxides are resolved to raw materials and the parents'
    ingredients are inherited when the release is compiled, so that composing is look-up and
    multiplication. `names` gives an English and Dutch display name per target; `parents` is the
    tree of classes, by which a package mass of a class holds for the classes under it: these are by
    the package's name (``SOIC-8``), folded to A–Z0–9. `densities`
    are of alloys, of raw materials as metals, and of classes that are one solid (a magnet).
    `standard_masses` are of steel, by standard and size (``DIN912``, ``M6X20``). `rated` holds for
    the class itself and for none below it. `dip_coats` are hot-dip coats of zinc, of the thinnest
    iron first: the first that covers a thickness holds. `standard_shapes` are by standard and
    thread (``DIN934``, ``M8``), `sections` by name (``HEA160``).
    """

    ingredients: Mapping[Target, tuple[Ingredient, ...]]
    class_masses: Mapping[ClassId, UnitMass]
    package_masses: Mapping[ClassId, Mapping[str, UnitMass]]
    names: Mapping[Target, Mapping[str, str]]
    parents: Mapping[ClassId, ClassId | None] = field(default_factory=dict)
    densities: Mapping[Target, Density] = field(default_factory=dict)
    standard_masses: Mapping[tuple[str, str], UnitMass] = field(default_factory=dict)
    rated: Mapping[ClassId, tuple[RatedAmount, ...]] = field(default_factory=dict)
    dip_coats: tuple[DipCoat, ...] = ()
    standard_shapes: Mapping[tuple[str, str], StandardShape] = field(default_factory=dict)
    sections: Mapping[str, Section] = field(default_factory=dict)
