"""A product with so many (part, material) pairs, recognised and composed, ready to be assessed."""

from collections.abc import Sequence
from itertools import count

from scanner import __version__
from scanner.assess.exposure import exposures
from scanner.assess.methods import METHODS
from scanner.compose import line_masses
from scanner.core.bom import Part, Reading
from scanner.core.exposure import Exposure
from scanner.core.scan import Basis, Findings, PartUse, ScannedPart, ScanOptions
from scanner.match import NORMALISATION_VERSION
from scanner.pipeline import Engine
from scanner.profile import profile
from scanner.services.bom_materials import held_in

PIECES = 10.0


def product(engine: Engine, parts: Sequence[Part], pairs: int) -> Findings:
    """Parts that hold something, taken again and again until there are so many pairs."""
    holding = [one for one in map(engine.recognise, parts) if one.composition.contents]
    uses: list[PartUse] = []
    found = 0
    for number in count():
        if found >= pairs:
            break
        part = holding[number % len(holding)]
        uses.append(_use(part))
        found += len(part.composition.contents)
    return Findings(
        basis=Basis(
            sha256="0" * 64,
            reading=Reading(format="csv"),
            release=engine.knowledge.release,
            engine_version=__version__,
            normalisation=NORMALISATION_VERSION,
            options=ScanOptions(),
        ),
        uses=tuple(uses),
        problems=(),
        assessments=engine.assessments,
        supply=engine.knowledge.supply,
        sources=engine.knowledge.sources,
    )


def _use(part: ScannedPart) -> PartUse:
    return PartUse(
        part=part,
        lines=1,
        assembly_lines=0,
        unfitted_lines=0,
        zero_lines=0,
        pieces=PIECES,
        contents=line_masses(part.composition, PIECES, None),
    )


def pairs_in(findings: Findings) -> int:
    """How many (part, material) pairs there are."""
    return sum(len(use.contents) for use in findings.uses)


def assess(findings: Findings, engine: Engine) -> tuple[object, list[list[Exposure]]]:
    """The whole answer with every explanation, and the materials ranked under every method."""
    document = profile(findings)
    known = engine.figures[METHODS[0].id]
    held = [one for one in map(held_in, document["materials"]) if one.material in known]
    return document, [exposures(held, one, engine.figures[one.id]) for one in METHODS]
