"""The methods that give one figure for every raw material: the list from which people choose.

Each has its own module and page; here stands what it is called, its unit and its scale. A method
that has none for a material says why.
"""

from collections.abc import Callable, Mapping
from functools import partial

from scanner.assess import (
    concentration,
    dependency,
    diversification,
    eu_supply_risk,
    governance,
    importing,
    legal,
    present_day_risk,
    published,
    scanner_indicators,
)
from scanner.core.bounds import Bounds
from scanner.core.indicators import Figure
from scanner.core.methods import Direction, Facts, Method, MethodFigure
from scanner.core.names import Language, MaterialId, Scope, SourceId
from scanner.core.scanner_indicators import Definition
from scanner.core.supply import Material, Share
from scanner.core.trade import Importer

SHOWN_HHI = 10_000.0
"""The index of a monopoly as it is shown; inside it is 1."""

WORLD_SUPPLY_MISSING = "world_supply_missing"


def _names(en: str, nl: str) -> Mapping[Language, str]:
    return {Language("en"): en, Language("nl"): nl}


def _published(read: Callable[[Material], Figure], facts: Facts, key: MaterialId) -> MethodFigure:
    figure = read(facts.supply.materials[key])
    return MethodFigure(figure.value, figure.stage, figure.year, (figure.source,), figure.reason)


def _concentrated(
    index: Callable[[Facts, tuple[Share, ...]], Bounds | None], facts: Facts, key: MaterialId
) -> MethodFigure:
    """An index of the world's supply at the assessed stage; what is not named counts as nothing."""
    stage = facts.supply.materials[key].assessed_stage
    shares = facts.supply.shares.get((key, stage, Scope.GLOBAL), ()) if stage else ()
    bounds = index(facts, shares)
    if bounds is None:
        return MethodFigure(None, stage, reason=WORLD_SUPPLY_MISSING)
    sources = {shares[0].source, governance.source(facts.supply, shares)} - {None}
    return MethodFigure(
        value=bounds.low,
        stage=stage,
        year=shares[0].year,
        sources=tuple(sorted(SourceId(str(one)) for one in sources)),
        bounds=bounds,
    )


def _herfindahl(facts: Facts, shares: tuple[Share, ...]) -> Bounds | None:
    found = concentration.herfindahl(shares)
    return found and Bounds(found.low * SHOWN_HHI, found.high * SHOWN_HHI)


def _governance_weighted(facts: Facts, shares: tuple[Share, ...]) -> Bounds | None:
    return concentration.governance_weighted(shares, partial(governance.scaled, facts.supply))


def _recomputed(facts: Facts, key: MaterialId) -> MethodFigure:
    """The supply risk that the study's printed inputs give at the assessed stage."""
    material = facts.supply.materials[key]
    earlier = facts.resources.parameters_2017(key)
    found = eu_supply_risk.recompute(facts.supply, material, earlier)
    risk = next((one for one in found if one.bottleneck), None)
    if risk is None:
        return MethodFigure(None, material.assessed_stage, reason=published.NOT_PUBLISHED)
    weighed = [one for one in (risk.world, risk.eu) if one is not None]
    parameters = (risk.import_reliance, risk.eol_rir, risk.substitution)
    sources = {one.source for one in (*weighed, *parameters) if one is not None}
    sources |= {one.governance_source for one in weighed if one.governance_source is not None}
    return MethodFigure(
        value=risk.value,
        stage=risk.stage,
        year=material.year,
        sources=tuple(sorted(sources)),
        reason=risk.reason,
        bounds=risk.bounds if risk.value is not None else None,
    )


def _present_day(facts: Facts, key: MaterialId) -> MethodFigure:
    """How far the world's part of the supply risk has moved since 2016-2020."""
    found = present_day_risk.trend(facts, key)
    then, now = found.then_bounds, found.now_bounds
    return MethodFigure(
        value=found.change,
        stage=found.stage,
        year=found.year,
        sources=found.sources,
        reason=found.reason,
        bounds=None
        if then is None or now is None
        else Bounds(now.low - then.high, now.high - then.low),
    )


def _room(facts: Facts, key: MaterialId) -> MethodFigure:
    """World output with friends of the Union, outside the largest supplier, at the bottleneck."""
    stage = facts.supply.materials[key].assessed_stage
    room = diversification.at_stage(facts, key, stage) if stage else None
    if room is None:
        return MethodFigure(None, stage, reason=WORLD_SUPPLY_MISSING)
    bounds = Bounds(room.friendly, room.friendly + room.unnamed)
    return MethodFigure(room.friendly, stage, room.year, room.sources, bounds=bounds)


def _geopolrisk(facts: Facts, key: MaterialId) -> MethodFigure:
    """The newest score of the Union's imports, of the stage that tells most."""
    found = importing.of_material(facts, key, importing.importer(facts, [Importer.EU]))
    if not found.scores:
        return MethodFigure(None, reason=found.reason)
    score = found.scores[0]
    return MethodFigure(
        score.value, score.stage, str(score.year), score.sources, score.reason, score.bounds
    )


def _indicator(known: Definition, compute: scanner_indicators.Compute) -> Method:
    """A scanner's indicator as a method."""

    def figure(facts: Facts, key: MaterialId) -> MethodFigure:
        return compute(facts, key).figure

    return Method(
        id=known.id,
        names=known.names,
        unit=known.unit,
        lowest=known.lowest,
        highest=known.highest,
        direction=known.direction,
        page=known.page,
        figure=figure,
    )


NO_METHODS = ("lack-of-recycling", "biodiversity")
"""Indicators that are no methods of their own: `eol-rir-2023` is the one, no figure the other."""

METHODS: tuple[Method, ...] = (
    Method(
        id="eu-supply-risk-2023",
        names=_names("EU supply risk", "EU-leveringsrisico"),
        unit=None,
        lowest=0.0,
        highest=None,
        direction=Direction.HIGH_IS_RISKY,
        page="methods.md#eu-supply-risk-2023-supply-risk",
        figure=partial(_published, published.supply_risk),
    ),
    Method(
        id="eu-supply-risk-recomputed",
        names=_names("EU supply risk, recomputed", "EU-leveringsrisico, nagerekend"),
        unit=None,
        lowest=0.0,
        highest=None,
        direction=Direction.HIGH_IS_RISKY,
        page="methods/eu-supply-risk.md",
        figure=_recomputed,
    ),
    Method(
        id="present-day-supply-risk",
        names=_names(
            "Change of the supply risk since 2016–2020", "Verandering van het leveringsrisico"
        ),
        unit=None,
        lowest=None,
        highest=None,
        direction=Direction.HIGH_IS_RISKY,
        page="methods/present-day-supply-risk.md",
        figure=_present_day,
    ),
    Method(
        id="eu-economic-importance-2023",
        names=_names("EU economic importance", "Economisch belang voor de EU"),
        unit=None,
        lowest=0.0,
        highest=10.0,
        direction=Direction.HIGH_IS_RISKY,
        page="methods.md#eu-economic-importance-2023-economic-importance",
        figure=partial(_published, published.economic_importance),
    ),
    Method(
        id="hhi",
        names=_names("Concentration of world supply (HHI)", "Concentratie van het aanbod (HHI)"),
        unit=None,
        lowest=0.0,
        highest=SHOWN_HHI,
        direction=Direction.HIGH_IS_RISKY,
        page="methods/concentration.md",
        figure=partial(_concentrated, _herfindahl),
    ),
    Method(
        id="governance_hhi",
        names=_names(
            "Concentration of world supply, weighted by governance and trade",
            "Concentratie van het aanbod, gewogen naar bestuur en handel",
        ),
        unit=None,
        lowest=0.0,
        highest=concentration.WORST_GOVERNANCE * concentration.WORST_TRADE_PARAMETER,
        direction=Direction.HIGH_IS_RISKY,
        page="methods/concentration.md",
        figure=partial(_concentrated, _governance_weighted),
    ),
    Method(
        id="diversification",
        names=_names("Room to diversify", "Ruimte om te spreiden"),
        unit="fraction",
        lowest=0.0,
        highest=1.0,
        direction=Direction.LOW_IS_RISKY,
        page="methods/diversification.md",
        figure=_room,
    ),
    Method(
        id="cdi1",
        names=_names("Concentration of EU imports (CDI1)", "Concentratie van de EU-invoer (CDI1)"),
        unit=None,
        lowest=0.0,
        highest=1.0,
        direction=Direction.HIGH_IS_RISKY,
        page="methods/dependency.md",
        figure=dependency.figure,
    ),
    Method(
        id="third_country_share",
        names=_names(
            "Largest third country in EU sourcing", "Grootste derde land in de EU-aanvoer"
        ),
        unit="fraction",
        lowest=0.0,
        highest=1.0,
        direction=Direction.HIGH_IS_RISKY,
        page="methods/legal.md",
        figure=legal.figure,
    ),
    Method(
        id="eu-import-reliance-2023",
        names=_names("Import reliance of the EU", "Invoerafhankelijkheid van de EU"),
        unit="fraction",
        lowest=0.0,
        highest=1.0,
        direction=Direction.HIGH_IS_RISKY,
        page="methods.md#eu-import-reliance-2023-import-reliance",
        figure=partial(_published, published.import_reliance),
    ),
    Method(
        id="eol-rir-2023",
        names=_names(
            "End-of-life recycling input rate",
            "Aandeel gerecycled materiaal uit afgedankte producten",
        ),
        unit="fraction",
        lowest=0.0,
        highest=1.0,
        direction=Direction.LOW_IS_RISKY,
        page="methods.md#eol-rir-2023-end-of-life-recycling-input-rate",
        figure=partial(_published, published.eol_rir),
    ),
    Method(
        id="geopolrisk",
        names=_names("GeoPolRisk of EU imports", "GeoPolRisk van de EU-invoer"),
        unit=None,
        lowest=0.0,
        highest=1.0,
        direction=Direction.HIGH_IS_RISKY,
        page="methods/geopolrisk.md",
        figure=_geopolrisk,
    ),
    *(_indicator(*one) for one in scanner_indicators.ELEVEN if one[0].id not in NO_METHODS),
)
"""In the order in which they are offered."""

BY_ID: Mapping[str, Method] = {method.id: method for method in METHODS}


def figures(facts: Facts) -> Mapping[str, Mapping[MaterialId, MethodFigure]]:
    """What every method says of every raw material, by method; groups stand in their members."""
    known = sorted(key for key, one in facts.supply.materials.items() if not one.is_group)
    return {method.id: {key: method.figure(facts, key) for key in known} for method in METHODS}
