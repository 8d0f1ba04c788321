"""Evidence of kind *wording*: materials named in a text, as layers or as such; and denials."""

from collections.abc import Iterator, Sequence

from scanner.core.evidence import Evidence
from scanner.core.lexicon import Ambiguity, MatchRule, Term
from scanner.core.names import EvidenceKind, TargetKind
from scanner.match import grammar, looks, rules
from scanner.match.automaton import Hit
from scanner.match.clues import seen_as

_SYMBOL_LETTERS = 2


def by_wording(hits: Sequence[Hit]) -> Iterator[tuple[Hit, Evidence]]:
    """The materials that a text names."""
    for hit in hits:
        for term in {term.target: term for term in reversed(hit.terms)}.values():
            if (
                term.kind is not EvidenceKind.WORDING
                or term.target.kind is not TargetKind.MATERIAL
                or term.match is MatchRule.EXCLUDE
            ):
                continue
            way = _way(hit, term, hits)
            if way is not None:
                yield hit, seen_as(hit, term, way)


def denials(hits: Sequence[Hit]) -> Iterator[Evidence]:
    """What a text says is not there: exclusions that negate, and ``no``, ``-free``, ``ohne``."""
    for hit in hits:
        for term in {term.target: term for term in reversed(hit.terms)}.values():
            if term.negates or (
                term.match is not MatchRule.EXCLUDE
                and term.target.kind in {TargetKind.MATERIAL, TargetKind.ALLOY}
                and grammar.is_denied(hit)
            ):
                yield seen_as(hit, term, "negation", EvidenceKind.WORDING)


def _way(hit: Hit, term: Term, hits: Sequence[Hit]) -> str | None:
    """How surely a named material is in the part; ``None`` where it is not what is meant."""
    if not _is_of_the_part(hit) or _is_name(hit, term):
        return None
    many_meanings = term.ambiguity is Ambiguity.HIGH or term.match is MatchRule.CONTEXT
    if many_meanings and grammar.is_colour(hit):
        return None
    if grammar.is_layer(hit) or hit.text.field == "finish":
        return "coating"
    if hit.text.field == "material":
        return "material_field"
    if not many_meanings:
        return "wording"
    return "wording_high" if _is_meant(hit, hits) else None


def _is_french_colour(hit: Hit) -> bool:
    """Whether ``doré`` or ``argenté`` is a colour, beside plastic, paint or a sheen."""
    words = hit.text.words
    return words[hit.first] in looks.GILDED and not (
        looks.SHEENS.isdisjoint(words) and rules.POLYMERS.isdisjoint(words)
    )


def _is_name(hit: Hit, term: Term) -> bool:
    """Whether a metal is only in the name of a firm or a plan, or tin is titanium nitride."""
    if hit.seen == looks.NITRIDE and term.target.id == "tin":
        return True
    return term.target.id in looks.NAMING_METALS and grammar.names_firm(hit)


def _is_of_the_part(hit: Hit) -> bool:
    """Whether a named material is in the part, and not absent, a look or of something nearby."""
    before = hit.text.words[hit.first - 1] if hit.first else ""
    made_of = before not in rules.PIPEWORK and before not in looks.OF_OTHERS
    return not grammar.is_purpose(hit, made_of=made_of) and not any(
        says(hit)
        for says in (
            grammar.is_denied,
            grammar.is_of_what_is_held,
            grammar.names_colour,
            grammar.is_look,
            _is_french_colour,
        )
    )


def _is_meant(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether the words around a word of many meanings speak of materials."""
    if not _is_symbol(hit):
        return grammar.speaks_of_materials(hit)
    if grammar.follows_number(hit):
        return False
    return grammar.speaks_of_materials(hit) or _beside_symbol(hit, hits)


def _is_symbol(hit: Hit) -> bool:
    return hit.last - hit.first == 1 and len(hit.text.words[hit.first]) <= _SYMBOL_LETTERS


def _beside_symbol(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether another element's symbol stands right beside this one (``Ni/Au``)."""
    for other in hits:
        if other is hit or not _is_symbol(other):
            continue
        if not any(term.target.kind is TargetKind.MATERIAL for term in other.terms):
            continue
        if other.first == hit.last and hit.text.gap(hit.first).strip() in {"/", "+", "-"}:
            return True
        if other.last == hit.first and hit.text.gap(other.first).strip() in {"/", "+", "-"}:
            return True
    return False
