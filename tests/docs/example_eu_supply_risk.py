"""The worked example of the page of the EU's supply risk."""

from scanner.assess import eu_supply_risk
from scanner.core.names import MaterialId, Stage


def figures(engine):
    """The numbers of the example in the order of the text."""
    yield from _cobalt(_extraction(engine, "cobalt"))
    yield from _boron(_extraction(engine, "boron"))


def _extraction(engine, material):
    supply = engine.knowledge.supply
    found = eu_supply_risk.recompute(supply, supply.materials[MaterialId(material)])
    return next(one for one in found if one.stage is Stage.EXTRACTION)


def _cobalt(cobalt):
    largest = cobalt.world.shares[0]
    assert largest.country == "COD"
    terms = (largest.scaled_wgi, largest.trade_parameter)
    yield from (100 * largest.fraction, *terms)
    yield from (largest.fraction, *terms, largest.term, cobalt.world.index)
    yield from (cobalt.world.index, 1, cobalt.eol_rir.value, cobalt.substitution.value)
    yield from (cobalt.value, cobalt.published)


def _boron(boron):
    largest = boron.eu.shares[0]
    assert largest.country == "TUR"
    reliance, world, eu = boron.import_reliance.value, boron.world.index, boron.eu.index
    yield from (reliance, world, eu, 100 * largest.fraction)
    yield from (world, reliance / 2, eu, 1 - reliance / 2)
    yield from (1, boron.eol_rir.value, boron.substitution.value, boron.value, boron.published)
