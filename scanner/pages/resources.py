"""What the page of a raw material shows of production, uses and past assessments."""

from typing import Any, Final

from scanner.core.names import MaterialId
from scanner.core.production import ProductionSeries, ProductionYear
from scanner.pages.language import current
from scanner.pages.wiring import context

SHOWN_COUNTRIES: Final = 5


def shown_resources(material: MaterialId) -> dict[str, Any]:
    """The newest production of each commodity, end uses, by-production and history."""
    known = context().engine.knowledge.resources
    newest: dict[str, tuple[ProductionSeries, ProductionYear]] = {}
    for series in known.production(material):
        for year in series.years:
            held = newest.get(series.commodity.id)
            if held is None or year.year > held[1].year:
                newest[series.commodity.id] = (series, year)
    companionality = known.companionality(material)
    return {
        "production": [_produced(series, year) for series, year in newest.values()],
        "uses": [
            {"application": use.application, "share": use.fraction, "source": use.source}
            for use in known.uses(material)
        ],
        "by_product": None
        if companionality is None or companionality.fraction is None
        else {
            "fraction": companionality.fraction,
            "year": companionality.year,
            "source": companionality.source,
            "note": companionality.note,
        },
        "history": [
            {
                "year": past.year,
                "assessed_as": past.assessed_as,
                "supply_risk": past.supply_risk,
                "economic_importance": past.economic_importance,
                "listed": past.listed,
                "sources": [past.source, past.list_source],
            }
            for past in known.history(material)
        ],
    }


def _produced(series: ProductionSeries, year: ProductionYear) -> dict[str, Any]:
    names = series.commodity.names
    known = [one for one in year.countries if one.quantity is not None]
    withheld = [one for one in year.countries if one.quantity is None]
    return {
        "name": names.get(current()) or next(iter(names.values())),
        "year": year.year,
        "stage": series.commodity.stage,
        "basis": series.basis,
        "unit": series.commodity.unit,
        "world": year.world,
        "countries": [
            {"country": one.country, "quantity": one.quantity}
            for one in [*known[:SHOWN_COUNTRIES], *withheld]
        ],
        "more": max(0, len(known) - SHOWN_COUNTRIES),
        "note": series.commodity.note,
        "source": series.source,
    }
