"""Three companies do whatever comes to mind; each sees its own things and nothing of the others."""

import io
import os
from dataclasses import dataclass, field
from datetime import timedelta

import orjson
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import update

from scanner.services import companies, jobs, keys
from scanner.store import tables
from scanner.store.stamps import now

STEPS = int(os.environ.get("SCANNER_STATEFUL_STEPS", "400"))
STEPS_AT_A_TIME = 50
NAMES = ("Aardvark", "Bumblebee", "Cormorant")
"""Each company's name stands in all that it sends: seen by another one, it is a leak."""

WHO = st.integers(0, 2)
WHICH = st.integers(0, 30)
ONCE_KEYS = st.sampled_from(["one", "two", "three"])
FORMS = st.sampled_from(["form", "csv", "json"])
NDJSON = "application/x-ndjson"


@dataclass
class Bom:
    """A BOM as its company must see it."""

    name: str
    versions: list[str]
    """Job ids, the newest version last."""
    ready: int | None = None


@dataclass
class Company:
    """What a company sent, and what it must see of it."""

    name: str
    id: object
    tokens: list[str]
    boms: dict[str, Bom] = field(default_factory=dict)
    once: dict[tuple[str, str], tuple[object, str]] = field(default_factory=dict)
    """(path, idempotency key) → what was sent, id of the BOM."""
    gone: set[str] = field(default_factory=set)
    cursors: list[str] = field(default_factory=list)
    ended: dict[str, str] = field(default_factory=dict)
    """Job id → the state that it ended in."""

    @property
    def ids(self):
        """Every id that names a thing of this company, or did."""
        now_there = {id for key, bom in self.boms.items() for id in (key, *bom.versions)}
        return now_there | self.gone

    def forget(self, bom_id):
        self.gone |= {bom_id, *self.boms.pop(bom_id).versions}
        self.once = {key: kept for key, kept in self.once.items() if kept[1] != bom_id}


def machine_on(ctx, app, count):
    """A state machine over this application; `count` is told of every step."""

    class ThreeCompanies(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            ctx.queue.jobs.clear()
            self.client = app.test_client()
            self.world = []
            for name in NAMES:
                company = companies.create(ctx, name=name)
                token = keys.create(ctx, company.id, name=f"{name} key").token
                self.world.append(Company(name, company.id, [token]))

        def ask(self, who, method, path, **options):
            """Send a request as a company; the answer, which holds nothing of the others."""
            count()
            mine = self.world[who]
            headers = {"Authorization": f"Bearer {mine.tokens[0]}", **options.pop("headers", {})}
            answer = self.client.open(path, method=method, headers=headers, **options)
            assert answer.status_code < 500, (method, path, answer.text)
            told = f"{answer.headers}\n{answer.text}"
            for other in self.world:
                if other is not mine:
                    assert other.name not in told, (method, path, other.name)
                    for id in other.ids:
                        assert id not in told, (method, path, id)
            return answer

        def pick(self, whose, which):
            """Some BOM of a company, one that it deleted among them; None without any."""
            found = [*self.world[whose].boms, *sorted(self.world[whose].gone)]
            return found[which % len(found)] if found else None

        def pick_job(self, whose, which):
            """Some job of a company's BOMs; None without any."""
            found = sorted({id for bom in self.world[whose].boms.values() for id in bom.versions})
            return found[which % len(found)] if found else None

        def send(self, who, path, form, text, key):
            mine = self.world[who]
            headers = {"Idempotency-Key": key} if key else {}
            line = f"{mine.name} shaft {text}"
            csv = f"Description;Qty;Material\n{line};2;1.4404\n{mine.name} magnet NdFeB;1;\n"
            named = {"name": f"{mine.name} {text}"} if path == "/v1/boms" else {}
            if form == "json":
                lines = [{"id": mine.name, "description": line, "quantity": 2}]
                return self.ask(who, "POST", path, json={"lines": lines, **named}, headers=headers)
            if form == "csv":
                return self.ask(
                    who, "POST", path, data=csv.encode(), content_type="text/csv",
                    query_string=named, headers=headers,
                )  # fmt: skip
            file = (io.BytesIO(csv.encode()), f"{mine.name}.csv")
            return self.ask(who, "POST", path, data={"file": file, **named}, headers=headers)

        def note(self, who, path, *, sent, key, answer, bom_id=None):
            """Check the answer to an upload against what was sent before, and remember it."""
            mine, kept = self.world[who], self.world[who].once.get((path, key))
            if key and kept is not None and kept[0] != sent:
                assert (answer.status_code, answer.json["code"]) == (422, "idempotency-key-reused")
                return
            assert answer.status_code == 201, answer.text
            made = answer.json
            if key and kept is not None:
                assert answer.headers["Idempotent-Replayed"] == "true"
                assert made["id"] == kept[1]
                return
            assert "Idempotent-Replayed" not in answer.headers
            job = made["version"]["job"]["id"]
            if bom_id is None:
                assert made["id"] not in mine.boms
                mine.boms[made["id"]] = Bom(made["name"], [job])
            else:
                assert made["id"] == bom_id
                mine.boms[bom_id].versions.append(job)
            if key:
                mine.once[path, key] = (sent, made["id"])

        @rule(who=WHO, form=FORMS, text=st.sampled_from("abc"), key=st.none() | ONCE_KEYS)
        def upload(self, who, form, text, key):
            answer = self.send(who, "/v1/boms", form, text, key)
            self.note(who, "/v1/boms", sent=(form, text), key=key, answer=answer)

        @rule(who=WHO, whose=WHO, which=WHICH, form=FORMS, key=st.none() | ONCE_KEYS)
        def add_version(self, who, whose, which, form, key):
            bom_id = self.pick(whose, which)
            if bom_id is None:
                return
            path = f"/v1/boms/{bom_id}/versions"
            answer = self.send(who, path, form, "later", key)
            if bom_id in self.world[who].boms:
                sent = (form, "later")
                self.note(who, path, sent=sent, key=key, answer=answer, bom_id=bom_id)
            else:
                self.expect_nothing(answer)

        @rule(who=WHO, whose=WHO, which=WHICH)
        def delete(self, who, whose, which):
            bom_id = self.pick(whose, which)
            if bom_id is None:
                return
            answer = self.ask(who, "DELETE", f"/v1/boms/{bom_id}")
            if bom_id in self.world[who].boms:
                assert answer.status_code == 204
                self.world[who].forget(bom_id)
            else:
                self.expect_nothing(answer)

        @rule(who=WHO, whose=WHO, which=WHICH, part=st.sampled_from(["", "/versions"]))
        def look(self, who, whose, which, part):
            bom_id = self.pick(whose, which)
            if bom_id is None:
                return
            answer = self.ask(who, "GET", f"/v1/boms/{bom_id}{part}")
            bom = self.world[who].boms.get(bom_id)
            if bom is None:
                self.expect_nothing(answer)
            elif part:
                found = [version["job"]["id"] for version in answer.json["items"]]
                assert found == bom.versions[::-1]
            else:
                assert answer.json["name"] == bom.name
                assert answer.json["version"]["job"]["id"] == bom.versions[-1]
                assert answer.json["version"]["number"] == len(bom.versions)

        @rule(who=WHO, whose=WHO, which=WHICH, part=st.sampled_from(["lines", "profile", NDJSON]))
        def read(self, who, whose, which, part):
            bom_id = self.pick(whose, which)
            if bom_id is None:
                return
            headers = {"Accept": NDJSON} if part == NDJSON else {}
            path = f"/v1/boms/{bom_id}/{'profile' if part == 'profile' else 'lines'}"
            answer = self.ask(who, "GET", path, headers=headers)
            mine = self.world[who]
            if bom_id not in mine.boms:
                self.expect_nothing(answer)
            elif mine.boms[bom_id].ready is None:
                assert (answer.status_code, answer.json["code"]) == (409, "not-ready")
            else:
                assert answer.status_code == 200
                assert mine.name in answer.text
                if part == NDJSON:
                    lines = [orjson.loads(line) for line in answer.data.splitlines()]
                    assert all(mine.name in line["part"]["description"] for line in lines)

        @rule(who=WHO, whose=WHO, which=WHICH)
        def follow_job(self, who, whose, which):
            job_id = self.pick_job(whose, which)
            if job_id is None:
                return
            answer = self.ask(who, "GET", f"/v1/jobs/{job_id}")
            if who == whose:
                assert answer.json["id"] == job_id
                assert answer.json["bom_id"] in self.world[who].boms
                assert answer.json["state"] == self.world[who].ended.get(job_id, "queued")
            else:
                self.expect_nothing(answer)

        @rule(who=WHO, whose=WHO, which=WHICH)
        def cancel(self, who, whose, which):
            """A job ends when its company says so, once; what others say of it changes nothing."""
            job_id = self.pick_job(whose, which)
            if job_id is None:
                return
            answer = self.ask(who, "POST", f"/v1/jobs/{job_id}/cancel")
            if who != whose:
                self.expect_nothing(answer)
            elif job_id in self.world[who].ended:
                assert (answer.status_code, answer.json["code"]) == (409, "conflict")
            else:
                assert answer.status_code == 200, answer.text
                assert (answer.json["id"], answer.json["state"]) == (job_id, "failed")
                assert answer.json["problem"]["code"] == "cancelled"
                self.world[who].ended[job_id] = "failed"

        @rule(who=WHO, limit=st.integers(1, 4), sort=st.sampled_from(["created_at", "-created_at"]))
        def page_through(self, who, limit, sort):
            query, found = {"limit": limit, "sort": sort}, []
            while True:
                page = self.ask(who, "GET", "/v1/boms", query_string=query).json
                assert page["total"] == len(self.world[who].boms)
                found += [bom["id"] for bom in page["items"]]
                if page["next"] is None:
                    break
                query["cursor"] = page["next"]
                self.world[who].cursors = [*self.world[who].cursors[-5:], page["next"]]
            made = list(self.world[who].boms)
            assert found == (made if sort == "created_at" else made[::-1])

        @rule(who=WHO, whose=WHO, which=WHICH)
        def use_a_cursor(self, who, whose, which):
            cursors = self.world[whose].cursors
            if not cursors:
                return
            query = {"cursor": cursors[which % len(cursors)]}
            answer = self.ask(who, "GET", "/v1/boms", query_string=query)
            if answer.status_code == 200:
                assert {bom["id"] for bom in answer.json["items"]} <= set(self.world[who].boms)
                assert answer.json["total"] == len(self.world[who].boms)
            else:
                assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")

        @rule(who=WHO, text=st.sampled_from("abc"))
        def search(self, who, text):
            found = self.ask(who, "GET", "/v1/boms", query_string={"name": f" {text}"}).json
            mine = self.world[who].boms
            wanted = [key for key, bom in mine.items() if f" {text}" in bom.name.lower()]
            assert [bom["id"] for bom in found["items"]] == wanted[::-1]
            for other in self.world:
                if other is not self.world[who]:
                    none = self.ask(who, "GET", "/v1/boms", query_string={"name": other.name})
                    assert none.json["total"] == 0

        @rule(who=WHO)
        def analyse(self, who):
            name = self.world[who].name
            lines = [{"id": name, "description": f"{name} shaft 1.4462", "quantity": 1}]
            answer = self.ask(who, "POST", "/v1/analyses", json={"lines": lines})
            assert [line["ref"] for line in answer.json["lines"]] == [name]

        @rule(who=WHO)
        def change_keys(self, who):
            """A new key works from the start; the old one never again."""
            mine = self.world[who]
            old = mine.tokens[0]
            made = keys.create(ctx, mine.id, name=f"{mine.name} next")
            mine.tokens[0] = made.token
            keys.revoke(ctx, mine.id, next(k.id for k in keys.list_all(ctx, mine.id)
                                           if k.id.hex == old.split("_")[1]))  # fmt: skip
            headers = {"Authorization": f"Bearer {old}"}
            assert self.ask(who, "GET", "/v1/boms", headers=headers).status_code == 401
            assert self.ask(who, "GET", "/v1/boms").json["total"] == len(mine.boms)

        @rule(who=WHO)
        def let_a_key_expire(self, who):
            mine = self.world[who]
            later = now() + timedelta(hours=1)
            made = keys.create(ctx, mine.id, name=f"{mine.name} short", expires_at=later)
            with ctx.database.writing() as connection:
                key = tables.ApiKey.__table__
                connection.execute(
                    update(key).where(key.c.id == made.key.id).values(expires_at=now())
                )
            headers = {"Authorization": f"Bearer {made.token}"}
            assert self.ask(who, "GET", "/v1/boms", headers=headers).status_code == 401

        @rule()
        def work(self):
            """Take the job that waits longest: it is done, unless it was cancelled."""
            count()
            if not ctx.queue.jobs:
                return
            job_id = ctx.queue.jobs.pop(0)
            jobs.run(ctx, job_id)
            for company in self.world:
                for bom in company.boms.values():
                    if str(job_id) in bom.versions and str(job_id) not in company.ended:
                        company.ended[str(job_id)] = "done"
                        bom.ready = max(bom.ready or 0, bom.versions.index(str(job_id)) + 1)

        def expect_nothing(self, answer):
            """What is not there, and what is another company's, are told alike."""
            assert answer.status_code == 404, answer.text
            found = {key: answer.json[key] for key in ("code", "title", "errors", "status")}
            assert found == {
                "code": "not-found",
                "title": "There is no such thing here",
                "errors": [],
                "status": 404,
            }

        def teardown(self):
            for who, company in enumerate(self.world):
                for bom_id in list(company.boms):
                    assert self.ask(who, "DELETE", f"/v1/boms/{bom_id}").status_code == 204
                    company.forget(bom_id)
                assert self.ask(who, "GET", "/v1/boms").json["total"] == 0

    return ThreeCompanies


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_each_company_sees_exactly_its_own(ctx, app):
    steps = []
    machine = machine_on(ctx, app, lambda: steps.append(1))
    while len(steps) < STEPS:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=10,
                stateful_step_count=STEPS_AT_A_TIME,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    print(f"{len(steps)} requests and jobs")
