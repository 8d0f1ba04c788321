"""The tables about countries: governance by year, agreements, conflict areas, restrictions."""

from dataclasses import dataclass
from typing import Annotated

from scanner.core.restrictions import ExportMeasure, Reported, SanctionMeasure
from scanner.core.standing import AgreementKind, AgreementStatus, AreaStanding
from scanner.knowledge.columns import Check, Cited, Country, Date, Key, Materials, Table

Estimate = Annotated[float, Check(low=-3.5, high=3.5)]
"""A governance estimate. The publisher says about -2.5..2.5; single ones go beyond."""


@dataclass(frozen=True, slots=True)
class EstimatesRow:
    """The six governance estimates of one country and year in one edition, never of two."""

    country: Country
    edition: Annotated[str, Check(pattern=r"20\d\d")]
    year: Annotated[int, Check(low=1996, high=2100)]
    voice_accountability: Estimate | None
    political_stability: Estimate | None
    government_effectiveness: Estimate | None
    regulatory_quality: Estimate | None
    rule_of_law: Estimate | None
    control_of_corruption: Estimate | None
    source: Annotated[str, Check(refers="sources")]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement or partnership of the EU with one country, and when it came that far."""

    country: Country
    name: str
    kind: AgreementKind
    status: AgreementStatus
    date: Date | None
    raw_materials: str | None
    source: Cited
    note: str | None


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """Rules about minerals from conflict areas."""

    id: Key
    name_en: str
    name_nl: str
    materials: Materials
    version: str
    legal_reference: str
    source: Cited


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A country, or a region of ISO 3166-2 in it, that a regime names."""

    regime: Annotated[str, Check(refers="conflict_regimes")]
    country: Country
    region: Annotated[str, Check(pattern=r"[A-Z]{2}-[A-Z0-9]{1,3}")] | None
    name: str | None
    standing: AreaStanding
    source: Cited


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """A restriction of exports; `subject` in the words of the source, `materials` those it names.

    `reported` is the state that the sources gave on `as_of`.
    """

    id: Key
    country: Country
    subject: str
    materials: Materials | None
    form: str | None
    measure: ExportMeasure
    destination: Country | None
    start: Date | None
    end: Date | None
    suspended_from: Date | None
    suspended_until: Date | None
    reported: Reported
    as_of: Date
    detail: str | None
    legal_reference: str | None
    source: Cited


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """What the EU does about trade with a country, as far as it is about raw materials."""

    id: Key
    country: Country
    subject: str
    materials: Materials | None
    measure: SanctionMeasure
    start: Date | None
    end: Date | None
    reported: Reported
    as_of: Date
    detail: str | None
    legal_reference: str
    source: Cited


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """The shape of a country on a map of the world 1000 wide: SVG path data, and where to write.

    Our own compilation, by `importers.outlines`.
    """

    country: Country
    label_x: Annotated[int, Check(low=0, high=1000)]
    label_y: Annotated[int, Check(low=0, high=460)]
    path: Annotated[str, Check(pattern=r"[Mlz0-9 -]+")]
    source: Cited


TABLES = (
    Table("governance_estimates", EstimatesRow, ("country", "edition", "year")),
    Table("agreements", AgreementRow, ("country", "name")),
    Table("conflict_regimes", RegimeRow, ("id",)),
    Table("conflict_areas", AreaRow, ("regime", "country", "region")),
    Table("export_restrictions", RestrictionRow, ("id",)),
    Table("sanctions", SanctionRow, ("id",)),
    Table("outlines", OutlineRow, ("country",)),
)
