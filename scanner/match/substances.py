"""Evidence of kind *substance*: CAS numbers, and names of substances."""

import re
from collections.abc import Iterator, Sequence

from scanner.core.bom import Part
from scanner.core.evidence import Evidence
from scanner.core.lexicon import Lexicon, MatchRule
from scanner.core.names import EvidenceKind, TargetKind
from scanner.match import grammar
from scanner.match.automaton import Hit
from scanner.match.clues import seen_as
from scanner.match.rules import CONFIDENCE

_CAS = re.compile(r"(?<![\d-])\d{2,7}-\d{2}-\d(?![\d-])")
_FIELDS = ("cas", "material", "description", "number")


def by_cas(part: Part, lexicon: Lexicon) -> Iterator[Evidence]:
    """Every CAS number in the part's text that is one and that the lexicon knows."""
    seen: set[str] = set()
    for field in _FIELDS:
        text = getattr(part, field)
        if not text or "-" not in text:
            continue
        for match in _CAS.finditer(text):
            term = lexicon.cas_numbers.get(match[0])
            if term is None or match[0] in seen or not cas_is_valid(match[0]):
                continue
            seen.add(match[0])
            way = "cas_field" if field == "cas" else "cas_text"
            yield Evidence(
                kind=EvidenceKind.SUBSTANCE,
                text=match[0],
                field=field,
                points_to=term.target,
                confidence=CONFIDENCE[way],
                source=term.source,
                rule=term.rule,
            )


def by_name(hits: Sequence[Hit]) -> Iterator[tuple[Hit, Evidence]]:
    """Named substances: the part is one where nothing else is said, else it holds one."""
    for hit in hits:
        for term in {term.target: term for term in reversed(hit.terms)}.values():
            if term.kind is not EvidenceKind.SUBSTANCE or term.match is MatchRule.EXCLUDE:
                continue
            if term.match is MatchRule.CONTEXT and not _in_context(hit):
                continue
            if grammar.is_purpose(hit) or grammar.is_denied(hit):
                continue
            if grammar.is_whole(hit) and not grammar.is_layer(hit):
                yield hit, seen_as(hit, term, "substance_whole")
            elif term.target.kind is not TargetKind.CLASS:
                yield hit, seen_as(hit, term, "wording", EvidenceKind.WORDING)


def cas_is_valid(cas: str) -> bool:
    """Whether the check digit of a CAS registry number fits its other digits."""
    digits = cas.replace("-", "")
    weighted = sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1))
    return weighted % 10 == int(digits[-1])


def _in_context(hit: Hit) -> bool:
    return hit.text.field == "material" or grammar.speaks_of_materials(hit)
