"""The worked example of the page of scenarios."""

from decimal import Decimal

from scanner import pipeline
from scanner.assess import scenarios
from scanner.core.bom import ReadLimits
from scanner.core.names import Stage
from scanner.core.scan import ScanOptions
from scanner.core.scenarios import Scenario
from scanner.core.supplies import SupplyScope
from scanner.parse import parse_records


def figures(engine):
    """The numbers of the example in the order of the text."""
    yield from _cobalt(engine)
    yield from _tungsten(engine)
    yield from _magnets(engine)


def _losses(engine, material, countries, scopes):
    asked = Scenario(frozenset(countries), 0.5, (material,), scopes=scopes)
    return scenarios.of_material(engine.facts, material, asked).losses


def _cobalt(engine):
    mined, refined = _losses(engine, "cobalt", {"COD"}, (SupplyScope.WORLD,))
    congo = mined.stopped[0].fraction
    yield from (100 * congo, congo, 0.5, mined.lost.low)
    russia, canada = mined.following[:2]
    assert (russia.country, canada.country) == ("RUS", "CAN")
    yield from (100 * russia.fraction, 100 * canada.fraction)
    yield from (100 * refined.stopped[0].fraction, refined.lost.low, refined.lost.high)
    newest = next(
        one
        for one in _losses(engine, "cobalt", {"COD"}, (SupplyScope.PRODUCTION,))
        if one.source == "usgs_mcs2026"
    )
    total = newest.quantity.low / newest.lost.low
    yield from (int(newest.year), newest.stopped[0].fraction * total, total, newest.lost.low)
    yield newest.quantity.low
    assert newest.following[0].country == "IDN"
    yield 100 * newest.following[0].fraction


def _tungsten(engine):
    ores = next(
        one
        for one in _losses(engine, "tungsten", {"CHN", "RUS"}, (SupplyScope.EU_SOURCING,))
        if one.stage is Stage.EXTRACTION
    )
    named = sum(share.fraction for share in ores.following)
    yield from (named, ores.lost.low, 1 - named, 0.5, ores.lost.high)


def _magnets(engine):
    priced = {"description": "Magnet NdFeB N42", "quantity": 4, "price": "€ 2.50"}
    lines = [priced, {"description": "Magnet NdFeB N35", "quantity": 2}]
    made = ScanOptions(annual_units=Decimal(1000))
    scanned = pipeline.scan(
        parse_records(lines, limits=ReadLimits()), engine, made, sha256="0" * 64
    )
    asked = Scenario(frozenset({"CHN"}), 1.0, ("neodymium",))
    spend = pipeline.scenario(scanned, engine, asked)["product"]["parts"]["spend"]
    assert (spend["priced_lines"], spend["unpriced_lines"]) == (1, 1)
    (euros,) = spend["amounts"]
    yield from (2.5, int(made.annual_units), priced["quantity"], euros["amount"] / 4)
    yield from (euros["amount"], euros["annual"])
