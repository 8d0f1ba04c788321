"""What the page of a raw material shows of methods: indicators, trend, and who else makes it."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _

from scanner.core.diversification import Room, Standing
from scanner.core.names import MaterialId
from scanner.core.present_day_risk import PresentDayRisk
from scanner.core.scanner_indicators import Group, Indicator
from scanner.pages import figures
from scanner.pages.language import current
from scanner.pages.wiring import context
from scanner.services import diversification, scanner_indicators, supply_risk

SHOWN_MOVERS: Final = 3
SHOWN_PRODUCERS: Final = 6
LARGE: Final = 100.0
"""From here on a number is shown without decimals."""


def shown_methods(material: MaterialId) -> dict[str, Any]:
    """The eleven indicators by group, the trend of the supply risk, and the room to diversify."""
    found = scanner_indicators.of_material(context(), material).indicators
    return {
        "indicators": [
            {
                "group": group,
                "rows": [_indicator(one) for one in found if one.definition.group is group],
            }
            for group in Group
        ],
        "trend": _trend(supply_risk.of_material(context(), material).present_day),
        "rooms": [_room(one) for one in diversification.of_material(context(), material).stages],
    }


def side_by_side(materials: Sequence[MaterialId]) -> list[dict[str, Any]]:
    """The eleven indicators by group, each with what it says of every one of these materials."""
    found = [scanner_indicators.of_material(context(), one).indicators for one in materials]
    rows = [
        (same[0].definition.group, [_indicator(one) for one in same])
        for same in zip(*found, strict=True)
    ]
    return [
        {"group": group, "rows": [cells for of, cells in rows if of is group]} for group in Group
    ]


def _indicator(found: Indicator) -> dict[str, Any]:
    definition, figure = found.definition, found.finding.figure
    return {
        "name": definition.names[current()],
        "value": None if figure.value is None else _value(figure.value, definition.unit),
        "at_least": found.finding.at_least,
        "level": found.level,
        "worst": found.worst if found.worst != found.level else None,
        "year": figure.year,
        "reason": figure.reason,
        "sources": list(figure.sources),
    }


def _value(value: float, unit: str | None) -> str:
    if unit == "fraction":
        return figures.percent(value)
    told = figures.whole(round(value)) if value >= LARGE else figures.number(value, 2)
    if unit == "years":
        return str(_("%(number)s years", number=told))
    return told if unit is None else f"{told} kg CO₂-eq/kg"


def _trend(found: PresentDayRisk) -> dict[str, Any]:
    return {
        "direction": found.direction,
        "then": found.then,
        "now": found.now,
        "stage": found.stage,
        "year": found.year,
        "reason": found.reason,
        "movers": [
            {
                "country": one.country,
                "then": one.share_then,
                "now": one.share_now,
                "raises": one.moved > 0,
            }
            for one in found.movers[:SHOWN_MOVERS]
        ],
        "sources": list(found.sources),
    }


def _room(found: Room) -> dict[str, Any]:
    shown: Sequence[Any] = found.producers[:SHOWN_PRODUCERS]
    return {
        "stage": found.stage,
        "of": found.series.names.get(current()),
        "year": found.year,
        "largest": (found.largest.share.country, found.largest.share.fraction),
        "outside": found.outside,
        "unnamed": found.unnamed,
        "by_standing": [(one, found.by_standing[one]) for one in Standing],
        "producers": [(one.share.country, one.share.fraction, one.standing) for one in shown],
        "more": len(found.producers) - len(shown),
        "sources": sorted({found.largest.share.source, *(one.share.source for one in shown)}),
    }
