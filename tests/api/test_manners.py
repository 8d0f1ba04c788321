"""What every address has in common: HEAD, OPTIONS, other methods, slashes, and the index."""

import hashlib
import re

import pytest

from scanner.services import keys
from tests.api.conftest import Caller

HERE = {
    "bom_id": "{bom}",
    "job_id": "{job}",
    "key_id": "00000000-0000-7000-8000-000000000000",
    "mapping_id": "00000000-0000-7000-8000-000000000000",
    "user_id": "00000000-0000-7000-8000-000000000000",
    "invitation_id": "00000000-0000-7000-8000-000000000000",
    "part_id": "00000000-0000-7000-8000-000000000000",
    "case_id": "00000000-0000-7000-8000-000000000000",
    "number": "1",
    "material_id": "cobalt",
    "method_id": "geopolrisk",
    "iso3": "CHN",
    "class_id": "mlcc",
    "designation": "1.4404",
    "hs": "850511",
    "release_id": "2026.1-draft",
    "source_id": "crma",
}
"""An argument of each address; those of one company that no other test makes lead nowhere."""

NEEDED = {"/v1/search": "q=cobalt"}
"""Parameters without which a resource has no answer."""

UNCHANGING = ("Content-Type", "Content-Length", "ETag", "Link", "Vary", "Content-Language")


@pytest.fixture(scope="module")
def owner(ctx, acme):
    """Who may do everything in the company of `acme`."""
    token = keys.create(ctx, acme.company.id, name="everything").token
    return Caller(acme.company, token, acme.client)


@pytest.fixture
def addresses(contract, pump):
    """Every address of the contract with arguments, and its methods."""
    mine = {"{bom}": pump["id"], "{job}": pump["version"]["job"]["id"]}

    def argument(found):
        return mine.get(HERE[found[1]], HERE[found[1]])

    return {
        re.sub(r"\{(\w+)\}", argument, path): {name.upper() for name in methods} - {"PARAMETERS"}
        for path, methods in contract["paths"].items()
    }


def test_head_tells_what_get_would(owner, addresses):
    for path, methods in addresses.items():
        head = owner.open("HEAD", path)
        if "GET" not in methods:
            assert head.status_code == 405, path
            continue
        assert head.data == b""
        whole = owner.get(path)
        assert head.status_code == whole.status_code, path
        for name in UNCHANGING:
            if "export" not in path:  # made anew each time, and as it is sent
                assert head.headers.get(name) == whole.headers.get(name), (path, name)


def test_options_name_the_methods_and_have_no_content(anonymous, addresses):
    for path, methods in addresses.items():
        answer = anonymous.options(path)
        assert (answer.status_code, answer.data) == (204, b""), path
        assert "Content-Type" not in answer.headers
        with_head = methods | ({"HEAD"} if "GET" in methods else set()) | {"OPTIONS"}
        assert answer.headers["Allow"] == ", ".join(sorted(with_head))


def test_a_method_that_is_not_there_is_told_with_those_that_are(owner, addresses):
    for path, methods in addresses.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
            answer = owner.open(method, path)
            assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
            assert set(answer.headers["Allow"].split(", ")) >= methods
            assert answer.headers["Allow"] in answer.json["advice"]


def test_a_slash_at_the_end_changes_nothing(owner, addresses):
    for path, methods in addresses.items():
        if "GET" in methods and "export" not in path and "openapi" not in path:
            with_slash, without = owner.get(f"{path}/"), owner.get(path)
            assert with_slash.status_code == without.status_code, path
            if without.status_code == 200:
                assert with_slash.data == without.data, path


def test_a_parameter_that_a_list_does_not_know_is_told(owner, contract, addresses):
    tried = 0
    for path, methods in zip(addresses, contract["paths"].values(), strict=True):
        taken = {parameter["in"] for parameter in methods.get("get", {}).get("parameters", ())}
        if "query" in taken:
            answer = owner.get(f"{path}?{NEEDED.get(path, '')}&colour=red")
            assert (answer.status_code, answer.json["code"]) == (422, "invalid-input"), path
            assert [error["parameter"] for error in answer.json["errors"]] == ["colour"], path
            tried += 1
    assert tried > 5


def test_the_index_leads_to_every_resource(anonymous, owner, contract):
    index = anonymous.get("/v1").json
    just_under = {path for path in contract["paths"] if re.fullmatch(r"/v1/[a-z-]+", path)}
    assert set(index["resources"].values()) == just_under
    for path in (index["contract"], index["reference"], index["problem_types"]):
        assert anonymous.get(path).status_code == 200
    for path in index["resources"].values():
        sent_only = path in ("/v1/analyses", "/v1/declarations", "/v1/scenarios")
        answer = owner.get(f"{path}?{NEEDED.get(path, '')}")
        assert answer.status_code == (405 if sent_only else 200), path


def test_the_digest_of_a_profile_is_that_of_its_bytes(acme, pump):
    answer = acme.get(f"/v1/boms/{pump['id']}/profile")
    bare = answer.data.partition(b'"profile":')[2][:-1]
    assert hashlib.sha256(bare).hexdigest() == answer.json["sha256"]
    assert answer.headers["ETag"] == f'"{answer.json["sha256"]}"'


def test_what_is_gone_has_no_content_and_no_type(acme):
    bom = acme.upload(b"Description;Qty\nShaft;2\n").json
    gone = acme.delete(f"/v1/boms/{bom['id']}")
    assert (gone.status_code, gone.data) == (204, b"")
    assert "Content-Type" not in gone.headers


def test_lines_come_in_the_form_that_is_asked_for_and_caches_know(acme, pump):
    path = f"/v1/boms/{pump['id']}/lines"
    for kind in ("application/json", "application/x-ndjson"):
        answer = acme.get(path, headers={"Accept": kind})
        assert answer.mimetype == kind
        assert "Accept" in [name.strip() for name in answer.headers["Vary"].split(",")]
