"""The tables of a release: one row class per kind of fact, one line per column.

A column is required unless its type allows ``None``; an empty cell is ``None``. Fractions are
0..1, masses are grams. The annotation of a column says what its values must
satisfy; `rules` enforces it.
"""

from dataclasses import dataclass
from typing import Annotated

from scanner.core.catalogue import AmountUnit
from scanner.core.lexicon import Ambiguity, MatchRule
from scanner.core.names import EvidenceKind, Presence, Scope, Stage
from scanner.core.sources import Terms
from scanner.core.supply import SupplyMix
from scanner.knowledge import schema_codes, schema_countries, schema_masses, schema_supply
from scanner.knowledge.columns import (
    Amount,
    Check,
    Cited,
    Class,
    CompositionKind,
    Count,
    Country,
    Date,
    Element,
    FigureBasis,
    Fraction,
    GovernanceUse,
    Grade,
    Key,
    MassBasis,
    Material,
    PresenceWord,
    Score,
    Table,
)

SCHEMA_VERSION = 11
"""Rises when a table changes shape; part of the name of a compiled cache."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where figures come from. `year` is ``n.d.`` where the source bears no date."""

    id: Key
    title: str
    publisher: str
    year: Annotated[str, Check(pattern=r"(19|20)\d\d(-(19|20)\d\d)?|n\.d\.")]
    address: str
    licence: str
    terms: Terms
    attribution: str | None
    retrieved: Date | None
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

    id: Annotated[str, Check(pattern=r"[a-z_]+")]
    symbol: str | None
    group: Material | None
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
    list_source: Cited | None
    assessed_stage: Stage | None
    supply_risk: Score | None
    economic_importance: Score | None
    supply_risk_extraction: Score | None
    supply_risk_processing: Score | None
    mix_extraction: SupplyMix | None
    mix_processing: SupplyMix | None
    import_reliance_extraction: Fraction | None
    import_reliance_processing: Fraction | None
    eol_rir: Fraction | None
    substitution_sr: Fraction | None
    substitution_ei: Fraction | None
    year: str
    source: Cited
    parameter_source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A country's fraction of the supply of one material at one stage and scope."""

    material: Material
    stage: Stage
    scope: Scope
    country: Country
    fraction: Fraction
    upper_bound: bool
    trade_parameter: Annotated[float, Check(low=0, high=2)] | None
    year: str
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country or territory: ISO 3166-1 codes and names. ``NA`` is Namibia."""

    code: Annotated[str, Check(pattern=r"[A-Z]{3}")]
    alpha2: Annotated[str, Check(pattern=r"[A-Z]{2}")]
    name_en: str
    name_nl: str
    name_de: str
    name_fr: str
    source: Cited


@dataclass(frozen=True, slots=True)
class GovernanceRow:
    """Mean of the six Worldwide Governance Indicators of one country, about -2.5..2.5."""

    country: Country
    use: GovernanceUse
    mean: Annotated[float, Check(low=-3, high=3)]
    year: str
    edition: str
    source: Cited


@dataclass(frozen=True, slots=True)
class DevelopmentRow:
    """Human Development Index of one country in one year."""

    country: Country
    hdi: Fraction
    year: Annotated[int, Check(low=1990, high=2100)]
    edition: str
    source: Cited


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How the EU stands to one country."""

    country: Country
    eu_member: bool
    eea_efta: bool
    customs_union: bool
    agreement: str | None
    agreement_status: str | None
    agreement_date: Date | None
    partnership: bool
    partnership_date: Date | None
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class ElementRow:
    """The raw material from which an element comes in a context, or none.

    `context` is empty for the general case, ``iron`` for alloys of iron, ``graphite`` for parts
    that are made of graphite.
    """

    element: Element
    context: Annotated[str, Check(pattern=r"iron|graphite")] | None
    material: Material | None
    upstream: bool
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One raw material in a phase of fixed formula; `fraction` is of the phase's mass."""

    phase: str
    formula: str
    material: Material
    element: Element | None
    fraction: Fraction
    basis: MassBasis
    upstream: bool
    source: Cited


@dataclass(frozen=True, slots=True)
class SubstanceRow:
    """One raw material in a substance with a CAS number; empty `fraction`: it varies."""

    cas: Annotated[str, Check(pattern=r"\d{2,7}-\d{2}-\d")]
    name: str
    formula: str | None
    material: Material
    element: Element | None
    fraction: Fraction | None
    basis: MassBasis
    upstream: bool
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class AlloyRow:
    """An alloy, a grade or a general word for one (``brass``); `base` is its main element."""

    id: Key
    family: Key
    base: Element | None
    name: str
    name_nl: str | None
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class AlloyGradeRow:
    """The grade that the materials of a family of alloys have."""

    family: Key
    grade: Grade
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class AlloyPartRow:
    """One element (or raw material) in an alloy; `presence` is a word of ``presence_words``."""

    alloy: Annotated[str, Check(refers="alloys")]
    kind: CompositionKind
    item: str
    presence: PresenceWord | None
    low: Fraction | None
    typical: Fraction | None
    high: Fraction | None
    basis: FigureBasis
    expert: bool
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A component class in the tree of classes."""

    id: Key
    parent: Class | None
    name_en: str
    name_nl: str
    source: Cited


@dataclass(frozen=True, slots=True)
class ClassPartRow:
    """One element, phase, alloy or raw material in a class; figures are of the component's mass.

    `presence` ``absent`` removes what the parent class would pass on.
    """

    class_id: Class
    kind: CompositionKind
    item: str
    role: str
    context: Annotated[str, Check(pattern=r"graphite")] | None
    presence: PresenceWord
    low: Fraction | None
    typical: Fraction | None
    high: Fraction | None
    grade: Grade | None
    expert: bool
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class ClassAmountRow:
    """An amount of an element in a class per `unit`, as printed; no fraction of the component.

    Each figure stands alone. The role names the part where the unit is ``fraction_of_part``.
    """

    class_id: Class
    element: Element
    role: str
    low: Amount | None
    typical: Amount | None
    high: Amount | None
    unit: AmountUnit
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class GradeRow:
    """What shows, or rules out, that a material is of the grade that a legal list means.

    The row speaks of the material, role and grade that it names, of any where it names none.
    """

    qualifier: str
    material: Material | None
    role: str | None
    grade: Grade | None
    shown: bool
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class DesignatorRow:
    """A reference-designator prefix and a class it may stand for."""

    prefix: Annotated[str, Check(pattern=r"[A-Z]{1,4}")]
    class_id: Class
    source: Cited


@dataclass(frozen=True, slots=True)
class TermRow:
    """A word, phrase or designation and what it points to (``alloy:ss_1_4404``)."""

    text: str
    language: Annotated[str, Check(pattern=r"en|nl|de|fr|mul")]
    target: Annotated[str, Check(pattern=r"(material|alloy|class|substance):.+")]
    kind: EvidenceKind
    match: MatchRule
    ambiguity: Ambiguity
    negates: bool
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class PartNumberRow:
    """A pattern of a maker's part numbers; of `tested` real numbers `agreed` were of the class."""

    id: Annotated[str, Check(pattern=r"mpn\d{3}")]
    pattern: str
    maker: str | None
    class_id: Class
    tested: Count
    agreed: Count
    source: Cited
    note: str | None


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
    Table("alloy_grades", AlloyGradeRow, ("family",)),
    Table("alloy_composition", AlloyPartRow, ("alloy", "kind", "item")),
    Table("classes", ClassRow, ("id",)),
    Table("class_composition", ClassPartRow, ("class_id", "kind", "item", "role")),
    Table("class_amounts", ClassAmountRow, ("class_id", "element", "role", "source")),
    Table("grades", GradeRow, ("qualifier", "material", "role", "grade")),
    Table("designators", DesignatorRow, ("prefix", "class_id")),
    Table("terms", TermRow, ("text", "language", "target")),
    Table("part_numbers", PartNumberRow, ("id",)),
    *schema_masses.TABLES,
    *schema_codes.TABLES,
    *schema_supply.TABLES,
    *schema_countries.TABLES,
)
"""All tables, those that others refer to first."""
