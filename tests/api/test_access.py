"""Keys and cursors; every route against every caller is in tests/access."""

from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from scanner.app import _check_that_routes_declare_access, create_app
from scanner.services import keys

NOWHERE = "01936f00-0000-7000-8000-000000000000"
"""An id of nothing; the same in every process that collects these tests."""

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
        if method in {"get", "post", "put", "patch", "delete"}
    }
    assert declared == found


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
        f"Bearer rms_{UUID(NOWHERE).hex}_{'x' * 43}",
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
