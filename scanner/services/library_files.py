"""The part library as a file: what people said about parts, to be taken elsewhere and back.

One JSON object a line: the key of a part, its wordings, the decisions and declarations that hold.
To import is to say what the file says where it is not said already: the same file again changes
nothing, and what the file does not name stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson

from scanner.core.bom import Part
from scanner.core.errors import InvalidInput, InvalidRows, Place
from scanner.core.names import CompanyId
from scanner.core.statements import Decision, DecisionKind, Declaration
from scanner.match import part_key
from scanner.services import audit, decisions, declarations, statements
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.options import plain_text
from scanner.services.part_log import PartLog
from scanner.store import library, part_entries
from scanner.store import parts as rows

AT_ONCE: Final = 500
MOST_LINES: Final = 200_000
MEMBERS: Final = frozenset({"key", "wordings", "decisions", "declarations"})
ADVICE: Final = "Correct these rows and send the whole file again; nothing was stored."


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do when it is only tried."""

    parts: int
    decisions: int
    declarations: int
    unchanged: int
    dry_run: bool
    refreshing: int


@dataclass(frozen=True, slots=True)
class _Line:
    """What a file says about one part."""

    row: int
    key: str
    wordings: tuple[Part, ...]
    decisions: tuple[tuple[Decision, str | None], ...]
    declarations: tuple[Declaration, ...]


class _Tried(Exception):
    """The end of an import that was only tried: nothing of it stays."""


def exported(ctx: Context, company_id: CompanyId) -> Iterator[bytes]:
    """All parts of which something holds, in the order of their keys, as lines of JSON."""
    place: str | None = None
    while True:
        with ctx.database.reading() as connection:
            found = library.said_of(company_id, connection, after=place, limit=AT_ONCE)
            ids = [row.id for row in found]
            holding = statements.of_parts(company_id, connection, ids)
            worded: dict[UUID, list[Any]] = {part_id: [] for part_id in ids}
            for row in rows.wordings(company_id, connection, ids):
                worded[row.part_id].append(orjson.loads(row.fields))
        yield b"".join(
            _line(row.key, worded[row.id], holding[row.id]) for row in found if row.id in holding
        )
        if len(found) < AT_ONCE:
            return
        place = found[-1].key


def history(ctx: Context, company_id: CompanyId) -> Iterator[bytes]:
    """All that was ever said about parts, in order, as lines of JSON."""
    with ctx.database.reading() as connection:
        for row in part_entries.all_entries(company_id, connection):
            entry = {
                "number": row.number,
                "part": row.key,
                "kind": row.kind,
                "at": row.at,
                "actor": row.actor,
                "reason": row.reason,
                "body": orjson.loads(row.body),
            }
            yield orjson.dumps(entry) + b"\n"


def _line(key: str, worded: Sequence[Any], held: statements.Held) -> bytes:
    line = {
        "key": key,
        "wordings": worded,
        "decisions": [
            {"kind": one.kind, "reason": one.reason, **orjson.loads(one.body)}
            for one in held.decisions
        ],
        "declarations": [orjson.loads(one.body) for one in held.declarations],
    }
    return orjson.dumps(line, option=orjson.OPT_SORT_KEYS) + b"\n"


def import_file(
    ctx: Context, company_id: CompanyId, body: bytes, *, by: str, dry_run: bool = False
) -> Imported:
    """Say what a file says, all of it or nothing.

    `InvalidRows` names every row that does not fit. With `dry_run` nothing is stored.
    """
    lines = _lines(ctx, body)
    done = Imported(0, 0, 0, 0, dry_run, 0)
    try:
        with ctx.database.writing() as connection:
            log = PartLog(ctx, company_id, connection, by)
            done = _take(log, lines, dry_run=dry_run)
            if dry_run:
                raise _Tried
            note = f"{done.parts - done.unchanged} of {done.parts}"
            audit.record(company_id, connection, Action.PARTS_IMPORTED, None, by=by, note=note)
    except _Tried:
        pass
    return done


def _take(log: PartLog, lines: Sequence[_Line], *, dry_run: bool) -> Imported:
    ids = _ids(log, lines)
    holding = statements.of_parts(log.company_id, log.connection, set(ids.values()))
    decided = declared = unchanged = 0
    for line in lines:
        part_id = ids[line.key]
        new = _new_decisions(line, holding.get(part_id, statements.NOTHING_HELD))
        for decision, reason in new:
            log.add(part_id, decision.kind, statements.decision_body(decision), reason)
        added = declarations.add_to(log, [(part_id, one) for one in line.declarations])
        decided, declared = decided + len(new), declared + added
        unchanged += not new and not added
    refreshing = 0 if dry_run else log.close()
    return Imported(len(lines), decided, declared, unchanged, dry_run, refreshing)


def _ids(log: PartLog, lines: Sequence[_Line]) -> dict[str, UUID]:
    """The parts of the lines; those that the library does not have are added."""
    mine = (log.company_id, log.connection)
    keys = [line.key for line in lines]
    known = library.ids_of(*mine, keys)
    new = [line for line in lines if line.key not in known]
    unworded = [line for line in new if not line.wordings]
    if unworded:
        told = "The library has no such part, and no wording describes it."
        places = [(Place(row=line.row), told) for line in unworded]
        raise InvalidRows.of(places, advice=ADVICE)
    for line in new:
        (known[line.key],) = declarations.ensure(log.ctx, *mine, line.wordings[:1])
    return known


def _new_decisions(line: _Line, held: statements.Held) -> Sequence[tuple[Decision, str | None]]:
    """The decisions of a line that have to be made: all anew where what the part is differs."""

    def said(kind: str, body: bytes, reason: str | None) -> tuple[str, bytes, str | None]:
        return (kind, body, reason)

    there = [said(one.kind, one.body, one.reason) for one in held.decisions]
    wanted = [
        said(decision.kind, statements.decision_body(decision), reason)
        for decision, reason in line.decisions
    ]
    if there == wanted:
        return ()
    if any(decision.kind is not DecisionKind.DISMISS for decision, _ in line.decisions):
        return line.decisions
    return [one for one, text in zip(line.decisions, wanted, strict=True) if text not in there]


def _lines(ctx: Context, body: bytes) -> list[_Line]:
    wrong: list[tuple[Place, str]] = []
    lines: dict[str, _Line] = {}
    for row, text in enumerate(body.split(b"\n"), 1):
        if row > MOST_LINES:
            wrong.append((Place(row=row), f"A file has at most {MOST_LINES} lines."))
            break
        if text.strip():
            try:
                line = _parsed(ctx, row, text)
                if line.key in lines:
                    raise InvalidInput("This part stands in the file twice.")
                lines[line.key] = line
            except InvalidInput as error:
                pointer = error.place.pointer if error.place else None
                wrong.append((Place(row=row, column=pointer), error.detail))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                wrong.append((Place(row=row), f"It is no line of an export: {_said(error)}."))
    if wrong:
        raise InvalidRows.of(wrong, advice=ADVICE)
    return list(lines.values())


def _said(error: Exception) -> str:
    if isinstance(error, orjson.JSONDecodeError):
        return f"{error.msg} (column {error.colno})"
    return "a member is missing or of another type"


def _parsed(ctx: Context, row: int, text: bytes) -> _Line:
    given = orjson.loads(text)
    unknown = sorted(set(given) - MEMBERS)
    if unknown:
        raise InvalidInput(f"The member '{unknown[0][:50]}' is not known.")
    key = plain_text(given["key"], "/key")
    wordings = tuple(map(_part, given.get("wordings", ())))
    if any(part_key(part) != key for part in wordings):
        raise InvalidInput("A wording does not belong to this key.")
    return _Line(
        row=row,
        key=key,
        wordings=wordings,
        decisions=tuple(_decision(ctx, one) for one in given.get("decisions", ())),
        declarations=tuple(
            declarations.checked(statements.declaration_of(0, orjson.dumps(one)))
            for one in given.get("declarations", ())
        ),
    )


def _part(fields: Mapping[str, Any]) -> Part:
    for name, value in fields.items():
        if name == "unit_mass_g":
            if not isinstance(value, int | float):
                raise InvalidInput("The mass of a piece is a number.")
        elif not isinstance(value, str) or "\0" in value:
            raise InvalidInput(f"'{name[:50]}' is no text that can be stored.")
    return Part(**fields)


def _decision(ctx: Context, given: Mapping[str, Any]) -> tuple[Decision, str | None]:
    """A decision of a file, checked as one that is made by hand."""
    fields = {name: given[name] for name in ("named", "contents")}
    decision = statements.decision_of(0, given["kind"], orjson.dumps(fields))
    for named in decision.named:
        if decision.kind is DecisionKind.DISMISS:
            decisions.known_material(ctx, named.target.id)
        else:
            decisions.known_target(ctx, str(named.target))
    decisions.check_form(decision)
    contents = decisions.checked_contents(ctx, decision.contents)
    reason = plain_text(given.get("reason") or "", "/reason") or None
    return Decision(0, decision.kind, decision.named, contents), reason
