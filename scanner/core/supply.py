"""Supply: the raw materials, the countries, and who supplies what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scanner.core.names import CountryCode, Language, MaterialId, Scope, SourceId, Stage


@dataclass(frozen=True, slots=True)
class Share:
    """A country's fraction (0..1) of supply of one material at one stage and scope.

    `year` is the period as the source prints it (``2016-2020``). `trade_parameter` is t of the EU
    method (Annex II of Reg. (EU) 2024/1252): 1 neutral, < 1 low trade risk, > 1 restrictions.
    `upper_bound` marks a printed ``<0.1%``: between 0 and `fraction`.
    """

    country: CountryCode
    fraction: float
    year: str
    trade_parameter: float | None
    upper_bound: bool
    source: SourceId


@dataclass(frozen=True, slots=True)
class GradeRule:
    """What shows (`shown`) or rules out that a use of a material is of a grade.

    A rule speaks of uses in this role and of this grade; None means any.
    """

    role: str | None
    grade: str | None
    shown: bool
    source: SourceId


class Applies(StrEnum):
    """Whether a legal listing means a use of a material."""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Listing:
    """A place on a legal list: the point letter and the qualifier (``battery grade``) or None.

    `rules` say which uses are of the grade that the qualifier means, and which are not.
    """

    annex: str
    point: str
    qualifier: str | None
    source: SourceId
    rules: tuple[GradeRule, ...] = ()

    def applies(self, roles: Collection[str], grade: str | None) -> Applies:
        """Whether it means a use in these roles, of this grade as far as the roles show it.

        What one role shows is there; it is ruled out only where every role rules it out.
        """
        if self.qualifier is None:
            return Applies.YES
        for rule in self.rules:
            if rule.shown and rule.role in {None, *roles} and rule.grade in {None, grade}:
                return Applies.YES
        ruled_out = {rule.role for rule in self.rules if not rule.shown}
        return Applies.NO if roles and ruled_out.issuperset(roles) else Applies.UNDETERMINED


class SupplyMix(StrEnum):
    """Which shares the EU study weighed for the supply risk of a stage."""

    GLOBAL = "global"
    EU_SOURCING = "eu_sourcing"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class StageFigures:
    """Published figures of one stage: supply risk (0..~6) and import reliance (0..1).

    `mix` says which shares the study weighed for the supply risk.
    """

    supply_risk: float | None
    import_reliance: float | None
    mix: SupplyMix | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """One raw material of the EU 2023 assessment with its published figures.

    `names` by language. `supply_risk` and `economic_importance` are the official 2023 values at
    `assessed_stage`. `eol_rir` is the end-of-life recycling input rate, a fraction;
    `substitution_sr` and `substitution_ei` the substitution indices, 0..1. `group` is the id of
    the group (hree, lree, pgm) of a member; `is_group` marks the groups themselves.
    """

    id: MaterialId
    names: Mapping[Language, str]
    symbol: str | None
    group: MaterialId | None
    category: str
    is_group: bool
    critical: Listing | None
    strategic: Listing | None
    assessed_stage: Stage | None
    supply_risk: float | None
    economic_importance: float | None
    stages: Mapping[Stage, StageFigures]
    eol_rir: float | None
    substitution_sr: float | None
    substitution_ei: float | None
    year: str
    source: SourceId
    parameter_source: SourceId
    note: str | None


@dataclass(frozen=True, slots=True)
class Governance:
    """Worldwide Governance Indicators of one country.

    `mean` is the mean of the six estimates (about -2.5..2.5, high is good) over `year`; `scaled`
    is the EU's (2.5 - mean) x 2, 0 best to 10 worst.
    """

    mean: float
    scaled: float
    year: str
    edition: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class Development:
    """Human Development Index (0..1) of one country in one year."""

    hdi: float
    year: int
    edition: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class Relation:
    """How the EU stands to a country.

    `agreement` is the main trade agreement and `agreement_status` its state; `partnership` is
    true for a strategic raw-materials partnership; dates are ISO 8601 or a year.
    """

    eu_member: bool
    eea_efta: bool
    customs_union: bool
    agreement: str | None
    agreement_status: str | None
    agreement_date: str | None
    partnership: bool
    partnership_date: str | None
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory of ISO 3166-1 (and Kosovo).

    `governance` is the newest edition; `governance_2023` is the 2016–2020 mean of the edition
    with which the EU 2023 assessment can be reproduced. The two are never mixed.
    """

    code: CountryCode
    alpha2: str
    names: Mapping[Language, str]
    governance: Governance | None
    governance_2023: Governance | None
    development: Development | None
    relation: Relation | None
    source: SourceId


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a country on a map of the world 1000 wide: SVG path data, and where to write."""

    path: str
    label: tuple[int, int]
    source: SourceId


@dataclass(frozen=True, slots=True)
class Supply:
    """Everything that `assess` needs, keyed for look-up."""

    materials: Mapping[MaterialId, Material]
    countries: Mapping[CountryCode, Country]
    shares: Mapping[tuple[MaterialId, Stage, Scope], tuple[Share, ...]]
