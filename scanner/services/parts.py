"""The part library: all parts that the company's BOMs ever named, and all that is known of one.

What a list tells of a part is what was made of it when it was last read or decided upon; the whole
part is recognised at that moment, by the release in use and all that was said about it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.compose import unknown_substances
from scanner.core.bom import Part
from scanner.core.errors import NotFound
from scanner.core.names import CompanyId
from scanner.core.scan import ScannedPart
from scanner.core.statements import Declaration
from scanner.profile import part_answer
from scanner.services import statements
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, id_in, text_in
from scanner.services.part_summaries import WORST_FIRST
from scanner.services.part_uses import PartUses
from scanner.services.statements import Held
from scanner.store import jobs, library, part_entries
from scanner.store import parts as rows
from scanner.store.library import Order, Wanted
from scanner.store.types import AnyRow

__all__ = ["Guard", "Order", "PartView", "get", "list_page", "recognised", "view"]

MOST_WORDINGS: Final = 50
MOST_USES: Final = 100
"""So many of each are shown with a part; their whole number is always told."""

PartView = dict[str, Any]
"""A part as it stands in answers."""

Guard = Callable[[PartView], None]
"""What a change asks of a part as it is at that moment: raises where it may not be changed."""

SHOWN_FIELDS: Final = tuple(name for name in Part.__slots__ if name != "designator_prefix")


def list_page(
    ctx: Context,
    company_id: CompanyId,
    *,
    state: str | None = None,
    material: str | None = None,
    decided: bool | None = None,
    text: str | None = None,
    order: Order = Order.KEY,
    cursor: str | None = None,
    limit: int,
) -> Page[PartView]:
    """The company's parts, by key unless asked otherwise.

    Only those in this state, with this material in them, with or without a decision, and with this
    text in what is written of them.
    """
    place: str | UUID | None = text_in(cursor) if order.by_key else id_in(cursor)
    wanted = Wanted(state, material, decided, None if text is None else text.casefold())
    with ctx.database.reading() as connection:
        total = library.count(company_id, connection, wanted=wanted)
        rest = library.page(
            company_id, connection, wanted=wanted, order=order, place=place, limit=limit + 1
        )
        shown = rest[:limit]
        worded = first_wordings(company_id, connection, [row.id for row in shown])
    items = tuple(_item(row, worded.get(row.id, {})) for row in shown)
    if len(rest) <= limit:
        return Page(items, None, total)
    last = shown[-1]
    return Page(items, cursor_of(last.key if order.by_key else last.id), total)


def get(ctx: Context, company_id: CompanyId, part_id: UUID, *, with_names: bool = True) -> PartView:
    """All that is known of a part; names of BOMs only on demand. `NotFound` without such a part."""
    with ctx.database.reading() as connection:
        return view(ctx, company_id, connection, part_id, with_names=with_names)


def view(
    ctx: Context,
    company_id: CompanyId,
    connection: Connection,
    part_id: UUID,
    *,
    with_names: bool,
) -> PartView:
    """All that is known of a part at this moment of a transaction."""
    row = found(library.find_part(company_id, connection, part_id))
    entries = part_entries.of_parts(company_id, connection, [part_id])
    holding = statements.held(entries)
    worded = rows.wordings(company_id, connection, [part_id])
    read = recognised(ctx, worded, holding)
    states = [one.recognition.state for one in read]
    release = ctx.engine.knowledge.release
    return {
        "id": str(row.id),
        "key": row.key,
        "created_at": row.created_at.isoformat(),
        "revision": row.revision,
        "knowledge": {"release": release.id, "sha256": release.sha256},
        "state": min(states, key=WORST_FIRST.index) if states else row.state,
        "wordings": {
            "total": len(worded),
            "shown": [part_answer(one) for one in read[:MOST_WORDINGS]],
        },
        "decisions": [_entry(one) for one in reversed(holding.decisions)],
        "declarations": [declaration_view(ctx, one) for one in holding.declarations],
        "history": [_entry(one) for one in reversed(entries)],
        "used_in": _used_in(company_id, connection, part_id, with_names=with_names),
    }


def recognised(ctx: Context, worded: Sequence[AnyRow], holding: Held) -> list[ScannedPart]:
    """What wordings of one part are recognised as at this moment."""
    said = statements.statements_of(holding)
    return [ctx.engine.recognise(Part(**orjson.loads(row.fields)), said) for row in worded]


def found(row: AnyRow | None) -> AnyRow:
    """The row; `NotFound` when there is none."""
    if row is None:
        raise NotFound("There is no such part.", advice="List the parts to see their ids.")
    return row


def first_wordings(
    company_id: CompanyId, connection: Connection, part_ids: Sequence[UUID]
) -> dict[UUID, Mapping[str, Any]]:
    """The fields of one wording of each part, always the same one."""
    told: dict[UUID, Mapping[str, Any]] = {}
    for row in rows.wordings(company_id, connection, part_ids):
        if row.part_id not in told:
            told[row.part_id] = orjson.loads(row.fields)
    return told


def identity(key: str, fields: Mapping[str, Any]) -> PartView:
    """A part's key with the fields of one of its wordings."""
    return {"key": key, **{name: fields[name] for name in SHOWN_FIELDS if name in fields}}


def declaration_view(ctx: Context, entry: AnyRow) -> PartView:
    """A declaration that holds, with what the release knows of its substances."""
    declaration: Declaration = statements.declaration_of(entry.number, entry.body)
    unknown = unknown_substances(declaration, ctx.engine.knowledge.recipes)
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        **statements.declaration_document(declaration),
        "unknown_cas": list(dict.fromkeys(unknown)),
    }


def _item(row: AnyRow, fields: Mapping[str, Any]) -> PartView:
    return {
        "id": str(row.id),
        "part": identity(row.key, fields),
        "created_at": row.created_at.isoformat(),
        "state": row.state,
        "doubt": row.doubt,
        "materials": row.materials.split(),
        "supply_risk": row.risk,
        "unit_mass_g": row.unit_mass_g,
        "decision": row.decision,
        "declared": row.declared,
        "revision": row.revision,
    }


def _entry(row: AnyRow) -> PartView:
    """An entry of the log; what a declaration says stands with the declarations."""
    body = orjson.loads(row.body)
    return {
        "number": row.number,
        "kind": row.kind,
        "at": row.at.isoformat(),
        "actor": row.actor,
        "reason": row.reason,
        "named": body.get("named", []),
        "contents": body.get("contents", []),
        "of": body.get("of"),
    }


def _used_in(
    company_id: CompanyId, connection: Connection, part_id: UUID, *, with_names: bool
) -> PartView:
    """The published versions that use a part, newest first, each with its lines and pieces."""
    boms, versions, current = library.count_uses(company_id, connection, part_id)
    shown: dict[UUID, PartView] = {}
    unpacked: dict[UUID, PartUses] = {}
    for row in library.uses(company_id, connection, part_id, limit=MOST_USES):
        if row.version_id not in shown:
            unpacked[row.version_id] = PartUses.unpacked(row.uses)
            refresh = jobs.of_version(company_id, connection, row.version_id, jobs.REFRESH)
            shown[row.version_id] = {
                "bom_id": str(row.bom_id),
                "name": row.name if with_names else None,
                "version": row.version,
                "current": bool(row.current),
                "refreshing": refresh is not None and refresh.state not in jobs.OVER,
                "lines": 0,
                "pieces": 0.0,
            }
        _count(shown[row.version_id], unpacked[row.version_id], row.number)
    return {
        "boms": boms,
        "versions": versions,
        "current_versions": current,
        "shown": list(shown.values()),
    }


def _count(told: PartView, uses: PartUses, number: int) -> None:
    """Add how a version uses one wording of a part; what is not known makes the sum unknown."""
    lines, pieces, _ = uses.at(number)
    told["lines"] = None if lines is None or told["lines"] is None else told["lines"] + lines
    told["pieces"] = None if pieces is None or told["pieces"] is None else told["pieces"] + pieces
