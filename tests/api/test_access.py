"""Who may do what: every route against every scope, and two companies against each other."""

from itertools import pairwise
from uuid import uuid4

import pytest

from scanner.api.access import PUBLIC
from scanner.app import _check_that_routes_declare_access, create_app
from scanner.services import keys

CSV = b"Description;Qty\nShaft 1.4462;2\n"
FILLED = {"bom_id": str(uuid4()), "job_id": str(uuid4()), "material_id": "cobalt", "iso3": "CHN"}


def operations(app):
    """Method, path and access of every route of the API."""
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        blueprint = rule.endpoint.partition(".")[0]
        if rule.endpoint == "static" or blueprint.endswith("_pages") or blueprint == "sign_in":
            continue
        path = str(rule)
        for name in rule.arguments:
            for form in (f"<uuid:{name}>", f"<{name}>"):
                path = path.replace(form, FILLED.get(name, "none"))
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, path, access


def test_every_operation_of_the_contract_is_a_route(app, contract):
    found = {
        (method, path.count("/"))
        for method, path, _ in operations(app)
        if path.startswith(("/v1/", "/healthz", "/readyz", "/openapi"))
    }
    declared = {
        (method.upper(), path.count("/"))
        for path, methods in contract["paths"].items()
        for method in methods
        if method in {"get", "post", "delete"}
    }
    assert declared == found


def test_without_key_only_public_routes_answer(app, anonymous):
    seen = set()
    for method, path, access in operations(app):
        status = anonymous.open(path, method=method).status_code
        seen.add(access)
        if access == PUBLIC:
            assert status in (200, 404), (method, path)
        else:
            assert status == 401, (method, path)
    assert seen == {PUBLIC, *keys.Scope} - {keys.Scope.ADMIN}


@pytest.mark.parametrize("held", list(keys.Scope), ids=str)
def test_every_route_against_a_key_with_one_scope(app, join, held):
    caller = join(f"Only {held}", scopes=[held])
    for method, path, access in operations(app):
        answer = caller.open(method, path)
        if access in (PUBLIC, held):
            assert answer.status_code not in (401, 403), (method, path, answer.text)
        else:
            assert answer.status_code == 403, (method, path)
            assert answer.json["code"] == "not-allowed"
            assert "insufficient_scope" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic abc",
        "Bearer nonsense",
        "Bearer rms_x_y",
        f"Bearer rms_{uuid4().hex}_{'x' * 43}",
        "Bearer " + "x" * 5000,
    ],
)
def test_bad_keys_are_refused_alike(anonymous, header):
    headers = {} if header is None else {"Authorization": header}
    answer = anonymous.get("/v1/boms", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_is_refused(ctx, acme, anonymous):
    made = keys.create(ctx, acme.company.id, name="short-lived", scopes=["boms:read"])
    headers = {"Authorization": f"Bearer {made.token}"}
    assert anonymous.get("/v1/boms", headers=headers).status_code == 200
    keys.revoke(ctx, acme.company.id, made.key.id)
    assert anonymous.get("/v1/boms", headers=headers).status_code == 401


def test_nothing_of_one_company_is_visible_to_another(app, acme, rival):
    """Every route that takes an id answers the other company as if there were nothing."""
    mine = acme.upload(CSV).json
    ids = {"bom_id": mine["id"], "job_id": mine["version"]["job"]["id"]}
    before = acme.get(f"/v1/boms/{mine['id']}").json
    tried = 0
    for rule in app.url_map.iter_rules():
        names = rule.arguments & set(ids)
        if not names or not str(rule).startswith("/v1/"):
            continue
        path = str(rule)
        for name in names:
            path = path.replace(f"<uuid:{name}>", ids[name])
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            body = {"data": CSV, "content_type": "text/csv"} if method == "POST" else {}
            theirs = rival.open(method, path, **body)
            tried += 1
            assert theirs.status_code == 404, (method, path)
            nothing = rival.open(method, path.replace(mine["id"], str(uuid4())), **body)
            same = ("code", "detail", "title", "advice", "errors")
            if "job_id" not in names:
                assert [theirs.json[k] for k in same] == [nothing.json[k] for k in same]
    assert tried == 7
    assert acme.get(f"/v1/boms/{mine['id']}").json == before
    assert mine["id"] not in rival.get("/v1/boms").text


def test_cursors_of_one_company_show_nothing_of_another(join):
    first, second = join("First"), join("Second")
    for caller in (first, second):
        for _ in range(3):
            caller.upload(CSV, wait=0)
    cursor = first.get("/v1/boms?limit=1").json["next"]
    theirs = {bom["id"] for bom in second.get("/v1/boms").json["items"]}
    found = second.get("/v1/boms", query_string={"cursor": cursor}).json
    assert {bom["id"] for bom in found["items"]} <= theirs
    assert found["total"] == 3
    ordered = [bom["id"] for bom in second.get("/v1/boms").json["items"]]
    assert all(newer > older for newer, older in pairwise(ordered))


def test_a_route_that_does_not_declare_its_access_stops_the_start(ctx):
    app = create_app(ctx.settings, ctx)
    app.add_url_rule("/v1/forgotten", "forgotten", lambda: "")
    with pytest.raises(RuntimeError, match="forgotten"):
        _check_that_routes_declare_access(app)
