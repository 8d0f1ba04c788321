"""What the pages show of a country beside supply, and of measures on a raw material, today."""

from datetime import date
from typing import Any

from scanner.core.names import CountryCode, Language, MaterialId
from scanner.core.restrictions import Restriction, Sanction
from scanner.core.standing import AreaStanding, ConflictArea, ConflictRegime, Estimates
from scanner.pages.language import current
from scanner.pages.wiring import context
from scanner.services import standing

DIMENSIONS = Estimates._fields[2:-1]
"""The six governance indicators, by the names of their fields."""


def shown_standing(code: CountryCode) -> dict[str, Any]:
    """Governance by dimension, agreements, conflict areas and measures of a country."""
    found, today = standing.of_country(context(), code), standing.today()
    return {
        "dimensions": _dimensions(found.estimates),
        "agreements": [
            {
                "name": one.name,
                "kind": one.kind,
                "status": one.status,
                "date": one.date,
                "sources": list(one.sources),
            }
            for one in found.agreements
        ],
        "regimes": [_regime(*pair) for pair in found.areas.values()],
        "restrictions": [_measure(one, today) for one in found.restrictions],
        "sanctions": [_measure(one, today) for one in found.sanctions],
        "today": today,
    }


def shown_measures(material: MaterialId) -> dict[str, Any]:
    """The restrictions and sanctions that name a raw material or its group."""
    today = standing.today()
    return {
        "restrictions": [
            _measure(one, today) for one in standing.restrictions_on(context(), material)
        ],
        "sanctions": [_measure(one, today) for one in standing.sanctions_on(context(), material)],
        "today": today,
    }


def _dimensions(estimates: tuple[Estimates, ...]) -> dict[str, Any] | None:
    """The first and the last year of the newest edition; editions are not compared."""
    if not estimates:
        return None
    edition = max(one.edition for one in estimates)
    years = sorted((one for one in estimates if one.edition == edition), key=lambda one: one.year)
    first, last = years[0], years[-1]
    return {
        "edition": edition,
        "first": first.year,
        "last": last.year,
        "rows": [(name, getattr(first, name), getattr(last, name)) for name in DIMENSIONS],
        "source": last.source,
    }


def _regime(regime: ConflictRegime, areas: tuple[ConflictArea, ...]) -> dict[str, Any]:
    regions: dict[AreaStanding, list[str]] = {}
    for area in areas:
        regions.setdefault(area.standing, []).extend([area.name] if area.name else [])
    return {
        "name": regime.names.get(current()) or regime.names[Language("en")],
        "materials": list(regime.materials),
        "version": regime.version,
        "standings": sorted(regions.items()),
        "sources": list(regime.sources),
    }


def _measure(one: Restriction | Sanction, today: date) -> dict[str, Any]:
    return {
        "country": one.country,
        "subject": one.subject,
        "form": one.form if isinstance(one, Restriction) else None,
        "materials": list(one.materials),
        "measure": one.measure,
        "destination": one.destination if isinstance(one, Restriction) else None,
        "start": one.timeline.start,
        "state": standing.state_on(one, today),
        "suspended_until": one.timeline.suspended_until,
        "as_of": one.timeline.as_of,
        "detail": one.detail,
        "sources": list(one.sources),
    }
