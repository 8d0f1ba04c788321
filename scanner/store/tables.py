"""All tables: who takes one of them from here knows the others of the metadata, too."""

from scanner.store.tables_access import (
    ApiKey,
    AuditEntry,
    Company,
    Invitation,
    Login,
    Session,
    User,
)
from scanner.store.tables_boms import (
    Bom,
    BomVersion,
    ColumnMapping,
    File,
    FileChunk,
    Job,
    LineBlock,
    LineProblem,
    Profile,
    Reply,
)
from scanner.store.tables_cases import CaseCounter, CaseEntry, HelpCase
from scanner.store.tables_library import Part, PartEntry, PartWording, Recognition, VersionPart
from scanner.store.tables_shared import Table

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Bom",
    "BomVersion",
    "CaseCounter",
    "CaseEntry",
    "ColumnMapping",
    "Company",
    "File",
    "FileChunk",
    "HelpCase",
    "Invitation",
    "Job",
    "LineBlock",
    "LineProblem",
    "Login",
    "Part",
    "PartEntry",
    "PartWording",
    "Profile",
    "Recognition",
    "Reply",
    "Session",
    "Table",
    "User",
    "VersionPart",
]
