"""A migrated database, and one company with one row of everything."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from uuid import UUID

import pytest

from scanner.core.bom import Line, Part
from scanner.core.names import CompanyId
from scanner.core.scan import NOTHING_SPENT, LineAmount
from scanner.services.line_blocks import pack_amounts, pack_lines
from scanner.services.part_uses import PartUses
from scanner.settings import Settings
from scanner.store import (
    Database,
    audit,
    boms,
    cases,
    companies,
    files,
    invitations,
    jobs,
    keys,
    lines,
    mappings,
    part_entries,
    parts,
    profiles,
    replies,
    users,
    version_parts,
)
from scanner.store.migrate import upgrade
from scanner.store.stamps import new_id

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 26, 12, tzinfo=UTC)
BASIS = profiles.Basis("r" * 64, "", "0.1.0", 0)
SUMMARY = parts.Summary("unrecognised", 1.0, "1", "", None, None)
UNREAD = (
    b'{"composition":{"contents":[],"unit_mass":null},"recognition":{"candidates":[],"evidence":[],'
    b'"negations":[],"state":"unrecognised"}}'
)


@dataclass(frozen=True)
class Filled:
    """The ids of a company with one row of everything."""

    company_id: CompanyId
    bom_id: UUID
    version_id: UUID
    file_id: UUID
    job_id: UUID
    profile_id: UUID
    user_id: UUID
    key_id: UUID
    session_id: UUID
    invitation_id: UUID
    case_id: UUID
    mapping_id: UUID
    wording: parts.WordingId


@pytest.fixture
def settings(tmp_path, database_url):
    return Settings(data=tmp_path / "data", database_url=database_url)


@pytest.fixture
def database(settings):
    upgrade(settings)
    database = Database.of(settings)
    yield database
    database.close()


def fill(connection):
    """Add a company with one row of everything."""
    it = Filled(
        CompanyId(new_id()),
        *(new_id() for _ in range(11)),
        parts.WordingId(new_id(), 0),
    )
    mine = it.company_id
    companies.add_company(mine, connection, name="Acme", at=AT)
    users.add(
        mine, connection, it.user_id, email=f"{it.user_id}@example.org", name="An", role="owner",
        password_hash="-", at=AT,
    )  # fmt: skip
    users.add_session(mine, connection, it.session_id, user_id=it.user_id, at=AT, expires_at=LATER)
    invitations.add(
        mine, connection, it.invitation_id, email="bo@example.org", role="reader", digest=b"d",
        created_by="key", at=AT, expires_at=LATER,
    )  # fmt: skip
    audit.add(
        mine, connection, new_id(), at=AT, actor="key", action="bom.created", subject=it.bom_id,
        note=None,
    )  # fmt: skip
    keys.add(
        mine, connection, it.key_id, name="key", scopes=["boms:read"], digest=b"d", at=AT,
        expires_at=None,
    )  # fmt: skip
    mappings.remember(
        mine, connection, it.mapping_id, shape="s" * 32, kind="csv", headings=["Thing", "Count"],
        columns={"Thing": "description"}, at=AT, created_by="key",
    )  # fmt: skip
    boms.add(mine, connection, it.bom_id, name="pump", created_by="key", at=AT)
    files.add(
        mine, connection, it.file_id, BytesIO(b"part,qty\nM6,4\n"), name="pump.csv", kind="csv",
        size=14, sha256="0" * 64, at=AT,
    )  # fmt: skip
    boms.add_version(
        mine, connection, it.version_id, bom_id=it.bom_id, number=1,
        file_id=it.file_id, annual_units=Decimal("1000"), options={"columns": {}, "sheet": None},
        created_by="key", at=AT,
    )  # fmt: skip
    jobs.add(mine, connection, it.job_id, kind="scan", version_id=it.version_id, at=AT)
    new = parts.NewWording("own:1", 7, "f" * 64, b'{"number":"1"}', SUMMARY)
    (wording,) = parts.ensure(mine, connection, [new], at=AT)
    version_parts.add(mine, connection, it.version_id, [wording], first=0)
    line = Line(0, 2, Part("1"), Decimal("4.0"), position="0")
    amounts = pack_amounts([LineAmount(4.0, None, False)])
    block = lines.Block(0, pack_lines([line], [0]), amounts)
    lines.add(mine, connection, it.version_id, [block])
    lines.add_problems(mine, connection, it.version_id, [(0, 2, None, b"{}")])
    parts.remember(mine, connection, BASIS, [(wording, 0, UNREAD)])
    entry = (1, wording.part_id, "nothing", b"{}", "looked")
    part_entries.add_entries(mine, connection, [entry], actor="key", at=AT)
    part_entries.note(mine, connection, [(wording.part_id, 1, "nothing", False)])
    profiles.add(
        mine, connection, it.profile_id, version_id=it.version_id, basis=BASIS, sha256="a" * 64,
        body=b"{}", at=AT,
    )  # fmt: skip
    boms.publish(
        mine,
        connection,
        it.version_id,
        lines=1,
        uses=PartUses([1], [4.0], [NOTHING_SPENT]).packed(),
        at=AT,
    )
    jobs.begin(mine, connection, it.job_id, attempt=1, at=AT)
    replies.add(
        mine, connection, it.version_id, route="POST /v1/boms", key=str(it.version_id),
        sha256="c" * 64,
        held_until=AT, at=AT,
    )  # fmt: skip
    number = cases.next_number(mine, connection, year=AT.year)
    asked = cases.Asked("nl", "Is there cobalt in it?", "Bo", "desk", "key")
    cases.add(mine, connection, it.case_id, number=number, state="closed", asked=asked, at=AT)
    values = {"assigned_to": it.user_id, "closed_at": AT}
    cases.change(mine, connection, it.case_id, values=values, at=AT)
    cases.add_entry(
        mine, connection, it.case_id, kind="looked-up", subject="bom", body=str(it.bom_id),
        actor="key", at=AT,
    )  # fmt: skip
    return Filled(**{**it.__dict__, "wording": wording})


@pytest.fixture
def fill_company():
    return fill
