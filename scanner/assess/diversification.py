"""Diversification room: the world's output outside the largest supplier, by standing with the EU.

    room = sum of the shares, without the largest supplier, in the Union and in countries that have
           an agreement or a raw-materials partnership with it

Shares are fractions of the world's output of one stage: of the newest production where a publisher
counts the material alone, else of the EU's study (2016-2020). Only countries that produce count;
where trade comes from is not looked at, for it names the country of consignment. What is not named
may lie anywhere: it is outside, and in no part of the split.

Source: the definition is ours; agreements and partnerships as in the release.
"""

from collections.abc import Mapping
from math import fsum

from scanner.assess import concentration, supplies
from scanner.core.diversification import Producer, Room, Standing
from scanner.core.methods import Facts
from scanner.core.names import CountryCode, MaterialId, Stage
from scanner.core.restrictions import Reported
from scanner.core.standing import Agreement, AgreementKind, AgreementStatus
from scanner.core.supply import Share

AGREEMENTS = frozenset(
    {
        AgreementKind.FREE_TRADE,
        AgreementKind.CUSTOMS_UNION,
        AgreementKind.EEA,
        AgreementKind.OVERSEAS_ASSOCIATION,
    }
)
APPLIED = frozenset({AgreementStatus.IN_FORCE, AgreementStatus.PROVISIONALLY_APPLIED})


def rooms(facts: Facts, material: MaterialId) -> tuple[Room, ...]:
    """The room at each stage for which somebody tells who produces."""
    found = (at_stage(facts, material, stage) for stage in Stage)
    return tuple(one for one in found if one is not None)


def at_stage(facts: Facts, material: MaterialId, stage: Stage) -> Room | None:
    """The room at one stage; None where nobody tells who produces."""
    series = supplies.output(facts, material, stage)
    if series is None:
        return None
    year = series.years[-1]
    producers = tuple(
        _producer(facts, material, share) for share in year.shares if share.fraction > 0
    )
    largest, others = producers[0], producers[1:]
    split = _split(others)
    unnamed = concentration.remainder(year.shares)
    keys = {key for one in producers for key in one.sources}
    return Room(
        stage=stage,
        series=series,
        year=year.year,
        largest=largest,
        outside=fsum(split.values()) + unnamed,
        by_standing=split,
        unnamed=unnamed,
        producers=others,
        withheld=year.withheld,
        sources=tuple(sorted({year.source, *keys})),
    )


def standing(facts: Facts, code: CountryCode) -> Standing:
    """How the Union stands to a country."""
    country = facts.supply.countries.get(code)
    relation = country.relation if country is not None else None
    if relation is not None and relation.eu_member:
        return Standing.EU
    if _applied(facts, code):
        return Standing.AGREEMENT
    partnership = relation is not None and relation.partnership
    return Standing.PARTNERSHIP if partnership else Standing.OTHER


def _split(producers: tuple[Producer, ...]) -> Mapping[Standing, float]:
    return {
        kind: fsum(
            one.share.fraction
            for one in producers
            if one.standing is kind and not one.share.upper_bound
        )
        for kind in Standing
    }


def _producer(facts: Facts, material: MaterialId, share: Share) -> Producer:
    code = share.country
    country = facts.supply.countries.get(code)
    relation = country.relation if country is not None else None
    applied = _applied(facts, code)
    sanctions = [
        one
        for one in facts.standing.sanctioned.get(material, ())
        if one.country == code and one.timeline.reported is Reported.IN_FORCE
    ]
    keys = {key for agreement in applied for key in agreement.sources}
    keys |= {key for sanction in sanctions for key in sanction.sources}
    return Producer(
        share=share,
        standing=standing(facts, code),
        agreements=tuple(one.name for one in applied),
        partnership=relation is not None and relation.partnership,
        sanctioned=bool(sanctions),
        sources=tuple(sorted(keys | set(relation.sources if relation is not None else ()))),
    )


def _applied(facts: Facts, code: CountryCode) -> list[Agreement]:
    """The agreements of the Union with a country that are applied."""
    return [
        one
        for one in facts.standing.agreements.get(code, ())
        if one.kind in AGREEMENTS and one.status in APPLIED
    ]
