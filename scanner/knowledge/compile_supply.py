"""Tables → `Supply`: materials, countries and shares, keyed for look-up."""

from collections import defaultdict
from collections.abc import Sequence

from scanner.core.names import CountryCode, Language, MaterialId, Scope, SourceId, Stage
from scanner.core.supply import (
    Country,
    Development,
    Governance,
    GradeRule,
    Listing,
    Material,
    Relation,
    Share,
    StageFigures,
    Supply,
)
from scanner.knowledge import schema
from scanner.knowledge.columns import GovernanceUse
from scanner.knowledge.tables import Tables


def compile_supply(tables: Tables) -> Supply:
    """Everything that the assessment needs; shares biggest first, ties by country code."""
    return Supply(
        materials=_materials(tables),
        countries=_countries(tables),
        shares=_shares(tables),
    )


def scaled(mean: float) -> float:
    """Governance on the EU's scale, 0 best to 10 worst: (2.5 - mean) x 2.

    Source: European Commission, Methodology for establishing the EU list of critical raw
    materials (2017).
    """
    return (2.5 - mean) * 2


def _materials(tables: Tables) -> dict[MaterialId, Material]:
    grades = tuple(tables.of(schema.GradeRow))
    return {MaterialId(row.id): _material(row, grades) for row in tables.of(schema.MaterialRow)}


def _material(row: schema.MaterialRow, grades: Sequence[schema.GradeRow]) -> Material:
    critical = (row.critical_annex, row.critical_point, row.critical_qualifier)
    strategic = (row.strategic_annex, row.strategic_point, row.strategic_qualifier)
    return Material(
        id=MaterialId(row.id),
        names=_names(row),
        symbol=row.symbol,
        group=None if row.group is None else MaterialId(row.group),
        category=row.category,
        is_group=row.is_group,
        critical=_listing(row, *critical, grades),
        strategic=_listing(row, *strategic, grades),
        assessed_stage=row.assessed_stage,
        supply_risk=row.supply_risk,
        economic_importance=row.economic_importance,
        stages=_stages(row),
        eol_rir=row.eol_rir,
        substitution_sr=row.substitution_sr,
        substitution_ei=row.substitution_ei,
        year=row.year,
        source=SourceId(row.source),
        parameter_source=SourceId(row.parameter_source),
        note=row.note,
    )


def _listing(
    row: schema.MaterialRow,
    annex: str | None,
    point: str | None,
    qualifier: str | None,
    grades: Sequence[schema.GradeRow],
) -> Listing | None:
    if annex is None or point is None or row.list_source is None:
        return None
    rules = tuple(
        GradeRule(grade.role, grade.grade, grade.shown, SourceId(grade.source))
        for grade in grades
        if grade.qualifier == qualifier and grade.material in {None, row.id}
    )
    return Listing(annex, point, qualifier, SourceId(row.list_source), rules)


def _stages(row: schema.MaterialRow) -> dict[Stage, StageFigures]:
    figures = {
        Stage.EXTRACTION: StageFigures(
            row.supply_risk_extraction, row.import_reliance_extraction, row.mix_extraction
        ),
        Stage.PROCESSING: StageFigures(
            row.supply_risk_processing, row.import_reliance_processing, row.mix_processing
        ),
    }
    return {
        stage: figure
        for stage, figure in figures.items()
        if figure.supply_risk is not None or figure.import_reliance is not None
    }


def _names(row: schema.MaterialRow | schema.CountryRow) -> dict[Language, str]:
    return {
        Language("en"): row.name_en,
        Language("nl"): row.name_nl,
        Language("de"): row.name_de,
        Language("fr"): row.name_fr,
    }


def _shares(tables: Tables) -> dict[tuple[MaterialId, Stage, Scope], tuple[Share, ...]]:
    found: dict[tuple[MaterialId, Stage, Scope], list[Share]] = defaultdict(list)
    for row in tables.of(schema.ShareRow):
        found[MaterialId(row.material), row.stage, row.scope].append(
            Share(
                country=CountryCode(row.country),
                fraction=row.fraction,
                year=row.year,
                trade_parameter=row.trade_parameter,
                upper_bound=row.upper_bound,
                source=SourceId(row.source),
            )
        )
    return {
        key: tuple(sorted(shares, key=lambda share: (-share.fraction, share.country)))
        for key, shares in sorted(found.items())
    }


def _countries(tables: Tables) -> dict[CountryCode, Country]:
    governance = {
        (row.country, row.use): Governance(
            row.mean, scaled(row.mean), row.year, row.edition, SourceId(row.source)
        )
        for row in tables.of(schema.GovernanceRow)
    }
    development = {
        row.country: Development(row.hdi, row.year, row.edition, SourceId(row.source))
        for row in tables.of(schema.DevelopmentRow)
    }
    relations = {row.country: _relation(row) for row in tables.of(schema.RelationRow)}
    return {
        CountryCode(row.code): Country(
            code=CountryCode(row.code),
            alpha2=row.alpha2,
            names=_names(row),
            governance=governance.get((row.code, GovernanceUse.NEWEST)),
            governance_2023=governance.get((row.code, GovernanceUse.STUDY_2023)),
            development=development.get(row.code),
            relation=relations.get(row.code),
            source=SourceId(row.source),
        )
        for row in tables.of(schema.CountryRow)
    }


def _relation(row: schema.RelationRow) -> Relation:
    return Relation(
        eu_member=row.eu_member,
        eea_efta=row.eea_efta,
        customs_union=row.customs_union,
        agreement=row.agreement,
        agreement_status=row.agreement_status,
        agreement_date=row.agreement_date,
        partnership=row.partnership,
        partnership_date=row.partnership_date,
        sources=tuple(SourceId(key) for key in row.source.split(";")),
    )
