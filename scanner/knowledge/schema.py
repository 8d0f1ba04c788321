"""The tables of a release: one row class per kind of fact, one line per column.

A column is required unless its type allows ``None``; an empty cell is ``None``. Fractions are
0..1, masses are grams. `Column` metadata says what a value must satisfy; `rules` enforces it.
"""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from scanner.core.lexicon import Ambiguity, MatchRule
from scanner.core.names import EvidenceKind, Presence, Scope, Stage

SCHEMA_VERSION = 1
"""Rises when a table changes shape; part of the name of a compiled cache."""


class CompositionKind(StrEnum):
    """What the item of a composition row names."""

    ELEMENT = "element"
    PHASE = "phase"
    ALLOY = "alloy"
    MATERIAL = "material"


class FigureBasis(StrEnum):
    """What the figures of an alloy row are.

    NOMINAL: one published value. RANGE: limits on both sides. BALANCE: the rest, computed.
    MINIMUM: a lower limit. DESIGNATION: encoded in the standard name. COMPOUND: computed from a
    compound's share. PRESENCE: no figure. LIMIT_MAX: an upper limit only, which says nothing
    about presence.
    """

    NOMINAL = "nominal"
    RANGE = "range"
    BALANCE = "balance"
    MINIMUM = "minimum"
    DESIGNATION = "designation"
    COMPOUND = "compound"
    PRESENCE = "presence"
    LIMIT_MAX = "limit_max"


class MassBasis(StrEnum):
    """What a mass fraction counts: the contained element, or the mineral as it is traded."""

    ELEMENT = "element"
    MINERAL = "mineral"


class GovernanceUse(StrEnum):
    """Which of the two governance figures a row is; they are never mixed."""

    NEWEST = "newest"
    STUDY_2023 = "study_2023"


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell must satisfy: its type apart, what it refers to, its bounds, its pattern."""

    refers: str | None = None
    low: float | None = None
    high: float | None = None
    pattern: str | None = None


def column(
    refers: str | None = None,
    low: float | None = None,
    high: float | None = None,
    pattern: str | None = None,
) -> Any:
    """A dataclass field that carries the checks of one column."""
    return field(metadata={"check": Check(refers, low, high, pattern)})


def share() -> Any:
    """A column that holds a fraction, 0..1."""
    return column(low=0, high=1)


def cited() -> Any:
    """A column with the key of one row of ``sources``, or several separated by ``;``."""
    return column(refers="sources")


ISO_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where figures come from."""

    id: str = column(pattern=r"[a-z0-9_]+")
    title: str
    publisher: str
    year: str | None
    address: str
    licence: str
    retrieved: str | None = column(pattern=ISO_DATE)
    note: str | None


@dataclass(frozen=True, slots=True)
class PresenceWordRow:
    """A word that sources use for presence, and what it means here."""

    word: str
    presence: Presence
    note: str


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One raw material (or group) with the published figures of the EU 2023 assessment."""

    id: str = column(pattern=r"[a-z_]+")
    symbol: str | None
    group: str | None = column(refers="materials")
    category: str
    is_group: bool
    name_en: str
    name_nl: str
    name_de: str
    name_fr: str
    critical_annex: str | None
    critical_point: str | None
    critical_qualifier: str | None
    strategic_annex: str | None
    strategic_point: str | None
    strategic_qualifier: str | None
    list_source: str | None = cited()
    assessed_stage: Stage | None
    supply_risk: float | None = column(low=0, high=10)
    economic_importance: float | None = column(low=0, high=10)
    supply_risk_extraction: float | None = column(low=0, high=10)
    supply_risk_processing: float | None = column(low=0, high=10)
    import_reliance_extraction: float | None = share()
    import_reliance_processing: float | None = share()
    eol_rir: float | None = share()
    substitution_sr: float | None = share()
    substitution_ei: float | None = share()
    year: str
    source: str = cited()
    parameter_source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A country's fraction of the supply of one material at one stage and scope."""

    material: str = column(refers="materials")
    stage: Stage
    scope: Scope
    country: str = column(refers="countries")
    fraction: float = share()
    upper_bound: bool
    trade_parameter: float | None = column(low=0, high=2)
    year: str
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country or territory: ISO 3166-1 codes and names. ``NA`` is Namibia."""

    code: str = column(pattern=r"[A-Z]{3}")
    alpha2: str = column(pattern=r"[A-Z]{2}")
    name_en: str
    name_nl: str
    name_de: str
    name_fr: str
    source: str = cited()


@dataclass(frozen=True, slots=True)
class GovernanceRow:
    """Mean of the six Worldwide Governance Indicators of one country, about -2.5..2.5."""

    country: str = column(refers="countries")
    use: GovernanceUse
    mean: float = column(low=-3, high=3)
    year: str
    edition: str
    source: str = cited()


@dataclass(frozen=True, slots=True)
class DevelopmentRow:
    """Human Development Index of one country in one year."""

    country: str = column(refers="countries")
    hdi: float = share()
    year: int = column(low=1990, high=2100)
    edition: str
    source: str = cited()


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How the EU stands to one country."""

    country: str = column(refers="countries")
    eu_member: bool
    eea_efta: bool
    customs_union: bool
    agreement: str | None
    agreement_status: str | None
    agreement_date: str | None = column(pattern=ISO_DATE)
    partnership: bool
    partnership_date: str | None = column(pattern=ISO_DATE)
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class ElementRow:
    """The raw material from which an element comes in a context, or none.

    `context` is empty for the general case, ``iron`` for alloys of iron, ``graphite`` for parts
    that are made of graphite.
    """

    element: str = column(pattern=r"[A-Z][a-z]?")
    context: str | None = column(pattern=r"iron|graphite")
    material: str | None = column(refers="materials")
    upstream: bool
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One raw material in a phase of fixed formula; `fraction` is of the phase's mass."""

    phase: str
    formula: str
    material: str = column(refers="materials")
    element: str | None = column(pattern=r"[A-Z][a-z]?")
    fraction: float = share()
    basis: MassBasis
    upstream: bool
    source: str = cited()


@dataclass(frozen=True, slots=True)
class SubstanceRow:
    """One raw material in a substance with a CAS number; empty `fraction`: it varies."""

    cas: str = column(pattern=r"\d{2,7}-\d{2}-\d")
    name: str
    formula: str | None
    material: str = column(refers="materials")
    element: str | None = column(pattern=r"[A-Z][a-z]?")
    fraction: float | None = share()
    basis: MassBasis
    upstream: bool
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class AlloyRow:
    """An alloy, a grade or a general word for one (``brass``); `base` is its main element."""

    id: str = column(pattern=r"[a-z0-9_]+")
    family: str = column(pattern=r"[a-z0-9_]+")
    base: str | None = column(pattern=r"[A-Z][a-z]?")
    name: str
    name_nl: str | None
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class AlloyPartRow:
    """One element (or raw material) in an alloy; `presence` is a word of ``presence_words``."""

    alloy: str = column(refers="alloys")
    kind: CompositionKind
    item: str
    presence: str | None = column(refers="presence_words")
    low: float | None = share()
    typical: float | None = share()
    high: float | None = share()
    basis: FigureBasis
    expert: bool
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A component class in the tree of classes."""

    id: str = column(pattern=r"[a-z0-9_]+")
    parent: str | None = column(refers="classes")
    name_en: str
    name_nl: str
    source: str = cited()


@dataclass(frozen=True, slots=True)
class ClassPartRow:
    """One element, phase, alloy or raw material in a class; figures are of the component's mass.

    `presence` ``absent`` removes what the parent class would pass on.
    """

    class_id: str = column(refers="classes")
    kind: CompositionKind
    item: str
    role: str
    context: str | None = column(pattern=r"graphite")
    presence: str = column(refers="presence_words")
    low: float | None = share()
    typical: float | None = share()
    high: float | None = share()
    grade: str | None = column(pattern=r"battery")
    expert: bool
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class MassRow:
    """Grams of one piece of a class, in one package (folded to A–Z0–9) or in general."""

    class_id: str = column(refers="classes")
    package: str | None = column(pattern=r"[A-Z0-9]+")
    low: float = column(low=0)
    typical: float | None = column(low=0)
    high: float = column(low=0)
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class DesignatorRow:
    """A reference-designator prefix and a class it may stand for."""

    prefix: str = column(pattern=r"[A-Z]{1,4}")
    class_id: str = column(refers="classes")
    source: str = cited()


@dataclass(frozen=True, slots=True)
class TermRow:
    """A word, phrase or designation and what it points to (``alloy:ss_1_4404``)."""

    text: str
    language: str = column(pattern=r"en|nl|de|fr|mul")
    target: str = column(pattern=r"(material|alloy|class|substance):.+")
    kind: EvidenceKind
    match: MatchRule
    ambiguity: Ambiguity
    negates: bool
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class PartNumberRow:
    """A pattern of a maker's part numbers; of `tested` real numbers `agreed` were of the class."""

    id: str = column(pattern=r"mpn\d{3}")
    pattern: str
    maker: str | None
    class_id: str = column(refers="classes")
    tested: int = column(low=0)
    agreed: int = column(low=0)
    source: str = cited()
    note: str | None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A commodity code (2, 4, 6 or 8 digits) whose own text names one material or one class."""

    code: str = column(pattern=r"\d{4}|\d{6}|\d{8}")
    material: str | None = column(refers="materials")
    class_id: str | None = column(refers="classes")
    low: float | None = share()
    typical: float | None = share()
    high: float | None = share()
    upstream: bool
    text: str
    source: str = cited()


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV of a release: its name, the class of its rows, the columns that identify a row."""

    name: str
    row: type[Any]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the CSV, in order."""
        return tuple(item.name for item in fields(self.row))

    def check(self, column_name: str) -> Check:
        """What the cells of one column must satisfy."""
        found = {item.name: item for item in fields(self.row)}[column_name]
        value = found.metadata.get("check", Check())
        return value if isinstance(value, Check) else Check()


TABLES = (
    Table("sources", SourceRow, ("id",)),
    Table("presence_words", PresenceWordRow, ("word",)),
    Table("materials", MaterialRow, ("id",)),
    Table("countries", CountryRow, ("code",)),
    Table("supply_shares", ShareRow, ("material", "stage", "scope", "country")),
    Table("governance", GovernanceRow, ("country", "use")),
    Table("development", DevelopmentRow, ("country",)),
    Table("relations", RelationRow, ("country",)),
    Table("element_materials", ElementRow, ("element", "context")),
    Table("phases", PhaseRow, ("phase", "material")),
    Table("substances", SubstanceRow, ("cas", "material", "element")),
    Table("alloys", AlloyRow, ("id",)),
    Table("alloy_composition", AlloyPartRow, ("alloy", "kind", "item")),
    Table("classes", ClassRow, ("id",)),
    Table("class_composition", ClassPartRow, ("class_id", "kind", "item", "role")),
    Table("piece_masses", MassRow, ("class_id", "package")),
    Table("designators", DesignatorRow, ("prefix", "class_id")),
    Table("terms", TermRow, ("text", "language", "target")),
    Table("part_numbers", PartNumberRow, ("id",)),
    Table("commodity_codes", CodeRow, ("code",)),
)
"""All tables, those that others refer to first."""
