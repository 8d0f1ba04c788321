"""Measures as they stand in answers: those of a raw material, and those of one product.

What a product holds is read from its profile. Keys stand in the order in which measures are told:
diversify; substitute, reduce, recycle; stock; reshore. What nothing is known about is null or an
empty list: nothing is said of it.
"""

from collections.abc import Mapping
from typing import Any

from scanner.core.measures import (
    LAW,
    RECYCLED,
    STOCK_DAYS,
    MaterialMeasures,
    Recycling,
    Reshoring,
    Shift,
    Substitution,
    Target,
)
from scanner.core.supply_risk import Parameter
from scanner.profile.materials import bounds_answer

DAYS_A_YEAR = 365.0
SHOWN_PARTS = 3

ANNUAL_UNITS_MISSING = "annual_units_missing"
MASS_MISSING = "mass_missing"
MASS_INCOMPLETE = "mass_incomplete"


def measures_answer(found: MaterialMeasures) -> dict[str, Any]:
    """The measures of one material that need no product."""
    return {
        "diversify": [_shift(one) for one in found.diversify],
        "substitute": _substitution(found.substitution),
        "recycle": _recycling(found.recycling),
        "reshore": [_reshoring(one) for one in found.reshore],
    }


def product_measures(
    entry: Mapping[str, Any], found: MaterialMeasures, annual_units: str | None
) -> dict[str, Any]:
    """The measures of one material of a profile, whose document says `entry` of it."""
    told = measures_answer(found)
    return {
        "diversify": told["diversify"],
        "substitute": told["substitute"],
        "reduce": _reduction(entry),
        "recycle": told["recycle"],
        "stock": _stock(entry, annual_units),
        "reshore": told["reshore"],
    }


def _shift(one: Shift) -> dict[str, Any]:
    return {
        "stage": one.stage,
        "scope": one.scope,
        "of": one.of,
        "year": one.year,
        "supplier": one.supplier,
        "share_before": one.share_before,
        "share_after": one.share_after,
        "moved": one.moved,
        "available": one.available,
        "targets": [_target(target) for target in one.targets],
        "hhi_before": bounds_answer(one.before, 10_000.0),
        "hhi_after": bounds_answer(one.after, 10_000.0),
        "sources": list(one.sources),
    }


def _target(one: Target) -> dict[str, Any]:
    return {
        "country": one.country,
        "output": one.output,
        "standing": one.standing,
        "receives": one.receives,
    }


def _substitution(found: Substitution | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "index": _parameter(found.index),
        "supply_risk": found.supply_risk,
        "supply_risk_without": found.without,
        "sources": sorted({found.source, found.index.source}),
    }


def _recycling(found: Recycling | None) -> dict[str, Any] | None:
    if found is None:
        return None
    below = found.at_benchmark is not None
    return {
        "eol_rir": _parameter(found.eol_rir),
        "supply_risk": found.supply_risk,
        "supply_risk_without": found.without,
        "benchmark": RECYCLED if below else None,
        "supply_risk_at_benchmark": found.at_benchmark,
        "sources": sorted({found.source, found.eol_rir.source, *((LAW,) if below else ())}),
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    return {"value": one.value, "year": one.year, "source": one.source}


def _reshoring(one: Reshoring) -> dict[str, Any]:
    return {
        "stage": one.stage,
        "year": one.year,
        "output": one.output,
        "producers": [{"country": maker.country, "share": maker.output} for maker in one.producers],
        "reserves": [
            {
                "country": held.country,
                "commodity": held.commodity,
                "share": held.fraction,
                "year": str(held.year),
                "source": held.source,
            }
            for held in one.reserves
        ],
        "domestic": one.domestic,
        "benchmark": one.benchmark,
        "shift": None if one.shift is None else _shift(one.shift),
        "sources": list(one.sources),
    }


def _reduction(entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """The parts that bring most of the known mass; None where no mass is known."""
    whole = entry["mass_g"]
    if whole is None:
        return None
    known = [
        one
        for one in entry["parts"]["shown"]
        if one["mass_g"] is not None and one["presence"] in ("certain", "likely")
    ]
    if not known:
        return None
    return {
        "parts": [
            {
                "part": one["part"],
                "lines": one["lines"],
                "mass_g": one["mass_g"],
                "share": _part_of(one["mass_g"], whole),
            }
            for one in known[:SHOWN_PARTS]
        ],
        "mass_complete": entry["mass_complete"],
    }


def _part_of(part: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, float] | None:
    """Bounds of what part of the known mass this is, both anywhere in their ranges."""
    (low, high), (least, most) = _ends(part), _ends(whole)
    others_least, others_most = max(0.0, least - low), max(0.0, most - high)
    if high <= 0:
        return None
    lowest = low / (low + others_most) if low > 0 else 0.0
    return {"low": lowest, "high": high / (high + others_least)}


def _stock(entry: Mapping[str, Any], annual_units: str | None) -> dict[str, Any]:
    """What a stock for some days weighs, and how long it would last without the largest source."""
    largest = entry["largest_source"]
    reason = _no_stock(entry, annual_units)
    if reason is not None:
        return {"days": STOCK_DAYS, "mass_kg": None, "lasts_days": None,
                "without": None, "reason": reason, "sources": []}  # fmt: skip
    low, high = _ends(entry["annual_mass_kg"])
    part = STOCK_DAYS / DAYS_A_YEAR
    return {
        "days": STOCK_DAYS,
        "mass_kg": {"low": low * part, "high": high * part},
        "lasts_days": None if largest is None else STOCK_DAYS / largest["share"],
        "without": None
        if largest is None
        else {name: largest[name] for name in ("country", "stage", "scope", "share")},
        "reason": None,
        "sources": [] if largest is None else [largest["source"]],
    }


def _no_stock(entry: Mapping[str, Any], annual_units: str | None) -> str | None:
    if annual_units is None:
        return ANNUAL_UNITS_MISSING
    if entry["annual_mass_kg"] is None:
        return MASS_MISSING
    return None if entry["mass_complete"] else MASS_INCOMPLETE


def _ends(value: Mapping[str, Any]) -> tuple[float, float]:
    """The ends of a range as answers tell it; a nominal figure is both."""
    nominal = value["typical"] or 0.0
    low, high = value["low"], value["high"]
    return nominal if low is None else low, nominal if high is None else high
