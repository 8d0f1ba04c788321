"""The eleven indicators of raw-materials scanners, in four groups, each on its own scale.

The groups and indicators are those that the Dutch Grondstoffenscanner shows; its definitions and
marks are not published, so these are ours: `indicator_values` computes, here stand scale and marks.
Nothing is added up or averaged, neither over indicators nor over groups.
"""

from collections.abc import Callable, Mapping

from scanner.assess import indicator_values as values
from scanner.core.methods import Direction, Facts
from scanner.core.names import Language, MaterialId
from scanner.core.scanner_indicators import Definition, Finding, Group, Indicator, Level

PAGE = "methods/scanner-indicators.md"
UP, DOWN = Direction.HIGH_IS_RISKY, Direction.LOW_IS_RISKY

Compute = Callable[[Facts, MaterialId], Finding]


def _names(en: str, nl: str) -> Mapping[Language, str]:
    return {Language("en"): en, Language("nl"): nl}


ELEVEN: tuple[tuple[Definition, Compute], ...] = (
    (
        Definition(
            id="reserves-years",
            names=_names("Years of reserves", "Jaren reserves"),
            group=Group.LONG_TERM_SUPPLY,
            unit="years",
            lowest=0.0,
            highest=None,
            direction=DOWN,
            moderate=50.0,
            high=25.0,
            page=PAGE,
        ),
        values.reserves_years,
    ),
    (
        Definition(
            id="companionality",
            names=_names("Won as a by-product", "Gewonnen als bijproduct"),
            group=Group.LONG_TERM_SUPPLY,
            unit="fraction",
            lowest=0.0,
            highest=1.0,
            direction=UP,
            moderate=0.1,
            high=0.5,
            page=PAGE,
        ),
        values.companionality,
    ),
    (
        Definition(
            id="reserves-hhi",
            names=_names("Concentration of reserves", "Concentratie van de reserves"),
            group=Group.LONG_TERM_SUPPLY,
            unit=None,
            lowest=0.0,
            highest=10000.0,
            direction=UP,
            moderate=1500.0,
            high=2500.0,
            page=PAGE,
        ),
        values.reserves_concentration,
    ),
    (
        Definition(
            id="production-hhi",
            names=_names("Concentration of production", "Concentratie van de productie"),
            group=Group.SHORT_TERM_SUPPLY,
            unit=None,
            lowest=0.0,
            highest=10000.0,
            direction=UP,
            moderate=1500.0,
            high=2500.0,
            page=PAGE,
        ),
        values.production_concentration,
    ),
    (
        Definition(
            id="supplier-governance",
            names=_names("Governance of the suppliers", "Bestuur van de leverende landen"),
            group=Group.SHORT_TERM_SUPPLY,
            unit=None,
            lowest=0.0,
            highest=10.0,
            direction=UP,
            moderate=4.0,
            high=6.0,
            page=PAGE,
        ),
        values.supplier_governance,
    ),
    (
        Definition(
            id="export-restrictions",
            names=_names("Supply under export restrictions", "Aanbod onder exportbeperkingen"),
            group=Group.SHORT_TERM_SUPPLY,
            unit="fraction",
            lowest=0.0,
            highest=1.0,
            direction=UP,
            moderate=0.1,
            high=0.5,
            page=PAGE,
        ),
        values.export_restrictions,
    ),
    (
        Definition(
            id="lack-of-recycling",
            names=_names("Recycling from discarded products", "Recycling uit afgedankte producten"),
            group=Group.SHORT_TERM_SUPPLY,
            unit="fraction",
            lowest=0.0,
            highest=1.0,
            direction=DOWN,
            moderate=0.25,
            high=0.1,
            page=PAGE,
        ),
        values.recycling,
    ),
    (
        Definition(
            id="price-volatility",
            names=_names("Volatility of the price", "Beweeglijkheid van de prijs"),
            group=Group.BUSINESS,
            unit=None,
            lowest=0.0,
            highest=None,
            direction=UP,
            moderate=0.15,
            high=0.3,
            page=PAGE,
        ),
        values.price_volatility,
    ),
    (
        Definition(
            id="environmental-load",
            names=_names("Greenhouse gases of production", "Broeikasgassen van de productie"),
            group=Group.PEOPLE_AND_ENVIRONMENT,
            unit="kg_co2e_per_kg",
            lowest=0.0,
            highest=None,
            direction=UP,
            moderate=10.0,
            high=100.0,
            page=PAGE,
        ),
        values.environmental_load,
    ),
    (
        Definition(
            id="supplier-development",
            names=_names(
                "Human development of the suppliers",
                "Menselijke ontwikkeling van de leverende landen",
            ),
            group=Group.PEOPLE_AND_ENVIRONMENT,
            unit=None,
            lowest=0.0,
            highest=1.0,
            direction=DOWN,
            moderate=0.7,
            high=0.55,
            page=PAGE,
        ),
        values.supplier_development,
    ),
    (
        Definition(
            id="biodiversity",
            names=_names("Harm to biodiversity", "Schade aan de biodiversiteit"),
            group=Group.PEOPLE_AND_ENVIRONMENT,
            unit=None,
            lowest=0.0,
            highest=None,
            direction=UP,
            moderate=0.0,
            high=0.0,
            page=PAGE,
        ),
        values.biodiversity,
    ),
)
"""In the order in which they are shown, by group."""


def of_material(facts: Facts, material: MaterialId) -> tuple[Indicator, ...]:
    """All eleven of a material; what has no value says why."""
    return tuple(_indicator(known, compute(facts, material)) for known, compute in ELEVEN)


def _indicator(known: Definition, finding: Finding) -> Indicator:
    figure = finding.figure
    if figure.value is None:
        return Indicator(known, finding, None, None)
    level = known.level(figure.value)
    if finding.at_least:
        settled = known.direction is Direction.HIGH_IS_RISKY and level is Level.HIGH
        settled |= known.direction is Direction.LOW_IS_RISKY and level is Level.LOW
        return Indicator(known, finding, level if settled else None, level)
    ends = [figure.value]
    if figure.bounds is not None:
        ends += [figure.bounds.low, figure.bounds.high]
    worst = max((known.level(end) for end in ends), key=list(Level).index)
    return Indicator(known, finding, level, worst)
