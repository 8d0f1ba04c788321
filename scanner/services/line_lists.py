"""The lines of a BOM: in pages, all at once, and those that some material is behind."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.core.errors import LineProblem
from scanner.core.names import CompanyId
from scanner.pipeline import line_contents
from scanner.profile import line_answer
from scanner.services import recall
from scanner.services.context import Context
from scanner.services.paging import Page, cursor_of, index_in
from scanner.services.published import found, no_bom, ready
from scanner.store import line_search, profiles
from scanner.store import lines as rows
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
        """Whether it asks for materials, which assemblies and unfitted lines do not bring."""
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

    def read(self, connection: Connection, start: int, stop: int) -> tuple[LineView, ...]:
        """Lines by their place among those that are meant."""
        shown: list[AnyRow] = []
        for first, length in _runs(self.indexes[start:stop]):
            shown += rows.page(
                self.company_id,
                connection,
                self.id,
                basis=self.basis,
                after=first - 1,
                limit=length,
            )
        problems = _problems(self.company_id, connection, self.id, shown)
        return tuple(_line_view(one, problems.get((one.sheet, one.row), ())) for one in shown)


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
        indexes = _search(company_id, connection, row.version_id, basis, wanted)
    return _Version(company_id, row.version_id, basis, indexes)


def _search(
    company_id: CompanyId,
    connection: Connection,
    version_id: UUID,
    basis: Basis,
    wanted: LineFilter,
) -> Sequence[int]:
    """The indexes of the lines that are meant: each wording is looked at once, not each line."""
    fitting = {
        (one.part_id, one.wording)
        for one in line_search.recognitions(company_id, connection, version_id, basis=basis)
        if wanted.fits(one.body)
    }
    places = line_search.places(company_id, connection, version_id, only_counted=wanted.by_content)
    return array("L", (one.line_index for one in places if (one.part_id, one.wording) in fitting))


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Indexes that follow one another, as the first of them and their number."""
    start = 0
    for place in range(1, len(indexes) + 1):
        if place == len(indexes) or indexes[place] != indexes[place - 1] + 1:
            yield indexes[start], place - start
            start = place


def _problems(
    company_id: CompanyId, connection: Connection, version_id: UUID, shown: Sequence[AnyRow]
) -> dict[tuple[str | None, int | None], list[LineProblem]]:
    places = [one.row for one in shown]
    told: dict[tuple[str | None, int | None], list[LineProblem]] = {}
    for row in rows.problems_at(company_id, connection, version_id, places):
        told.setdefault((row.sheet, row.row), []).append(recall.line_problem(row.body))
    return told


def _line_view(row: AnyRow, problems: Sequence[LineProblem]) -> LineView:
    scanned, amount = recall.scanned_line(row)
    return line_answer(
        scanned.line,
        scanned.part,
        amount=amount,
        contents=line_contents(scanned, amount),
        problems=problems,
    )
