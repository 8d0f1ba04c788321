"""ETags of BOMs, changes on condition, and when to ask again."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from scanner.app import create_app

CSV = b"Description;Qty;Material\nShaft;2;1.4462\n"


@pytest.fixture
def bom(acme):
    return acme.upload(CSV)


@pytest.fixture
def idle(ctx, acme):
    """Acme at a service that waits for nothing: its answers say that work goes on."""
    settings = replace(ctx.settings, default_wait=0.0, max_wait=0.0)
    quick = create_app(settings, replace(ctx, settings=settings))
    return replace(acme, client=quick.test_client())


def address(bom):
    return bom.headers["Location"]


def test_the_view_of_a_bom_has_an_etag_that_is_kept_until_it_changes(acme, bom):
    seen = acme.get(address(bom))
    assert seen.headers["ETag"] == bom.headers["ETag"]
    again = acme.get(address(bom), headers={"If-None-Match": seen.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    acme.upload(CSV, path=f"{address(bom)}/versions")
    changed = acme.get(address(bom), headers={"If-None-Match": seen.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != seen.headers["ETag"]


@pytest.mark.parametrize("tag", ['"other"', "", 'W/"%s"', "not a tag at all"])
def test_what_has_changed_is_not_deleted(acme, bom, tag):
    known = bom.headers["ETag"].strip('"')
    answer = acme.delete(address(bom), headers={"If-Match": tag.replace("%s", known)})
    assert (answer.status_code, answer.json["code"]) == (412, "precondition-failed")
    assert answer.json["errors"][0]["parameter"] == "If-Match"
    assert acme.get(address(bom)).status_code == 200


@pytest.mark.parametrize("form", ["{}", "*", '"other", {}'])
def test_what_is_as_it_was_is_deleted(acme, bom, form):
    answer = acme.delete(address(bom), headers={"If-Match": form.format(bom.headers["ETag"])})
    assert answer.status_code == 204


def test_of_two_who_know_the_same_state_one_adds_a_version(acme, bom):
    path, known = f"{address(bom)}/versions", {"If-Match": bom.headers["ETag"], "Prefer": "wait=20"}
    sent = [acme.post(path, data=CSV, content_type="text/csv", headers=known) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 412]
    assert acme.get(path).json["total"] == 2
    repeated = {**known, "If-Match": sent[0].headers["ETag"], "Idempotency-Key": "once"}
    sent = [acme.post(path, data=CSV, content_type="text/csv", headers=repeated) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert acme.get(path).json["total"] == 3


def test_a_condition_on_what_is_not_there_is_not_found(acme):
    answer = acme.delete(f"/v1/boms/{uuid4()}", headers={"If-Match": "*"})
    assert answer.status_code == 404


def test_unfinished_work_says_when_to_ask_again(idle, acme):
    sent = idle.post("/v1/boms", data=CSV * 2000, content_type="text/csv")
    assert sent.json["version"]["state"] == "processing"
    assert sent.headers["Retry-After"] == "1"
    job = f"/v1/jobs/{sent.json['version']['job']['id']}"
    over = acme.get(job, headers={"Prefer": "wait=30"})
    assert over.json["state"] in ("done", "failed")
    assert over.headers["Preference-Applied"] == "wait=30"
    assert "Retry-After" not in over.headers
    assert "Retry-After" not in acme.get(address(sent)).headers


def test_a_job_that_waits_for_a_worker_is_told_so(ctx, acme, monkeypatch):
    """Nobody works: every answer about the work says when to ask again."""
    monkeypatch.setattr("scanner.services.scanning.Scanning.begin", _waits)
    sent = acme.upload(CSV, wait=0)
    assert sent.headers["Retry-After"] == "1"
    job = acme.get(f"/v1/jobs/{sent.json['version']['job']['id']}", headers={"Prefer": "wait=0"})
    assert job.json["state"] in ("queued", "running")
    assert job.headers["Retry-After"] == "1"
    assert acme.get(address(sent)).headers["Retry-After"] == "1"
    for part in ("lines", "profile"):
        early = acme.get(f"{address(sent)}/{part}")
        assert (early.status_code, early.json["code"]) == (409, "not-ready")
        assert early.headers["Retry-After"] == "1"
    monkeypatch.undo()
    done = acme.get(f"/v1/jobs/{job.json['id']}", headers={"Prefer": "wait=30"})
    assert done.json["state"] == "done"


def _waits(_):
    raise RuntimeError("no worker")


def test_what_failed_does_not_say_ask_again(acme):
    failed = acme.upload(b"1;2;3\n4;5;6\n")
    assert failed.json["version"]["state"] == "failed"
    assert "Retry-After" not in failed.headers
    assert "Retry-After" not in acme.get(f"{address(failed)}/profile").headers


def test_a_service_that_is_not_ready_says_when_to_ask_again(ctx, monkeypatch):
    def broken(*_):
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr("scanner.services.health.is_current", broken)
    answer = create_app(ctx.settings, ctx).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
