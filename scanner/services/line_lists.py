"""The lines of a BOM: in pages, all at once, and those that some material is behind."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.core.bom import Line
from scanner.core.collector import collector_paused
from scanner.core.errors import LineProblem
from scanner.core.names import CompanyId
from scanner.core.scan import LineAmount, ScannedLine
from scanner.pipeline import line_contents
from scanner.profile import line_answer
from scanner.services import recall
from scanner.services.context import Context
from scanner.services.line_blocks import LineBlock
from scanner.services.paging import Page, cursor_of, index_in
from scanner.services.published import found, no_bom, ready
from scanner.store import lines as rows
from scanner.store import profiles, version_parts
from scanner.store.profiles import Basis
from scanner.store.types import AnyRow

LINES_AT_ONCE = 200
"""How many lines a stream of all lines holds in memory."""

LineView = dict[str, Any]
"""A line with its part, evidence and materials, as it stands in every answer."""


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines are meant: of this state, and with this material, or any, in this presence."""

    state: str | None = None
    material: str | None = None
    presence: str | None = None

    @property
    def by_content(self) -> bool:
        """Whether it asks for materials, which lines that do not count do not bring."""
        return self.material is not None or self.presence is not None

    def fits(self, body: bytes) -> bool:
        """Whether a part that was recognised so is meant; `body` is that of `recall`."""
        known = orjson.loads(body)
        if self.state is not None and known["recognition"]["state"] != self.state:
            return False
        return not self.by_content or any(
            self.material in (None, content["material"])
            and self.presence in (None, content["presence"])
            for content in known["composition"]["contents"]
        )


ALL = LineFilter()


@dataclass(frozen=True, slots=True)
class _Version:
    """A published version, how it was answered, and the indexes of the lines that are meant."""

    company_id: CompanyId
    id: UUID
    basis: Basis
    indexes: Sequence[int]

    @collector_paused()
    def read(self, connection: Connection, start: int, stop: int) -> tuple[LineView, ...]:
        """Lines by their place among those that are meant."""
        found = dict(self._found(connection, self.indexes[start:stop]))
        numbers = {block.number(index) for index, block in found.items()}
        parts = {
            row.number: recall.scanned_part(row)
            for row in version_parts.described(
                self.company_id, connection, self.id, basis=self.basis, numbers=numbers
            )
        }
        shown = [block.line(index, parts[block.number(index)]) for index, block in found.items()]
        problems = _problems(self.company_id, connection, self.id, [one.line for one, _ in shown])
        return tuple(
            _line_view(one, amount, problems.get((one.line.sheet, one.line.row), ()))
            for one, amount in shown
        )

    def _found(
        self, connection: Connection, indexes: Sequence[int]
    ) -> Iterator[tuple[int, LineBlock]]:
        """The indexes, each with the block that holds the line."""
        if indexes:
            start, stop = indexes[0], indexes[-1] + 1
            for row in rows.blocks(self.company_id, connection, self.id, start=start, stop=stop):
                block = LineBlock.of(row)
                held = block.indexes
                here = slice(bisect_left(indexes, held.start), bisect_left(indexes, held.stop))
                yield from ((index, block) for index in indexes[here])


def lines(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    version: int | None = None,
    wanted: LineFilter = ALL,
    cursor: str | None = None,
    limit: int,
) -> Page[LineView]:
    """The lines of a version in file order; of the newest ready version when none is named.

    Raises `NotFound` without such a version, `NotReady` when it is not published.
    """
    after = index_in(cursor)
    with ctx.database.reading() as connection:
        meant = _meant(company_id, connection, bom_id, version, wanted)
        start = 0 if after is None else bisect_right(meant.indexes, after)
        items = meant.read(connection, start, start + limit)
    more = start + limit < len(meant.indexes)
    return Page(items, cursor_of(items[-1]["index"]) if more else None, len(meant.indexes))


def all_lines(
    ctx: Context,
    company_id: CompanyId,
    bom_id: UUID,
    *,
    version: int | None = None,
    wanted: LineFilter = ALL,
) -> Iterator[Sequence[LineView]]:
    """All lines of a version as `lines` has them, some at a time, each time anew from the database.

    What `lines` raises is raised at once; `NotFound` also later, when the BOM is deleted while it
    is being read.
    """
    with ctx.database.reading() as connection:
        meant = _meant(company_id, connection, bom_id, version, wanted)
    return _read(ctx, meant)


def _read(ctx: Context, meant: _Version) -> Iterator[Sequence[LineView]]:
    for start in range(0, len(meant.indexes), LINES_AT_ONCE):
        stop = min(start + LINES_AT_ONCE, len(meant.indexes))
        with ctx.database.reading() as connection:
            some = meant.read(connection, start, stop)
        if len(some) < stop - start:
            raise no_bom()
        yield some


def _meant(
    company_id: CompanyId,
    connection: Connection,
    bom_id: UUID,
    number: int | None,
    wanted: LineFilter,
) -> _Version:
    row = ready(company_id, connection, bom_id, number)
    basis = Basis.of(found(profiles.newest(company_id, connection, row.version_id)))
    indexes: Sequence[int] = range(row.lines)
    if wanted != ALL:
        indexes = _search(company_id, connection, row, basis, wanted)
    return _Version(company_id, row.version_id, basis, indexes)


def _search(
    company_id: CompanyId, connection: Connection, version: AnyRow, basis: Basis, wanted: LineFilter
) -> Sequence[int]:
    """The indexes of the lines that are meant: each wording is looked at once, not each line."""
    mine = (company_id, connection, version.version_id)
    known = version_parts.recognitions(*mine, basis=basis)
    fitting = {one.number for one in known if wanted.fits(one.body)}
    blocks = map(LineBlock.of, rows.blocks(*mine, start=0, stop=version.lines))
    return array(
        "L",
        (
            index
            for block in blocks
            for index in (block.counted() if wanted.by_content else block.indexes)
            if block.number(index) in fitting
        ),
    )


def _problems(
    company_id: CompanyId, connection: Connection, version_id: UUID, shown: Sequence[Line]
) -> dict[tuple[str | None, int | None], list[LineProblem]]:
    places = [one.row for one in shown]
    told: dict[tuple[str | None, int | None], list[LineProblem]] = {}
    for row in rows.problems_at(company_id, connection, version_id, places):
        told.setdefault((row.sheet, row.row), []).append(recall.line_problem(row.body))
    return told


def _line_view(
    scanned: ScannedLine, amount: LineAmount, problems: Sequence[LineProblem]
) -> LineView:
    return line_answer(
        scanned.line,
        scanned.part,
        amount=amount,
        contents=line_contents(scanned, amount),
        problems=problems,
    )
