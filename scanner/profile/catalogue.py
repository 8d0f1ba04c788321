"""Rows of the catalogue as they stand in answers and on pages."""

from typing import Any

from scanner.core.catalogue import (
    ClassAmount,
    CodeContent,
    Constituent,
    Intensity,
    PieceMass,
    Printed,
)
from scanner.core.composition import Ingredient
from scanner.profile.parts import range_answer


def printed_answer(figure: Printed | None) -> dict[str, Any] | None:
    """A published figure, and whether both its limits are known."""
    if figure is None:
        return None
    known = figure.low is not None and figure.high is not None
    return {**figure._asdict(), "range_known": known}


def constituent_answer(one: Constituent) -> dict[str, Any]:
    """One row of a composition."""
    row = one._asdict()
    return {**row, "fraction": printed_answer(one.fraction), "sources": list(one.sources)}


def ingredient_answer(one: Ingredient) -> dict[str, Any]:
    """A raw material that a composition comes down to."""
    return {
        "material": one.material,
        "presence": one.presence,
        "fraction": range_answer(one.fraction),
        "role": one.role,
        "basis": one.basis,
        "upstream": one.upstream,
        "expert": one.expert,
        "source": one.source,
    }


def amount_answer(one: ClassAmount) -> dict[str, Any]:
    """An amount of an element per unit of a component class."""
    return {
        "element": one.element,
        "role": one.role,
        "amount": printed_answer(one.amount),
        "unit": one.unit,
        "source": one.source,
        "note": one.note,
    }


def mass_answer(one: PieceMass) -> dict[str, Any]:
    """Grams of one piece."""
    return {
        "package": one.package,
        "grams": range_answer(one.mass.grams),
        "source": one.mass.source,
        "note": one.note,
    }


def content_row(one: CodeContent) -> dict[str, Any]:
    """A raw material in the goods of a code."""
    row = one._asdict()
    return {**row, "fraction": printed_answer(one.fraction), "sources": list(one.sources)}


def intensity_row(one: Intensity) -> dict[str, Any]:
    """An amount of a raw material per unit of goods."""
    return {
        "product": one.product,
        "material": one.material,
        "amount": printed_answer(one.amount),
        "unit": one.unit,
        "values": one.values,
        "source": one.source,
        "note": one.note,
    }
