"""Empty BOMs to fill in, made once for each language."""

from functools import lru_cache

from scanner.core.names import Language
from scanner.parse import template

LANGUAGES = frozenset(template.HEADINGS)


@lru_cache
def as_csv(language: Language) -> bytes:
    """The headings of a BOM as CSV."""
    return template.as_csv(language)


@lru_cache
def as_workbook(language: Language) -> bytes:
    """The headings of a BOM as an XLSX workbook."""
    return template.as_workbook(language)
