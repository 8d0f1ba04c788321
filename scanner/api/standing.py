"""Governance by year, agreements, conflict areas and measures, as they stand in answers."""

from datetime import date
from typing import Any

from scanner.api import answers
from scanner.core.names import Language, MaterialId
from scanner.core.restrictions import Restriction, Sanction
from scanner.core.standing import Agreement, ConflictArea, ConflictRegime
from scanner.services import standing
from scanner.services.context import Context


def standing_answer(found: standing.CountryStanding, on: date | None) -> dict[str, Any]:
    """All of a country, with the state of its measures on a day if there is one."""
    return {
        "governance_by_year": [estimates._asdict() for estimates in found.estimates],
        "agreements": [_agreement(agreement) for agreement in found.agreements],
        "conflict_regimes": [_regime(*pair) for pair in found.areas.values()],
        "export_restrictions": [restriction_answer(one, on) for one in found.restrictions],
        "sanctions": [sanction_answer(one, on) for one in found.sanctions],
    }


def measures_answer(ctx: Context, material: MaterialId, on: date | None) -> dict[str, Any]:
    """The restrictions and sanctions that name a raw material or its group."""
    return {
        "export_restrictions": [
            restriction_answer(one, on) for one in standing.restrictions_on(ctx, material)
        ],
        "sanctions": [sanction_answer(one, on) for one in standing.sanctions_on(ctx, material)],
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "name": agreement.name,
        "kind": agreement.kind,
        "status": agreement.status,
        "date": agreement.date,
        "raw_materials": agreement.raw_materials,
        "note": agreement.note,
        "sources": list(agreement.sources),
    }


def regime_answer(regime: ConflictRegime) -> dict[str, Any]:
    """A regime about conflict minerals, without its areas."""
    return {
        "id": regime.id,
        "name": regime.names.get(answers.language()) or regime.names[Language("en")],
        "materials": list(regime.materials),
        "version": regime.version,
        "legal_reference": regime.legal_reference,
        "sources": list(regime.sources),
    }


def _regime(regime: ConflictRegime, areas: tuple[ConflictArea, ...]) -> dict[str, Any]:
    return {
        **regime_answer(regime),
        "areas": [
            {"standing": area.standing, "region": area.region, "name": area.name} for area in areas
        ],
        "sources": sorted({*regime.sources, *(key for area in areas for key in area.sources)}),
    }


def restriction_answer(one: Restriction, on: date | None) -> dict[str, Any]:
    """A restriction of exports, with its state on a day if there is one."""
    return {
        **_measure(one, on),
        "measure": one.measure,
        "form": one.form,
        "destination": one.destination,
        "suspended_from": one.timeline.suspended_from,
        "suspended_until": one.timeline.suspended_until,
    }


def sanction_answer(one: Sanction, on: date | None) -> dict[str, Any]:
    """A sanction of the Union, with its state on a day if there is one."""
    return {**_measure(one, on), "measure": one.measure}


def _measure(one: Restriction | Sanction, on: date | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "country": one.country,
        "subject": one.subject,
        "materials": list(one.materials),
        "start": one.timeline.start,
        "end": one.timeline.end,
        "reported": one.timeline.reported,
        "as_of": one.timeline.as_of,
        "state": standing.state_on(one, on),
        "periods": [
            {
                "first": None if period.first is None else period.first.isoformat(),
                "last": None if period.last is None else period.last.isoformat(),
                "state": period.state,
            }
            for period in one.timeline.periods()
        ],
        "detail": one.detail,
        "legal_reference": one.legal_reference,
        "sources": list(one.sources),
    }
