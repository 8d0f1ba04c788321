"""The review queue: the parts of current BOMs that are in doubt, by what a decision would matter.

    priority = risk × amount × doubt

`risk` is the highest EU supply risk among the materials at stake, and 1, the EU's threshold for
critical materials, where none is known. `amount` is log10(1 + grams ÷ 0.001), of all pieces of the
part in the current versions, a year's where the products per year are known and one product's
otherwise; a mass that is not known counts as a kilogram. `doubt` is that of the part, 0 to 1.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.core.bom import Part
from scanner.core.evidence import Evidence
from scanner.core.names import CompanyId
from scanner.core.scan import ScannedPart
from scanner.profile.parts import evidence_answer
from scanner.services import part_summaries, parts, statements
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, not_ours, text_in
from scanner.services.part_uses import PartUses
from scanner.services.published import ready
from scanner.store import library
from scanner.store import parts as rows

MOST_SURE: Final = 0.2
"""Parts that are in no more doubt than this need nobody."""

UNKNOWN_RISK: Final = 1.0
SMALLEST_G: Final = 0.001
UNKNOWN_MASS_G: Final = 1000.0


@dataclass
class _Doubtful:
    """A part in doubt, and its uses in current versions."""

    id: UUID
    key: str
    state: str
    doubt: float
    risk: float | None
    unit_mass_g: float | None
    boms: set[UUID] = field(default_factory=set)
    versions: set[UUID] = field(default_factory=set)
    lines: int = 0
    pieces: float | None = 0.0

    def add(self, bom_id: UUID, version_id: UUID, lines: int | None, pieces: float | None) -> None:
        """Count one use."""
        self.boms.add(bom_id)
        self.versions.add(version_id)
        self.lines += lines or 0
        known = self.pieces is not None and pieces is not None
        self.pieces = (self.pieces or 0.0) + (pieces or 0.0) if known else None

    @property
    def mass_g(self) -> float | None:
        """Grams of all pieces, where number and mass of a piece are known."""
        if self.pieces is None or self.unit_mass_g is None:
            return None
        return self.pieces * self.unit_mass_g

    @property
    def terms(self) -> tuple[float, float, float]:
        """Risk, amount, doubt."""
        mass = UNKNOWN_MASS_G if self.mass_g is None else self.mass_g
        amount = math.log10(1.0 + mass / SMALLEST_G)
        return (UNKNOWN_RISK if self.risk is None else self.risk, amount, self.doubt)

    @property
    def priority(self) -> float:
        """The product of the terms."""
        return math.prod(self.terms)

    @property
    def place(self) -> tuple[float, str]:
        """Where it stands in the queue: the weightiest first, then by key."""
        return (-self.priority, self.key)


def queue(
    ctx: Context,
    company_id: CompanyId,
    *,
    bom_id: UUID | None = None,
    cursor: str | None = None,
    limit: int,
) -> Page[Mapping[str, Any]]:
    """The parts in doubt of the current versions of all BOMs, or of one, the weightiest first.

    Parts whose place changes while the pages are asked for may stand on two of them, or on none.
    Raises `NotFound` without such a BOM, `NotReady` when it has no version that is ready.
    """
    after = _place_in(cursor)
    with ctx.database.reading() as connection:
        if bom_id is not None:
            ready(company_id, connection, bom_id, None)
        found = sorted(_doubtful(company_id, connection, bom_id), key=lambda one: one.place)
        rest = found if after is None else [one for one in found if one.place > after]
        shown = rest[:limit]
        read = _read(ctx, company_id, connection, [one.id for one in shown])
    items = tuple(_entry(ctx, one, *read.get(one.id, ({}, []))) for one in shown)
    more = len(rest) > limit
    return Page(items, _cursor(shown[-1]) if more else None, len(found))


def _cursor(one: _Doubtful) -> str:
    return cursor_of(f"{one.place[0]!r} {one.place[1]}")


def _place_in(cursor: str | None) -> tuple[float, str] | None:
    text = text_in(cursor)
    if text is None:
        return None
    number, blank, key = text.partition(" ")
    try:
        place = float(number)
    except ValueError as error:
        raise not_ours() from error
    if not (blank and math.isfinite(place)):
        raise not_ours()
    return (place, key)


def _doubtful(
    company_id: CompanyId, connection: Connection, bom_id: UUID | None
) -> list[_Doubtful]:
    versions = {
        row.id: (row, PartUses.unpacked(row.uses))
        for row in library.current_uses(company_id, connection, bom_id=bom_id)
    }
    found: dict[UUID, _Doubtful] = {}
    for row in library.doubtful(company_id, connection, bom_id=bom_id, above=MOST_SURE):
        part = found.get(row.id)
        if part is None:
            told = (row.id, row.key, row.state, row.doubt, row.risk, row.unit_mass_g)
            part = found[row.id] = _Doubtful(*told)
        version, uses = versions[row.version_id]
        lines, pieces, _ = uses.at(row.number)
        if pieces is not None and version.annual_units is not None:
            pieces *= float(version.annual_units)
        part.add(version.bom_id, version.id, lines, pieces)
    return list(found.values())


def _read(
    ctx: Context, company_id: CompanyId, connection: Connection, part_ids: Sequence[UUID]
) -> dict[UUID, tuple[Mapping[str, Any], list[ScannedPart]]]:
    """The fields of one wording of each part, and all its wordings recognised."""
    holding = statements.of_parts(company_id, connection, part_ids)
    read: dict[UUID, list[ScannedPart]] = defaultdict(list)
    fields: dict[UUID, Mapping[str, Any]] = {}
    for row in rows.wordings(company_id, connection, part_ids):
        described = orjson.loads(row.fields)
        fields.setdefault(row.part_id, described)
        if len(read[row.part_id]) < parts.MOST_WORDINGS:
            held = holding.get(row.part_id, statements.NOTHING_HELD)
            said = statements.statements_of(held)
            read[row.part_id].append(ctx.engine.recognise(Part(**described), said))
    return {part_id: (fields[part_id], read[part_id]) for part_id in fields}


def _entry(
    ctx: Context, one: _Doubtful, fields: Mapping[str, Any], read: Sequence[ScannedPart]
) -> dict[str, Any]:
    stake = sorted(
        {item for scanned in read for item in part_summaries.at_stake(ctx.engine, scanned)}
    )
    candidates = dict.fromkeys(item for scanned in read for item in scanned.recognition.candidates)
    risk, amount, doubt = one.terms
    return {
        "id": one.id,
        "part": parts.identity(one.key, fields),
        "state": one.state,
        "priority": one.priority,
        "terms": {
            "risk": {"value": risk, "known": one.risk is not None},
            "amount": {"value": amount, "known": one.mass_g is not None, "mass_g": one.mass_g},
            "doubt": doubt,
        },
        "evidence": [evidence_answer(item) for item in dict.fromkeys(_evidence(read))],
        "candidates": [
            {**evidence_answer(item), "materials": _materials_of(ctx, item)} for item in candidates
        ],
        "materials_at_stake": [
            {"material": material, "supply_risk": part_summaries.risk_of(ctx.engine, material)}
            for material in stake
        ],
        "settles": {
            "boms": len(one.boms),
            "versions": len(one.versions),
            "lines": one.lines,
            "pieces": one.pieces,
        },
    }


def _evidence(read: Sequence[ScannedPart]) -> list[Evidence]:
    return [item for scanned in read for item in scanned.recognition.evidence]


def _materials_of(ctx: Context, evidence: Evidence) -> list[str]:
    """The materials that a candidate would bring."""
    ingredients = ctx.engine.knowledge.recipes.ingredients.get(evidence.points_to, ())
    return sorted({ingredient.material for ingredient in ingredients})
