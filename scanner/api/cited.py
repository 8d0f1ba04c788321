"""The sources that an answer cites, resolved."""

from typing import Any

from scanner.api.access import context
from scanner.core.names import SourceId
from scanner.core.sources import Source
from scanner.profile.parts import names_of


def cited(document: Any, *more: str) -> dict[str, dict[str, Any]]:
    """Every source that a document cites, by key, as profiles show them."""
    sources = context().engine.knowledge.sources
    found = names_of({"": document}) | set(more)
    return {key: source_answer(sources[SourceId(key)]) for key in sorted(found)}


def source_answer(source: Source) -> dict[str, Any]:
    """A source as it stands in answers."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "year": source.year,
        "address": source.address,
        "licence": source.licence,
    }
