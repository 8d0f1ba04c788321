"""The worked example of the page of legal tests."""

from scanner.assess import legal
from scanner.core.legal import BENCHMARK, ShareTest
from scanner.core.names import Stage


def figures(engine):
    """The numbers of the example in the order of the text."""
    magnesium = _largest(engine, "magnesium", Stage.PROCESSING, "CHN")
    yield from (100 * magnesium, magnesium, BENCHMARK)
    yield 100 * _largest(engine, "boron", Stage.EXTRACTION, "TUR")
    yield 100 * _largest(engine, "boron", Stage.PROCESSING, "TUR")
    ores = _test(engine, "tungsten", Stage.EXTRACTION)
    assert ores.largest is None
    yield from (ores.unnamed, BENCHMARK)
    yield from _tin(engine)


def _test(engine, material, stage):
    return next(
        one
        for one in legal.third_country_tests(engine.facts, material)
        if (one.test, one.stage) == (ShareTest.EU_SOURCING, stage)
    )


def _largest(engine, material, stage, country):
    largest = _test(engine, material, stage).largest
    assert largest.country == country
    return largest.fraction


def _tin(engine):
    regimes = legal.conflicts(engine.facts, "tin")
    cahra = next(one for one in regimes if one.regime.id == "eu_cahra")
    world = next(
        one for one in cahra.supplies if one.scope == "world" and one.stage is Stage.EXTRACTION
    )
    largest = world.countries[0]
    assert (largest.share.country, largest.whole) == ("MMR", False)
    yield from (100 * largest.share.fraction, 100 * world.at_most)
