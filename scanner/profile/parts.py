"""Parts and lines as they stand in answers."""

from collections.abc import Sequence
from typing import Any

from scanner.core.bom import Line, Part, Price
from scanner.core.composition import Composition, Content, Range, UnitMass
from scanner.core.errors import LineProblem
from scanner.core.evidence import Evidence
from scanner.core.scan import ContentUse, LineAmount, ScannedPart

_PART_FIELDS = tuple(name for name in Part.__slots__ if name != "designator_prefix")


def range_answer(value: Range | None) -> dict[str, Any] | None:
    """A range as ``{low, typical, high, range_known}``, or None.

    Where nothing but nominal figures is known, the limits are null: they would look exact.
    """
    if value is None:
        return None
    nominal = not value.known and value.typical is not None and value.low == value.high
    return {
        "low": None if nominal else value.low,
        "typical": value.typical,
        "high": None if nominal else value.high,
        "range_known": value.known,
    }


def evidence_answer(evidence: Evidence) -> dict[str, Any]:
    """One reason: kind, text seen, field, what it points to, confidence, source, rule."""
    return {
        "kind": evidence.kind,
        "text": evidence.text,
        "field": evidence.field,
        "points_to": str(evidence.points_to),
        "confidence": evidence.confidence,
        "source": evidence.source,
        "rule": evidence.rule,
    }


def content_answer(content: Content, use: ContentUse | None = None) -> dict[str, Any]:
    """One raw material in one piece of a part, or with `use` in all pieces in the product."""
    mass, gap = (content.mass_g, content.gap) if use is None else (use.mass_g, use.gap)
    return {
        "material": content.material,
        "presence": content.presence,
        "fraction": range_answer(content.fraction),
        "mass_g": range_answer(mass),
        "mass_gap": gap,
        "roles": list(content.roles),
        "basis": content.basis,
        "upstream": content.upstream,
        "grade": content.grade,
        "expert": content.expert,
        "evidence": list(content.evidence),
        "sources": list(content.sources),
        "text": None if content.working is None else content.working.text,
        "formula": None if content.working is None else content.working.formula,
    }


def part_identity(scanned: ScannedPart) -> dict[str, Any]:
    """The part's key, fingerprint and the fields that the line gave."""
    return {
        "key": scanned.key,
        "fingerprint": scanned.fingerprint,
        **given_fields(scanned.part),
    }


def given_fields(part: Part) -> dict[str, Any]:
    """The fields of a part that its line gave."""
    given = {name: getattr(part, name) for name in _PART_FIELDS}
    return {name: value for name, value in given.items() if value is not None}


def recognition_answer(scanned: ScannedPart) -> dict[str, Any]:
    """State, evidence, candidates and negations of a part."""
    recognition = scanned.recognition
    return {
        "state": recognition.state,
        "evidence": [evidence_answer(item) for item in recognition.evidence],
        "candidates": [evidence_answer(item) for item in recognition.candidates],
        "negations": [evidence_answer(item) for item in recognition.negations],
    }


def part_answer(scanned: ScannedPart) -> dict[str, Any]:
    """A part with its recognition and the materials in one piece, experts' statements included."""
    unit_mass = scanned.composition.unit_mass
    return {
        "part": part_identity(scanned),
        **recognition_answer(scanned),
        "unit_mass_g": None
        if unit_mass is None
        else {
            **(range_answer(unit_mass.grams) or {}),
            "origin": unit_mass.origin,
            "source": unit_mass.source,
        },
        "unit_masses": unit_masses(scanned.composition),
        "materials": [content_answer(content) for content in scanned.composition.contents],
    }


def unit_masses(composition: Composition) -> list[dict[str, Any]]:
    """Grams of one piece, metre and square metre, as far as known, and how they were found."""
    piece = () if composition.unit_mass is None else (composition.unit_mass,)
    return [_unit_mass(mass) for mass in (*piece, *composition.stock_masses)]


def _unit_mass(mass: UnitMass) -> dict[str, Any]:
    working = mass.working
    cited = () if mass.source is None else (mass.source,)
    return {
        "per": mass.per,
        "mass_g": range_answer(mass.grams),
        "origin": mass.origin,
        "text": None if working is None else working.text,
        "formula": None if working is None else working.formula,
        "sources": list(cited if working is None else working.sources),
    }


def _left_out(composition: Composition) -> list[dict[str, Any]]:
    return [{"material": one.material, "presence": one.presence} for one in composition.left_out]


def line_answer(
    line: Line,
    scanned: ScannedPart,
    *,
    amount: LineAmount,
    contents: Sequence[ContentUse],
    problems: Sequence[LineProblem] = (),
) -> dict[str, Any]:
    """A line with its part, evidence and the materials it brings to one product.

    `amount` is how much of the part one product holds, in the line's own unit. An assembly and
    a line that is not fitted bring nothing themselves: their materials are an empty list.
    `left_out` and `restored` are those of the composition.
    """
    composition = scanned.composition
    brings = line.fitted and not amount.assembly and amount.amount != 0
    paired = zip(composition.contents, contents, strict=False)
    return {
        "index": line.index,
        "ref": line.ref,
        "sheet": line.sheet,
        "row": line.row,
        "position": line.position,
        "level": line.level,
        "parent": line.parent,
        "part": part_identity(scanned),
        "quantity": None if line.quantity is None else str(line.quantity),
        "unit": line.unit,
        "designators": list(line.designators),
        "fitted": line.fitted,
        "price": price_answer(line.price),
        "assembly": amount.assembly,
        "amount": amount.amount,
        "amount_gap": amount.gap,
        **recognition_answer(scanned),
        "unit_masses": unit_masses(scanned.composition),
        "materials": [content_answer(content, use) for content, use in paired],
        "left_out": _left_out(composition) if brings else [],
        "restored": list(composition.restored) if brings else [],
        "problems": [problem_answer(problem) for problem in problems],
    }


def price_answer(price: Price | None) -> dict[str, Any] | None:
    """What so much of a part costs, exact, or None."""
    if price is None:
        return None
    return {
        "amount": f"{price.amount:f}",
        "per": f"{price.per:f}",
        "currency": price.currency,
    }


def problem_answer(problem: LineProblem) -> dict[str, Any]:
    """A line problem with its place."""
    return {
        "code": problem.code,
        "detail": problem.detail,
        "advice": problem.advice,
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "pointer": problem.place.pointer,
        "cell": problem.cell,
        "fatal": problem.fatal,
    }


def names_of(document: dict[str, Any]) -> set[str]:
    """All source keys that a document cites, wherever it does."""
    found: set[str] = set()
    _collect(document, found)
    return found


def _collect(value: dict[str, Any] | list[Any], found: set[str]) -> None:
    if isinstance(value, dict):
        source = value.get("source")
        if isinstance(source, str):
            found.add(source)
        sources = value.get("sources")
        if isinstance(sources, list):
            found.update(sources)
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            _collect(item, found)
