"""The worked example of the page of measures."""

from scanner.assess import measures
from scanner.core.measures import RECYCLED
from scanner.core.names import Stage


def figures(engine):
    """The numbers of the example in the order of the text."""
    found = measures.of_material(engine.facts, "magnesium")
    (shift,) = [one for one in found.diversify if one.stage is Stage.PROCESSING]
    targets = {one.country: one for one in shift.targets}
    assert shift.supplier == "CHN"
    assert set(targets) == {"BRA", "ISR", "KAZ", "TUR"}
    yield from (shift.share_before, 10_000 * shift.before.low, shift.moved)
    for country in ("BRA", "TUR"):
        yield from (targets[country].output, targets[country].receives)
    yield from (shift.share_after, 10_000 * shift.after.low, shift.available)
    recycling = found.recycling
    rate = recycling.eol_rir.value
    yield from (recycling.supply_risk, rate, RECYCLED)
    yield from (recycling.supply_risk, 1, RECYCLED, 1, rate, recycling.at_benchmark)
