"""What the caller fixed about the columns: a heading, a letter or a number → a field."""

import re

from scanner.core.bom import ReadOptions
from scanner.core.errors import InvalidInput, Place
from scanner.parse.headings import FIELDS, Heading, normalise, recognise


def check_options(options: ReadOptions) -> None:
    """Raise `InvalidInput` when the caller sends a column to a field that does not exist."""
    for key, field in options.columns.items():
        if field and field not in FIELDS:
            raise InvalidInput(
                f"There is no field '{field}'.",
                advice=f"Use one of: {', '.join(FIELDS)}.",
                place=Place(pointer=f"/columns/{key}"),
            )


def chosen_by_heading(text: str, options: ReadOptions) -> Heading | None:
    """What the caller fixed for a column with this heading."""
    if not options.columns or not text:
        return None
    name = normalise(text)
    for key, field in options.columns.items():
        if key.strip() == text or (name and normalise(key) == name):
            return Heading(field or "ignored", 1.0, recognise(text).unit)
    return None


def chosen(index: int, text: str, options: ReadOptions) -> Heading | None:
    """What the caller fixed for this column: by its heading first, then by letter or number."""
    by_heading = chosen_by_heading(text, options)
    if by_heading is not None:
        return by_heading
    for key, field in options.columns.items():
        if place_of(key) == index:
            return Heading(field or "ignored", 1.0, recognise(text).unit)
    return None


def place_of(key: str) -> int | None:
    """The index that a column letter (`C`) or number (`3`, from 1) names."""
    text = key.strip()
    if text.isdecimal() and 0 < int(text) <= 16384:
        return int(text) - 1
    if not re.fullmatch(r"[A-Z]{1,3}", text):
        return None
    index = 0
    for letter in text:
        index = index * 26 + ord(letter) - 64
    return index - 1
