"""Standing: what is known of a country beside what it supplies."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scanner.core.names import CountryCode, Language, MaterialId, SourceId
from scanner.core.restrictions import Restriction, Sanction


class Estimates(NamedTuple):
    """The six Worldwide Governance Indicators of a country in one year, in one edition.

    Each is about -2.5..2.5, high is good; None where the edition has none. Figures of different
    editions are not comparable: each edition estimates all years anew.
    """

    edition: str
    year: int
    voice_accountability: float | None
    political_stability: float | None
    government_effectiveness: float | None
    regulatory_quality: float | None
    rule_of_law: float | None
    control_of_corruption: float | None
    source: SourceId


class AgreementKind(StrEnum):
    """What an agreement of the European Union with a country is."""

    FREE_TRADE = "free_trade"
    CUSTOMS_UNION = "customs_union"
    EEA = "eea"
    OVERSEAS_ASSOCIATION = "overseas_association"
    SERVICES = "services"
    INVESTMENT = "investment"
    TRADE_AND_INVESTMENT = "trade_and_investment"
    RAW_MATERIALS = "raw_materials"


class AgreementStatus(StrEnum):
    """How far an agreement has come; `date` is the day of this state."""

    NEGOTIATING = "negotiating"
    CONCLUDED = "concluded"
    SIGNED = "signed"
    PROVISIONALLY_APPLIED = "provisionally_applied"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement of the EU with a country; `date` (ISO, or a year) is when it came so far.

    `raw_materials` is what it says of raw materials, where a source tells.
    """

    name: str
    kind: AgreementKind
    status: AgreementStatus
    date: str | None
    raw_materials: str | None
    note: str | None
    sources: tuple[SourceId, ...]


class AreaStanding(StrEnum):
    """How a regime names an area.

    NAMED: in the law. ADJOINING: as a neighbour of one named. LISTED: on the list as a whole
    country. CONFLICT_AFFECTED and HIGH_RISK: a region on the list, of that kind.
    """

    NAMED = "named"
    ADJOINING = "adjoining"
    LISTED = "listed"
    CONFLICT_AFFECTED = "conflict_affected"
    HIGH_RISK = "high_risk"


@dataclass(frozen=True, slots=True)
class ConflictRegime:
    """Rules about minerals from conflict-affected areas, and the raw materials that they are about.

    What is not on its list is not safe by that: lists are indicative, and a region on it makes
    the share of its country an upper bound.
    """

    id: str
    names: Mapping[Language, str]
    materials: tuple[MaterialId, ...]
    version: str
    legal_reference: str
    sources: tuple[SourceId, ...]


class ConflictArea(NamedTuple):
    """A country, or a region (ISO 3166-2) of it, that a regime names."""

    regime: str
    standing: AreaStanding
    region: str | None
    name: str | None
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """All of this, keyed for look-up: by country, and restrictions by raw material, too.

    What is said of a group of raw materials stands under each of its members.
    """

    estimates: Mapping[CountryCode, tuple[Estimates, ...]]
    agreements: Mapping[CountryCode, tuple[Agreement, ...]]
    regimes: Mapping[str, ConflictRegime]
    areas: Mapping[CountryCode, tuple[ConflictArea, ...]]
    restrictions: Mapping[CountryCode, tuple[Restriction, ...]]
    sanctions: Mapping[CountryCode, tuple[Sanction, ...]]
    restricted: Mapping[MaterialId, tuple[Restriction, ...]]
    sanctioned: Mapping[MaterialId, tuple[Sanction, ...]]
