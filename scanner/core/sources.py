"""Where figures come from, and which release they are in."""

from dataclasses import dataclass

from scanner.core.names import SourceId


@dataclass(frozen=True, slots=True)
class Source:
    """One citable source.

    `year` is that of the source, ``n.d.`` where it bears none; `retrieved` an ISO date or None;
    `address` a DOI or URL.
    """

    id: SourceId
    title: str
    publisher: str
    year: str
    address: str
    licence: str
    retrieved: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """One knowledge release: its id, date, state (``draft`` or ``final``), digest of all tables."""

    id: str
    date: str
    state: str
    sha256: str
    tables: tuple[tuple[str, str], ...]
