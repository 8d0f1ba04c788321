"""Scenarios as they stand in answers: what supplies lose, and what that means for one product.

What a product holds is read from its profile, so the work grows with its distinct parts only.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from scanner.core.bounds import Bounds
from scanner.core.names import MaterialId, Presence
from scanner.core.scan import NOTHING_SPENT, PartUse, Spending
from scanner.core.scenarios import MECHANICAL, Loss, MaterialLoss, Priced, Scenario, Stakes
from scanner.profile.materials import bounds_answer, share_answer
from scanner.profile.spending import spending_answer

DAYS_A_YEAR = 365.0
SHOWN_PARTS = 50

ANNUAL_UNITS_MISSING = "annual_units_missing"
MASS_MISSING = "mass_missing"
MASS_INCOMPLETE = "mass_incomplete"
PRICE_MISSING = "price_missing"
PRICED_OTHERWISE = "priced_in_another_form"
STOCK_MISSING = "stock_missing"
SUPPLY_MISSING = "supply_missing"
NOTHING_LOST = "nothing_lost"


@dataclass(frozen=True, slots=True)
class HeldPart:
    """One part of a product that counts: `place` among its parts, lines, costs, and contents."""

    place: int
    lines: int | None
    materials: Mapping[MaterialId, Presence]
    spending: Spending = NOTHING_SPENT


def held_parts(uses: Iterable[PartUse]) -> list[HeldPart]:
    """The parts of a scan that count."""
    return [
        HeldPart(
            place,
            use.lines,
            {content.material: content.presence for content in use.part.composition.contents},
            use.spending,
        )
        for place, use in enumerate(uses)
        if use.counts
    ]


def scenario_answer(
    scenario: Scenario, stakes: Stakes, *, top: int, explain: bool = False
) -> dict[str, Any]:
    """What was asked, and what supplies lose; each names the `top` biggest suppliers left."""
    touched = [one for one in stakes.losses.values() if not one.untouched]
    return {
        "kind": MECHANICAL,
        "method": "scenarios",
        "scenario": {
            "countries": sorted(scenario.countries),
            "fraction": scenario.fraction,
            "stage": scenario.stage,
            "materials": None if scenario.materials is None else list(scenario.materials),
            "scopes": list(scenario.scopes),
        },
        "materials": [_material_loss(one, top, explain=explain) for one in touched],
        "untouched": sorted(key for key, one in stakes.losses.items() if one.untouched),
    }


def _material_loss(found: MaterialLoss, top: int, *, explain: bool) -> dict[str, Any]:
    return {
        "material": found.material,
        "largest_loss": _largest(found),
        "supplies": [_loss(one, top, explain) for one in found.losses],
    }


def _largest(found: MaterialLoss) -> dict[str, Any] | None:
    """The largest loss with its scope and stage, or None where none can be told."""
    largest = found.largest
    if largest is None:
        return None
    return {
        "scope": largest.scope,
        "stage": largest.stage,
        "lost": bounds_answer(largest.lost, 1.0),
    }


def _loss(one: Loss, top: int, explain: bool) -> dict[str, Any]:
    return {
        "scope": one.scope,
        "stage": one.stage,
        "of": one.of,
        "materials": list(one.counted),
        "year": one.year,
        "lost": bounds_answer(one.lost, 1.0),
        "quantity": bounds_answer(one.quantity, 1.0),
        "unit": one.unit,
        "stopped": [share_answer(share) for share in one.stopped],
        "next": [
            share_answer(share) for share in (one.following if explain else one.following[:top])
        ],
        "source": one.source,
        "reason": one.reason,
    }


def exposure(
    document: Mapping[str, Any], parts: Sequence[HeldPart], stakes: Stakes
) -> tuple[dict[str, Any], list[int]]:
    """What a scenario means for a product, and the places of the parts that are shown in it.

    `document` is its profile. Parts stand without their names, which the caller knows.
    """
    touched = {key: one for key, one in stakes.losses.items() if not one.untouched}
    inside = [held for held in document["materials"] if held["material"] in touched]
    inside.sort(key=lambda held: (held["presence"] == Presence.POSSIBLE,
                                  touched[held["material"]].order))  # fmt: skip
    coverage = document["coverage"]
    annual_units = document["options"]["annual_units"]
    told, places = _parts(parts, touched, annual_units)
    return {
        "kind": MECHANICAL,
        "annual_units": annual_units,
        "coverage": {
            state: coverage[state] for state in ("recognised", "ambiguous", "unrecognised")
        },
        "materials": [_held(held, touched[held["material"]], stakes, document) for held in inside],
        "parts": told,
    }, places


def _parts(
    parts: Sequence[HeldPart],
    touched: Mapping[MaterialId, MaterialLoss],
    annual_units: str | None,
) -> tuple[dict[str, Any], list[int]]:
    """The parts that hold something touched, those that surely lose most first.

    At stake is what those cost that hold something touched certainly or likely; what the others
    cost stands beside it.
    """
    order = {key: one.order for key, one in touched.items()}
    exposed = []
    sure: list[Spending] = []
    possible: list[Spending] = []
    for part in parts:
        held = [(presence.rank, *order[key]) for key, presence in part.materials.items()
                if key in order]  # fmt: skip
        if held:
            rank, low, high, _ = min(held)
            only_possible = rank == Presence.POSSIBLE.rank
            (possible if only_possible else sure).append(part.spending)
            exposed.append(((only_possible, low, high, -(part.lines or 0), part.place), part))
    shown = [part for _, part in heapq.nsmallest(SHOWN_PARTS, exposed, key=itemgetter(0))]
    return {
        "count": len(exposed),
        "only_possible": len(possible),
        "lines": _all([part.lines for _, part in exposed]),
        "spend": spending_answer(Spending.total(sure), annual_units),
        "spend_only_possible": spending_answer(Spending.total(possible), annual_units),
        "shown": [_shown(part, touched, annual_units) for part in shown],
    }, [part.place for part in shown]


def _shown(
    part: HeldPart, touched: Mapping[MaterialId, MaterialLoss], annual_units: str | None
) -> dict[str, Any]:
    """A part with what it holds, surest first, then by the largest loss."""
    held = sorted(
        (key for key in part.materials if key in touched),
        key=lambda key: (part.materials[key].rank, touched[key].order),
    )
    return {
        "lines": part.lines,
        "spend": spending_answer(part.spending, annual_units),
        "materials": [
            {
                "material": key,
                "presence": part.materials[key],
                "largest_loss": _largest(touched[key]),
            }
            for key in held
        ],
    }


def _all(numbers: Sequence[int | None]) -> int | None:
    """The sum; None where one is unknown."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _held(
    held: Mapping[str, Any], loss: MaterialLoss, stakes: Stakes, document: Mapping[str, Any]
) -> dict[str, Any]:
    """One material of the product: how much there is, what is lost of it, what it is worth."""
    key = MaterialId(held["material"])
    largest = loss.largest
    lost = None if largest is None else largest.lost
    yearly, missing = _yearly(held, document)
    return {
        "material": key,
        "presence": held["presence"],
        "critical": held["critical"],
        "strategic": held["strategic"],
        "largest_loss": _largest(loss),
        "lines": held["lines"],
        "mass_g": held["mass_g"],
        "mass_gaps": held["mass_gaps"],
        "annual_mass_kg": held["annual_mass_kg"],
        "annual_shortfall_kg": _or_why(
            None if yearly is None or lost is None else _times(yearly, lost),
            missing or SUPPLY_MISSING,
        ),
        "annual_value_usd": _value(yearly, missing, stakes.prices.get(key)),
        "days_of_stock": _days(yearly, missing, lost, held, stakes.stock_kg.get(key)),
    }


def _yearly(
    held: Mapping[str, Any], document: Mapping[str, Any]
) -> tuple[Bounds | None, str | None]:
    """Kilograms of a material in a year's products, or why that is not known."""
    if document["options"]["annual_units"] is None:
        return None, ANNUAL_UNITS_MISSING
    mass = held["annual_mass_kg"]
    if mass is None:
        return None, MASS_MISSING
    if mass["low"] is None:
        return Bounds(mass["typical"], mass["typical"]), None
    return Bounds(mass["low"], mass["high"]), None


def _times(one: Bounds, other: Bounds) -> Bounds:
    return Bounds(one.low * other.low, one.high * other.high)


def _or_why(found: Bounds | None, reason: str) -> dict[str, Any]:
    if found is None:
        return {"low": None, "high": None, "reason": reason}
    return {"low": found.low, "high": found.high, "reason": None}


def _value(yearly: Bounds | None, missing: str | None, priced: Priced | None) -> dict[str, Any]:
    """What a year's need of a material costs on the market."""
    usd = None if priced is None else priced.price.usd_per_kg
    fits = priced is not None and priced.as_counted
    worth = None
    if yearly is not None and usd is not None and fits:
        worth = _times(yearly, Bounds(usd, usd))
    unpriced = PRICE_MISSING if priced is None else PRICED_OTHERWISE
    return {
        **_or_why(worth, missing or unpriced),
        "usd_per_kg": usd,
        "basis": None if priced is None else priced.basis,
        "year": None if priced is None else str(priced.price.year),
        "source": None if priced is None else priced.price.source,
    }


def _days(
    yearly: Bounds | None,
    missing: str | None,
    lost: Bounds | None,
    held: Mapping[str, Any],
    stock_kg: float | None,
) -> dict[str, Any]:
    """For how many days a stock makes up for what is lost: stock / (use a day x fraction lost).

    There is no end where the least that may be lost is nothing. A mass of which something is
    unknown would make the stock look larger than it is.
    """
    if stock_kg is None:
        return _or_why(None, STOCK_MISSING)
    if yearly is None or lost is None:
        return _or_why(None, missing or SUPPLY_MISSING)
    if not held["mass_complete"]:
        return _or_why(None, MASS_INCOMPLETE)
    drained = _times(yearly, lost)
    if not drained.high:
        return _or_why(None, NOTHING_LOST)
    longest = stock_kg * DAYS_A_YEAR / drained.low if drained.low else None
    return {"low": stock_kg * DAYS_A_YEAR / drained.high, "high": longest, "reason": None}
