"""The six steps in order: the page to read first.

    upload ──► parse ──► match ──► compose ──► assess ──► profile

An `Engine` holds what one knowledge release compiles to; materials are assessed once, when it is
made. A scan walks the lines once, in chunks: each distinct part is recognised and composed once,
however many lines refer to it; the tree of lines is rolled up at the end; then the answer is
written down.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from pathlib import Path
from typing import Any, Protocol, Self

from scanner import __version__, compose, match, reader
from scanner.assess import assess, scenarios
from scanner.assess.methods import figures
from scanner.compose import (
    Composer,
    DocumentedComposer,
    Measure,
    Tree,
    Usage,
    conversion,
    line_masses,
    roll_up,
    usages,
)
from scanner.core.bom import Line, Part, Reading, ReadLimits, ReadOptions
from scanner.core.collector import collector_paused
from scanner.core.composition import MassGap, Range, total
from scanner.core.errors import LineProblem
from scanner.core.indicators import Assessment
from scanner.core.methods import Facts, MethodFigure
from scanner.core.names import AlloyId, MaterialId
from scanner.core.scan import (
    Basis,
    ContentUse,
    Findings,
    LineAmount,
    PartUse,
    ScannedLine,
    ScannedPart,
    ScanOptions,
    Spend,
    Spending,
)
from scanner.core.scenarios import Scenario
from scanner.core.statements import NOTHING_SAID, STATED_SOURCES, Said, Statements
from scanner.knowledge import Knowledge
from scanner.match import (
    NORMALISATION_VERSION,
    Matcher,
    NameIndex,
    alloys_by_spelling,
    fingerprint,
    names_of,
    part_key,
)
from scanner.profile import digest, encoded, line_answer, profile, rounded
from scanner.profile.parts import part_identity
from scanner.profile.scenarios import exposure, held_parts, scenario_answer
from scanner.upload import inspect


class Lines(Protocol):
    """Lines in chunks, once; `reading` and `problems` hold after the last chunk."""

    @property
    def reading(self) -> Reading:
        """How the file was understood."""

    @property
    def problems(self) -> Sequence[LineProblem]:
        """What was wrong with single rows."""

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        """The chunks in file order."""


@dataclass(frozen=True)
class Engine:
    """What one knowledge release compiles to; safe to share between threads and forks."""

    knowledge: Knowledge
    matcher: Matcher
    composer: Composer
    documented_composer: DocumentedComposer
    assessments: Mapping[MaterialId, Assessment]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        """The engine on this release."""
        composer = Composer(knowledge.recipes)
        return cls(
            knowledge=knowledge,
            matcher=Matcher(knowledge.lexicon),
            composer=composer,
            documented_composer=DocumentedComposer(knowledge.documented, composer),
            assessments=assess(_facts(knowledge)),
        )

    @cached_property
    def facts(self) -> Facts:
        """What the methods of `assess` may read of the release."""
        return _facts(self.knowledge)

    @cached_property
    def figures(self) -> Mapping[str, Mapping[MaterialId, MethodFigure]]:
        """What every method says of every raw material, by method; computed once."""
        return figures(self.facts)

    @cached_property
    def alloys_by_spelling(self) -> Mapping[str, tuple[AlloyId, ...]]:
        """All alloys of every designation, by its folded letters and digits alone."""
        return alloys_by_spelling(self.knowledge.lexicon)

    @cached_property
    def names(self) -> NameIndex:
        """All names in the release, ready to be searched."""
        return NameIndex(names_of(self.knowledge.supply, self.knowledge.catalogue))

    def recognise(
        self, part: Part, said: Statements = NOTHING_SAID, *, documented_only: bool = False
    ) -> ScannedPart:
        """Steps 3 and 4 for one part: what it is, and what one piece of it holds.

        `said` is what people stated about the part; it stands before what its text says.
        """
        recognition = self.matcher.recognise(part)
        if said is not NOTHING_SAID:
            recognition = match.with_statements(recognition, said)
        composer = self.documented_composer if documented_only else self.composer
        composition = composer.compose(part, recognition)
        if said is not NOTHING_SAID:
            recipes = self.knowledge.recipes
            composition = compose.with_statements(composition, recognition, said, recipes)
        return ScannedPart(
            key=part_key(part),
            fingerprint=fingerprint(part),
            part=part,
            recognition=recognition,
            composition=composition,
            revision=said.revision,
        )


def _facts(known: Knowledge) -> Facts:
    return Facts(known.supply, known.resources, known.standing, known.sources)


@dataclass(frozen=True)
class Scan:
    """The answer for one BOM.

    `document` is the head of the profile, `body` its canonical bytes and `sha256` their digest.
    `uses` says of each distinct part how it is used, in the order in which lines name them.
    `amounts` runs parallel to the lines. `lines` is empty unless the scan was told to keep them.
    """

    document: Mapping[str, Any]
    body: bytes
    sha256: str
    uses: tuple[PartUse, ...]
    amounts: Sequence[LineAmount]
    problems: tuple[LineProblem, ...]
    lines: tuple[ScannedLine, ...] = ()

    @property
    def parts(self) -> tuple[ScannedPart, ...]:
        """The distinct parts, in the order in which lines name them."""
        return tuple(use.part for use in self.uses)

    def complete(self) -> dict[str, Any]:
        """The head, its digest, and all kept lines with their evidence and materials."""
        return {**self.document, "sha256": self.sha256, "lines": self.line_answers()}

    def line_answers(self) -> list[dict[str, Any]]:
        """The kept lines as they stand in answers, in the order of the file."""
        problems = defaultdict(list)
        for problem in self.problems:
            problems[problem.place.sheet, problem.place.row].append(problem)
        answers = [
            line_answer(
                scanned.line,
                scanned.part,
                amount=amount,
                contents=line_contents(scanned, amount),
                problems=problems.get((scanned.line.sheet, scanned.line.row), ()),
            )
            for scanned, amount in zip(self.lines, self.amounts, strict=True)
        ]
        return [rounded(answer) for answer in answers]


def line_contents(scanned: ScannedLine, amount: LineAmount) -> tuple[ContentUse, ...]:
    """The materials that one line brings to one product; none for what does not count."""
    if amount.assembly or amount.amount == 0 or not scanned.line.fitted:
        return ()
    composition = scanned.part.composition
    if amount.amount is None:
        return tuple(ContentUse(None, amount.gap) for _ in composition.contents)
    return line_masses(composition, amount.amount, scanned.line.unit)


@collector_paused()
def scan(
    lines: Lines,
    engine: Engine,
    options: ScanOptions,
    *,
    sha256: str,
    said: Said | None = None,
    on_lines: Callable[[Sequence[ScannedLine]], None] | None = None,
    keep_lines: bool = False,
) -> Scan:
    """The profile of the lines of one file, whose digest is `sha256`.

    `said` tells what people stated about parts, and is asked once per chunk. `on_lines` is handed
    each chunk as it is recognised, so that it can be stored. Raises `CyclicBom`, and what reading
    the lines raises.
    """
    parts: list[ScannedPart] = []
    place_of: dict[Part, int] = {}
    places = array("q")
    tree = Tree()
    kept: list[ScannedLine] = []
    for chunk in lines:
        scanned_chunk = []
        new = () if said is None else {line.part for line in chunk} - place_of.keys()
        stated = said(set(map(part_key, new))) if said is not None and new else {}
        for line in chunk:
            place = place_of.get(line.part)
            if place is None:
                place = place_of[line.part] = len(parts)
                heard = stated.get(part_key(line.part), NOTHING_SAID) if stated else NOTHING_SAID
                parts.append(
                    engine.recognise(line.part, heard, documented_only=options.documented_only)
                )
            places.append(place)
            scanned_chunk.append(ScannedLine(line, parts[place]))
        tree.add(chunk)
        if on_lines is not None:
            on_lines(scanned_chunk)
        if keep_lines:
            kept.extend(scanned_chunk)
    amounts = roll_up(tree)
    used = usages(tree, amounts, places, len(parts))
    uses = tuple(_use(part, usage) for part, usage in zip(parts, used, strict=True))
    document = rounded(profile(_findings(lines, engine, options, sha256, uses)))
    body = encoded(document)
    return Scan(
        document=document,
        body=body,
        sha256=digest(body),
        uses=uses,
        amounts=amounts,
        problems=tuple(lines.problems),
        lines=tuple(kept),
    )


def scan_file(
    path: Path,
    engine: Engine,
    options: ScanOptions | None = None,
    *,
    reading: ReadOptions | None = None,
    limits: ReadLimits | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Scan:
    """The profile of a file on disk, with its lines kept: nothing is stored."""
    limits = limits or ReadLimits()
    upload = inspect(path, limits=limits)
    with reader.read(upload, reading or ReadOptions(), limits) as lines:
        counted = _counting(on_progress) if on_progress else None
        return scan(
            lines,
            engine,
            options or ScanOptions(),
            sha256=upload.sha256,
            on_lines=counted,
            keep_lines=True,
        )


def scenario(scanned: Scan, engine: Engine, asked: Scenario) -> dict[str, Any]:
    """What a scenario takes, and what that means for the product of a scan.

    Raises `InvalidInput` for countries and raw materials that the release does not know.
    """
    at_stake = scenarios.stakes(engine.facts, asked, {})
    told, places = exposure(scanned.document, held_parts(scanned.uses), at_stake)
    for shown, place in zip(told["parts"]["shown"], places, strict=True):
        shown["part"] = part_identity(scanned.uses[place].part)
    answer: dict[str, Any] = rounded({**scenario_answer(asked, at_stake, top=3), "product": told})
    return answer


def _counting(on_progress: Callable[[int], None]) -> Callable[[Sequence[ScannedLine]], None]:
    seen = 0

    def count(chunk: Sequence[ScannedLine]) -> None:
        nonlocal seen
        seen += len(chunk)
        on_progress(seen)

    return count


def _findings(
    lines: Lines, engine: Engine, options: ScanOptions, sha256: str, uses: tuple[PartUse, ...]
) -> Findings:
    revision = max((use.part.revision for use in uses), default=0)
    knowledge = engine.knowledge
    return Findings(
        basis=Basis(
            sha256=sha256,
            reading=lines.reading,
            release=engine.knowledge.release,
            engine_version=__version__,
            normalisation=NORMALISATION_VERSION,
            options=options,
            decision_revision=revision,
        ),
        uses=uses,
        problems=tuple(lines.problems),
        assessments=engine.assessments,
        supply=engine.knowledge.supply,
        sources={**knowledge.sources, **STATED_SOURCES} if revision else knowledge.sources,
    )


def _use(part: ScannedPart, usage: Usage) -> PartUse:
    """How one part is used: amounts are added per unit before any mass is computed."""
    composition = part.composition
    per_unit = [
        line_masses(composition, amount, unit)
        for unit, amount in sorted(usage.totals.items(), key=lambda item: item[0] or "")
    ]
    return PartUse(
        part=part,
        lines=usage.lines,
        assembly_lines=usage.assembly_lines,
        unfitted_lines=usage.unfitted_lines,
        zero_lines=usage.zero_lines,
        pieces=None if usage.gaps else _pieces(usage.totals),
        contents=_contents(part, usage, per_unit),
        spending=_spending(usage),
    )


def _spending(usage: Usage) -> Spending:
    counted = usage.lines - usage.assembly_lines - usage.unfitted_lines - usage.zero_lines
    return Spending(
        tuple(
            Spend(key, usage.spend[key]) for key in sorted(usage.spend, key=lambda key: key or "")
        ),
        usage.priced_lines,
        counted - usage.priced_lines,
    )


def _contents(
    part: ScannedPart, usage: Usage, per_unit: Sequence[tuple[ContentUse, ...]]
) -> tuple[ContentUse, ...]:
    """What all lines of a part bring of each content; nothing where none of them counts."""
    if not usage.counts:
        return ()
    if len(per_unit) == 1 and not usage.gaps:
        return per_unit[0]
    return tuple(
        _content_use([masses[i] for masses in per_unit], usage.gaps)
        for i in range(len(part.composition.contents))
    )


def _pieces(totals: Mapping[str | None, float]) -> float | None:
    """The number of pieces, where all amounts are in units of pieces."""
    known = [(conversion(unit), amount) for unit, amount in totals.items()]
    if any(unit is None or unit[0] is not Measure.PIECES for unit, _ in known):
        return None
    return fsum(amount * float(unit[1]) for unit, amount in known if unit is not None)


def _content_use(found: Sequence[ContentUse], gaps: Iterable[MassGap]) -> ContentUse:
    masses: list[Range] = [use.mass_g for use in found if use.mass_g is not None]
    missing = sorted({*gaps, *(use.gap for use in found if use.gap is not None)})
    return ContentUse(total(masses) if masses else None, missing[0] if missing else None)
