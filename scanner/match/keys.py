"""By what a part is known again: its key, and the fingerprint of what was written about it."""

import hashlib
import unicodedata

from scanner.core.bom import Part
from scanner.match.normalise import NORMALISATION_VERSION

RECOGNISABLE = (
    "number",
    "maker",
    "maker_number",
    "description",
    "value",
    "footprint",
    "designator_prefix",
    "material",
    "finish",
    "cas",
    "commodity_code",
)
"""The fields that the matcher reads."""


def fingerprint(part: Part) -> str:
    """SHA-256 (hex) of the recognisable fields and the version of the normalisation.

    White space and the Unicode form of letters do not count. Case does: ``Co`` and ``CO`` are
    recognised as different things, so they must not share one stored recognition.
    """
    lines = [NORMALISATION_VERSION]
    for name in RECOGNISABLE:
        value = getattr(part, name)
        lines.append("" if value is None else f"{name}={_settled(value)}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def part_key(part: Part) -> str:
    """What identifies the part for people and for the part library.

    ``mpn:<maker>|<number>`` where the maker's number is known, else ``own:<number>``, else
    ``fp:<fingerprint>``. Case and white space do not count in numbers and makers.
    """
    maker, number = _folded(part.maker), _folded(part.maker_number, spaces=False)
    own = _folded(part.number, spaces=False)
    if number and (maker or not own):
        return f"mpn:{maker}|{number}"
    if own:
        return f"own:{own}"
    return f"fp:{fingerprint(part)}"


def _settled(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _folded(text: str | None, *, spaces: bool = True) -> str:
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return (" " if spaces else "").join(folded.split())
