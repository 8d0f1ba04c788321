"""Where figures come from, and which release they are in."""

from dataclasses import dataclass
from enum import StrEnum

from scanner.core.names import SourceId


class Terms(StrEnum):
    """Why the figures of a source may be passed on and used commercially.

    OPEN: its licence says so and asks for attribution. FACTS: single facts are quoted from it, in
    our own layout. OWN: our own work.
    """

    PUBLIC_DOMAIN = "public_domain"
    OPEN = "open"
    FACTS = "facts"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Source:
    """One citable source.

    `year` is that of the source, ``n.d.`` where it bears none; `retrieved` an ISO date or None;
    `address` a DOI or URL. `attribution` is the credit that its licence asks for, if it does.
    """

    id: SourceId
    title: str
    publisher: str
    year: str
    address: str
    licence: str
    terms: Terms
    attribution: str | None
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
