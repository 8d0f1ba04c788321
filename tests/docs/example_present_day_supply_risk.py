"""The worked example of the page of the present-day supply risk."""

from scanner.assess import eu_supply_risk, present_day_risk


def figures(engine):
    """The numbers of the example in the order of the text."""
    facts = engine.facts
    found = present_day_risk.trend(facts, "antimony")
    material = facts.supply.materials["antimony"]
    (risk,) = [o for o in eu_supply_risk.recompute(facts.supply, material) if o.bottleneck]
    china, russia = found.movers[:2]
    assert (china.country, russia.country) == ("CHN", "RUS")
    factor, then, now = found.factor, found.then / found.factor, found.now / found.factor
    yield from (found.published, risk.import_reliance.value, risk.import_reliance.value / 2)
    yield from (risk.eol_rir.value, risk.substitution.value, factor, then, float(found.year), now)
    yield from (then, factor, found.then, now, factor, found.now)
    shares, governance = (china.share_then, china.share_now), _governance(china)
    yield from (100 * shares[0], 100 * shares[1], *governance, china.t)
    yield from (factor, china.t, shares[1], shares[0], *governance, 2, china.by_share)
    yield from (100 * russia.share_then, 100 * russia.share_now, russia.by_share)
    yield from (found.published, 2023, -found.change)


def _governance(mover):
    return mover.governance_then, mover.governance_now
