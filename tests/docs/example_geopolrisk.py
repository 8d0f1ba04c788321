"""The worked example of the page of GeoPolRisk."""

from scanner.assess import importing
from scanner.core.names import MaterialId


def figures(engine):
    """The numbers of the example in the order of the text."""
    union = importing.importer(engine.facts, ["EU27"])
    lithium = importing.of_material(engine.facts, MaterialId("lithium"), union).scores[0]
    copper = importing.of_material(engine.facts, MaterialId("copper"), union).scores[0]
    assert copper.year == lithium.year
    shares = {share.country: share.fraction for share in lithium.production.shares}
    origins = {term.origin: term for term in lithium.risk.origins}
    chile, china = origins["CHL"], origins["CHN"]
    hhi, risk = lithium.hhi.low, lithium.risk.value
    yield from (lithium.year, 100 * shares["CHN"], 100 * shares["CHL"], hhi)
    yield from (lithium.risk.imports_t, chile.weight_t, chile.instability)
    yield from (china.weight_t, china.instability, chile.term, china.term, risk)
    yield from (hhi, risk, lithium.value)
    yield from (lithium.value, lithium.price_usd_per_kg, lithium.midpoint)
    yield from (lithium.midpoint, copper.midpoint, lithium.factor, lithium.factor)
