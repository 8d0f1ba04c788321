"""What the page of a BOM tells of the law: the 65 % test, conflict areas, measures in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.core.legal import (
    BENCHMARK,
    ConflictExposure,
    MeasureOn,
    ShareTest,
    ThirdCountryTest,
    Verdict,
)
from scanner.core.names import MaterialId
from scanner.core.restrictions import Restriction
from scanner.pages.language import name_of
from scanner.pages.wiring import context
from scanner.services import legal, standing

Entry = Mapping[str, Any]


def shown_rules(entries: Sequence[Entry]) -> dict[str, Any]:
    """What the law says today of the materials that are certainly or likely inside."""
    today = standing.today()
    found = [legal.of_material(context(), one["material"], on=today) for one in entries]
    shares, conflicts, measures = [], [], []
    for one in found:
        shares += [
            _above(one.material.id, test)
            for test in one.tests
            if one.material.strategic is not None and _breaks(test)
        ]
        conflicts += [_conflict(one.material.id, exposure) for exposure in one.conflicts
                      if exposure.concerned]  # fmt: skip
        measures += [
            _measure(one.material.id, held)
            for held in (*one.restrictions, *one.sanctions)
            if held.in_force is Verdict.YES
        ]
    return {
        "day": today.isoformat(),
        "limit": BENCHMARK,
        "shares": shares,
        "conflicts": conflicts,
        "measures": measures,
    }


def _breaks(test: ThirdCountryTest) -> bool:
    return test.test is ShareTest.EU_SOURCING and test.above is Verdict.YES


def _above(material: MaterialId, test: ThirdCountryTest) -> dict[str, Any]:
    assert test.largest is not None  # noqa: S101 - it is above the benchmark
    return {
        "material": material,
        "stage": test.stage,
        "country": test.largest.country,
        "share": test.largest.fraction,
        "year": test.year,
        "source": test.source,
    }


def _conflict(material: MaterialId, exposure: ConflictExposure) -> dict[str, Any]:
    most = max(exposure.supplies, key=lambda one: one.at_most, default=None)
    return {
        "material": material,
        "regime": name_of(exposure.regime.names),
        "at_most": None if most is None else most.at_most,
        "stage": None if most is None else most.stage,
        "sources": sorted({*exposure.regime.sources, *(() if most is None else (most.source,))}),
    }


def _measure(material: MaterialId, held: MeasureOn) -> dict[str, Any]:
    one = held.measure
    return {
        "material": material,
        "country": one.country,
        "measure": one.measure,
        "destination": one.destination if isinstance(one, Restriction) else None,
        "start": one.timeline.start,
        "sources": list(one.sources),
    }
