"""The identifiers and closed vocabularies that all rooms use."""

from enum import StrEnum
from typing import NewType
from uuid import UUID

CompanyId = NewType("CompanyId", UUID)
"""The tenant. Nothing of one company is ever visible to another."""

MaterialId = NewType("MaterialId", str)
"""Key of a screened raw material in the EU 2023 table, such as ``natural_graphite``."""

ClassId = NewType("ClassId", str)
"""Key of a component class, such as ``tantalum_cap``."""

AlloyId = NewType("AlloyId", str)
"""Key of an alloy or material grade, such as ``ss_1_4404``."""

CountryCode = NewType("CountryCode", str)
"""ISO 3166-1 alpha-3 code; Kosovo is ``XKX``; Namibia is ``NAM``."""

SourceId = NewType("SourceId", str)
"""Key of a row in a release's ``sources.csv``."""

Language = NewType("Language", str)
"""ISO 639-1 code: ``en``, ``nl``, ``de`` or ``fr``; ``mul`` where a word is the same in all."""


class Stage(StrEnum):
    """Where in the chain a country supplies a material."""

    EXTRACTION = "extraction"
    PROCESSING = "processing"


class Scope(StrEnum):
    """Whose supply a share describes."""

    GLOBAL = "global"
    EU_SOURCING = "eu_sourcing"


class Presence(StrEnum):
    """How sure it is that a part holds a material, surest first."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """0 for certain, 1 for likely, 2 for possible."""
        return _PRESENCE_RANK[self]


_PRESENCE_RANK = {Presence.CERTAIN: 0, Presence.LIKELY: 1, Presence.POSSIBLE: 2}


class EvidenceKind(StrEnum):
    """Why we believe something about a part, strongest first (the order is the precedence)."""

    DECISION = "decision"
    DECLARATION = "declaration"
    SUBSTANCE = "substance"
    DESIGNATION = "designation"
    PART_NUMBER = "part_number"
    COMMODITY_CODE = "commodity_code"
    COMPONENT_CLASS = "component_class"
    WORDING = "wording"

    @property
    def rank(self) -> int:
        """0 for the strongest kind."""
        return _EVIDENCE_RANK[self]


_EVIDENCE_RANK = {kind: rank for rank, kind in enumerate(EvidenceKind)}


class TargetKind(StrEnum):
    """What a piece of evidence can point to.

    COMPOSITION is what a person stated to be in the part; its id is the number of the statement.
    """

    MATERIAL = "material"
    ALLOY = "alloy"
    CLASS = "class"
    SUBSTANCE = "substance"
    CODE = "code"
    COMPOSITION = "composition"
