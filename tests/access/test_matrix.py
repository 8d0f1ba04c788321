"""Every route and method against every caller: who may, who may not, and who must see nothing.

The routes come from the application itself. A route with an argument that `OF_A_COMPANY` and
`OF_ALL` do not know fails the test until it says whose the argument is.
"""

import io
import re
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4
from zipfile import ZipFile

import pytest

from scanner.api.access import PUBLIC
from scanner.app import create_app
from scanner.pages.register import AREAS
from scanner.pages.wiring import SIGNED_IN
from scanner.services import cases, companies, invitations, jobs, keys, mappings, users
from scanner.services.roles import SCOPES_OF, Role, Scope
from scanner.store.stamps import now

CANARY = "Zyzzyva"
PASSWORD = "a long enough password"
PAGES = {area.routes.name for area in AREAS}
OF_A_COMPANY = {
    "bom_id": "bom", "job_id": "job", "key_id": "key", "user_id": "user",
    "invitation_id": "invitation", "part_id": "part", "case_id": "case", "mapping_id": "mapping",
}  # fmt: skip
"""Arguments that name a thing of one company."""

OF_ALL = {
    "material_id": "cobalt",
    "method_id": "geopolrisk",
    "iso3": "CHN",
    "class_id": "mlcc",
    "designation": "1.4404",
    "hs": "850511",
    "release_id": "2026.1-draft",
    "source_id": "crma",
    "code": "not-found",
    "number": "1",
    "token": "inv_0_unknown",
    "filename": "scanner.css",
}
ARGUMENT = re.compile(r"<(?:[a-z]+:)?([a-z0-9_]+)>")
CSV = f"Description;Qty\n{CANARY} shaft 1.4462;2\n".encode()
BODIES = (
    {},
    {"json": {}},
    {"json": {"role": "reader"}},
    {"json": {"kind": "nothing", "reason": "looked"}},
    {"json": {"state": "closed"}},
    {"json": {"text": "looked"}},
    {"json": {"subject": "material", "id": "cobalt"}},
    {"json": {"full": True, "substances": [{"cas": "7440-02-0", "mass_g": 1}]}},
    {"data": b"Description;Qty\nShaft;1\n", "content_type": "text/csv"},
)


@dataclass(frozen=True)
class Route:
    method: str
    rule: str
    access: str
    is_page: bool

    @property
    def names(self):
        """The arguments that name a thing of a company."""
        return [name for name in ARGUMENT.findall(self.rule) if name in OF_A_COMPANY]

    def path(self, ids):
        """The address, with the things of a company out of `ids`; others do not exist."""
        values = {name: ids.get(kind, str(uuid4())) for name, kind in OF_A_COMPANY.items()}
        return ARGUMENT.sub(lambda found: {**values, **OF_ALL}[found[1]], self.rule)


@pytest.fixture
def app(ctx):
    """The application, whose forms ask for no token: this is about people."""
    app = create_app(ctx.settings, ctx)
    app.config.update(WTF_CSRF_METHODS=[], WTF_CSRF_ENABLED=False)
    app.testing = True
    return app


@pytest.fixture
def routes(app):
    found = [
        Route(
            method,
            str(rule),
            str(getattr(app.view_functions[rule.endpoint], "access", PUBLIC)),
            rule.endpoint.partition(".")[0] in PAGES,
        )
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"OPTIONS"})
    ]
    known = {*OF_A_COMPANY, *OF_ALL}
    unknown = {name for route in found for name in ARGUMENT.findall(route.rule)} - known
    assert not unknown, f"say whose these arguments of routes are: {unknown}"
    return found


@pytest.fixture
def token_of(ctx):
    def make(company, scopes=tuple(Scope), **options):
        return keys.create(ctx, company.id, name=f"{company.name} key", scopes=scopes, **options)

    return make


@pytest.fixture
def alpha(ctx, app, token_of):
    """A company with one of everything, all of it marked; its things by kind."""
    company = companies.create(ctx, name=f"{CANARY} Works")
    made = token_of(company)
    person = users.create(
        ctx, company.id, email=f"{CANARY}@example.org", name=CANARY, role=Role.OWNER,
        password=PASSWORD,
    )  # fmt: skip
    answer = app.test_client().post(
        "/v1/boms",
        data={"file": (io.BytesIO(CSV), f"{CANARY}.csv"), "name": f"{CANARY} pump"},
        headers={"Authorization": f"Bearer {made.token}", "Idempotency-Key": CANARY},
    )
    job = answer.json["version"]["job"]["id"]
    jobs.run(ctx, ctx.queue.jobs.pop())
    invited = invitations.create(ctx, company.id, email=f"to{CANARY}@x", role=Role.READER)
    ids = {
        "bom": answer.json["id"], "job": job, "key": str(made.key.id), "user": str(person.id),
        "invitation": str(invited.invitation.id),
    }  # fmt: skip
    listed = app.test_client().get("/v1/parts", headers={"Authorization": f"Bearer {made.token}"})
    ids["part"] = listed.json["items"][0]["id"]
    question = cases.Question(f"What is in the {CANARY}?", "nl", CANARY)
    fixed = {"columns": '{"Description": "description"}'}
    app.test_client().post(
        "/v1/boms",
        data={"file": (io.BytesIO(CSV), f"{CANARY}.csv"), "name": f"{CANARY} again", **fixed},
        headers={"Authorization": f"Bearer {made.token}"},
    )
    jobs.run(ctx, ctx.queue.jobs.pop())
    (kept,) = mappings.list_all(ctx, company.id)
    ids["mapping"] = str(kept.id)
    ids["case"] = str(cases.create(ctx, company.id, question, by="command").case.id)
    return {"company": company, "token": made.token, "ids": ids}


@pytest.fixture
def beta(ctx):
    return companies.create(ctx, name="Beta")


@pytest.fixture
def both(alpha, beta):
    return alpha, beta


def ask(app, route, path, token=None, *, client=None, body=None):
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    if route.is_page:
        headers["Accept"] = "text/html"
    options = {} if route.method in ("GET", "HEAD") else dict(body or {})
    client = client or app.test_client()
    return client.open(path, method=route.method, headers=headers, buffered=True, **options)


def told(answer, *private):
    """All bytes of an answer without what differs each time, private names cut out."""
    headers = "\n".join(
        f"{k}: {v}" for k, v in answer.headers if k.lower() not in ("set-cookie", "date")
    )
    text = f"{answer.status}\n{headers}\n{answer.get_data().decode(errors='replace')}"
    for name in (answer.headers["X-Request-Id"], *private):
        text = text.replace(name, "-")
    return text


def content(answer):
    """What an answer holds, unpacked."""
    if answer.mimetype != "application/zip" or not answer.data:
        return answer.get_data().decode(errors="replace")
    with ZipFile(io.BytesIO(answer.data)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


def shows_nothing_of(alpha, answer, path=""):
    text = f"{answer.headers}\n{content(answer)}"
    assert CANARY.casefold() not in text.casefold(), path
    for kind, id in {**alpha["ids"], "company": str(alpha["company"].id)}.items():
        assert id not in text or id in path, (path, kind)


def test_bad_keys_open_nothing(app, routes, alpha, token_of):
    """No key, and keys that are garbage, expired or revoked; these are told alike."""
    soon = now() + timedelta(seconds=0.2)
    expired = token_of(alpha["company"], expires_at=soon).token
    revoked = token_of(alpha["company"])
    keys.revoke(app.extensions["scanner-context"], alpha["company"].id, revoked.key.id)
    time.sleep(0.25)
    bad = ("nonsense", f"rms_{uuid4().hex}_{'x' * 43}", expired, revoked.token)
    tried = set()
    for route in (route for route in routes if not route.is_page):
        path = route.path(alpha["ids"])
        answers = [ask(app, route, path, token) for token in (None, *bad)]
        tried.add(route)
        for answer in answers:
            shows_nothing_of(alpha, answer, path)
            if route.access == PUBLIC:
                assert answer.status_code in (200, 404), (route, answer.text)
            else:
                assert answer.status_code == 401, route
                assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert len({told(answer) for answer in answers[1:]}) == 1, route
    assert len(tried) == sum(not route.is_page for route in routes)


@pytest.mark.parametrize("held", [*Scope, "all"], ids=str)
def test_a_key_opens_what_its_scope_says(app, routes, both, token_of, held):
    """With own keys of one scope or all, on things that do not exist: nothing is changed."""
    alpha, beta = both
    scopes = tuple(Scope) if held == "all" else (held,)
    for company in (alpha["company"], beta):
        token = token_of(company, scopes).token
        for route in (route for route in routes if not route.is_page):
            answer = ask(app, route, route.path({}), token)
            if route.access == PUBLIC or route.access in scopes:
                assert answer.status_code not in (401, 403), (route, answer.text)
                assert answer.status_code < 500, (route, answer.text)
            else:
                assert answer.status_code == 403, (route, answer.text)
            if company is beta:
                shows_nothing_of(alpha, answer, route.rule)


def test_things_of_another_company_are_told_as_things_that_are_not_there(
    app, routes, alpha, beta, token_of
):
    token = token_of(beta).token
    mine = {"Authorization": f"Bearer {alpha['token']}"}
    watched = [f"/v1/boms/{alpha['ids']['bom']}{part}" for part in ("", "/lines", "/profile")]
    before = [app.test_client().get(path, headers=mine).data for path in watched]
    tried = 0
    for route in (route for route in routes if route.names and not route.is_page):
        statuses = set()
        for body in BODIES:
            theirs, nowhere = route.path(alpha["ids"]), route.path({})
            answer = ask(app, route, theirs, token, body=body)
            nothing = ask(app, route, nowhere, token, body=body)
            ids = set(alpha["ids"].values()) | set(nowhere.split("/"))
            private = [name for name in ids if len(name) == 36]
            assert told(answer, *private) == told(nothing, *private), route
            shows_nothing_of(alpha, answer, theirs)
            statuses.add(answer.status_code)
            tried += 1
        assert 404 in statuses, route
        assert min(statuses) >= 400, route
    assert tried >= 4 * 9
    assert [app.test_client().get(path, headers=mine).data for path in watched] == before


def test_lists_hold_nothing_of_another_company(app, routes, alpha, beta, token_of):
    token = token_of(beta).token
    for route in (route for route in routes if not route.is_page and not route.names):
        for body in BODIES:
            answer = ask(app, route, route.path({}), token, body=body)
            assert answer.status_code < 500, route
            shows_nothing_of(alpha, answer, route.rule)


def signed_in(app, email):
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def test_pages_send_strangers_to_sign_in(app, routes, alpha):
    for route in (route for route in routes if route.is_page):
        path = route.path(alpha["ids"])
        answer = ask(app, route, path)
        shows_nothing_of(alpha, answer, path)
        if route.access == PUBLIC:
            assert answer.status_code < 500, route
        else:
            assert answer.status_code in (302, 303), route
            assert answer.headers["Location"].startswith("/sign-in"), route


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_pages_show_each_role_its_own_company(ctx, app, routes, both, role):
    """Things of the other company are told as things that are not there, to every role."""
    alpha, beta = both
    for company in (alpha["company"], beta):
        email = f"{role}-{company.id}@example.org"
        users.create(ctx, company.id, email=email, name=str(role), role=role, password=PASSWORD)
        client = signed_in(app, email)
        for route in (route for route in routes if route.is_page and "/sign" not in route.rule):
            answer = ask(app, route, route.path({}), client=client)
            where = answer.headers.get("Location", "")
            assert not where.startswith("/sign-in"), (route, where)
            assert answer.status_code < 500, route
            if not may(role, route.access):
                assert answer.status_code == 403, (route, role)
            if company is beta:
                path = route.path(alpha["ids"])
                theirs = ask(app, route, path, client=client)
                shows_nothing_of(alpha, theirs, path)
                shows_nothing_of(alpha, answer, path)
                if route.names:
                    assert theirs.status_code in (403, 404), route
                    assert theirs.status_code == answer.status_code, route


def may(role, access):
    """Whether people of this role may open a page that declares this access."""
    return access in (PUBLIC, SIGNED_IN) or access in SCOPES_OF[role]
