"""The worked example of the page of strategic-dependency tests."""

from scanner.assess import dependency
from scanner.core.dependency import DependencyTest


def figures(engine):
    """The numbers of the example in the order of the text."""
    ores = _newest(engine, "antimony", "261710")
    turkey, bolivia = ores.shares[:2]
    assert (turkey.country, bolivia.country) == ("TUR", "BOL")
    yield from (int(ores.year), ores.total, 100 * turkey.fraction, 100 * bolivia.fraction)
    rest = ores.cdi1.value - turkey.fraction**2 - bolivia.fraction**2
    yield from (turkey.fraction, bolivia.fraction, rest, ores.cdi1.value)
    yield from (dependency.THRESHOLDS[DependencyTest.CDI1], ores.allied)
    borates = _newest(engine, "boron", "252890").shares[0]
    assert borates.country == "TUR"
    yield from (100 * borates.fraction, round(100 * borates.fraction))


def _newest(engine, material, code):
    found = dependency.of_material(engine.facts, material)
    return next(one for one in found if one.code == code).by_value[0]
