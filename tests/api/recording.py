"""Records the examples of the contract from the real service: ``python -m tests.api.recording``.

`exchanges` sends fixed requests, mostly out of `bom_samples`, to the application on a new database
and yields what came back. What differs each time becomes a placeholder; long lists are shortened,
which the exchange then says.
"""

import hashlib
import io
import re
import tempfile
import threading
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import orjson

from scanner.api.examples import FOLDER
from scanner.app import create_app
from scanner.jobs import queue, worker
from scanner.knowledge import load
from scanner.pipeline import Engine
from scanner.services import companies, invitations, keys, users
from scanner.services.context import Context
from scanner.services.roles import Role
from scanner.settings import Settings
from scanner.store import Database
from scanner.store.migrate import upgrade
from tests.api.recording_cases import of_cases
from tests.api.recording_library import of_library
from tests.api.recording_methods import of_methods, of_scenarios

PUMP = Path(__file__).parents[2] / "bom_samples" / "pump" / "bom.csv"
LINES = [
    {"id": "10", "description": "Magneet NdFeB N42", "quantity": 4, "mass_g": 12.5},
    {"id": "20", "description": "Afdichting FKM 20x3", "quantity": 2},
]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TOKEN = re.compile(r"\b(rms|inv)_[0-9a-f]{32}_[A-Za-z0-9_-]{43}")
SECONDS = re.compile(r"in \d+ seconds")
CURSOR = re.compile(r"(?<=cursor=)[^&>]+")
SHOWN_HEADERS = (
    "Content-Language", "ETag", "Idempotent-Replayed", "Link", "Location", "Preference-Applied",
    "Retry-After", "WWW-Authenticate",
)  # fmt: skip
NIL = "0" * 64
OPAQUE = "b3BhcXVl"
YEAR_OF_CASE = re.compile(r"\b\d{4}-(?=0\d{3}\b)")
MONTH = re.compile(r"\d{4}-\d\d")
DIGESTS = ("sha256", "fingerprint", "profile_sha256")
MOST_ITEMS = 2
MOST_INSIDE = 1
MOST_WORDS = 3


@dataclass
class Recorder:
    """Sends requests and keeps what came back, with placeholders."""

    app: object
    token: str
    real: set = field(default_factory=set)
    """Digests that are the same each time, for they are of files that are."""
    ids: dict = field(default_factory=dict)
    numbers: object = field(default_factory=lambda: count(1))

    def ask(self, name, summary, method, path, *, app=None, token=None, headers=None, **options):
        """One exchange as it is kept, and the answer as it came."""
        auth = {"Authorization": f"Bearer {token or self.token}"} if token != "" else {}
        client = (app or self.app).test_client()
        sent = _sent(headers, options)
        if "body" in sent:
            sent["body"] = self.masked(sent["body"])
        answer = client.open(path, method=method, headers={**auth, **(headers or {})}, **options)
        kept = {
            "name": name,
            "summary": summary,
            "request": {"method": method, "path": self.plain(path), **sent},
            "answer": {
                "status": answer.status_code,
                "headers": self.headers(answer),
            },
        }
        if answer.data:
            shortened = []
            body = self.body(answer)
            kept["answer"]["content_type"] = answer.mimetype
            kept["answer"]["body"] = _shorten(self.masked(body), "", shortened)
            if shortened:
                kept["shortened"] = sorted(set(shortened))
        return kept, answer

    def body(self, answer):
        if answer.is_json:
            return answer.json
        return answer.text.partition("\n")[0] + "\n"

    def headers(self, answer):
        found = {name: answer.headers[name] for name in SHOWN_HEADERS if name in answer.headers}
        found = {name: self.plain(text) for name, text in found.items()}
        if answer.status_code == 429:
            found["Retry-After"] = "30"
        return {**found, "ETag": f'"{NIL[:32]}"'} if "ETag" in found else found

    def masked(self, value, key=""):
        """The value with placeholders for what differs each time."""
        if isinstance(value, dict):
            return {name: self.masked(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.masked(item) for item in value]
        if not isinstance(value, str):
            return value
        if key in DIGESTS:
            return value if value in self.real else NIL[: len(value)]
        return {"request_id": NIL[:32], "next": OPAQUE}.get(key) or self.plain(value)

    def plain(self, text):
        text = SECONDS.sub("in 30 seconds", text)
        text = TOKEN.sub(r"\1_01920000000070008000000000000000_SECRET", text)
        text = UUID.sub(
            lambda found: self.id(found[0]), TIME.sub("2026-01-01T12:00:00+00:00", text)
        )
        if MONTH.fullmatch(text):
            return "2026-01"
        return YEAR_OF_CASE.sub("2026-", CURSOR.sub(OPAQUE, text))

    def id(self, real):
        """The placeholder of an id: the same one wherever it stands."""
        if real.startswith("01920000-"):
            return real
        if real not in self.ids:
            self.ids[real] = f"01920000-0000-7000-8000-{next(self.numbers):012}"
        return self.ids[real]


def _sent(headers, options):
    """What was sent, as a reader would write it."""
    sent = {}
    if headers:
        sent["headers"] = headers
    if "json" in options:
        sent |= {"content_type": "application/json", "body": options["json"]}
    elif isinstance(options.get("data"), dict):
        fields = {k: v for k, v in options["data"].items() if k != "file"}
        text = HEAD.decode()
        sent |= {"content_type": "multipart/form-data", "body": {"file": text, **fields}}
    elif "data" in options:
        sent |= {"content_type": options["content_type"], "body": options["data"].decode("latin-1")}
    return sent


def _shorten(value, place, told):
    """The value with lists cut to their first entries; `told` gets the place and the numbers."""
    if isinstance(value, dict):
        kept = value
        if place.endswith("/sources") and len(value) > MOST_INSIDE:
            kept = dict(list(value.items())[:MOST_INSIDE])
            told.append(f"`{place}` {MOST_INSIDE} of {len(value)}")
        return {name: _shorten(item, f"{place}/{name}", told) for name, item in kept.items()}
    if not isinstance(value, list) or place == "/errors":
        return value
    most = MOST_ITEMS if place in ("/items", "/lines") else MOST_INSIDE
    if value and not isinstance(value[0], dict | list):
        most = MOST_WORDS
    if len(value) > most:
        told.append(f"`{place}` {most} of {len(value)}")
    return [_shorten(item, f"{place}/{n}", told) for n, item in enumerate(value[:most])]


HEAD = b"\n".join(PUMP.read_bytes().splitlines()[:5]).decode("cp1252").encode() + b"\n"


def _form(**more):
    return {"file": (io.BytesIO(HEAD), "pump.csv"), **more}


def exchanges(ctx, app):
    """Operation and exchange, in the order of their making."""
    company = companies.create(ctx, name="Example")
    token = keys.create(ctx, company.id, name="example").token
    reader = keys.create(ctx, company.id, name="reader", scopes=["boms:read"]).token
    old = keys.create(ctx, company.id, name="old", scopes=["boms:read"]).key.id
    owner, second = (
        users.create(
            ctx, company.id, email=f"{name}@example.org", name=name, role=role,
            password="a long enough password",
        ).id
        for name, role in (("an", Role.OWNER), ("cor", Role.ANALYST))
    )  # fmt: skip
    invited = invitations.create(ctx, company.id, email="di@example.org", role=Role.READER)
    invited = invited.invitation.id
    to = Recorder(app, token, {hashlib.sha256(HEAD).hexdigest()})
    none = "/v1/boms/01920000-0000-7000-8000-000000000999"
    again = {"Idempotency-Key": "8f14e45f-ceea-467f-a8b1-3e9c1a0bd2f7", "Prefer": "wait=20"}
    wait = {"Prefer": "wait=20"}

    def say(operation, *rest, **options):
        exchange, answer = to.ask(*rest, **options)
        return (operation, exchange), answer

    yield (made := say("create_bom", "file-as-a-form", "A file as a form, ready in the answer.",
        "POST", "/v1/boms", data=_form(annual_units="250"), headers=again))[0]  # fmt: skip
    bom = made[1].json["id"]
    path, job = f"/v1/boms/{bom}", made[1].json["version"]["job"]["id"]
    app.test_client().post(
        "/v1/boms",
        json={"name": "Riddle", "lines": [{"part_number": "X-1", "description": "Thing"}]},
        headers={"Authorization": f"Bearer {token}", **wait},
    )
    requests = [
        ("create_bom", "lines-as-json", "Lines as JSON.", "POST", "/v1/boms",
         {"json": {"name": "Drive", "lines": LINES}, "headers": wait}),
        ("create_bom", "file-as-it-is", "The file as the body.", "POST", "/v1/boms?name=Pump",
         {"data": HEAD, "content_type": "text/csv", "headers": wait}),
        ("create_bom", "empty-file", "A file without bytes.", "POST", "/v1/boms",
         {"data": b"", "content_type": "text/csv"}),
        ("create_bom", "unsupported-type", "A PDF is no list.", "POST", "/v1/boms",
         {"data": b"%PDF-1.7", "content_type": "text/csv"}),
        ("create_bom", "truncated-upload", "A workbook that ends too early.", "POST", "/v1/boms",
         {"data": b"PK\x03\x04", "content_type": "text/csv"}),
        ("create_bom", "invalid-input", "A member that lines do not have.", "POST", "/v1/boms",
         {"json": {"lines": [{"colour": "red"}]}}),
        ("create_bom", "malformed-json", "A body that is not JSON.", "POST", "/v1/boms",
         {"data": b"{", "content_type": "application/json"}),
        ("create_bom", "unsupported-media-type", "A type that is not taken.", "POST", "/v1/boms",
         {"data": b"x", "content_type": "image/png"}),
        ("create_bom", "bad-request", "An Idempotency-Key with a space.", "POST", "/v1/boms",
         {"data": HEAD, "content_type": "text/csv", "headers": {"Idempotency-Key": "a b"}}),
        ("create_bom", "idempotency-key-reused", "The same key, another file.", "POST", "/v1/boms",
         {"data": HEAD[:-2], "content_type": "text/csv", "headers": again}),
        ("create_bom", "not-allowed", "A key without the scope.", "POST", "/v1/boms",
         {"data": HEAD, "content_type": "text/csv", "token": reader}),
        ("create_version", "file-as-it-is", "The file as the body.", "POST", f"{path}/versions",
         {"data": HEAD, "content_type": "text/csv", "headers": wait}),
        ("create_version", "precondition-failed", "The BOM has changed.", "POST",
         f"{path}/versions",
         {"data": HEAD, "content_type": "text/csv", "headers": {"If-Match": '"0"'}}),
        ("create_version", "not-found", "No such BOM.", "POST", f"{none}/versions",
         {"data": HEAD, "content_type": "text/csv"}),
        ("list_boms", "first-page", "The first page.", "GET", "/v1/boms?limit=2", {}),
        ("list_boms", "not-signed-in", "Without a key.", "GET", "/v1/boms", {"token": ""}),
        ("list_boms", "invalid-input", "A page of nothing.", "GET", "/v1/boms?limit=0", {}),
        ("get_bom", "ready", "A BOM that is ready.", "GET", path, {}),
        ("get_bom", "not-found", "No such BOM.", "GET", none, {}),
        ("list_versions", "all", "Both versions.", "GET", f"{path}/versions", {}),
        ("list_versions", "not-found", "No such BOM.", "GET", f"{none}/versions", {}),
        ("list_versions", "invalid-input", "A page of nothing.", "GET",
         f"{path}/versions?limit=0", {}),
        ("list_lines", "first-page", "The first page.", "GET", f"{path}/lines?limit=1", {}),
        ("list_lines", "all-lines", "All lines as a stream; here the first.", "GET",
         f"{path}/lines?material=nickel", {"headers": {"Accept": "application/x-ndjson"}}),
        ("list_lines", "not-found", "No such BOM.", "GET", f"{none}/lines", {}),
        ("list_lines", "invalid-input", "No such state.", "GET", f"{path}/lines?state=odd", {}),
        ("get_profile", "profile", "The profile.", "GET", f"{path}/profile", {}),
        ("get_profile", "not-found", "No such BOM.", "GET", f"{none}/profile", {}),
        ("get_profile", "invalid-input", "No such parameter.", "GET", f"{path}/profile?v=1", {}),
        ("rank_bom_materials", "weighted", "The materials by GeoPolRisk × mass.", "GET",
         f"{path}/materials?rank_by=geopolrisk&weighted=true", {}),
        ("rank_bom_materials", "not-found", "No such BOM.", "GET", f"{none}/materials", {}),
        ("rank_bom_materials", "invalid-input", "No such method.", "GET",
         f"{path}/materials?rank_by=astrology", {}),
        ("get_bom_measures", "measures", "What can be done about what is inside.", "GET",
         f"{path}/measures", {}),
        ("get_bom_measures", "not-found", "No such BOM.", "GET", f"{none}/measures", {}),
        ("get_bom_measures", "invalid-input", "No such parameter.", "GET",
         f"{path}/measures?v=1", {}),
        ("preview_bom", "columns", "What would be read.", "POST", "/v1/boms/preview",
         {"data": HEAD, "content_type": "text/csv"}),
        ("preview_bom", "no-header", "A file without headings.", "POST", "/v1/boms/preview",
         {"data": b"a;b\nc;d\n", "content_type": "text/csv"}),
        ("preview_bom", "invalid-input", "A column that is not there.", "POST",
         "/v1/boms/preview?columns=%7B%22Weight%22%3A%22mass_g%22%7D",
         {"data": HEAD, "content_type": "text/csv"}),
        ("get_columns", "columns", "How the file was read.", "GET", f"{path}/columns", {}),
        ("get_columns", "not-found", "No such BOM.", "GET", f"{none}/columns", {}),
        ("get_columns", "invalid-input", "No such parameter.", "GET", f"{path}/columns?v=1", {}),
        ("export_bom", "own-json", "A version as our own JSON.", "GET", f"{path}/export", {}),
        ("export_bom", "not-found", "No such BOM.", "GET", f"{none}/export", {}),
        ("export_bom", "invalid-input", "No such parameter.", "GET", f"{path}/export?v=1", {}),
        ("get_bom_schema", "schema", "The schema.", "GET", "/v1/schemas/bom", {"token": ""}),
        ("get_csv_template", "dutch", "Headings in Dutch.", "GET",
         "/v1/templates/bom.csv?language=nl", {"token": ""}),
        ("get_csv_template", "invalid-input", "A language without a template.", "GET",
         "/v1/templates/bom.csv?language=it", {"token": ""}),
        ("get_workbook_template", "invalid-input", "A language without a template.", "GET",
         "/v1/templates/bom.xlsx?language=it", {"token": ""}),
        ("get_limits", "defaults", "What is not set otherwise.", "GET", "/v1/limits",
         {"token": ""}),
        ("get_job", "done", "A job that is done.", "GET", f"/v1/jobs/{job}", {}),
        ("get_job", "not-found", "No such job.", "GET", none.replace("boms", "jobs"), {}),
        *of_scenarios(bom, none),  # before decisions, after which profiles are renewed
        *of_cases(app, token, none),
        *of_library(app, token, none),
        ("create_analysis", "lines", "Two lines in Dutch.", "POST", "/v1/analyses",
         {"json": {"lines": LINES, "annual_units": 1000}}),
        ("create_analysis", "invalid-input", "A line that is none.", "POST", "/v1/analyses",
         {"json": {"lines": [7]}}),
        ("create_analysis", "cyclic-bom", "An assembly that contains itself.", "POST",
         "/v1/analyses", {"json": {"lines": [
             {"position": "1", "parent": "2", "description": "Frame"},
             {"position": "2", "parent": "1", "description": "Arm"}]}}),
        ("create_analysis", "malformed-json", "A body that is not JSON.", "POST", "/v1/analyses",
         {"data": b"{", "content_type": "application/json"}),
        ("create_analysis", "unsupported-media-type", "A file.", "POST", "/v1/analyses",
         {"data": HEAD, "content_type": "text/csv"}),
        ("list_materials", "riskiest-first", "Highest supply risk first, in Dutch.", "GET",
         "/v1/materials?sort=-supply_risk&limit=1", {"headers": {"Accept-Language": "nl"}}),
        ("list_materials", "invalid-input", "A cursor of somebody else's.", "GET",
         "/v1/materials?cursor=x", {}),
        ("get_material", "neodymium", "Neodymium.", "GET", "/v1/materials/neodymium", {}),
        ("get_material", "invalid-input", "No day.", "GET", "/v1/materials/erbium?on=soon", {}),
        ("get_material", "not-found", "No such material.", "GET", "/v1/materials/unobtainium", {}),
        *of_methods(),
        ("list_countries", "first-page", "The first page.", "GET", "/v1/countries?limit=1", {}),
        ("list_countries", "invalid-input", "A cursor of somebody else's.", "GET",
         "/v1/countries?cursor=x", {}),
        ("list_countries", "filtered", "Who supplies cobalt and is on the list of conflict areas.",
         "GET", "/v1/countries?supplies=cobalt&regime=eu_cahra", {}),
        ("get_country", "chile", "Chile.", "GET", "/v1/countries/CHL", {}),
        ("get_country", "vietnam", "Viet Nam on a day.", "GET", "/v1/countries/VNM?on=2026-11-28",
         {}),
        ("get_country", "invalid-input", "No day.", "GET", "/v1/countries/CHN?on=soon", {}),
        ("get_country", "not-found", "No such country.", "GET", "/v1/countries/ZZZ", {}),
        ("find_anything", "tantalum", "In Dutch, of three kinds.", "GET",
         "/v1/search?q=tantaal&limit=3", {"headers": {"Accept-Language": "nl"}}),
        ("find_anything", "misspelt", "A typing error.", "GET",
         "/v1/search?q=titanuim&subject=material", {}),
        ("find_anything", "invalid-input", "Nothing is asked.", "GET", "/v1/search", {}),
        ("list_components", "first-page", "The first page.", "GET", "/v1/components?limit=2", {}),
        ("list_components", "invalid-input", "A cursor of somebody else's.", "GET",
         "/v1/components?cursor=x", {}),
        ("get_component", "capacitor", "Multilayer ceramic capacitors.", "GET",
         "/v1/components/mlcc", {}),
        ("get_component", "not-found", "No such class.", "GET", "/v1/components/none", {}),
        ("list_alloys", "search", "Part of a designation.", "GET",
         "/v1/alloys?q=1.440&limit=2", {}),
        ("list_alloys", "invalid-input", "A cursor of somebody else's.", "GET",
         "/v1/alloys?cursor=x", {}),
        ("get_alloy", "steel", "A stainless steel by its number.", "GET",
         "/v1/alloys/1.4404", {}),
        ("get_alloy", "not-found", "No such alloy.", "GET", "/v1/alloys/unobtainium", {}),
        ("list_codes", "prefix", "Codes under a heading, in Dutch.", "GET",
         "/v1/codes?prefix=8505&limit=3", {"headers": {"Accept-Language": "nl"}}),
        ("list_codes", "words", "Codes by words of their names.", "GET",
         "/v1/codes?q=permanent magnets&limit=2", {}),
        ("list_codes", "invalid-input", "No digits.", "GET", "/v1/codes?prefix=magnets", {}),
        ("get_code", "magnets", "Permanent magnets; the code is not known to the last digit.",
         "GET", "/v1/codes/8505 11 99", {}),
        ("get_code", "not-found", "No such chapter.", "GET", "/v1/codes/0000", {}),
        ("list_releases", "all", "What is installed.", "GET", "/v1/releases", {}),
        ("get_release", "draft", "A release.", "GET", "/v1/releases/2026.1-draft", {}),
        ("get_release", "not-found", "No such release.", "GET", "/v1/releases/1999.1", {}),
        ("list_sources", "all", "The sources.", "GET", "/v1/sources", {}),
        ("get_source", "crma", "The regulation.", "GET", "/v1/sources/crma", {}),
        ("get_source", "not-found", "No such source.", "GET", "/v1/sources/none", {}),
        ("create_key", "made", "A key for the ERP.", "POST", "/v1/keys",
         {"json": {"name": "ERP", "scopes": ["boms:read", "boms:write"]}}),
        ("create_key", "invalid-input", "No such scope.", "POST", "/v1/keys",
         {"json": {"name": "ERP", "scopes": ["everything"]}}),
        ("list_keys", "all", "All keys.", "GET", "/v1/keys", {}),
        ("get_key", "one", "A key.", "GET", f"/v1/keys/{old}", {}),
        ("get_key", "not-found", "No such key.", "GET", none.replace("boms", "keys"), {}),
        ("rotate_key", "rotated", "A successor; the old key works for a day more.", "POST",
         f"/v1/keys/{old}/rotate", {"json": {"overlap_hours": 24}}),
        ("rotate_key", "conflict", "A key that has a successor.", "POST",
         f"/v1/keys/{old}/rotate", {"json": {}}),
        ("revoke_key", "revoked", "Revoked.", "DELETE", f"/v1/keys/{old}", {}),
        ("get_company", "mine", "The company of the key.", "GET", "/v1/company", {}),
        ("list_members", "all", "Everybody.", "GET", "/v1/members", {}),
        ("get_member", "one", "A person.", "GET", f"/v1/members/{second}", {}),
        ("change_member", "role", "From now on a reader.", "PATCH", f"/v1/members/{second}",
         {"json": {"role": "reader"}}),
        ("change_member", "conflict", "The last owner.", "PATCH", f"/v1/members/{owner}",
         {"json": {"role": "reader"}}),
        ("remove_member", "removed", "Removed.", "DELETE", f"/v1/members/{second}", {}),
        ("create_invitation", "made", "An invitation.", "POST", "/v1/invitations",
         {"json": {"email": "bo@example.org", "role": "reader"}}),
        ("list_invitations", "all", "All that are open.", "GET", "/v1/invitations", {}),
        ("withdraw_invitation", "withdrawn", "Withdrawn.", "DELETE",
         f"/v1/invitations/{invited}", {}),
        ("list_audit", "newest", "The newest entries.", "GET", "/v1/audit?limit=2", {}),
        ("cancel_job", "conflict", "A job that is over.", "POST", f"/v1/jobs/{job}/cancel", {}),
        ("get_index", "index", "All resources.", "GET", "/v1", {"token": ""}),
        ("get_health", "alive", "Alive.", "GET", "/healthz", {"token": ""}),
        ("get_readiness", "ready", "Ready.", "GET", "/readyz", {"token": ""}),
        ("get_material", "too-many-requests", "One request more than the limit.", "GET",
         "/v1/materials/cobalt", {"app": _limited(ctx, token)}),
    ]  # fmt: skip
    for operation, *rest, options in requests:
        yield say(operation, *rest, **options)[0]
    yield from _corrected(say)
    yield say("delete_bom", "precondition-failed", "The BOM has changed.", "DELETE", path,
              headers={"If-Match": '"0"'})[0]  # fmt: skip
    yield say("delete_bom", "gone", "Deleted.", "DELETE", path)[0]
    yield say("delete_bom", "not-found", "It is gone already.", "DELETE", path)[0]


def _corrected(say):
    """A correction of columns that is remembered, applied and forgotten."""
    odd = {"data": b"Zaak;Hoeveel\nMoer M8;12\n", "content_type": "text/csv"}
    columns = "columns=%7B%22Zaak%22%3A%22description%22%2C%22Hoeveel%22%3A%22quantity%22%7D"
    yield say("create_bom", "columns", "Columns put right, which is remembered.", "POST",
              f"/v1/boms?name=Odd&{columns}", headers={"Prefer": "wait=20"}, **odd)[0]  # fmt: skip
    yield say("preview_bom", "remembered", "The next file of that shape.", "POST",
              "/v1/boms/preview", **odd)[0]  # fmt: skip
    kept, answer = say("list_column_mappings", "all", "What is remembered.", "GET",
                       "/v1/column-mappings")  # fmt: skip
    yield kept
    one = f"/v1/column-mappings/{answer.json['items'][0]['id']}"
    for name, text in (("forgotten", "Forgotten."), ("not-found", "It is gone already.")):
        yield say("forget_column_mapping", name, text, "DELETE", one)[0]


def _limited(ctx, token):
    """An application that takes one request an hour, which it has had."""
    settings = replace(ctx.settings, rate_limit="1 per hour")
    app = create_app(settings, replace(ctx, settings=settings))
    app.test_client().get("/v1/materials/cobalt", headers={"Authorization": f"Bearer {token}"})
    return app


def by_operation(ctx, app):
    """The exchanges of each operation."""
    found = {}
    for operation, exchange in exchanges(ctx, app):
        found.setdefault(operation, []).append(exchange)
    return found


def record():
    """Write the examples anew."""
    with tempfile.TemporaryDirectory(prefix="scanner-examples-") as folder:
        settings = Settings(
            data=Path(folder), job_poll=0.01, rate_limit="", rate_limit_public="", max_wait=20
        )
        upgrade(settings)
        database = Database.of(settings)
        ctx = Context(settings, database, Engine.of(load()), queue(database))
        working = worker(ctx)
        thread = threading.Thread(target=working.run)
        thread.start()
        try:
            found = by_operation(ctx, create_app(settings, ctx))
        finally:
            working.stop()
            thread.join()
            database.close()
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for operation, kept in found.items():
        text = orjson.dumps(kept, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        (FOLDER / f"{operation}.json").write_bytes(text)
    print(f"{sum(map(len, found.values()))} examples of {len(found)} operations")


if __name__ == "__main__":
    record()
