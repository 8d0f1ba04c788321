"""What keys and people may do: scopes, and the roles that are sets of them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Scope(StrEnum):
    """One thing that a key or a person may do; every route names the one that it needs."""

    BOMS_READ = "boms:read"
    BOMS_WRITE = "boms:write"
    ANALYSES_RUN = "analyses:run"
    PARTS_READ = "parts:read"
    PARTS_WRITE = "parts:write"
    KNOWLEDGE_READ = "knowledge:read"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    ADMIN = "admin"


ALL_SCOPES: Final = tuple(Scope)


class Role(StrEnum):
    """What a person is in a company.

    An owner may do everything, an analyst all but look after people and keys; a reader looks; the
    help-desk looks things up, keeps cases, analyses what a caller reads out and decides about
    parts, and sees no BOM of the company.
    """

    OWNER = "owner"
    ANALYST = "analyst"
    READER = "reader"
    HELP_DESK = "help-desk"


SCOPES_OF: Final[Mapping[Role, frozenset[Scope]]] = MappingProxyType(
    {
        Role.OWNER: frozenset(Scope),
        Role.ANALYST: frozenset(Scope) - {Scope.ADMIN},
        Role.READER: frozenset(
            {Scope.BOMS_READ, Scope.PARTS_READ, Scope.KNOWLEDGE_READ, Scope.CASES_READ}
        ),
        Role.HELP_DESK: frozenset(
            {
                Scope.ANALYSES_RUN,
                Scope.PARTS_READ,
                Scope.PARTS_WRITE,
                Scope.KNOWLEDGE_READ,
                Scope.CASES_READ,
                Scope.CASES_WRITE,
            }
        ),
    }
)
