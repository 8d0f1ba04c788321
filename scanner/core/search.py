"""Looking things up by name: what has names, and how one fits what was asked."""

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Subject(StrEnum):
    """What a name is the name of, in the order in which equal ones are told."""

    MATERIAL = "material"
    COUNTRY = "country"
    COMPONENT = "component"
    ALLOY = "alloy"
    CODE = "code"


class Fit(IntEnum):
    """How a name fits what was asked for, the best first."""

    IS = 0
    BEGINS = 1
    HAS_WORDS = 2
    NEAR = 3


class Name(NamedTuple):
    """One name of one thing. A main name is the one that it goes by."""

    subject: Subject
    id: str
    text: str
    main: bool = True


class Match(NamedTuple):
    """A thing that was meant, by the name of it that fits best."""

    name: Name
    fit: Fit
