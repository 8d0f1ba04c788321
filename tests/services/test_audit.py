from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import orjson
import pytest

from scanner.core.errors import Conflict, InvalidInput, NotFound
from scanner.services import (
    audit,
    boms,
    companies,
    exports,
    invitations,
    jobs,
    keys,
    retention,
    users,
)
from scanner.services.audit import Action
from scanner.services.context import Context
from scanner.services.roles import Role
from scanner.store.tables import Table

PASSWORD = "een lang wachtwoord"


def entries(ctx, company):
    return [
        (entry.action, entry.actor, entry.subject)
        for entry in reversed(audit.list_page(ctx, company, limit=100).items)
    ]


def test_the_log_says_who_did_what_in_ids_only(ctx, company, submit):
    bom = submit()
    made = keys.create(ctx, company, name="ERP", by="user:1")
    keys.revoke(ctx, company, made.key.id, by="user:1")
    boms.delete(ctx, company, bom.id, by="key:1")
    assert entries(ctx, company) == [
        (Action.COMPANY_CREATED, "command", company),
        (Action.BOM_CREATED, "key:1", bom.id),
        (Action.KEY_CREATED, "user:1", made.key.id),
        (Action.KEY_REVOKED, "user:1", made.key.id),
        (Action.BOM_DELETED, "key:1", bom.id),
    ]
    told = repr(audit.list_page(ctx, company, limit=100))
    assert "pump" not in told
    assert "ERP" not in told


def test_what_fails_leaves_no_entry(ctx, company):
    with pytest.raises(InvalidInput):
        keys.create(ctx, company, name="x", scopes=["no scope"])
    assert entries(ctx, company) == [(Action.COMPANY_CREATED, "command", company)]


def test_the_log_comes_in_pages_and_by_action(ctx, company, other):
    for number in range(5):
        keys.create(ctx, company, name=str(number))
    first = audit.list_page(ctx, company, limit=4)
    rest = audit.list_page(ctx, company, limit=4, cursor=first.next)
    assert (first.total, len(first.items), len(rest.items), rest.next) == (6, 4, 2, None)
    assert {entry.id for entry in first.items}.isdisjoint(entry.id for entry in rest.items)
    made = audit.list_page(ctx, company, limit=2, action=Action.COMPANY_CREATED)
    assert (made.total, made.next) == (1, None)
    assert len(entries(ctx, other)) == 1


def test_a_cancelled_job_fails_with_that_reason_and_is_not_done(ctx, company, other, submit):
    bom = submit()
    with pytest.raises(NotFound):
        jobs.cancel(ctx, other, bom.job.id, by="key:2")
    job = jobs.cancel(ctx, company, bom.job.id, by="key:1")
    assert (job.state, job.problem.code) == ("failed", "cancelled")
    jobs.run(ctx, bom.job.id)
    assert boms.get(ctx, company, bom.id).version.state == "failed"
    with pytest.raises(Conflict):
        jobs.cancel(ctx, company, bom.job.id, by="key:1")


def test_work_cancelled_in_its_middle_leaves_no_lines(ctx, company, submit, counts, monkeypatch):
    monkeypatch.setattr("scanner.services.scanning.LINES_AT_ONCE", 2)
    monkeypatch.setattr("scanner.reader.CHUNK", 2, raising=False)
    bom = submit("Part;Qty\n" + "".join(f"P{number};1\n" for number in range(5000)))
    seen = []

    def stopping():
        if counts()["version_part"] and not seen:
            seen.append(jobs.cancel(ctx, company, bom.job.id, by="key:1").state)
        return False

    jobs.run(ctx, bom.job.id, stopping=stopping)
    assert seen == ["failed"]
    assert counts()["version_part"] == 0
    assert boms.get(ctx, company, bom.id).job.problem.code == "cancelled"


def test_an_export_holds_everything_but_secrets(ctx, company, other, scanned):
    bom = scanned()
    failed = scanned("x")
    made = keys.create(ctx, company, name="ERP")
    users.create(ctx, company, email="an@x", name="An", role=Role.OWNER, password=PASSWORD)
    invited = invitations.create(ctx, company, email="bo@x", role=Role.READER)
    theirs = keys.create(ctx, other, name="theirs")
    packed = b"".join(exports.of_company(ctx, company, by="user:1"))
    with ZipFile(BytesIO(packed)) as archive:
        assert archive.testzip() is None
        told = {name: archive.read(name) for name in archive.namelist()}
    folder = f"boms/{bom.id}/versions/1"
    assert orjson.loads(told["company.json"])["name"] == "Acme"
    assert [one["email"] for one in orjson.loads(told["people.json"])] == ["an@x"]
    assert told[f"{folder}/file"].startswith(b"Pos;Part number")
    assert told[f"{folder}/profile.json"] == boms.profile(ctx, company, bom.id).body
    lines = [orjson.loads(line) for line in told[f"{folder}/lines.ndjson"].splitlines()]
    assert [line["index"] for line in lines] == [0, 1, 2, 3]
    assert f"boms/{failed.id}/versions/1/file" in told
    assert f"boms/{failed.id}/versions/1/profile.json" not in told
    everything = b"".join(told.values())
    for secret in (made.token, invited.token, PASSWORD, "argon2", str(theirs.key.id)):
        assert secret.encode() not in everything
    assert entries(ctx, company)[-1] == (Action.COMPANY_EXPORTED, "user:1", company)


def test_an_erased_company_leaves_its_log_and_nothing_else(ctx, company, other, scanned, counts):
    scanned(to=other)
    scanned()
    users.create(ctx, company, email="an@x", name="An", role=Role.OWNER, password=PASSWORD)
    invitations.create(ctx, company, email="bo@x", role=Role.READER)
    companies.erase(ctx, company)
    with ctx.database.reading() as connection:
        for table in Table.metadata.sorted_tables:
            owner = table.c.id if table.name == "company" else table.c.company_id
            left = connection.execute(table.select().where(owner == company)).all()
            assert bool(left) == (table.name == "audit_entry")
    assert entries(ctx, company)[-1] == (Action.COMPANY_ERASED, "command", company)
    assert boms.list_page(ctx, other, limit=5).total == 1
    with pytest.raises(NotFound):
        companies.erase(ctx, company)


def later(ctx, monkeypatch, *, days, **kept):
    """The service as it would be after so many days, with these settings."""
    from dataclasses import replace

    real = retention.now
    monkeypatch.setattr(retention, "now", lambda: real() + timedelta(days=days))
    return Context(replace(ctx.settings, **kept), ctx.database, ctx.engine, ctx.queue)


def test_old_boms_go_where_the_settings_say_so(ctx, company, scanned, monkeypatch, upload_of):
    bom = scanned()
    invitations.create(ctx, company, email="bo@x", role=Role.READER)
    assert retention.sweep(later(ctx, monkeypatch, days=31)) == 0
    assert boms.get(ctx, company, bom.id)
    assert retention.sweep(later(ctx, monkeypatch, days=0, keep_boms_days=32)) == 0
    assert retention.sweep(later(ctx, monkeypatch, days=0, keep_boms_days=30)) == 1
    with pytest.raises(NotFound):
        boms.get(ctx, company, bom.id)
    assert entries(ctx, company)[-1] == (Action.BOM_EXPIRED, "service", bom.id)
    assert retention.sweep(later(ctx, monkeypatch, days=0, keep_audit_days=30)) == 0
    assert entries(ctx, company) == []
