"""Nothing of one company is ever visible to, or touched by, another."""

import importlib
import inspect
import pkgutil
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from scanner import store
from scanner.core.names import CompanyId
from scanner.store import boms, cases, library, lines, parts, profiles
from scanner.store.stamps import new_id
from scanner.store.tables import Table

AT = datetime(2026, 11, 25, 13, tzinfo=UTC)
LATER = datetime(2026, 11, 26, 13, tzinfo=UTC)
BASIS = profiles.Basis("r" * 64, "", "0.1.0", 0)
SUMMARY = parts.Summary("recognised", 0.0, "theirs", " lead ", 9.0, 9.0)

GLOBAL_MODULES = {"bulk", "copying", "database", "engines", "migrate", "stamps", "types", "unbound"}
"""Rooms without a tenant's rows, and `unbound`, which finds out whose they are."""

GLOBAL_MODULES |= {"archive", "backup", "postgresql_tools", "restore", "trouble"}
"""Rooms about whole databases, and what is wrong with them."""

GLOBAL_MODULES |= {"tables", "tables_access", "tables_boms", "tables_cases"}
GLOBAL_MODULES |= {"tables_library", "tables_shared"}
"""The tables themselves."""

ADDERS = {"add", "add_company", "add_session", "add_version", "add_problems", "ensure", "remember"}
"""What these give back is about the rows that they just made."""


OF_ONE_S_OWN = {"find_company", "all_of", "lock_role", "page", "count"}
OF_ONE_S_OWN |= {
    "last_number",
    "all_entries",
    "count_uses",
    "ids_of",
    "of_keys",
    "said_of",
    "doubtful",
    "current_uses",
    "next_number",
    "counts",
    "looked_up",
    "closed_before",
}
"""What these give back, or count, is the asking company's own."""


GLOBAL_TABLES = {"company", "login"}
"""The tenants themselves, and the directory that finds out whose an address is."""

OUTLIVES_ITS_COMPANY = "audit_entry"


def tenant_functions():
    found = []
    for module in pkgutil.iter_modules(store.__path__):
        if module.name in GLOBAL_MODULES:
            continue
        room = importlib.import_module(f"scanner.store.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if function.__module__ == room.__name__ and not name.startswith("_"):
                found.append(pytest.param(function, id=f"{module.name}.{name}"))
    return found


def tenant_tables():
    return [table for table in Table.metadata.sorted_tables if table.name not in GLOBAL_TABLES]


@pytest.mark.parametrize("table", tenant_tables(), ids=lambda table: table.name)
def test_company_leads_every_key(table):
    assert next(iter(table.primary_key.columns)).name == "company_id"
    assert table.foreign_key_constraints or table.name == OUTLIVES_ITS_COMPANY
    for constraint in table.foreign_key_constraints:
        first = constraint.elements[0]
        assert first.parent.name == "company_id"
        target = first.column
        assert (target.table.name, target.name) == ("company", "id") or target.name == "company_id"
    for index in (*table.indexes, *table.constraints):
        if getattr(index, "unique", False) and index is not table.primary_key:
            assert next(iter(index.columns)).name == "company_id"


@pytest.mark.parametrize("function", tenant_functions())
def test_company_is_the_first_argument(function):
    first, second, *_ = inspect.signature(function).parameters.values()
    assert (first.name, first.annotation) == ("company_id", CompanyId)
    assert second.annotation is Connection


def arguments(function, it):
    """Arguments that fit by name: the ids are those of the other company."""
    known = {
        "bom_id": it.bom_id, "version_id": it.version_id, "file_id": it.file_id,
        "job_id": it.job_id, "user_id": it.user_id, "key_id": it.key_id,
        "profile_id": it.profile_id, "file_ids": [it.file_id],
        "number": 1, "before": None, "after": -1, "limit": 10, "places": [2],
        "name": "theirs", "email": f"{new_id()}@example.org", "role": "owner",
        "password_hash": "-", "scopes": ["admin"], "digest": b"x", "expires_at": None,
        "content": BytesIO(b"theirs"), "kind": "csv", "size": 6, "sha256": "b" * 64,
        "annual_units": Decimal(1), "options": {}, "created_by": "them", "at": AT,
        "attempt": 9, "progress": 9, "problem": {"code": "x"}, "lines": 9, "body": b"theirs",
        "basis": BASIS, "candidates": [it.wording], "bodies": [(it.wording, 0, b"theirs")],
        "wordings": [parts.NewWording("own:1", 7, "f" * 64, b"theirs", SUMMARY)],
        "route": "POST /v1/boms", "key": str(it.version_id), "held_until": AT,
        "made_before": AT, "status": 201, "headers": {},
        "wanted": boms.Wanted(), "order": boms.Order.NAME, "place": None,
        "session_id": it.session_id, "invitation_id": it.invitation_id, "keep": None,
        "entry_id": new_id(), "actor": "them", "action": "bom.created", "subject": it.bom_id,
        "note": "theirs", "over_before": AT, "replaced_by": it.key_id,
        "blocks": [lines.Block(0, b"theirs", b"theirs")], "first": 1, "numbers": [0],
        "start": 0, "stop": 10, "uses": b"theirs", "which": profiles.Which(), "told": [],
        "part_id": it.wording.part_id, "part_ids": [it.wording.part_id], "keys": ["own:1"],
        "entries": [(1, it.wording.part_id, "confirm", b"theirs", "theirs")], "to_add": True,
        "mapping_id": it.mapping_id, "shape": "s" * 32, "headings": ["theirs"], "columns": {},
        "above": 0.0, "case_id": it.case_id, "year": AT.year, "state": "open", "moment": LATER,
        "asked": cases.Asked("nl", "theirs", "theirs", "desk", "them"), "values": {"number": 7},
    }  # fmt: skip
    if function.__module__.endswith("cases"):
        known |= {"wanted": cases.Wanted(), "kind": "looked-up"}
        known |= {"subject": "material", "body": "theirs"}
    if function.__name__ == "note":
        known["told"] = [(it.wording.part_id, 9, "confirm", True)]
    if function.__name__ == "tell":
        known["told"] = [(it.wording.part_id, SUMMARY)]
    if function.__module__.endswith("library"):
        known |= {"wanted": library.Wanted(), "order": library.Order.KEY}
    if function.__module__.endswith("lines"):
        known["rows"] = [(0, 2, None, b"theirs")]
    if function.__name__ == "said_of":
        known["after"] = ""
    if function.__module__.endswith("version_parts"):
        known["wordings"] = [it.wording]
    names = list(inspect.signature(function).parameters)[2:]
    return {name: known[name] for name in names}


def rows_of(connection, company_id):
    """Everything that is stored of a company."""
    found = {}
    for table in Table.metadata.sorted_tables:
        owner = table.c.id if table.name == "company" else table.c.company_id
        found[table.name] = sorted(
            map(repr, connection.execute(select(table).where(owner == company_id)))
        )
    return found


@pytest.mark.parametrize("function", tenant_functions())
def test_with_another_company_nothing_is_found_or_changed(function, database, fill_company):
    with database.writing() as connection:
        it = fill_company(connection)
        stranger = fill_company(connection).company_id
    with database.reading() as connection:
        before = rows_of(connection, it.company_id)
    outsider = CompanyId(new_id()) if function.__name__ == "add_company" else stranger
    answer = None
    try:
        with database.writing() as connection:
            answer = function(outsider, connection, **arguments(function, it))
            if inspect.isgenerator(answer):
                answer = list(answer)
    except IntegrityError:
        answer = None
    with database.reading() as connection:
        assert rows_of(connection, it.company_id) == before
    if function.__name__ not in {*ADDERS, *OF_ONE_S_OWN}:
        assert not answer
    elif function.__name__ not in ADDERS:
        assert str(it.bom_id) not in str(answer)
        assert str(it.key_id) not in str(answer)
        assert str(it.case_id) not in str(answer)
        assert str(it.mapping_id) not in str(answer)
