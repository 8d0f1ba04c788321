"""What people said about parts, out of the company's log: which of it holds, and its form there.

A decision about what a part is replaces the decisions before it; a dismissal adds to them. An undo
takes back the newest decision that was not taken back before: what held before it holds again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.core.composition import Range
from scanner.core.evidence import Target
from scanner.core.names import CompanyId, MaterialId, TargetKind
from scanner.core.statements import (
    NOTHING_SAID,
    Decision,
    DecisionKind,
    Declaration,
    DeclaredSubstance,
    Named,
    Said,
    StatedContent,
    Statements,
)
from scanner.services.context import Context
from scanner.store import part_entries as rows
from scanner.store.types import AnyRow, storable


class EntryKind(StrEnum):
    """What an entry of the log does, beside the kinds of decisions."""

    UNDO = "undo"
    DECLARE = "declare"
    WITHDRAW = "withdraw"


DECISIONS: Final = frozenset(map(str, DecisionKind))
KINDS: Final = (*map(str, DecisionKind), *map(str, EntryKind))


@dataclass(frozen=True, slots=True)
class Held:
    """The entries about one part that hold, oldest first: decisions, and declarations by number."""

    revision: int
    decisions: tuple[AnyRow, ...]
    declarations: tuple[AnyRow, ...]

    @property
    def kind(self) -> str | None:
        """The kind of the newest decision, or None."""
        return self.decisions[-1].kind if self.decisions else None


NOTHING_HELD: Final = Held(0, (), ())


def held(entries: Iterable[AnyRow]) -> Held:
    """What holds of all entries about one part, given in their order."""
    revision = 0
    decisions: list[AnyRow] = []
    declarations: dict[int, AnyRow] = {}
    for entry in entries:
        revision = entry.number
        if entry.kind in DECISIONS:
            decisions.append(entry)
        elif entry.kind == EntryKind.UNDO:
            decisions.pop()
        elif entry.kind == EntryKind.DECLARE:
            declarations[entry.number] = entry
        else:
            declarations.pop(orjson.loads(entry.body)["of"], None)
    whole = [place for place, one in enumerate(decisions) if one.kind != DecisionKind.DISMISS]
    return Held(
        revision, tuple(decisions[whole[-1] if whole else 0 :]), tuple(declarations.values())
    )


def statements(entries: Iterable[AnyRow]) -> Statements:
    """What holds of all entries about one part, as the steps take it."""
    return statements_of(held(entries))


def statements_of(holding: Held) -> Statements:
    """What holds of one part, as the steps take it."""
    if not holding.revision:
        return NOTHING_SAID
    decisions = [decision_of(one.number, one.kind, one.body) for one in holding.decisions]
    return Statements(
        revision=holding.revision,
        decision=next((one for one in decisions if one.kind is not DecisionKind.DISMISS), None),
        dismissals=tuple(one for one in decisions if one.kind is DecisionKind.DISMISS),
        declarations=tuple(declaration_of(one.number, one.body) for one in holding.declarations),
    )


def heard_by(ctx: Context, company_id: CompanyId) -> Said | None:
    """Who tells what was said about parts of the company; None where nobody ever said a thing."""
    with ctx.database.reading() as connection:
        if not rows.last_number(company_id, connection):
            return None

    def said(keys: Collection[str]) -> Mapping[str, Statements]:
        asked = {str(storable(key)): key for key in keys}
        with ctx.database.reading() as connection:
            entries = list(rows.of_keys(company_id, connection, keys))
        by_part = groupby(entries, key=attrgetter("key"))
        return {asked[key]: statements(about) for key, about in by_part}

    return said


def of_parts(
    company_id: CompanyId, connection: Connection, part_ids: Collection[UUID]
) -> dict[UUID, Held]:
    """What holds of each of these parts of which something was said."""
    entries = rows.of_parts(company_id, connection, part_ids)
    by_part = groupby(entries, key=attrgetter("part_id"))
    return {part_id: held(about) for part_id, about in by_part}


def decision_body(decision: Decision) -> bytes:
    """A decision as its entry holds it, without number and kind."""
    return orjson.dumps(decision_document(decision), option=orjson.OPT_SORT_KEYS)


def decision_document(decision: Decision) -> dict[str, Any]:
    """What a decision says, as JSON has it."""
    return {
        "named": [{"target": str(one.target), "layer": one.layer} for one in decision.named],
        "contents": [
            {
                "material": one.material,
                "fraction": _range_document(one.fraction),
                "mass_g": _range_document(one.mass_g),
            }
            for one in decision.contents
        ],
    }


def decision_of(number: int, kind: str, body: bytes) -> Decision:
    """The decision of an entry."""
    stored = orjson.loads(body)
    return Decision(
        number=number,
        kind=DecisionKind(kind),
        named=tuple(Named(target_of(one["target"]), one["layer"]) for one in stored["named"]),
        contents=tuple(
            StatedContent(
                MaterialId(one["material"]), _range(one["fraction"]), _range(one["mass_g"])
            )
            for one in stored["contents"]
        ),
    )


def taken_back(number: int) -> bytes:
    """What an undo or a withdrawal says: the number of the entry that it takes back."""
    return orjson.dumps({"of": number})


_DECLARED = ("full", "unit_mass_g", "supplier", "document", "issued")


def declaration_body(declaration: Declaration) -> bytes:
    """A declaration as its entry holds it, without its number."""
    return orjson.dumps(declaration_document(declaration), option=orjson.OPT_SORT_KEYS)


def declaration_document(declaration: Declaration) -> dict[str, Any]:
    """What a declaration says, as JSON has it."""
    substances: Sequence[DeclaredSubstance] = declaration.substances
    return {
        **{name: getattr(declaration, name) for name in _DECLARED},
        "substances": [
            {
                "cas": one.cas,
                "name": one.name,
                "mass_g": one.mass_g,
                "fraction": one.fraction,
            }
            for one in substances
        ],
    }


def declaration_of(number: int, body: bytes) -> Declaration:
    """The declaration of an entry."""
    stored = orjson.loads(body)
    return Declaration(
        number=number,
        substances=tuple(DeclaredSubstance(**one) for one in stored["substances"]),
        **{name: stored[name] for name in _DECLARED},
    )


def target_of(text: str) -> Target:
    """The target that ``kind:id`` names; `ValueError` for another kind."""
    kind, _, key = text.partition(":")
    return Target(TargetKind(kind), key)


def _range(stored: Mapping[str, float] | None) -> Range | None:
    if stored is None:
        return None
    return Range(stored["low"], stored["typical"], stored["high"])


def _range_document(value: Range | None) -> dict[str, float | None] | None:
    if value is None:
        return None
    return {"low": value.low, "typical": value.typical, "high": value.high}
