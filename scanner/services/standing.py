"""What is known of a country beside supply, and of a raw material across countries, on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scanner.core.names import CountryCode, MaterialId
from scanner.core.restrictions import Restriction, Sanction, State
from scanner.core.standing import Agreement, ConflictArea, ConflictRegime, Estimates
from scanner.services.context import Context
from scanner.store.stamps import now


@dataclass(frozen=True, slots=True)
class CountryStanding:
    """Governance by year and edition, agreements, conflict areas by regime, and measures."""

    estimates: tuple[Estimates, ...]
    agreements: tuple[Agreement, ...]
    areas: Mapping[str, tuple[ConflictRegime, tuple[ConflictArea, ...]]]
    restrictions: tuple[Restriction, ...]
    sanctions: tuple[Sanction, ...]


def of_country(ctx: Context, code: CountryCode) -> CountryStanding:
    """All of a country; empty where the release knows nothing."""
    known = ctx.engine.knowledge.standing
    areas = known.areas.get(code, ())
    return CountryStanding(
        estimates=known.estimates.get(code, ()),
        agreements=known.agreements.get(code, ()),
        areas={
            key: (regime, found)
            for key, regime in known.regimes.items()
            if (found := tuple(area for area in areas if area.regime == key))
        },
        restrictions=known.restrictions.get(code, ()),
        sanctions=known.sanctions.get(code, ()),
    )


def restrictions_on(ctx: Context, material: MaterialId) -> tuple[Restriction, ...]:
    """Restrictions of exports that name a raw material or its group."""
    return ctx.engine.knowledge.standing.restricted.get(material, ())


def sanctions_on(ctx: Context, material: MaterialId) -> tuple[Sanction, ...]:
    """Sanctions of the EU that name a raw material or its group."""
    return ctx.engine.knowledge.standing.sanctioned.get(material, ())


def state_on(measure: Restriction | Sanction, day: date | None) -> State | None:
    """The state of a measure on a day; None where no day is asked for."""
    return None if day is None else measure.timeline.state_on(day)


def today() -> date:
    """The day on which a person looks."""
    return now().date()
