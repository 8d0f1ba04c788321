"""All that the service holds of a company, as one ZIP that is made while it is sent.

``company.json``, ``people.json``, ``keys.json`` and ``invitations.json`` (no secrets),
``column-mappings.json`` (remembered corrections of columns), ``audit.ndjson``,
``cases.ndjson`` (the cases of the help-desk), what people said about parts
(``library/parts.ndjson``, as it is imported again, and ``library/history.ndjson``), and per BOM
``boms/<id>/bom.json`` with each version's description, file as it came, lines and profile under
``boms/<id>/versions/<number>/``. Every BOM is told as it stands when its turn comes; one that is
deleted meanwhile is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import RawIOBase
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import orjson

from scanner.core.errors import NotFound, NotReady
from scanner.core.names import CompanyId
from scanner.services import (
    audit,
    boms,
    cases,
    companies,
    invitations,
    keys,
    library_files,
    mappings,
    users,
)
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.paging import Page
from scanner.services.views import VersionView
from scanner.store import files

AT_ONCE: Final = 100
"""Entries that are fetched together."""


class _Outbox(RawIOBase):
    """What was written and not yet taken; it cannot go back, so `ZipFile` writes straight on."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def of_company(ctx: Context, company_id: CompanyId, *, by: str) -> Iterator[bytes]:
    """The ZIP, piece by piece; `NotFound` at the first piece without such a company."""
    company = companies.get(ctx, company_id)
    with ctx.database.writing() as connection:
        audit.record(company_id, connection, Action.COMPANY_EXPORTED, company_id, by=by)
    outbox = _Outbox()
    with ZipFile(outbox, "w", ZIP_DEFLATED) as archive:
        for name, pieces in _entries(ctx, company):
            with archive.open(name, "w", force_zip64=True) as entry:
                for piece in pieces:
                    entry.write(piece)
                    yield outbox.take()
    yield outbox.take()


def _entries(ctx: Context, company: companies.CompanyView) -> Iterator[tuple[str, Iterable[bytes]]]:
    mine = company.id
    yield "company.json", [_json(company)]
    yield "people.json", [_json(users.list_all(ctx, mine))]
    yield "keys.json", [_json(keys.list_all(ctx, mine))]
    yield "invitations.json", [_json(invitations.list_all(ctx, mine))]
    yield "column-mappings.json", [_json(mappings.list_all(ctx, mine))]
    yield "audit.ndjson", (_json(entry) + b"\n" for entry in _audit(ctx, mine))
    yield "cases.ndjson", (_json(case) + b"\n" for case in _cases(ctx, mine))
    yield "library/parts.ndjson", library_files.exported(ctx, mine)
    yield "library/history.ndjson", library_files.history(ctx, mine)
    cursor = None
    while True:
        page = boms.list_page(
            ctx, mine, cursor=cursor, limit=AT_ONCE, order=boms.Order.OLDEST_FIRST
        )
        for bom in page.items:
            yield from _bom(ctx, mine, bom)
        cursor = page.next
        if cursor is None:
            return


def _bom(
    ctx: Context, company_id: CompanyId, bom: boms.BomView
) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield f"boms/{bom.id}/bom.json", [_json(bom)]
    cursor = None
    while True:
        try:
            page: Page[VersionView] = boms.versions(
                ctx, company_id, bom.id, cursor=cursor, limit=AT_ONCE
            )
        except NotFound:
            return
        for version in page.items:
            yield from _version(ctx, company_id, version)
        cursor = page.next
        if cursor is None:
            return


def _version(
    ctx: Context, company_id: CompanyId, version: VersionView
) -> Iterator[tuple[str, Iterable[bytes]]]:
    folder = f"boms/{version.bom_id}/versions/{version.number}"
    yield f"{folder}/version.json", [_json(version)]
    yield f"{folder}/file", _content(ctx, company_id, version)
    try:
        stored = boms.profile(ctx, company_id, version.bom_id, version=version.number)
        lines = boms.all_lines(ctx, company_id, version.bom_id, version=version.number)
    except (NotFound, NotReady):
        return
    yield f"{folder}/profile.json", [stored.body]
    yield f"{folder}/lines.ndjson", _while_it_is_there(lines)


def _while_it_is_there(lines: Iterator[Sequence[boms.LineView]]) -> Iterator[bytes]:
    """The lines as NDJSON; they end where the BOM is deleted while it is told."""
    try:
        for some in lines:
            yield b"".join(_json(line) + b"\n" for line in some)
    except NotFound:
        return


def _content(ctx: Context, company_id: CompanyId, version: VersionView) -> Iterator[bytes]:
    with ctx.database.reading() as connection:
        yield from files.content(company_id, connection, version.file.id)


def _audit(ctx: Context, company_id: CompanyId) -> Iterator[audit.AuditEntryView]:
    cursor = None
    while True:
        page = audit.list_page(ctx, company_id, cursor=cursor, limit=AT_ONCE)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def _cases(ctx: Context, company_id: CompanyId) -> Iterator[cases.CaseFile]:
    cursor = None
    while True:
        page = cases.list_page(ctx, company_id, cursor=cursor, limit=AT_ONCE)
        for case in page.items:
            with suppress(NotFound):
                yield cases.get(ctx, company_id, case.id)
        cursor = page.next
        if cursor is None:
            return


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=str)
