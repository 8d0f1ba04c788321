"""Evidence of kind *commodity code*: an HS or CN code whose own text names a material or class."""

import re

from scanner.core.bom import Part
from scanner.core.evidence import Evidence
from scanner.core.lexicon import Lexicon
from scanner.core.names import EvidenceKind
from scanner.match.rules import CONFIDENCE

_NOT_DIGITS = re.compile(r"\D")


def by_code(part: Part, lexicon: Lexicon) -> Evidence | None:
    """The most specific heading of the part's commodity code that the lexicon knows."""
    if not part.commodity_code:
        return None
    digits = _NOT_DIGITS.sub("", part.commodity_code)
    if not 4 <= len(digits) <= 11:
        return None
    for length in (8, 6, 4):
        term = lexicon.codes.get(digits[:length])
        if term is not None and len(digits) >= length:
            return Evidence(
                kind=EvidenceKind.COMMODITY_CODE,
                text=part.commodity_code,
                field="commodity_code",
                points_to=term.target,
                confidence=CONFIDENCE["commodity_code"],
                source=term.source,
                rule=term.rule,
            )
    return None
