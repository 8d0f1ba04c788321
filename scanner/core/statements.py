"""What people said about a part: decisions and declarations that hold, as plain data.

A company numbers all that its people say, 1, 2, 3 …; the number of the newest about a part is the
part's `revision`. The same part, the same release and the same statements give the same answer.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from scanner.core.composition import Range
from scanner.core.evidence import Target
from scanner.core.names import MaterialId, SourceId
from scanner.core.sources import Source, Terms


class DecisionKind(StrEnum):
    """What a person decided about a part.

    CONFIRM: it is what it was recognised as, or one of the candidates. REPLACE: it is something
    else. NOTHING: none of the screened materials is in it. DISMISS: one material is not in it;
    that adds to what else was decided.
    """

    CONFIRM = "confirm"
    REPLACE = "replace"
    NOTHING = "nothing"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a part is, or has as a thin `layer`."""

    target: Target
    layer: bool = False


@dataclass(frozen=True, slots=True)
class StatedContent:
    """A material in a part as a person states it: mass fraction 0..1, or grams in one piece."""

    material: MaterialId
    fraction: Range | None = None
    mass_g: Range | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `named` is what the part is, or the one material that is dismissed.

    `contents` is the composition where a person gave it; it is empty for `NOTHING`.
    """

    number: int
    kind: DecisionKind
    named: tuple[Named, ...] = ()
    contents: tuple[StatedContent, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredSubstance:
    """A substance in one piece of a part: grams, or its mass fraction 0..1; above 0."""

    cas: str
    name: str | None = None
    mass_g: float | None = None
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A material declaration; `full` where it names all substances of the whole part.

    `issued` is an ISO date; `unit_mass_g` the grams of one piece.
    """

    number: int
    full: bool
    substances: tuple[DeclaredSubstance, ...]
    unit_mass_g: float | None = None
    supplier: str | None = None
    document: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Statements:
    """All that holds for one part.

    `decision` says what the part is, if any does; `dismissals` came after it; `declarations` are
    in the order in which they were made.
    """

    revision: int = 0
    decision: Decision | None = None
    dismissals: tuple[Decision, ...] = ()
    declarations: tuple[Declaration, ...] = ()

    @property
    def replaces(self) -> bool:
        """Whether a decision stands in the place of all other evidence."""
        return self.decision is not None and self.decision.kind is not DecisionKind.CONFIRM

    @property
    def full(self) -> Declaration | None:
        """The newest declaration of all substances."""
        return next((one for one in reversed(self.declarations) if one.full), None)

    @property
    def heard(self) -> tuple[Declaration, ...]:
        """The declarations that count: the newest full one and those after it, or all partial ones.

        None counts where a decision replaces all.
        """
        if self.replaces:
            return ()
        full = self.full
        return tuple(one for one in self.declarations if full is None or one.number >= full.number)

    @property
    def settled_contents(self) -> bool:
        """Whether what is in the part is stated, and does not follow from what the part is."""
        if self.replaces and self.decision is not None:
            return not self.decision.named
        return self.full is not None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to decide: what it is, or all of its substances, is said."""
        return self.decision is not None or self.full is not None


NOTHING_SAID: Final = Statements()

Said = Callable[[Collection[str]], Mapping[str, Statements]]
"""Tells what was said about the parts of these keys; those of which nothing was said are absent."""

BY_DECISION: Final = SourceId("company_decision")
BY_DECLARATION: Final = SourceId("company_declaration")


def _own(key: SourceId, title: str) -> Source:
    return Source(
        id=key,
        title=title,
        publisher="The company itself",
        year="n.d.",
        address="/v1/parts",
        licence="the company's own",
        terms=Terms.OWN,
        attribution=None,
        retrieved=None,
        note=None,
    )


STATED_SOURCES: Final[Mapping[SourceId, Source]] = MappingProxyType(
    {
        BY_DECISION: _own(BY_DECISION, "Decision in the company's part library"),
        BY_DECLARATION: _own(BY_DECLARATION, "Material declaration in the company's part library"),
    }
)
"""What answers cite for statements: no release has them."""
