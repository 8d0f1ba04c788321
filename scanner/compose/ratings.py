"""Capacity and power in a text, and the amounts of raw materials that sources state for them.

``36V 10Ah`` is 0.36 kWh, ``400 Wp`` are 0.4 kW. A source states grams per kilowatt-hour of a kind
of battery, or kilograms per megawatt of a kind of module: these make a mass where no fraction does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scanner.compose.classes import classes_of
from scanner.core.bom import Part
from scanner.core.composition import Content, Working
from scanner.core.evidence import Recognition
from scanner.core.names import Presence
from scanner.core.recipes import Rated, RatedAmount, Recipes

_NUMBER = r"(?<![\w.,/-])(\d{1,6}(?:[.,]\d{1,2})?)\s?"
_ENERGY = re.compile(_NUMBER + r"(MWh|kWh|KWh|kwh|Wh)(?![\w/])")
_CHARGE = re.compile(_NUMBER + r"(mAh|MAH|mah|Ah|AH|ah)(?![\w/])")
_VOLTAGE = re.compile(_NUMBER + r"(V)(?:DC|dc)?(?![\w/])")
_POWER = re.compile(_NUMBER + r"(MW|kW|KW|kw|W)(?:p|P|pk|el|e)?(?![\w/])")
_SEVERAL = re.compile(r"\d\s?[x×]\s?\d|\d+\s?[sS]\s?\d*\s?[pP](?!\w)|\d\s?(?:-|–|\.\.|/)\s?\d")
_KILO = {"mwh": 1000.0, "kwh": 1.0, "wh": 0.001, "mw": 1000.0, "kw": 1.0, "w": 0.001}
_AMPERE_HOURS = {"mah": 0.001, "ah": 1.0}

WATTS_PER_KILOWATT = 1000.0


@dataclass(frozen=True, slots=True)
class Rating:
    """How many kilowatt-hours, kilowatts or devices one piece of a part is, and what says so."""

    rated: Rated
    number: float
    text: str


def rated_contents(
    contents: Sequence[Content], part: Part, recognition: Recognition, recipes: Recipes
) -> tuple[Content, ...]:
    """The contents with a mass by rating where nothing else gives one.

    Only where the part is of one class, exactly the one whose amounts a source states.
    """
    classes = set(classes_of(recognition))
    amounts = recipes.rated.get(min(classes), ()) if len(classes) == 1 else ()
    if not amounts:
        return tuple(contents)
    ratings = {rating.rated: rating for rating in _ratings(part)}
    by_material = {one.material: one for one in amounts if one.rated in ratings}
    return tuple(
        _rated(content, by_material[content.material], ratings)
        if content.material in by_material and content.mass_g is None
        else content
        for content in contents
    )


def _rated(content: Content, amount: RatedAmount, ratings: dict[Rated, Rating]) -> Content:
    rating = ratings[amount.rated]
    grams = amount.grams.scaled(rating.number)
    if content.presence is Presence.POSSIBLE:
        grams = grams.from_nothing()
    return replace(
        content,
        mass_g=grams,
        gap=None,
        sources=tuple(sorted({*content.sources, *amount.sources})),
        working=Working(
            rating.text, f"{rating.number:g} {rating.rated} × g/{rating.rated}", amount.sources
        ),
    )


def _ratings(part: Part) -> Iterator[Rating]:
    """All that the texts say; nothing where one says two things, or speaks of several pieces."""
    yield Rating(Rated.DEVICE, 1.0, part.description or "")
    text = " | ".join(filter(None, (part.description, part.value)))
    if _SEVERAL.search(text):
        return
    energy = _only(_ENERGY, text)
    if energy is not None:
        number, unit, seen = energy
        yield Rating(Rated.KILOWATT_HOUR, number * _KILO[unit.lower()], seen)
    elif _ENERGY.search(text) is None:
        charge, voltage = _only(_CHARGE, text), _only(_VOLTAGE, text)
        if charge is not None and voltage is not None:
            ampere_hours = charge[0] * _AMPERE_HOURS[charge[1].lower()]
            seen = f"{voltage[2]} {charge[2]}"
            kilowatt_hours = ampere_hours * voltage[0] / WATTS_PER_KILOWATT
            yield Rating(Rated.KILOWATT_HOUR, kilowatt_hours, seen)
    power = _only(_POWER, text)
    if power is not None:
        number, unit, seen = power
        yield Rating(Rated.KILOWATT, number * _KILO[unit.lower()], seen)


def _only(pattern: re.Pattern[str], text: str) -> tuple[float, str, str] | None:
    """The one quantity that fits, as number, unit and text seen; ``None`` for none or several."""
    found = {
        (float(match[1].replace(",", ".")), match[2]): match[0] for match in pattern.finditer(text)
    }
    if len(found) != 1:
        return None
    (((number, unit), seen),) = found.items()
    return (number, unit, seen) if number > 0 else None
