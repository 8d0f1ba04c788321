"""Cases of a help-desk: the words for how far one is, and for what was looked up in it."""

from enum import StrEnum


class CaseState(StrEnum):
    """How far a case is: WAITING for somebody outside, such as the caller."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class Origin(StrEnum):
    """How a question came: DESK through a person or program, PUBLIC by the form for everybody."""

    DESK = "desk"
    PUBLIC = "public"


class LookedUp(StrEnum):
    """The kind of a thing that was looked up; TEXT is a line of text, as a BOM would have it."""

    MATERIAL = "material"
    COUNTRY = "country"
    COMPONENT = "component"
    ALLOY = "alloy"
    CODE = "code"
    TEXT = "text"
    BOM = "bom"


class EntryKind(StrEnum):
    """What happened in a case."""

    NOTE = "note"
    LOOKED_UP = "looked-up"
    STATE = "state"
    HANDED_OVER = "handed-over"
