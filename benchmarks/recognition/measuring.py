"""What the program finds in the labelled lines, and how much of it is right.

Two readings of every answer: *sure* is what is certain or likely, *all* adds what is possible.
Everything is counted over pairs of line and material (micro-averaged), so that a line with ten
materials weighs as much as ten lines with one.

precision      claimed pairs that are labelled `must` or `may`, as a fraction of claimed pairs
recall         `must` pairs that are claimed, as a fraction of `must` pairs
mistaken       lines with at least one claimed `must_not` material, as a fraction of lines
state          lines whose state is as expected, as a fraction of lines; where only `recognised`
               will do, `ambiguous` will not; where nothing can be known, both others are wrong
calibration    of the accepted evidence within a range of confidence, the fraction that is right
               (the line says something, and no sure content that rests on it is wrong), and the
               fraction that belongs to a line with which nothing at all is wrong

Critical are the materials that Annex I or II of Regulation (EU) 2024/1252 names; a qualifier
(nickel of battery grade) is not asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.recognition.labels import Expected, LabelledLine, Materials
from scanner.core.composition import Content
from scanner.core.evidence import RecognitionState
from scanner.core.names import Presence
from scanner.core.scan import ScannedPart
from scanner.pipeline import Engine

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Ends of the ranges of confidence; each range holds its upper end, the first its lower, too."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One line, the answer, and which claimed materials are wrong."""

    line: LabelledLine
    answer: ScannedPart
    sure: Materials
    possible: Materials
    wrong: Materials

    @property
    def claimed(self) -> Materials:
        """All that the answer names."""
        return self.sure | self.possible

    @property
    def missed(self) -> Materials:
        """What must be in it and is not claimed as sure."""
        return self.line.must - self.sure

    @property
    def state_is_right(self) -> bool:
        """Whether the line became what it should."""
        expected, state = self.line.expected, self.answer.recognition.state
        return expected is Expected.EITHER or expected.value == state.value

    @property
    def is_right(self) -> bool:
        """Whether nobody would complain: nothing wrong, nothing missed, the state as expected."""
        return not self.wrong and not self.missed and self.state_is_right


def judge(line: LabelledLine, engine: Engine) -> Judged:
    """What the engine makes of the line."""
    answer = engine.recognise(line.part)
    sure = frozenset(content.material for content in answer.composition.contents if _sure(content))
    claimed = frozenset(content.material for content in answer.composition.contents)
    return Judged(
        line=line,
        answer=answer,
        sure=sure,
        possible=claimed - sure,
        wrong=claimed - line.must - line.may,
    )


def critical_materials(engine: Engine) -> Materials:
    """The materials on either list of the Critical Raw Materials Act."""
    return frozenset(
        material.id
        for material in engine.knowledge.supply.materials.values()
        if material.critical is not None or material.strategic is not None
    )


def _sure(content: Content) -> bool:
    return content.presence is not Presence.POSSIBLE


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def fraction(self) -> float | None:
        """``None`` where there is nothing to count."""
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        """Three decimals, or a dash."""
        return "–" if self.fraction is None else f"{self.fraction:.3f}"


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of some lines; see the head of this module."""

    lines: int
    shares: Mapping[str, Share]

    def __getitem__(self, name: str) -> Share:
        """One figure by its name."""
        return self.shares[name]


FIGURES = (
    "precision_critical_sure",
    "recall_critical_sure",
    "precision_sure",
    "recall_sure",
    "mistaken_sure",
    "precision_critical_all",
    "recall_critical_all",
    "precision_all",
    "recall_all",
    "mistaken_all",
    "state",
)


def figures(judged: Sequence[Judged], critical: Materials) -> Figures:
    """Every figure over these lines."""
    shares = {}
    for reading, claims in _READINGS.items():
        for scope, asked in (("_critical", critical), ("", None)):
            shares[f"precision{scope}_{reading}"] = _precision(judged, claims, asked)
            shares[f"recall{scope}_{reading}"] = _recall(judged, claims, asked)
        mistaken = sum(bool(claims(one) & one.line.must_not) for one in judged)
        shares[f"mistaken_{reading}"] = Share(mistaken, len(judged))
    shares["state"] = Share(sum(one.state_is_right for one in judged), len(judged))
    return Figures(len(judged), shares)


_READINGS: Mapping[str, Callable[[Judged], Materials]] = {
    "sure": lambda one: one.sure,
    "all": lambda one: one.claimed,
}


def _precision(
    judged: Iterable[Judged], claims: Callable[[Judged], Materials], asked: Materials | None
) -> Share:
    claimed = right = 0
    for one in judged:
        named = _within(claims(one), asked)
        claimed += len(named)
        right += len(named - one.wrong)
    return Share(right, claimed)


def _recall(
    judged: Iterable[Judged], claims: Callable[[Judged], Materials], asked: Materials | None
) -> Share:
    due = found = 0
    for one in judged:
        must = _within(one.line.must, asked)
        due += len(must)
        found += len(must & claims(one))
    return Share(found, due)


def _within(materials: Materials, asked: Materials | None) -> Materials:
    return materials if asked is None else materials & asked


def states(judged: Iterable[Judged]) -> Mapping[tuple[Expected, RecognitionState], int]:
    """How many lines of each expectation became what."""
    return Counter((one.line.expected, one.answer.recognition.state) for one in judged)


@dataclass(frozen=True, slots=True)
class Bin:
    """The accepted evidence whose confidence lies in a range: how sure it was, how right."""

    low: float
    high: float
    mean: float | None
    right: Share
    flawless: Share


def calibration(judged: Sequence[Judged]) -> tuple[Bin, ...]:
    """Confidence against the share that is right, range by range."""
    seen: defaultdict[int, list[tuple[float, bool, bool]]] = defaultdict(list)
    for one in judged:
        for index, evidence in enumerate(one.answer.recognition.evidence):
            place = next(i for i, high in enumerate(BINS[1:]) if evidence.confidence <= high)
            seen[place].append((evidence.confidence, _is_right(one, index), one.is_right))
    return tuple(_bin(low, high, seen[place]) for place, (low, high) in enumerate(pairwise(BINS)))


def _bin(low: float, high: float, seen: Sequence[tuple[float, bool, bool]]) -> Bin:
    return Bin(
        low=low,
        high=high,
        mean=sum(confidence for confidence, _, _ in seen) / len(seen) if seen else None,
        right=Share(sum(right for _, right, _ in seen), len(seen)),
        flawless=Share(sum(flawless for _, _, flawless in seen), len(seen)),
    )


def _is_right(one: Judged, evidence: int) -> bool:
    if one.line.expected is Expected.UNRECOGNISED:
        return False
    return not any(
        content.material in one.wrong
        for content in one.answer.composition.contents
        if _sure(content) and evidence in content.evidence
    )
