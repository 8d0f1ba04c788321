"""The worked example of the page of rankings."""

from scanner.assess import ranking
from scanner.assess.exposure import exposures
from scanner.assess.methods import BY_ID
from scanner.core.composition import Range
from scanner.core.exposure import Held
from scanner.core.names import MaterialId, Presence

COPPER, TANTALUM = MaterialId("copper"), MaterialId("tantalum")
RISK = BY_ID["eu-supply-risk-2023"]


def figures(engine):
    """The numbers of the example in the order of the text."""
    yield from _methods(engine)
    yield from _product(engine.figures[RISK.id])


def _methods(engine):
    found = agreement(engine, "eu-supply-risk-2023", "geopolrisk")
    yield from (found.common + len(found.only_first), found.common + len(found.only_second))
    yield from (found.common, found.spearman, found.kendall)
    yield agreement(engine, "hhi", "governance_hhi").spearman


def agreement(engine, *ids):
    first, second = (BY_ID[key] for key in ids)
    return ranking.agreement(first, engine.figures[first.id], second, engine.figures[second.id])


def _product(known):
    masses = {TANTALUM: Range(0.8, 1.0, 1.2), COPPER: Range(100.0, None, 140.0)}
    held = [Held(key, Presence.CERTAIN, mass, complete=True) for key, mass in masses.items()]
    tantalum, copper = exposures(held, RISK, known)
    assert [one.held.material for one in (tantalum, copper)] == [TANTALUM, COPPER]
    yield from (tantalum.held.mass_g.low, tantalum.held.mass_g.high, tantalum.held.mass_g.typical)
    yield from (copper.held.mass_g.low, copper.held.mass_g.high)
    yield from (tantalum.figure.value, copper.figure.value)
    yield from (tantalum.exposure.low, tantalum.exposure.high)
    yield from (copper.exposure.low, copper.exposure.high)
    yield from (copper.exposure_ranks.low, tantalum.exposure_ranks.low)
    assert copper.exposure_places == (1, 1)
    assert tantalum.exposure_places == (2, 2)
