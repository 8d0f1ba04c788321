"""What the steps hand to `profile`: parts with all that is known, and how often they are used."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from typing import NamedTuple, Self

from scanner.core.bom import Line, Part, Reading
from scanner.core.composition import Composition, MassGap, Range
from scanner.core.errors import LineProblem
from scanner.core.evidence import Recognition
from scanner.core.indicators import Assessment
from scanner.core.names import MaterialId, SourceId
from scanner.core.sources import Release, Source
from scanner.core.supply import Supply


@dataclass(frozen=True, slots=True)
class ScannedPart:
    """One distinct part with what it was recognised as and what is inside one piece of it.

    `key` identifies the part for people and for the part library; `fingerprint` stands for the
    exact recognisable fields, so two descriptions under one number stay apart. `revision` is the
    number of the newest statement about the part that was heeded, 0 where there is none.
    """

    key: str
    fingerprint: str
    part: Part
    recognition: Recognition
    composition: Composition
    revision: int = 0

    @property
    def order(self) -> tuple[str, ...]:
        """A sorting key that no two different parts share."""
        fields = (getattr(self.part, name) for name in Part.__slots__)
        return (self.key, self.fingerprint, *("" if f is None else str(f) for f in fields))


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """One line and the part it refers to."""

    line: Line
    part: ScannedPart


@dataclass(frozen=True, slots=True)
class ContentUse:
    """Grams of one content of a part in one product; `gap` says what is missing from it."""

    mass_g: Range | None
    gap: MassGap | None


class Spend(NamedTuple):
    """Money of one currency (a code of ISO 4217, ``None``: not told) in one product."""

    currency: str | None
    amount: float


class Spending(NamedTuple):
    """What the lines that count cost, by currency, never converted, as far as it is known.

    It is known on `priced_lines`; the others that count are `unpriced_lines`.
    """

    amounts: tuple[Spend, ...]
    priced_lines: int
    unpriced_lines: int

    @classmethod
    def total(cls, parts: Iterable[Self]) -> Self:
        """All of it together; sums are exactly rounded, whatever the order."""
        found = list(parts)
        by_currency: defaultdict[str | None, list[float]] = defaultdict(list)
        for part in found:
            for spend in part.amounts:
                by_currency[spend.currency].append(spend.amount)
        return cls(
            tuple(Spend(key, fsum(by_currency[key])) for key in sorted(by_currency, key=_in_order)),
            sum(part.priced_lines for part in found),
            sum(part.unpriced_lines for part in found),
        )


NOTHING_SPENT = Spending((), 0, 0)


def _in_order(currency: str | None) -> str:
    return currency or ""


@dataclass(frozen=True, slots=True)
class PartUse:
    """How one part is used in one product.

    `lines` counts all lines of the part; `assembly_lines` those with lines below them (their
    content is counted there); `unfitted_lines` those that are not placed; `zero_lines` those of
    which the product holds nothing, because they, or an assembly above them, are there 0 times.
    `pieces` is the number of pieces in one product, ``None`` where a quantity is missing or not in
    pieces. `contents` runs parallel to `part.composition.contents` and is empty where the part
    does not count. `spending` is what the lines of the part cost.
    """

    part: ScannedPart
    lines: int
    assembly_lines: int
    unfitted_lines: int
    zero_lines: int
    pieces: float | None
    contents: tuple[ContentUse, ...]
    spending: Spending = NOTHING_SPENT

    @property
    def counted_lines(self) -> int:
        """The lines that add material to the product."""
        return self.lines - self.assembly_lines - self.unfitted_lines - self.zero_lines

    @property
    def counts(self) -> bool:
        """Whether any line of the part adds material to the product."""
        return self.counted_lines > 0


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What the caller fixes about an analysis.

    `annual_units` are products per year, exact, or ``None``. With `documented_only`, statements of
    presence that rest on engineering knowledge alone are left out.
    """

    annual_units: Decimal | None = None
    documented_only: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer was computed from: it is named inside the answer."""

    sha256: str
    reading: Reading
    release: Release
    engine_version: str
    normalisation: str
    options: ScanOptions
    decision_revision: int = 0


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a profile is made of."""

    basis: Basis
    uses: tuple[PartUse, ...]
    problems: tuple[LineProblem, ...]
    assessments: Mapping[MaterialId, Assessment]
    supply: Supply
    sources: Mapping[SourceId, Source]


@dataclass(frozen=True, slots=True)
class LineAmount:
    """How much of its part a line brings to one product, in the line's own unit.

    `amount` is ``None`` with `gap` set where a quantity on the way up is missing. `assembly` is
    true for a line with lines below it.
    """

    amount: float | None
    gap: MassGap | None
    assembly: bool
