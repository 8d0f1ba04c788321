"""What a caller may fix about an analysis, checked."""

from decimal import Decimal

from scanner.core.errors import InvalidInput, Place
from scanner.core.scan import ScanOptions


def scan_options(annual_units: Decimal | None) -> ScanOptions:
    """The options of an analysis; `InvalidInput` unless products per year are above 0 or None."""
    if annual_units is not None and not (annual_units.is_finite() and annual_units > 0):
        raise InvalidInput(
            f"The number of products per year is {annual_units}.",
            advice="Give a number above 0, or none.",
            place=Place(pointer="/annual_units"),
        )
    return ScanOptions(annual_units)


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
