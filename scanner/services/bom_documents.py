"""A BOM as a document of our own JSON, which can be sent again: here, to another service, later."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import orjson
from sqlalchemy import Connection

from scanner.core.bom import Line
from scanner.core.collector import collector_paused
from scanner.core.names import CompanyId
from scanner.parse import Tree, record_of
from scanner.services import recall
from scanner.services.context import Context
from scanner.services.line_blocks import LINES_PER_BLOCK, LineBlock
from scanner.services.published import found, no_bom, ready
from scanner.services.views import version_of
from scanner.store import lines as rows
from scanner.store import profiles, version_parts
from scanner.store.profiles import Basis
from scanner.store.types import AnyRow


def exported(
    ctx: Context, company_id: CompanyId, bom_id: UUID, *, version: int | None = None
) -> Iterator[bytes]:
    """The document of a version, of the newest ready one when none is named, piece by piece.

    Raises `NotFound` and `NotReady` at the first piece, `NotFound` later when the BOM is deleted
    while it is told.
    """
    with ctx.database.reading() as connection:
        row = ready(company_id, connection, bom_id, version)
        basis = Basis.of(found(profiles.newest(company_id, connection, row.version_id)))
    tree = Tree()
    for lines in _lines(ctx, company_id, row, basis):
        tree.take(lines)
    tree.settle(deepest=ctx.settings.read_limits.max_depth)
    view = version_of(row)
    head: dict[str, object] = {"name": row.name, "documented_only": view.documented_only}
    if view.annual_units is not None:
        head["annual_units"] = f"{view.annual_units:f}"
    yield orjson.dumps(head)[:-1] + b',"lines":[\n'
    comma = b""
    for lines in _lines(ctx, company_id, row, basis):
        yield comma + b",\n".join(orjson.dumps(record_of(line, tree)) for line in lines)
        comma = b",\n"
    yield b"\n]}\n"


def _lines(
    ctx: Context, company_id: CompanyId, version: AnyRow, basis: Basis
) -> Iterator[Sequence[Line]]:
    """The stored lines as they were read, a block at a time, each anew from the database."""
    for start in range(0, version.lines, LINES_PER_BLOCK):
        wanted = range(start, min(start + LINES_PER_BLOCK, version.lines))
        with ctx.database.reading() as connection, collector_paused():
            lines = _some(company_id, connection, version.version_id, basis, wanted)
        if len(lines) < len(wanted):
            raise no_bom()
        yield lines


def _some(
    company_id: CompanyId, connection: Connection, version_id: UUID, basis: Basis, wanted: range
) -> list[Line]:
    mine = (company_id, connection, version_id)
    found = rows.blocks(*mine, start=wanted.start, stop=wanted.stop)
    blocks = {index: block for block in map(LineBlock.of, found) for index in block.indexes}
    here = [(index, blocks[index]) for index in wanted if index in blocks]
    parts = {
        row.number: recall.scanned_part(row).part
        for row in version_parts.described(
            *mine, basis=basis, numbers={block.number(index) for index, block in here}
        )
    }
    return [block.plain_line(index, parts[block.number(index)]) for index, block in here]
