"""What a caller may fix about an analysis, checked."""

from decimal import Decimal
from typing import Final

from scanner.core.errors import InvalidInput, Place
from scanner.core.scan import ScanOptions

DOCUMENTED_ONLY: Final = "documented-only"


def scan_options(annual_units: Decimal | None, *, documented_only: bool = False) -> ScanOptions:
    """The options of an analysis; `InvalidInput` unless products per year are above 0 or None."""
    if annual_units is not None and not (annual_units.is_finite() and annual_units > 0):
        raise InvalidInput(
            f"The number of products per year is {annual_units}.",
            advice="Give a number above 0, or none.",
            place=Place(pointer="/annual_units"),
        )
    return ScanOptions(annual_units, documented_only)


def overlays(options: ScanOptions) -> str:
    """What is laid over the release, as recognitions and profiles are kept apart by it.

    `documented-only` takes the statements away that rest on engineering knowledge alone: what a
    part holds without them is never taken for what it holds with them.
    """
    return DOCUMENTED_ONLY if options.documented_only else ""


def plain_text(value: str, pointer: str) -> str:
    """The text without white space around it; `InvalidInput` when a database cannot hold it.

    Half a surrogate pair and the character NUL are legal in JSON and in no database.
    """
    if "\0" in value or not _is_encodable(value):
        raise InvalidInput(
            "The text holds a character that cannot be stored.",
            advice="Remove control characters and broken symbols from it.",
            place=Place(pointer=pointer),
        )
    return value.strip()


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
