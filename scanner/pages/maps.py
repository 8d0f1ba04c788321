"""Maps of the world: who supplies how much, for the macro that draws them."""

from collections.abc import Iterable
from typing import Any, Final

from scanner.core.names import CountryCode, MaterialId, Scope, Stage
from scanner.core.supply import Share
from scanner.pages.wiring import context

STEPS: Final = (0.01, 0.05, 0.2, 0.5)
"""Fractions of supply at which a country is drawn one step darker."""

LABELLED: Final = 0.1
"""From this fraction on the map names the country and its share."""


def supply_maps(material: MaterialId) -> list[dict[str, Any]]:
    """A map of the world's supply of a raw material for each stage that the study prints."""
    shares = context().engine.knowledge.supply.shares
    found = ((stage, shares.get((material, stage, Scope.GLOBAL), ())) for stage in Stage)
    return [_map(stage, shown) for stage, shown in found if shown]


def land() -> str:
    """All countries as one shape: the ground of every map on a page."""
    return "".join(one.path for one in context().engine.knowledge.outlines.values())


def _map(stage: Stage, shares: tuple[Share, ...]) -> dict[str, Any]:
    outlines = context().engine.knowledge.outlines
    drawn = [one for one in shares if one.country in outlines]
    return {
        "stage": stage,
        "year": shares[0].year,
        "source": shares[0].source,
        "outline_source": next((outlines[one.country].source for one in drawn), None),
        "countries": [
            {
                "country": one.country,
                "share": one.fraction,
                "upper_bound": one.upper_bound,
                "step": _step(one),
                "path": outlines[one.country].path,
                "label": outlines[one.country].label if _is_labelled(one) else None,
            }
            for one in drawn
        ],
        "not_drawn": list(_not_drawn(shares)),
        "sources": sorted({shares[0].source, *(outlines[one.country].source for one in drawn)}),
    }


def _step(share: Share) -> int:
    return 0 if share.upper_bound else sum(share.fraction >= limit for limit in STEPS)


def _is_labelled(share: Share) -> bool:
    return not share.upper_bound and share.fraction >= LABELLED


def _not_drawn(shares: Iterable[Share]) -> Iterable[CountryCode]:
    """Countries too small for this map."""
    outlines = context().engine.knowledge.outlines
    return (one.country for one in shares if one.country not in outlines)
